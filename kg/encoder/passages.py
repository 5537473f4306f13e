"""Words of an article → passages: whole blocks, or whole sentences of a long one, cut into the encoder's pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

# Pieces a passage: an article's paragraph and what stands beside it; longer ones cost more than they tell.
MOST = 192
# Words, and pieces, after which a sentence is cut even so ("sentences" of a table): the model has 256 places.
LONGEST, PLACES = 150, 254
BEGIN, END, UNKNOWN = 0, 2, 3  # pieces that every vocabulary of this encoder has at these places
_SPACE = "\u2581"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words `start` to `end` of an article in pieces: `first` and `last` are the places of each word's pieces."""

    start: int
    end: int
    pieces: list[int]
    first: list[int]
    last: list[int]


class Pieces:
    """A word, and whether a space stands before it → the numbers of its pieces (Kudo 2018, unigram language model)."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]]) -> None:
        self.tokenizer = Tokenizer(models.Unigram(list(vocabulary), unk_id=UNKNOWN))
        self.tokenizer.normalizer = normalizers.NFKC()
        self.tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="never", split=True)
        self._known: dict[tuple[bool, str], list[int]] = {}

    def __call__(self, word: str, *, spaced: bool) -> list[int]:
        """Return the pieces of a word; a word of unknown signs is one unknown piece."""
        key = (spaced, word)
        found = self._known.get(key)
        if found is None:
            text = (_SPACE if spaced else "") + word
            found = self.tokenizer.encode(text, add_special_tokens=False).ids or [UNKNOWN]
            self._known[key] = found
        return found


def passages(
    words: Sequence[str], spaced: Sequence[bool], blocks: Sequence[tuple[int, int]], starts: Sequence[bool], cut: Pieces
) -> Iterator[Passage]:
    """Yield the passages of an article, in order.

    `spaced` says of each word whether a space stands before it, `blocks` are spans of words that may not be split
    unless they are too long, `starts` says with which words a sentence begins.
    """
    pieces = [cut(word, spaced=space)[:PLACES] for word, space in zip(words, spaced, strict=True)]
    begin: int | None = None
    end = size = 0
    for start, stop in _units(pieces, blocks, starts):
        length = sum(map(len, pieces[start:stop]))
        if begin is not None and size + length > MOST:
            yield _passage(pieces, begin, end)
            begin = None
        if begin is None:
            begin, size = start, 0
        size, end = size + length, stop
    if begin is not None:
        yield _passage(pieces, begin, end)


def _units(
    pieces: list[list[int]], blocks: Sequence[tuple[int, int]], starts: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    for start, end in blocks:
        if sum(map(len, pieces[start:end])) <= MOST:
            yield start, end
            continue
        cuts = [i for i in range(start, end) if i == start or starts[i]] + [end]
        for at, after in pairwise(cuts):
            begin, size = at, 0
            for i in range(at, after):
                if i - begin == LONGEST or (i > begin and size + len(pieces[i]) > PLACES):
                    yield begin, i
                    begin, size = i, 0
                size += len(pieces[i])
            yield begin, after


def _passage(pieces: list[list[int]], start: int, end: int) -> Passage:
    found, first, last = [BEGIN], [], []
    for word in pieces[start:end]:
        first.append(len(found))
        found += word
        last.append(len(found) - 1)
    return Passage(start, end, [*found, END], first, last)


def dequantise(blocks: numpy.ndarray, rows: Sequence[int]) -> numpy.ndarray:
    """Return rows of a table kept in blocks of 32 numbers of four bits: a half-precision scale, then 16 bytes.

    `blocks` is (rows, blocks a row, 18) of uint8; returns (rows asked for, numbers a row) of float32.
    """
    chosen = blocks[list(rows)]
    scale = numpy.ascontiguousarray(chosen[..., :2]).view("<f2").astype(numpy.float32)
    low = (chosen[..., 2:] & 15).astype(numpy.int8) - 8
    high = (chosen[..., 2:] >> 4).astype(numpy.int8) - 8
    values = numpy.concatenate([low, high], axis=-1).astype(numpy.float32) * scale
    return values.reshape(len(chosen), -1)
