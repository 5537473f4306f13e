"""Texts that share letters: three letters in a row → the texts that have them. Columns of numbers, kept in files.

Two spellings of a name share most of these, and a name shares all of its own with a longer one. So the few texts that
are worth a comparison letter by letter are found among hundreds of thousands in a millisecond or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

Column = np.ndarray[Any, Any]
FILES = ("grams", "starts", "rows", "sizes")
_BITS = 21  # of a character: Unicode has no more
_END = ord("\n")


class Grams:
    """The texts by their letters: `rows[starts[i]:starts[i + 1]]` have the gram `grams[i]`, `sizes` how many each."""

    def __init__(self, grams: Column, starts: Column, rows: Column, sizes: Column) -> None:
        self.grams, self.starts, self.rows, self.sizes = grams, starts, rows, sizes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Grams:
        """Return the grams of folded texts, by number."""
        codes, sizes = _codes(texts)
        grams, at = np.unique(codes, return_inverse=True)
        # a gram and a text as one number, sorted here: np.unique hashes them, which takes a hundred times longer
        pairs = np.sort(at * len(texts) + np.repeat(np.arange(len(texts)), sizes))
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
        starts = np.searchsorted(pairs, np.arange(len(grams) + 1) * len(texts))
        rows = (pairs % max(len(texts), 1)).astype(np.int32)
        return cls(grams, starts, rows, np.bincount(rows, minlength=len(texts)).astype(np.int32))

    @classmethod
    def read(cls, folder: Path) -> Grams:
        """Open the files of a folder, mapped into memory."""
        return cls(*(np.load(folder / f"reconcile-{name}.npy", mmap_mode="r") for name in FILES))

    def write(self, folder: Path) -> None:
        """Write the files."""
        for name in FILES:
            np.save(folder / f"reconcile-{name}.npy", getattr(self, name))

    def near(self, text: str, most: int) -> list[int]:
        """Return the texts that share most with a folded text: `most` as wholes, and `most` as parts, either way."""
        wanted = np.unique(_codes([text])[0])
        at = np.searchsorted(self.grams, wanted)
        at = at[at < len(self.grams)]
        hits = at[self.grams[at] == wanted[: len(at)]].tolist()  # both are sorted: those beyond the end come last
        if not hits:
            return []
        rows = np.concatenate([self.rows[self.starts[i] : self.starts[i + 1]] for i in hits])
        counts = np.bincount(rows, minlength=len(self.sizes))
        # one in four of the letters, or a whole short text: fewer are in every second name
        found = np.flatnonzero((counts > 0) & (4 * counts >= np.minimum(len(wanted), self.sizes)))
        shared, sizes = counts[found], self.sizes[found]
        alike = 2 * shared / (len(wanted) + sizes)
        within = shared / np.minimum(len(wanted), sizes)
        best = [_best(alike, most), _best(within + alike / 10, most)]  # of parts, the longer ones
        return list(dict.fromkeys(found[np.concatenate(best)].tolist()))


def _best(values: Column, most: int) -> Column:
    """Return where the highest values are, the first of those as high: the same whatever else there is."""
    least = np.partition(values, -most)[-most] if len(values) > most else -np.inf
    among = np.flatnonzero(values >= least)
    return among[np.argsort(-values[among], kind="stable")[:most]]


def _codes(texts: Sequence[str]) -> tuple[Column, Column]:
    """Return the grams of all texts in a row, and how many each has; blanks stand before and after a text."""
    letters = np.frombuffer("".join(f" {text} \n" for text in texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    wide = letters.astype(np.int64)
    ends = np.flatnonzero(letters == _END)
    codes = wide[:-2] << 2 * _BITS | wide[1:-1] << _BITS | wide[2:] if len(wide) > 2 else wide[:0]
    whole = np.ones(len(codes), dtype=bool)
    for back in range(3):  # those that reach over the end of a text
        over = ends - back
        whole[over[(over >= 0) & (over < len(codes))]] = False
    sizes = np.diff(np.append(-1, ends)) - 3  # letters and two blanks make as many grams as letters
    return codes[whole], np.maximum(sizes, 0)
