"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg._version import __version__
from kg.cli.console import set_verbosity


class Language(StrEnum):
    """The languages of articles, and of the page."""

    ID = "id"
    EN = "en"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


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
Lang = Annotated[Language | None, typer.Option("--lang", help="The articles' language, instead of detecting it.")]
PageLang = Annotated[Language, typer.Option("--lang", help="The language of what is written.")]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model", metavar="LANG=NAME", help="Another installed spaCy pipeline: en=en_core_web_trf. May be repeated."
    ),
]
GraphPath = Annotated[Path, typer.Argument(metavar="FILE|DIR", show_default=False, help="A graph file or a store.")]


def models(given: list[str] | None) -> dict[str, str] | None:
    """Return `["en=NAME"]` as `{"en": "NAME"}`."""
    named = dict(pair.partition("=")[::2] for pair in given or [])
    for language, name in named.items():
        if language not in list(Language) or not name:
            raise typer.BadParameter(f"'{language}={name}' should be id=NAME or en=NAME", param_hint="--model")
    return named or None


def parameters(given: list[str] | None) -> dict[str, str]:
    """Return `["actor=Turki"]` as `{"actor": "Turki"}`."""
    for pair in given or []:
        if "=" not in pair:
            raise typer.BadParameter(f"'{pair}' should be NAME=VALUE", param_hint="--param")
    return dict(pair.partition("=")[::2] for pair in given or [])


def known_ending(path: Path, endings: tuple[str, ...]) -> Path:
    """Return the path if its ending names a format, else fail as bad usage, with the endings that do."""
    if path.suffix.lower() not in endings:
        raise typer.BadParameter(f"{path}: unknown ending; use one of {' '.join(endings)}", param_hint="-o")
    return path
