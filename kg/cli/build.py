"""`kg build`: articles → a graph file or a store."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.endpoint import Endpoint, Token, UpdateEndpoint
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
from kg.cli.progress import Report, count
from kg.cli.reading import Reading
from kg.errors import ReaderError

RDF_ENDINGS = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf")
WORTH_PROCESSES = 200  # articles


def build(
    paths: Sources,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=" ".join(RDF_ENDINGS))] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to add to, or to make.")] = None,
    endpoint: Endpoint = None,
    update_endpoint: UpdateEndpoint = "",
    token: Token = "",
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
    """Build a graph from articles: a file, a store, or an endpoint."""
    if [output, store, endpoint].count(None) != 2:
        raise typer.BadParameter("give one of -o FILE, --store DIR and --endpoint URL")
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
    fresh = store is not None and not store.exists()
    with reading, Report(count(paths)) as report:
        import kg  # after the first words of progress: it takes a moment

        graph = None
        there = ExitStack()
        try:
            if endpoint:
                from kg.endpoint import Address
                from kg.pipeline import remote

                address = Address.parse(endpoint, update=update_endpoint, token=token)
                graph = kg.Graph(there.enter_context(remote.written(address)).store)
            else:
                graph = kg.Graph.open(store) if store else kg.Graph()
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
                on_parsed=report.read,
                on_stage=report.stage,
            )
            if output and report.articles:
                report.stage(f"Writing {output}")
                graph.write(output)
            if endpoint:
                report.stage(f"Writing to {address.name}")
            there.close()  # what was built into an endpoint's copy is now written there
            graph.close()
        except KeyboardInterrupt:
            stopped = True
        except ReaderError:
            if graph is not None:
                graph.close()
            if store and fresh and not report.articles:
                shutil.rmtree(store, ignore_errors=True)
            raise
        else:
            stopped = False
    if store and fresh and not (report.articles or report.unchanged):  # no empty store is left behind
        shutil.rmtree(store, ignore_errors=True)
    if stopped:
        done = report.parsed if output else report.articles + report.unchanged  # in the store only what is written
        raise report.stopped(done, _kept(report, output, store))
    report.finish(f"Built {output or store or address}")


def _kept(report: Report, output: Path | None, store: Path | None) -> str:
    """Return what is left of a build that was stopped, and how to go on."""
    if output:
        left = "stays as it was" if output.exists() else "is not written"
        return f"{output} {left}; with --store DIR what is read is kept"
    if not (report.articles or report.unchanged):
        return "nothing is kept yet; the same command begins again"
    return f"they are kept in {store or 'the copy here'}, and the same command goes on from there"


def _dry_run(reading: Reading, paths: list[str], store: Path | None, lang: str | None) -> None:
    """Write what would be sent, but for what the store has already."""
    from dataclasses import replace

    from kg.api import Graph

    if store is None or not store.exists():
        reading.dry_run(paths, Report(), lang)
        return
    with Graph.load(store).store as there:
        reading.dry_run(paths, Report(), lang, lambda article: there.knows(replace(article, id=there.id_for(article))))


def _jobs(total: int | None) -> int:
    """Return how many processes pay: each takes some seconds to load its weights."""
    return len(os.sched_getaffinity(0)) if total is not None and total > WORTH_PROCESSES else 1
