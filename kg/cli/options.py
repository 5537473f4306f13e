"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg._version import __version__
from kg.cli.console import set_verbosity
from kg.cli.endpoint import source


class Language(StrEnum):
    """The languages of what is written for people: pages, titles, complaints."""

    ID = "id"
    EN = "en"


if TYPE_CHECKING:
    from kg.api import Graph
    from kg.endpoint import Address

    class ArticleLanguage(StrEnum):
        """The languages of articles."""

else:  # those that have a folder of data; kg.specs, which reads it, would keep `kg --help` waiting
    _FOLDERS = (Path(__file__).parent.parent / "lang").iterdir()
    _CODES = sorted((path.name for path in _FOLDERS if path.is_dir() and len(path.name) < 4), reverse=True)
    ArticleLanguage = StrEnum("ArticleLanguage", {code.upper(): code for code in _CODES})


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


def _probable(help: str) -> Any:
    return typer.Option("--min-confidence", min=0.0, max=1.0, show_default=False, help=help)


def clients_token(help: str) -> Any:
    """Return the option of what clients must show to a server of ours."""
    return typer.Option("--token", envvar="KG_TOKEN", show_default=False, show_envvar=False, help=help)


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        callback=set_verbosity,
        show_default=False,
        help="Tell more; twice for tracebacks.",
    ),
]
Sources = Annotated[
    list[str], typer.Argument(metavar="PATH", show_default=False, help="Files, folders, URLs, or - for standard input.")
]
Lang = Annotated[
    ArticleLanguage | None, typer.Option("--lang", help="The articles' language, instead of detecting it.")
]
PageLang = Annotated[Language, typer.Option("--lang", help="The language of what is written.")]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model", metavar="LANG=NAME", help="Another installed spaCy pipeline: en=en_core_web_trf. May be repeated."
    ),
]
Fast = Annotated[
    bool,
    typer.Option("--fast", help="Read by the small pipelines and rules alone: quicker, and it finds less."),
]
MinConfidence = Annotated[
    float | None,
    _probable("Leave out events less probable than this (0 to 1); by default 0.46, but what the rules find stays."),
]
LeastConfidence = Annotated[
    float | None,
    _probable("Only statements at least this probable (0 to 1); those without a confidence are left out, and counted."),
]
ActorFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        show_default=False,
        help="A CSV table of your own actors, or of their offices, beside the shipped base. May be repeated.",
    ),
]
ReaderName = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME",
        show_default=False,
        help="Read by another reader than our own: openai, gliner2, or an installed one (kg/docs/readers.md).",
    ),
]
ReaderOptions = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", show_default=False, help="An option of the reader. May be repeated."),
]
MaxRequests = Annotated[
    int | None,
    typer.Option("--max-requests", min=0, show_default=False, help="With a reader that sends: requests at most."),
]
MaxCost = Annotated[
    float | None,
    typer.Option(
        "--max-cost", min=0.0, show_default=False, help="With a reader that sends: money at most, by its prices."
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="With a reader that sends: write what would be sent, and an estimate. Nothing is."),
]
GraphPath = Annotated[
    Path,
    typer.Argument(
        metavar="FILE|DIR",
        show_default=False,
        help="A graph file, a store, or sparql+URL, the same as --endpoint URL: a SPARQL 1.1 endpoint.",
        parser=source,
    ),
]


def models(given: list[str] | None) -> dict[str, str] | None:
    """Return `["en=NAME"]` as `{"en": "NAME"}`."""
    named = dict(pair.partition("=")[::2] for pair in given or [])
    for language, name in named.items():
        if language not in list(ArticleLanguage) or not name:
            known = " or ".join(f"{code}=NAME" for code in ArticleLanguage)
            raise typer.BadParameter(f"'{language}={name}' should be {known}", param_hint="--model")
    return named or None


def whole(path: Path | Address) -> Graph:
    """Return the graph of a file, a store or an endpoint; of the last, its copy as it is at this moment."""
    if isinstance(path, Path):
        from kg.api import Graph

        return Graph.load(path)
    from kg.pipeline import remote

    return remote.read(path)


def asking(path: Path | Address, least: float | None) -> Graph:
    """Return the graph of a file or store, or an endpoint, which as far as queries go is one too, to be asked."""
    if isinstance(path, Path) or least is not None:
        return loaded(path, least)
    from kg.api import Graph
    from kg.endpoint import Client, Remote

    return Graph(Remote(Client(path)))  # type: ignore[arg-type]


def loaded(path: Path | Address, least: float | None) -> Graph:
    """Return the graph of a file or store, with what is at least so probable; say how much was left out."""
    graph = whole(path)
    if least is None:
        return graph
    graph, left_out = graph.at_least(least)
    typer.echo(
        f"Left out: {left_out.improbable} of a confidence below {least:g}, {left_out.without} without a confidence",
        err=True,
    )
    return graph


def parameters(given: list[str] | None) -> dict[str, str]:
    """Return `["actor=Turki"]` as `{"actor": "Turki"}`."""
    for pair in given or []:
        if "=" not in pair:
            raise typer.BadParameter(f"'{pair}' should be NAME=VALUE", param_hint="--param")
    pairs = [pair.partition("=")[::2] for pair in given or []]
    for name, _ in pairs:
        if sum(name == other for other, _ in pairs) > 1:
            raise typer.BadParameter(f"'{name}' is given more than once", param_hint="--param")
    return dict(pairs)


def known_ending(path: Path, endings: tuple[str, ...]) -> Path:
    """Return the path if its ending names a format, else fail as bad usage, with the endings that do."""
    if path.suffix.lower() not in endings:
        raise typer.BadParameter(f"{path}: unknown ending; use one of {' '.join(endings)}", param_hint="-o")
    return path
