"""Who has the word where the text shows it by its layout: turns of a transcript, quotations over several paragraphs.

A turn begins with its speaker in capitals and a colon ("SECRETARY X: I met …") and lasts to the next; a text has
several, or it is no transcript. Of a quotation over paragraphs each opens with a quotation mark, and the last alone
has the closing one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.mentions import Mention
from kg.gazetteer import fold

LABEL = 8  # tokens that a speaker's label may have, titles and country with it
FEWEST = 2  # labels of a transcript: one alone is a dateline, or an exclamation ("BREAKING: …")
OPENING, CLOSING, STRAIGHT = "“", "”", frozenset(('"', "``", "''"))

Spans = list[tuple[int, int]]


class Turns:
    """The turns of one document: whose words a token's are, so far as the layout tells."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        self.doc = doc
        self.paragraphs = _paragraphs(doc)
        self._starts = [start for start, _ in self.paragraphs]
        ends = [self._label(start, end) for start, end in self.paragraphs]
        spoken = sum(end is not None for end in ends) >= FEWEST
        persons = [m for m in mentions if m.type == "Person" and m.kind == "name" and m.entity >= 0] if spoken else []
        self._speakers: list[int | None] = []
        speaker = None
        for (start, _), end in zip(self.paragraphs, ends, strict=True):
            if spoken and end is not None:
                speaker = self._named(start, end, persons)
            self._speakers.append(speaker)
        self._quoted = self._quotations()

    def speaker(self, i: int) -> int | None:
        """Return the entity in whose turn a token stands; None where it is in none, or in that of nobody named."""
        number = bisect_right(self._starts, i) - 1
        return self._speakers[number] if number >= 0 else None

    def quotation(self, i: int) -> tuple[int, int] | None:
        """Return where the quotation over several paragraphs begins and ends in which a token stands, or None."""
        number = bisect_right(self._quoted, (i, len(self.doc))) - 1
        found = self._quoted[number] if number >= 0 else (0, 0)
        return found if found[0] <= i < found[1] else None

    def _label(self, start: int, end: int) -> int | None:
        """Return the place of the colon after a paragraph's label, or None where it has none."""
        words = [token.text for token in self.doc[start : min(end, start + LABEL + 1)]]
        if ":" not in words[1:] or start + words.index(":") + 1 >= end:
            return None
        label = words[: words.index(":")]
        letters = "".join(label)
        return start + len(label) if letters.isupper() and not any(c.isdigit() for c in letters) else None

    def _named(self, start: int, end: int, persons: list[Mention]) -> int | None:
        """Return the person whom a label names: by the last name that the text has elsewhere, or by a name in it."""
        last = fold(self.doc[end - 1].text).lower()
        found = [m for m in persons if m.start >= end or m.end <= start]
        named = next((m for m in found if fold(self.doc[m.end - 1].text).lower() == last), None)
        named = named or next((m for m in persons if start <= m.start and m.end <= end), None)
        return named.entity if named else None

    def _quotations(self) -> Spans:
        """Return the quotations that run over paragraphs."""
        found: Spans = []
        since: int | None = None
        for (start, end), following in zip(self.paragraphs, [*self.paragraphs[1:], None], strict=False):
            opens = _opens(self.doc, start, end)
            goes_on = (
                opens is not None and following is not None and self.doc[following[0]].text in (OPENING, '"', "``")
            )
            if goes_on and since is None:
                since = opens
            if not goes_on and since is not None:
                close = next((i for i in range(start + 1, end) if self.doc[i].text in (CLOSING, *STRAIGHT)), end)
                found.append((since, close))
                since = None
        return found


def _paragraphs(doc: Doc) -> Spans:
    """Return the spans of tokens of the article's blocks."""
    offsets: list[int] = doc.user_data["offsets"]
    blocks = doc.user_data["article"].blocks
    spans = [(bisect_left(offsets, start), bisect_left(offsets, end)) for start, end in blocks]
    return [(start, end) for start, end in spans if start < end]


def _opens(doc: Doc, start: int, end: int) -> int | None:
    """Return the place of a quotation mark that its paragraph does not close, or None."""
    opened: int | None = None
    for i in range(start, end):
        text = doc[i].text
        if text == OPENING or (text in STRAIGHT and opened is None):
            opened = i
        elif text == CLOSING or text in STRAIGHT:
            opened = None
    return opened
