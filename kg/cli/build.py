"""`kg build`: articles → a graph file or a store."""
from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Report
from kg.cli.options import Lang, Models, Sources, Verbose, known_ending, models

RDF_ENDINGS = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf")


def build(
    paths: Sources,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=" ".join(RDF_ENDINGS))] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to add to, or to make.")] = None,
    lang: Lang = None,
    model: Models = None,
    verbose: Verbose = 0,
) -> None:
    """Build a graph from articles, as a file or into a store."""
    if (output is None) == (store is None):
        raise typer.BadParameter("give either -o FILE or --store DIR")
    if output:
        known_ending(output, RDF_ENDINGS)
        if not output.absolute().parent.is_dir():  # said before the work, not after it
            raise typer.BadParameter(f"{output}: the folder {output.parent} does not exist; make it first")
    import kg

    fresh = store is not None and not store.exists()
    named = models(model)
    with Report("Building") as report:
        graph = kg.Graph.open(store) if store else kg.Graph()
        kg.build(paths, lang=lang and lang.value, models=named, store=graph.store,
                 on_skip=report.skip, on_article=report.article)
    if output and report.articles:
        graph.write(output)
    graph.close()
    if store and fresh and not report.articles:  # nothing is written half: no empty store is left behind
        shutil.rmtree(store, ignore_errors=True)
    report.finish(f"Built {output or store}")
