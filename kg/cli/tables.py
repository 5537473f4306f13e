"""Tables on standard output: the columns that answer, fitted to the terminal, each row on a line; long ones in a pager.

`results` writes the small tables of commands, whose sentences go on below; `answer` what a query returned.
"""

from __future__ import annotations

import os
import pydoc
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from kg.cli.fitting import GAP, Column, fit

if TYPE_CHECKING:
    from rich.table import Table

Cells = Sequence[str]
Shorten = Callable[[int, int, int], str]  # row, column, width → what is shown of a sentence
PAGED = "FRSX"  # less: not for what fits a screen, colours, long lines cut, the screen kept


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of an answer: its name and cells; `whole` ones are never cut, those that belong follow another.

    The name says how much the column matters; `title` is what stands above it, where that is another.
    """

    name: str
    cells: Cells
    whole: bool = False
    belongs: bool = False
    title: str = ""

    @property
    def heading(self) -> str:
        """What stands above it: an id stands below its name's."""
        return "" if self.belongs else self.title or self.name


def results(columns: Cells, rows: Sequence[Cells]) -> None:
    """Write a small table on standard output: fitted to a terminal by wrapping at words, else each row on one line."""
    from rich.console import Console
    from rich.measure import Measurement

    if not columns:  # the answer to an ASK
        typer.echo(rows[0][0])
        return
    out = Console(file=sys.stdout, highlight=False)
    shown = small(columns, rows)
    if not sys.stdout.isatty():
        endless = out.options.update(width=1_000_000)
        out.width = Measurement.get(out, endless, shown).maximum
    out.print(shown)


def small(columns: Cells, rows: Sequence[Sequence[object]], justify: str = "left") -> Table:
    """Return rich's table of a few columns, whose sentences wrap at words and whose names are never broken."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, column in enumerate(columns):
        cells = [str(row[number]) for row in rows]
        single = not any(" " in cell for cell in cells)
        shown.add_column(
            column,
            no_wrap=single,
            overflow="ellipsis",
            justify="left" if number == 0 else justify,  # type: ignore[arg-type]
            min_width=max((len(word) for cell in cells for word in cell.split()), default=0) if not single else None,
        )
    for row in rows:
        shown.add_row(*(Text(safe(str(cell))) for cell in row))  # Text: what articles say is no markup
    return shown


def answer(
    columns: Sequence[Shown], *, wide: bool = False, ranked: bool = True, shorten: Shorten | None = None
) -> list[str]:
    """Write the columns of an answer on standard output, and return the names of those that were left out.

    What has no cell is left out, and what does not fit the terminal (`ranked` as in `fit`), but not with `wide`, which
    cuts nothing either.
    Without a terminal, sentences are cut all the same, and nothing else is. `shorten` cuts a sentence.
    """
    from rich.cells import cell_len

    count = len(columns[0].cells) if columns else 0
    shown = [(at, column) for at, column in enumerate(columns) if wide or not count or any(column.cells)]
    measured = [
        Column(
            one.name,
            [cell_len(one.heading), *(cell_len(safe(cell)) for cell in one.cells)],
            one.whole,
            one.belongs,
            count > 1 and len(set(one.cells)) == 1,
        )
        for _, one in shown
    ]
    natural = {at: column.natural for at, column in enumerate(measured)}
    widths = natural if wide else fit(measured, terminal_width(), ranked=ranked)
    lines = _lines([(*shown[at], width, measured[at].prose) for at, width in widths.items()], count, shorten)
    write(lines, max(sum(widths.values()) + GAP * len(widths) - GAP, 0), count)
    return [one.title or one.name for at, (_, one) in enumerate(shown) if at not in widths and one.name]


def terminal_width() -> int | None:
    """Return the width of the terminal, also of one that a pipe leads to in the end; None where there is none."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"]) or None
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            return os.get_terminal_size(stream.fileno()).columns or None
        except (OSError, ValueError, AttributeError):
            continue
    return None


def write(lines: Iterator[str], width: int, count: int) -> None:
    """Write lines, on a terminal that they do not fit by its pager ($PAGER, else less)."""
    if sys.stdout.isatty() and sys.stdin.isatty():
        size = shutil.get_terminal_size()
        if count + 3 > size.lines or width > size.columns:
            os.environ.setdefault("LESS", PAGED)
            pydoc.pager("\n".join(lines))
            return
    for line in lines:
        typer.echo(line)


def safe(text: str) -> str:
    """Return a text without control characters: they could move a terminal's cursor or set its title."""
    return "".join(" " if char in "\n\t\r" else char if char.isprintable() else "\ufffd" for char in text)


def _lines(columns: Sequence[tuple[int, Shown, int, bool]], count: int, shorten: Shorten | None) -> Iterator[str]:
    from rich.cells import cell_len, set_cell_size

    from kg.cli.excerpts import shortened

    def padded(cells: Sequence[str]) -> str:
        parts = [
            cell if cell_len(cell) >= width else set_cell_size(cell, width)
            for cell, (_, _, width, _) in zip(cells, columns, strict=True)
        ]
        return (" " * GAP).join(parts).rstrip()

    yield padded([shortened(one.heading, width) for _, one, width, _ in columns])
    yield "─" * (sum(width for _, _, width, _ in columns) + GAP * (len(columns) - 1))
    for row in range(count):
        cells = []
        for at, one, width, prose in columns:
            cell = one.cells[row]
            if prose and shorten and cell_len(cell) > width:
                cell = shorten(row, at, width)
            cells.append(shortened(safe(cell), width))
        yield padded(cells)
