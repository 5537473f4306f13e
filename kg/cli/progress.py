"""How far reading is: what is being done, how many articles are read, how many are left, and what came of it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

from kg.cli.console import complain, console, verbosity
from kg.cli.skips import Skips
from kg.cli.tables import safe, small

if TYPE_CHECKING:
    from kg.model import Article, Statement

# What the stages of `kg.pipeline` are called on a terminal.
STAGES = {"loading": "Loading models", "known": "Passing over what is known", "reading": "Reading articles",
          "settling": "Settling who is who"}  # fmt: skip
LONGEST = 40  # letters of a headline


class Report:
    """Counts what passes and what is skipped, with a progress line on a terminal from the first moment on."""

    def __init__(self, total: int | None = None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.total = total
        self.articles = self.unchanged = self.parsed = 0
        self.statements: dict[str, int] = {}
        self.skips = Skips(every=verbosity() > 0)
        self._began: float | None = None  # when the first article had been read: models take seconds to load
        columns = [SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn()]
        columns += [BarColumn(bar_width=12)] if total else []
        self._progress = Progress(
            *columns,
            TextColumn("{task.fields[pace]}"),
            *([] if total else [TimeElapsedColumn()]),
            TextColumn("{task.fields[last]}", markup=False, style="dim"),
            console=console(),
            transient=True,
            redirect_stdout=False,  # results go there, and not to where progress is shown
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task(STAGES["loading"], total=total, last="", pace="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def stop(self) -> None:
        """End the progress line, for what is written next to stand where it was."""
        self._progress.stop()

    def stage(self, name: str) -> None:
        """Show what is being done now: a stage of the pipeline, or other words."""
        self._progress.update(self._task, description=STAGES.get(name, name), last="", refresh=True)

    def skip(self, source: object, reason: object) -> None:
        """Report a source that is left out."""
        self._progress.update(self._task, advance=1)
        line = self.skips.add(source, reason)
        if not line:
            return
        if self._progress.live.is_started:
            self._progress.console.print(line, markup=False, soft_wrap=True)
        else:
            typer.echo(line, err=True)

    def read(self, count: int) -> None:
        """Show that so many more articles have been read."""
        if not self.parsed:
            self._began = time.monotonic()
            self.stage("reading")
        self.parsed += count
        self._progress.update(self._task, advance=count)
        self._progress.update(self._task, pace=self._pace())  # of what is left now

    def article(self, article: Article, found: list[Statement]) -> None:
        """Count an article that is written, and its statements."""
        self.articles += 1
        for statement in found:
            self.statements[statement.relation] = self.statements.get(statement.relation, 0) + 1
        self._progress.update(self._task, last=safe((article.headline or article.id)[:LONGEST]))

    def known(self, article: Article) -> None:
        """Count an article that the store has as it is."""
        if not self.unchanged and not self.parsed:
            self.stage("known")
        self.unchanged += 1
        self._progress.update(self._task, advance=1)

    def finish(self, done: str) -> None:
        """Show the summary, or fail where nothing was built."""
        for line in self.skips.summary():
            typer.echo(line, err=True)
        skips = len(self.skips)
        if not self.articles and not self.unchanged:
            if skips != 1:  # a single one has said why already
                complain(
                    f"no article could be read; {skips} skipped"
                    if skips
                    else "no article found; give files, folders or URLs of news articles"
                )
            raise typer.Exit(1)
        total = sum(self.statements.values())
        skipped = f", {self.unchanged} unchanged" if self.unchanged else ""
        skipped += f", {skips} skipped" if skips else ""
        counted = sorted(self.statements.items(), key=lambda item: (-item[1], item[0]))
        typer.echo(f"{done}: {number(self.articles, 'article')}{skipped}, {number(total, 'statement')}", err=True)
        if counted:
            console().print(small(("relation", "statements"), counted, justify="right"))

    def stopped(self, done: int, kept: str) -> typer.Exit:
        """Say after Ctrl-C how many articles are done, and what becomes of them; return what ends the command."""
        of = f" of {self.total}" if self.total else ""
        return typer.Exit(
            complain(f"stopped after {done}{of} article{'s' * (done != 1 or bool(of))}: {kept}", code=130)
        )

    def _pace(self) -> str:
        """Return how fast articles are read, and about how long the others will take."""
        seconds = time.monotonic() - (self._began or 0)
        task = self._progress.tasks[0]
        if self.parsed < 2 or seconds <= 0:
            return ""
        pace = (self.parsed - 1) / seconds
        left = (task.total - task.completed) / pace if task.total else None
        return f"{pace:.1f}/s" + (f", {_lasting(left)} left" if left is not None and left >= 1 else "")


def number(count: int, noun: str) -> str:
    """Return "1 article", "2 articles"."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _lasting(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def count(paths: list[str]) -> int | None:
    """Return about how many articles the sources have, for the time left; None where only reading them would tell."""
    total = 0
    for path in map(Path, paths):
        if not path.exists():  # an address, or standard input
            return None
        for file in path.rglob("*") if path.is_dir() else [path]:
            ending = file.suffix.lower()
            if ending in (".csv", ".tsv", ".json", ".xml", ".rss", ".atom", ".warc", ".mbox", ".zip", ".gz"):
                return None
            if ending in (".jsonl", ".ndjson"):
                with file.open("rb") as stream:
                    total += sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
            else:
                total += file.is_file()
    return total
