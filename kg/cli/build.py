"""`kg build`: articles → a graph file or a store."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Report
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
    known_ending,
    models,
)
from kg.cli.reading import Reading
from kg.errors import ReaderError

RDF_ENDINGS = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf")
WORTH_PROCESSES = 200  # articles


def build(
    paths: Sources,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=" ".join(RDF_ENDINGS))] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to add to, or to make.")] = None,
    lang: Lang = None,
    model: Models = None,
    fast: Fast = False,
    min_confidence: MinConfidence = None,
    actors: ActorFiles = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            show_default=False,
            help="Processes; by default one per core for more than a few articles.",
        ),
    ] = None,
    reader: ReaderName = None,
    set_: ReaderOptions = None,
    max_requests: MaxRequests = None,
    max_cost: MaxCost = None,
    dry_run: DryRun = False,
    again: Annotated[bool, typer.Option("--again", help="Build what the store has already once more.")] = False,
    verbose: Verbose = 0,
) -> None:
    """Build a graph from articles, as a file or into a store."""
    if (output is None) == (store is None):
        raise typer.BadParameter("give either -o FILE or --store DIR")
    if output:
        known_ending(output, RDF_ENDINGS)
        if not output.absolute().parent.is_dir():  # said before the work, not after it
            raise typer.BadParameter(f"{output}: the folder {output.parent} does not exist; make it first")
    named = models(model)
    reading = Reading(
        reader, set_, max_requests=max_requests, max_cost=max_cost, dry_run=dry_run, fast=fast, models=named
    )
    if reading.reader and jobs and jobs > 1:
        raise typer.BadParameter(f"--reader {reader} reads in one process: leave --jobs out")
    if dry_run:
        _dry_run(reading, paths, store if not again else None, lang and lang.value)
        return
    import kg

    fresh = store is not None and not store.exists()
    with reading, Report("Building", total=_count(paths)) as report:
        graph = kg.Graph.open(store) if store else kg.Graph()
        try:
            kg.build(
                paths,
                lang=lang and lang.value,
                models=named,
                store=graph.store,
                again=again,
                fast=fast,
                min_confidence=min_confidence,
                actors=actors or (),
                jobs=jobs or (1 if reading.reader else _jobs(report.total)),
                reader=reading.reader,
                on_skip=report.skip,
                on_article=report.article,
                on_known=report.known,
            )
        except ReaderError:
            graph.close()
            if store and fresh and not report.articles:
                shutil.rmtree(store, ignore_errors=True)
            raise
    if output and report.articles:
        graph.write(output)
    graph.close()
    if store and fresh and not (report.articles or report.unchanged):  # no empty store is left behind
        shutil.rmtree(store, ignore_errors=True)
    report.finish(f"Built {output or store}")


def _dry_run(reading: Reading, paths: list[str], store: Path | None, lang: str | None) -> None:
    """Write what would be sent, but for what the store has already."""
    from dataclasses import replace

    from kg.api import Graph

    if store is None or not store.exists():
        reading.dry_run(paths, Report("Preparing"), lang)
        return
    with Graph.load(store).store as there:
        reading.dry_run(
            paths, Report("Preparing"), lang, lambda article: there.knows(replace(article, id=there.id_for(article)))
        )


def _jobs(total: int | None) -> int:
    """Return how many processes pay: each takes some seconds to load its weights."""
    return len(os.sched_getaffinity(0)) if total is not None and total > WORTH_PROCESSES else 1


def _count(paths: list[str]) -> int | None:
    """Return about how many articles the sources have, for the time left; None where only reading them would tell."""
    total = 0
    for path in map(Path, paths):
        if not path.exists():  # an address, or standard input
            return None
        for file in path.rglob("*") if path.is_dir() else [path]:
            ending = file.suffix.lower()
            if ending in (".csv", ".tsv", ".json", ".xml", ".rss", ".atom", ".warc", ".mbox", ".zip", ".gz"):
                return None
            if ending in (".jsonl", ".ndjson"):
                with file.open("rb") as stream:
                    total += sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
            else:
                total += file.is_file()
    return total
