"""`kg demo`: the bundled articles built, queried and rendered."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Report, results
from kg.cli.options import Verbose

ARTICLES = Path(__file__).parent.parent / "demo" / "articles"
QUERIES = ("who-met-whom", "who-supports-whom", "conflict-timeline")
LONG = ("sentence", "article")  # left out here, so that the tables fit a terminal


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write.")] = Path("kg-demo"),
    verbose: Verbose = 0,
) -> None:
    """Build, query and render the bundled articles."""
    import kg

    articles = out / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for source in sorted(ARTICLES.iterdir()):
        shutil.copyfile(source, articles / source.name)
    with Report("Building") as report:
        graph = kg.build([articles], on_skip=report.skip, on_article=report.article)
    report.finish(f"Built from {articles}")
    turtle, page = out / "graph.ttl", out / "graph.html"
    graph.write(turtle)
    graph.explore(page, title="kg demo")
    for name in QUERIES:
        typer.echo(f"\n$ kg query {turtle} {name}")
        found = graph.query(name)
        shown = [number for number, column in enumerate(found.vars) if column not in LONG]
        results([found.vars[number] for number in shown], [[row[number] for number in shown] for row in found.table()])
    typer.echo(f"\nThe graph:  {turtle}\nThe page:   {page}  (open it in a browser)\nThe texts:  {articles}")
