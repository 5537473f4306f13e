"""Words among millions of sentences: texts in one block, a line for each, searched as one.

A pool of lines answers which of them hold a word, and, for names, which begin with it. It lies in files that are mapped
into memory, so opening it costs nothing.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

_ACCENTS = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans("ıøłđ", "iold")  # accents to a reader, letters to Unicode


def folded(text: str) -> str:
    """Return a text as it is looked for: lower-cased, without accents, which readers leave out (data.js: kg.fold)."""
    plain = text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return plain.lower().translate(_LETTERS)


class Lines:
    """Numbered texts in a file, folded; a text of several parts (names) has each begin after a tab."""

    def __init__(self, path: Path) -> None:
        self.starts = np.load(path.with_suffix(".npy"), mmap_mode="r")
        with path.open("rb") as file:
            self.block = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @staticmethod
    def write(path: Path, texts: Iterable[str]) -> None:
        """Write the texts and where each begins."""
        starts, at = [], 0
        with path.open("wb") as file:
            for text in texts:
                line = folded(text).replace("\n", " ").encode("utf-8", "replace") + b"\n"
                starts.append(at)
                at += file.write(line)
            file.write(b"\n")  # an empty file cannot be mapped
        np.save(path.with_suffix(".npy"), np.array(starts, dtype=np.int64))

    def having(self, word: str) -> np.ndarray:
        """Say of each line whether it holds the word."""
        found = np.zeros(len(self.starts), dtype=bool)
        wanted = re.escape(folded(word).encode("utf-8", "replace"))
        at = np.fromiter((hit.start() for hit in re.finditer(wanted + rb"[^\n]*", self.block)), dtype=np.int64)
        if word and len(found):
            found[np.searchsorted(self.starts, at, side="right") - 1] = True
        return found

    def first(self, words: str, most: int) -> list[int]:
        """Return the lines with a part that begins with the words, then those with a word that does, then any."""
        wanted, found = " ".join(folded(words).split()).encode("utf-8", "replace"), dict[int, None]()
        for before in (b"\t", b" ", b"") if wanted else ():
            at = self.block.find(before + wanted)
            while at >= 0 and len(found) < most:
                line = bisect_right(self.starts, at) - 1
                found[line] = None
                after = int(self.starts[line + 1]) if line + 1 < len(self.starts) else len(self.block)
                at = self.block.find(before + wanted, max(after - 1, at + 1))
        return list(found)[:most]

    def line(self, number: int) -> str:
        """Return a text."""
        start = int(self.starts[number])
        return self.block[start : self.block.find(b"\n", start)].decode("utf-8", "replace")


def parts(names: Sequence[str]) -> str:
    """Return names as one text whose parts can be told from their words."""
    return "".join("\t" + " ".join(name.split()) for name in names)
