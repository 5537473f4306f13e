"""`kg demo`: the bundled articles built, queried and rendered."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.answers import show
from kg.cli.options import Verbose
from kg.cli.progress import Report, count

ARTICLES = Path(__file__).parent.parent / "demo" / "articles"
QUERIES = ("who-met-whom", "who-supports-whom", "conflict-timeline")


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write.")] = Path("kg-demo"),
    verbose: Verbose = 0,
) -> None:
    """Build, query and render the bundled articles."""
    articles = out / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for source in sorted(ARTICLES.iterdir()):
        shutil.copyfile(source, articles / source.name)
    with Report(count([str(articles)])) as report:
        import kg
        from kg.graph.queries import load

        graph = kg.build(
            [articles],
            on_skip=report.skip,
            on_article=report.article,
            on_parsed=report.read,
            on_stage=report.stage,
        )
    report.finish(f"Built from {articles}")
    turtle, page = out / "graph.ttl", out / "graph.html"
    graph.write(turtle)
    graph.explore(page, title="kg demo")
    for name in QUERIES:
        typer.echo(f"\n$ kg query {turtle} {name}")
        show(graph.query(name), graph.query, load(name).text, language="en")
    typer.echo(f"\nThe graph:  {turtle}\nThe page:   {page}  (open it in a browser)\nThe texts:  {articles}")
