"""What names are learnt from: words with the spans of names in them, and their BILOU labels.

A name's words are its Beginning, Inside and Last, a Unit where it is one word, all others Outside (Ratinov and Roth
2009). In each pass some entities get another name, and some sentences another dress, so that what is learnt is how
names stand in sentences, and less which they are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.encoder.names import LABELS
from kg.encoder.passages import BEGIN, END, Pieces
from kg.train.encoder.annotated import Found
from kg.train.encoder.slots import Name

_NUMBERS = {label: i for i, label in enumerate(LABELS)}
_KEPT = "Country"  # countries are few: each is worth knowing
# Shares of sentences set in capitals, with curly apostrophes, with capitals at the start.
_CAPITALS, _CURLY, _LEAD = 0.02, 0.03, 0.02


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words, each with whether a space stands before it, and the names among them: start, end, type, entity."""

    words: list[tuple[str, bool]]
    names: list[Found]
    language: str

    def labels(self) -> list[int]:
        """Return the number of each word's label."""
        found = [0] * len(self.words)
        for start, end, type_, _ in self.names:
            marks = "U" if end - start == 1 else "B" + "I" * (end - start - 2) + "L"
            found[start:end] = [_NUMBERS[f"{mark}-{type_}"] for mark in marks]
        return found

    def pieces(self, cut: Pieces) -> tuple[list[int], list[int]]:
        """Return the numbers of the pieces, and the place of each word's first one."""
        found, first = [BEGIN], []
        for word, spaced in self.words:
            first.append(len(found))
            found += cut(word, spaced=spaced)
        return [*found, END], first


def article_tagged(doc: Doc, names: list[Found]) -> Iterator[Tagged]:
    """Yield the passages of an annotated article."""
    for passage in doc.user_data["passages"]:
        span = range(passage.start, passage.end)
        words = [
            (doc[i].text, i == passage.start or bool(doc[i - 1].whitespace_) or bool(doc[i].is_sent_start))
            for i in span
        ]
        inside = [
            (start - passage.start, end - passage.start, type_, key)
            for start, end, type_, key in names
            if passage.start <= start and end <= passage.end
        ]
        yield Tagged(words, inside, doc.user_data["article"].language)


def exchanged(tagged: Tagged, draw: Callable[[str], Name], share: float, rng: random.Random) -> Tagged:
    """Return the passage with other names for a share of its entities; `draw` takes a type."""
    new: dict[str, Name] = {}
    for _, _, type_, key in tagged.names:
        if key not in new and type_ != _KEPT and rng.random() < share:
            new[key] = draw(type_)
    words: list[tuple[str, bool]] = []
    names: list[Found] = []
    at = 0
    for start, end, type_, key in tagged.names:
        words += tagged.words[at:start]
        at, begin, old = end, len(words), tagged.words[start:end]
        if key in new:
            short = end - start == 1 if type_ == "Person" else "".join(word for word, _ in old).isupper()
            parts = (new[key].short if short else new[key].full).split()
            words += [(part, i > 0 or old[0][1]) for i, part in enumerate(parts)]
        else:
            words += old
        names.append((begin, len(words), type_, key))
    return Tagged(words + tagged.words[at:], names, tagged.language)


def dressed(tagged: Tagged, rng: random.Random) -> Tagged:
    """Return the passage as some newsroom might print it: in capitals, with other apostrophes; mostly as it is."""
    chance = rng.random()
    words = tagged.words
    if chance < _CAPITALS:
        words = [(word.upper(), spaced) for word, spaced in words]
    elif chance < _CAPITALS + _CURLY:
        words = [(word.replace("'", "’"), spaced) for word, spaced in words]
    elif chance < _CAPITALS + _CURLY + _LEAD:
        lead = rng.randint(1, 4)
        words = [(word.upper() if i < lead else word, spaced) for i, (word, spaced) in enumerate(words)]
    return Tagged(words, tagged.names, tagged.language)
