"""`kg extract`: articles → statements, one JSON object a line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.options import (
    ActorFiles,
    DryRun,
    Fast,
    Lang,
    MaxCost,
    MaxRequests,
    MinConfidence,
    Models,
    ReaderName,
    ReaderOptions,
    Sources,
    Verbose,
    models,
)
from kg.cli.progress import Report, count
from kg.cli.reading import Reading


class Format(StrEnum):
    """How statements are written."""

    JSONL = "jsonl"


def extract(
    paths: Sources,
    *,
    lang: Lang = None,
    format: Annotated[Format, typer.Option("--format", help="How statements are written.")] = Format.JSONL,
    model: Models = None,
    fast: Fast = False,
    min_confidence: MinConfidence = None,
    actors: ActorFiles = None,
    reader: ReaderName = None,
    set_: ReaderOptions = None,
    max_requests: MaxRequests = None,
    max_cost: MaxCost = None,
    dry_run: DryRun = False,
    verbose: Verbose = 0,
) -> None:
    """Write the statements of articles as JSON, one a line.

    They are told once all articles are read: who is who is told over all of them.
    """
    import json

    named = models(model)
    reading = Reading(
        reader, set_, max_requests=max_requests, max_cost=max_cost, dry_run=dry_run, fast=fast, models=named
    )
    if dry_run:
        reading.dry_run(paths, Report(), lang and lang.value)
        return
    with reading, Report(count(paths)) as report:
        from kg.pipeline import statements

        try:
            for _, found in statements(
                paths,
                lang=lang and lang.value,
                models=named,
                on_skip=report.skip,
                fast=fast,
                min_confidence=min_confidence,
                on_read=report.article,
                on_parsed=report.read,
                on_stage=report.stage,
                actors=actors or (),
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
