"""What commands say on standard error: complaints, progress, summaries."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.model import Article, Statement

_verbosity = 0


def verbosity() -> int:
    """Return how many -v were given."""
    return _verbosity


def set_verbosity(count: int) -> int:
    """Remember -v, and log our own messages accordingly: warnings, with -v also news, with -v -v everything."""
    global _verbosity  # noqa: PLW0603  the one setting that outlives a command's parameters
    _verbosity = max(_verbosity, count)
    logging.basicConfig(format="kg: %(message)s", level=logging.CRITICAL)  # what libraries mutter is not for users
    logging.getLogger("kg").setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(_verbosity, 2)])
    return count


def complain(message: str, *, code: int = 1) -> int:
    """Write one line on standard error and return the exit code."""
    typer.echo("kg: " + " ".join(message.split()), err=True)
    return code


def console() -> Console:
    """Return rich's console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a line and a small table of counts on standard error."""
    out = console()
    out.print(title, markup=False, soft_wrap=True)
    if rows:
        out.print(_table(columns, rows, justify="right"))


def results(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a result on standard output as a table: folded to a terminal's width, else each row on one line."""
    from rich.console import Console
    from rich.measure import Measurement

    if not columns:  # the answer to an ASK
        typer.echo(rows[0][0])
        return
    out = Console(file=sys.stdout, highlight=False)
    shown = _table(columns, rows)
    if not sys.stdout.isatty():
        endless = out.options.update(width=1_000_000)
        out.width = Measurement.get(out, endless, shown).maximum
    out.print(shown)


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], justify: str = "left") -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, overflow="fold", justify="left" if number == 0 else justify)  # type: ignore[arg-type]
    for row in rows:
        shown.add_row(*(Text(_shown(str(cell))) for cell in row))  # Text: what articles say is no markup
    return shown


def _shown(text: str) -> str:
    """Control characters could move a terminal's cursor or set its title."""
    return "".join(" " if char in "\n\t\r" else char if char.isprintable() else "\ufffd" for char in text)


class Report:
    """Counts what passes and what is skipped, with a progress line on a terminal."""

    def __init__(self, doing: str, total: int | None = None) -> None:
        from rich.progress import (
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self.total = total
        self.articles = self.unchanged = 0
        self._began = time.monotonic()
        self.statements: dict[str, int] = {}
        self.skipped: list[tuple[str, str]] = []
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            *([TextColumn("left"), TimeRemainingColumn()] if total else []),
            TextColumn("{task.fields[last]}", markup=False, style="dim"),
            console=console(),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task(doing, total=total, last="", rate="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def skip(self, source: object, reason: object) -> None:
        """Report a source that is left out."""
        reason = str(reason)
        self.skipped.append((str(source), reason))
        named = reason if str(source) in reason else f"{source}: {reason}"
        line = " ".join(f"kg: skipped {named}".split())
        if self._progress.live.is_started:
            self._progress.console.print(line, markup=False, soft_wrap=True)
        else:
            typer.echo(line, err=True)

    def article(self, article: Article, found: list[Statement]) -> None:
        """Count an article and its statements."""
        self.articles += 1
        for statement in found:
            self.statements[statement.relation] = self.statements.get(statement.relation, 0) + 1
        self._progress.update(
            self._task, advance=1, rate=self._rate(), last=_shown((article.headline or article.id)[:60])
        )

    def known(self, article: Article) -> None:
        """Count an article that the store has as it is."""
        self.unchanged += 1
        self._progress.update(self._task, advance=1)

    def _rate(self) -> str:
        return f"{self.articles / max(time.monotonic() - self._began, 0.001):.1f}/s"

    def finish(self, done: str) -> None:
        """Show the summary, or fail where nothing was built."""
        if not self.articles and not self.unchanged:
            if len(self.skipped) != 1:  # a single one has said why already
                complain(
                    f"no article could be read; {len(self.skipped)} skipped"
                    if self.skipped
                    else "no article found; give files, folders or URLs of news articles"
                )
            raise typer.Exit(1)
        total = sum(self.statements.values())
        skipped = f", {self.unchanged} unchanged" if self.unchanged else ""
        skipped += f", {len(self.skipped)} skipped" if self.skipped else ""
        counted = sorted(self.statements.items(), key=lambda item: (-item[1], item[0]))
        table(
            f"{done}: {_number(self.articles, 'article')}{skipped}, {_number(total, 'statement')}",
            ("relation", "statements"),
            counted,
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
