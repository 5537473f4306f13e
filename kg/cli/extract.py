"""`kg extract`: articles → statements, one JSON object a line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.groups import HowRead, OtherReader
from kg.cli.options import Sources, Verbose
from kg.cli.progress import Report, count
from kg.cli.reading import Reading


class Format(StrEnum):
    """How statements are written."""

    JSONL = "jsonl"


def extract(
    paths: Sources,
    *,
    how: HowRead,
    format: Annotated[Format, typer.Option("--format", help="How statements are written.")] = Format.JSONL,
    by: OtherReader,
    verbose: Verbose = 0,
) -> None:
    """Write the statements of articles as JSON, one a line.

    They are told once all articles are read: who is who is told over all of them.
    """
    import json

    reading = Reading(by, how)
    if by.dry_run:
        reading.dry_run(paths, Report(), how.language)
        return
    with reading, Report(count(paths)) as report:
        from kg.pipeline import statements

        try:
            for _, found in statements(
                paths,
                **how.given(),
                on_skip=report.skip,
                on_read=report.article,
                on_parsed=report.read,
                on_stage=report.stage,
                reader=reading.reader,
            ):
                report.stop()
                for statement in found:
                    typer.echo(json.dumps(statement.to_json(), ensure_ascii=False))
        except KeyboardInterrupt:
            raise report.stopped(
                report.parsed, "statements are told once all are read; 'kg build --store DIR' keeps what is read"
            ) from None
    report.finish("Extracted")
