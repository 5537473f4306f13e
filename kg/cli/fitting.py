"""Which columns of a table are shown in a width, and how wide each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 2  # between columns
STANCE = "factuality"  # "asserted" in all rows tells less than a sentence does
# Of the columns that named queries have, those that answer first; others follow in the order in which they stand.
FIRST = ("subject", "object", "relation", "date", "factuality", "sentence", "office", "place", "source", "article")
MORE = FIRST[6:]
PROSE = 40  # letters of a cell on average, from which on a column holds sentences
LEAST_PROSE, LEAST, EASY = 20, 12, 22  # what a column has at least, and with ease, where its cells are longer
MIDDLE, PROSE_MIDDLE, LARGE = 16, 36, 28  # how far columns grow in turns: names, sentences, names again


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is measured: `widths` are those of its cells, `whole` says that none may be cut."""

    name: str
    widths: Sequence[int]
    whole: bool = False
    belongs: bool = False  # to the column before it: the id beside a name, shown where all else has room
    constant: bool = False  # the same in every row

    @property
    def natural(self) -> int:
        """The width that shows all of it."""
        return max(self.widths, default=0)

    @property
    def prose(self) -> bool:
        """Whether it holds sentences, which are cut first."""
        filled = [width for width in self.widths[1:] if width]
        return not self.whole and bool(filled) and sum(filled) / len(filled) > PROSE

    @property
    def easy(self) -> int:
        """The width in which most of it can be read."""
        return self.natural if self.whole else min(self.natural, PROSE if self.prose else EASY)

    @property
    def least(self) -> int:
        """The width without which it is not shown."""
        return self.natural if self.whole else min(self.natural, LEAST_PROSE if self.prose else LEAST)


def fit(columns: Sequence[Column], width: int | None, *, ranked: bool = True) -> dict[int, int]:
    """Return the columns to show, by their place, with the width of each.

    Without a width nothing but sentences is cut. What answers first is kept longest: of `ranked` columns those of
    FIRST, else those that were asked for first. Ids, and what is no answer by itself, come where the others have room.
    """
    if width is None:
        return {at: 2 * PROSE if column.prose else column.natural for at, column in enumerate(columns)}
    kept = _kept(columns, width, ranked)
    widths = {at: columns[at].least for at in kept}
    room = width - sum(widths.values()) - GAP * (len(kept) - 1)
    for prose, most in ((False, MIDDLE), (True, PROSE_MIDDLE), (False, LARGE), (True, width), (False, width)):
        for at in kept:
            if columns[at].prose == prose:
                more = min(max(0, min(columns[at].natural, most) - widths[at]), max(room, 0))
                widths[at] += more
                room -= more
    if room < 0:  # a single column that is wider than the terminal
        widths[kept[0]] = max(1, widths[kept[0]] + room)
    return widths


def _kept(columns: Sequence[Column], width: int, ranked: bool) -> list[int]:
    def rank(at: int) -> tuple[bool, int, int]:
        column = columns[at]
        last = column.belongs or (ranked and column.name == STANCE and column.constant)
        return last, FIRST.index(column.name) if ranked and column.name in FIRST else -1, at

    def more(at: int) -> bool:
        """Say whether a column is shown only where the others have more than their least."""
        column = columns[at]
        return rank(at)[0] or (ranked and column.name in MORE)

    kept: list[int] = []
    for at in sorted(range(len(columns)), key=rank):
        others = sum((columns[one].easy if more(at) else columns[one].least) + GAP for one in kept)
        if not kept or others + columns[at].least <= width:
            kept.append(at)
    return sorted(kept)
