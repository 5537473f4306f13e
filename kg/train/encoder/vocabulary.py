"""Texts → the pieces worth keeping: the table of all 250,002 embeddings would be larger than everything else together.

What occurs in the texts is kept, every single letter, digit and sign of the Latin script so that no word of either
language is unknown, and then the pieces that the pretrained model deems most frequent.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import digits

from kg.encoder.passages import UNKNOWN, Pieces
from kg.errors import WeightsError
from kg.train.encoder.pretrained import Pretrained
from kg.train.encoder.recipe import recipe

_SPACE = "\u2581"
_SPECIAL = range(UNKNOWN + 1)  # beginning, padding, end, unknown
_AFTER_LATIN, _AFTER_SIGNS = 0x250, 0x2100


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their scores as pieces.json has them, and which rows of the pretrained table they are."""

    pieces: list[tuple[str, float]]
    rows: list[int]

    @property
    def cut(self) -> Pieces:
        """What cuts words into these pieces, in training as in reading."""
        return Pieces(self.pieces)


def prune(pretrained: Pretrained, texts: Iterable[str], most: int | None = None) -> Vocabulary:
    """Return the `most` pieces (by default the recipe's number) that serve `texts` and what is written like them."""
    most = recipe().vocabulary.pieces if most is None else most
    scores, pieces = pretrained.scores, pretrained.pieces
    cut = Pieces(list(zip(pieces, scores, strict=True)))
    seen: Counter[int] = Counter()
    for text in texts:
        for word in text.split():
            for spaced in (True, False):  # the same word opens a quotation, or follows a bracket
                seen.update(cut(word, spaced=spaced))
    keep = set(_SPECIAL) | {i for i, piece in enumerate(pieces) if len(bare(piece)) <= 1 and is_latin(piece)}
    often = (i for i, _ in seen.most_common())
    likely = (i for i in sorted(range(len(pieces)), key=lambda i: -scores[i]) if is_latin(pieces[i]))
    for i in (*often, *likely):
        if len(keep) >= most:
            break
        keep.add(i)
    return _vocabulary(pretrained, sorted(keep))


def again(pretrained: Pretrained, pieces: Sequence[tuple[str, float]]) -> Vocabulary:
    """Return the vocabulary of weights that exist, so that new layers can stand beside old ones."""
    where = {piece: i for i, piece in enumerate(pretrained.pieces)}
    missing = [piece for piece, _ in pieces if piece not in where]
    if missing:
        raise WeightsError(f"pieces.json: {missing[0]!r} is no piece of the pretrained model; train both halves anew")
    return Vocabulary([(piece, score) for piece, score in pieces], [where[piece] for piece, _ in pieces])


def bare(piece: str) -> str:
    """Return a piece without the mark of the space before it."""
    return piece.replace(_SPACE, "")


def is_latin(piece: str) -> bool:
    """Return whether a piece has nothing but Latin letters, digits and signs."""
    return all(map(_is_latin, bare(piece)))


def _is_latin(sign: str) -> bool:
    if sign.isalpha():
        return ord(sign) < _AFTER_LATIN
    return sign in digits or (unicodedata.category(sign)[0] in "PS" and ord(sign) < _AFTER_SIGNS)


def _vocabulary(pretrained: Pretrained, keep: list[int]) -> Vocabulary:
    places = recipe().vocabulary.digits
    return Vocabulary([(pretrained.pieces[i], round(pretrained.scores[i], places)) for i in keep], keep)
