"""`kg watch`: feeds → a store that grows with them."""

from __future__ import annotations

import signal
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import complain
from kg.cli.groups import HowRead
from kg.cli.options import Verbose
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.watch import Round


def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED...",
            show_default=False,
            help="Addresses of RSS or Atom feeds, or files that list them: one on a line, or OPML.",
        ),
    ],
    *,
    store: Annotated[
        Path, typer.Option("--store", metavar="DIR", show_default=False, help="The store to add to, or to make.")
    ],
    once: Annotated[bool, typer.Option("--once", help="One round, for cron and the like; else until Ctrl-C.")] = False,
    every: Annotated[float, typer.Option("--every", min=1, metavar="MINUTES", help="Between two rounds.")] = 15,
    pages: Annotated[
        bool,
        typer.Option("--pages/--no-pages", help="Fetch the page of each entry, or read the feed's own text alone."),
    ] = True,
    how: HowRead,
    verbose: Verbose = 0,
) -> None:
    """Read feeds politely and build what is new."""
    if not store.absolute().parent.is_dir():
        raise typer.BadParameter(f"{store}: the folder {store.parent} does not exist; make it first")
    given = how.given()  # what is wrong with it is said before the work
    from kg.watch import Watch, addresses

    watched = Watch(
        addresses(feeds),
        store,
        pages=pages,
        on_skip=_skip,
        **given,
    )
    former = signal.signal(signal.SIGTERM, _stop)  # systemd's and docker's way to say Ctrl-C
    rounds = before = 0  # how many went well, and their articles
    try:
        while True:
            try:
                told = watched.round()
            except StoreError as error:  # another process may be building into it: the next round tries again
                if once or not rounds:
                    raise
                complain(f"{error}; the next round tries again")
            else:
                rounds, before = rounds + 1, before + told.articles
                typer.echo(f"{datetime.now().astimezone():%H:%M} {_summary(told)}", err=True)
                if once:
                    raise typer.Exit(1 if told.failed and told.failed == told.feeds else 0)
            time.sleep(60 * every)
    except KeyboardInterrupt:
        kept = before + (watched.told.articles if watched.going else 0)
        where = f"{_counted(kept, 'article')} of this run are in {store}" if kept else f"nothing new is in {store}"
        complain(f"stopped: {where}; the same command goes on from there")
        raise typer.Exit(130) from None
    finally:
        signal.signal(signal.SIGTERM, former)


def _summary(told: Round) -> str:
    """Return what came of a round in one line; of what there is none, nothing is said."""
    feeds = [(told.unchanged, "unchanged"), (told.failed, "failed"), (told.resting, "left alone")]
    rest = [(told.known, "unchanged"), (told.skipped, "skipped"), (told.later, "left for later")]
    return (
        f"{_counted(told.feeds, 'feed')}{_listed(feeds)}: {_counted(told.articles, 'article')}{_listed(rest)}, "
        f"{_counted(told.statements, 'statement')}"
    )


def _listed(counts: list[tuple[int, str]]) -> str:
    found = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f" ({found})" if found else ""


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _skip(source: str, reason: str) -> None:
    complain(f"skipped {source}: {reason}")


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt
