"""`kg actors`: who is who in a store; merges that one can see, make and undo."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Verbose
from kg.cli.tables import Shown, answer, results
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.graph import Store
    from kg.model import Merge


class Action(StrEnum):
    """What is done with the actors of a store."""

    LIST = "list"
    SHOW = "show"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"
    REVIEW = "review"
    EXPORT = "export"
    IMPORT = "import"


# What each action takes after its name: how many words at least and at most, and what they are.
TAKES = {
    Action.LIST: (0, 0, "nothing more"),
    Action.SHOW: (1, 1, "the NAME of an actor"),
    Action.MERGE: (2, 2, "the names of two actors, A and B"),
    Action.SPLIT: (2, None, "an actor, and those of its names or articles that are another's"),
    Action.UNDO: (0, 0, "nothing more"),
    Action.REVIEW: (0, 0, "nothing more"),
    Action.EXPORT: (1, 1, "the FILE to write"),
    Action.IMPORT: (1, 1, "the FILE to read"),
}


def actors(
    store: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of a store.")],
    action: Annotated[
        Action,
        typer.Argument(
            help="list: all actors. show NAME: its names, articles, merges. merge A B: the two are one. split A NAME…: "
            "these names, or articles, are another's. undo: the last merge or split. review: doubtful pairs, one "
            "after the other. export FILE, import FILE: what was judged.",
        ),
    ] = Action.LIST,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", show_default=False, help="Names, IRIs, or a file.")
    ] = None,
    *,
    verbose: Verbose = 0,
) -> None:
    """Show who is who over all articles of a store, and judge it.

    What is judged holds in every later build.
    """
    words = words or []
    least, most, what = TAKES[action]
    if len(words) < least or (most is not None and len(words) > most):
        raise typer.BadParameter(f"{action.value} takes {what}")
    from kg.graph import Store

    if not (store / "CURRENT").is_file():
        raise StoreError(f"{store} holds no store: name the folder of one")
    if action in (Action.LIST, Action.SHOW):
        with Store.load(store) as opened:
            _list(opened) if action == Action.LIST else _show(opened, words[0])
        return
    if action == Action.EXPORT:
        _export(store, Path(words[0]))
        return
    with Store.open(store) as opened:
        _judge(opened, action, words)


def _list(store: Store) -> None:
    from kg.graph.namings import actors

    found = actors(store)
    columns = (
        Shown("actor", [one.label for one in found]),
        Shown("type", [one.type for one in found]),
        Shown("names", [str(len(one.names)) for one in found]),
        Shown("articles", [str(len(one.articles)) for one in found]),
        Shown("iri", [one.iri for one in found], whole=True),
    )
    if left := answer(columns, wide=not sys.stdout.isatty(), ranked=False):  # scripts want the IRIs
        typer.echo(
            f"Not shown for want of room: {', '.join(left)} (`kg actors {store.path} show NAME` tells it)", err=True
        )


def _show(store: Store, name: str) -> None:
    from kg.graph.namings import find, merges

    actor = find(store, name)
    typer.echo(f"{actor.label} ({actor.type}) {actor.iri}")
    named = sorted(actor.names.items(), key=lambda item: (-item[1], item[0]))
    results(("name", "articles"), [(one, str(number)) for one, number in named])
    found = merges(store, actor.iri)
    if found:
        rows = [(" = ".join(merge.names), f"{merge.score:.1f}", merge.reason) for merge in found]
        results(("merged", "score", "because"), rows)
    ids = sorted(iri.rpartition("/")[2] for iri in actor.articles)
    typer.echo(f"articles: {', '.join(ids[:20])}{f' and {len(ids) - 20} more' if len(ids) > 20 else ''}")


def _judge(store: Store, action: Action, words: list[str]) -> None:
    from kg.pipeline import judging

    if action == Action.MERGE:
        left, right = judging.merge(store, *words)
        typer.echo(
            f"{left.label} and {right.label} are one actor; `kg actors {store.path} undo` takes that back", err=True
        )
    elif action == Action.SPLIT:
        whole = judging.split(store, words[0], words[1:])
        typer.echo(
            f"{', '.join(words[1:])} split from {whole.label}; `kg actors {store.path} undo` takes that back", err=True
        )
    elif action == Action.UNDO:
        gone = judging.undo(store)
        if not gone:
            raise StoreError(f"nothing has been judged in {store.path}")
        typer.echo(f"Undone: {len(gone)} judgement{'s' * (len(gone) != 1)}", err=True)
    elif action == Action.IMPORT:
        number = judging.take(store, Path(words[0]))
        typer.echo(f"Imported {number} judgement{'s' * (number != 1)}", err=True)
    else:
        _review(store)


def _export(store: Path, file: Path) -> None:
    from kg.pipeline.who import judgements_file

    if not judgements_file(store).exists():
        raise StoreError(f"nothing has been judged in {store}")
    shutil.copyfile(judgements_file(store), file)


def _review(store: Store) -> None:
    """Ask about the doubtful pairs, the surest first; whatever was answered is kept when one quits."""
    from kg.pipeline import judging

    pairs = judging.doubtful(store)
    answers: list[tuple[Merge, bool]] = []
    for number, pair in enumerate(pairs, 1):
        typer.echo(f"\n{number} of {len(pairs)}")
        for _, name, article in (pair.left, pair.right):
            typer.echo(f"  {name}  ({article.rpartition('/')[2] or 'base of known actors'})")
        typer.echo(f"  {pair.score:.1f}: {pair.reason}")
        given = ""
        while given not in ("y", "n", "s", "q"):
            given = (
                typer.prompt("one actor? y(es), n(o), s(kip), q(uit)", default="s", show_default=False)
                .strip()[:1]
                .lower()
            )
        if given == "q":
            break
        if given != "s":
            answers.append((pair, given == "y"))
    judging.answer(store, answers)
    typer.echo(f"{len(answers)} of {len(pairs)} doubtful pairs judged", err=True)
