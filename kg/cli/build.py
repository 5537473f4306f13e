"""`kg build`: articles → a graph file or a store."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.groups import HowRead, OtherReader, Target
from kg.cli.options import Sources, Verbose, known_ending
from kg.cli.progress import Report, count
from kg.cli.reading import Reading
from kg.errors import ReaderError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.endpoint import Address

RDF_ENDINGS = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf")
WORTH_PROCESSES = 200  # articles


def build(
    paths: Sources,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=" ".join(RDF_ENDINGS))] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to add to, or to make.")] = None,
    target: Target,
    how: HowRead,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            show_default=False,
            help="Processes; by default one per core for more than a few articles.",
        ),
    ] = None,
    by: OtherReader,
    again: Annotated[bool, typer.Option("--again", help="Build what the store has already once more.")] = False,
    verbose: Verbose = 0,
) -> None:
    """Build a graph from articles: a file, a store, or an endpoint."""
    address = target.address()
    if [output, store, address].count(None) != 2:
        raise typer.BadParameter("give one of -o FILE, --store DIR and --endpoint URL")
    if output:
        known_ending(output, RDF_ENDINGS)
        if not output.absolute().parent.is_dir():  # said before the work, not after it
            raise typer.BadParameter(f"{output}: the folder {output.parent} does not exist; make it first")
    reading = Reading(by, how)
    if reading.reader and jobs and jobs > 1:
        raise typer.BadParameter(f"--reader {by.reader} reads in one process: leave --jobs out")
    if by.dry_run:
        _dry_run(reading, paths, None if again else _known(store, address), how.language)
        return
    fresh = store is not None and not store.exists()
    with reading, Report(count(paths)) as report:
        import kg  # after the first words of progress: it takes a moment

        graph = None
        there = ExitStack()
        try:
            if address:
                from kg.pipeline import remote

                graph = kg.Graph(there.enter_context(remote.written(address)).store)
            else:
                graph = kg.Graph.open(store) if store else kg.Graph()
            kg.build(
                paths,
                **how.given(),
                store=graph.store,
                again=again,
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
            if address:
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


def _known(store: Path | None, address: Address | None) -> Graph | None:
    """Return what is there already, for reading; None where nothing is."""
    if address:
        from kg.pipeline import remote

        return remote.read(address)
    if store is None or not store.exists():
        return None
    from kg.api import Graph

    return Graph.load(store)


def _dry_run(reading: Reading, paths: list[str], there: Graph | None, lang: str | None) -> None:
    """Write what would be sent, but for what is there already."""
    from dataclasses import replace

    if there is None:
        reading.dry_run(paths, Report(), lang)
        return
    with there.store as store:
        reading.dry_run(paths, Report(), lang, lambda article: store.knows(replace(article, id=store.id_for(article))))


def _jobs(total: int | None) -> int:
    """Return how many processes pay: each takes some seconds to load its weights."""
    if total is None or total <= WORTH_PROCESSES:
        return 1
    # Those that this process may use, where the system tells (Linux).
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
