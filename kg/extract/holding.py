"""Persons without an office → those that the encoder reads, where a title stands by the name: "X, warden of Y".

Titles and their bodies are read by rules, which keep the wording; no list knows every title. The encoder tells that a
person holds an office at a body, whatever it is called, and the title is then the phrase between or before the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extract.mentions import Mention
from kg.extract.reading import Reading
from kg.extract.scored import Found
from kg.extract.titles import Office
from kg.extract.triggers import relations_where

# What is less probable is wrong as often as not, on the articles kept aside; who has an office already mostly has no
# other, however sure the encoder is (9 of 22 right).
_LEAST = 0.95
# Words that a title has at most: "Kepala Subdivisi Pelayanan Publik Divisi Perencanaan dan Pelayanan Publik" has nine.
_LONGEST = 10
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET", "NUM"})
_EDGE = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "PRON", "AUX", "NUM"})  # never a title's first or last word
_HEAD = frozenset({"NOUN", "PROPN"})


def holding(doc: Doc, reading: Reading, found: Mapping[tuple[str, int, int], Sequence[Found]]) -> Iterator[Office]:
    """Yield the offices of persons that no title gives one; `found` is what the encoder says of each two entities."""
    (office,) = relations_where(lambda one: one.office)  # specs has seen to it that there is one
    clusters = reading.entities.clusters
    have = {o.holder.entity for o in reading.offices if o.holder is not None and o.body is not None}
    bodies: dict[int, list[tuple[Found, int]]] = defaultdict(list)
    for (relation, person, body), (best, *_) in found.items():
        if (
            relation == office
            and best.probability >= _LEAST
            and person not in have
            and clusters[person].type == "Person" != clusters[body].type
        ):
            bodies[person].append((best, body))
    taken = {i for m in reading.mentions for i in range(m.start, m.end)}
    for person, ranked in sorted(bodies.items()):
        best, body = max(ranked, key=lambda pair: (pair[0].probability, -pair[1]))
        known = next((o for o in reading.titles if _open(o, person)), None)
        if known is not None:
            yield replace(known, body=best.object)
        elif (phrase := _phrase_of(doc, reading.mentions, taken, person, body)) is not None:
            yield phrase


def _open(office: Office, person: int) -> bool:
    return office.holder is not None and office.holder.entity == person and not office.prospective


def _phrase_of(doc: Doc, mentions: Sequence[Mention], taken: set[int], person: int, body: int) -> Office | None:
    """Return the first phrase by the person's name and the body's that reads like a title."""
    for holder in (m for m in mentions if m.entity == person and m.kind == "name"):
        sentence = doc[holder.start].sent
        for of in (m for m in mentions if m.entity == body and sentence.start <= m.start < sentence.end):
            first, second = sorted((holder, of), key=lambda m: m.start)
            title = _between(doc, taken, first.end, second.start)
            if title is None and of is first:
                title = _before(doc, taken, of.start, sentence.start)
            if title is not None:
                start, end = title
                return Office(start, end, title, doc[start:end].text, of, holder, national=False, weak=False)
    return None


def _between(doc: Doc, taken: set[int], start: int, end: int) -> tuple[int, int] | None:
    """Return the title between a person and a body: all that stands there, but for its edges."""
    start, end = _trimmed(doc, start, end)
    return (start, end) if _is_title(doc, taken, start, end) else None


def _before(doc: Doc, taken: set[int], end: int, least: int) -> tuple[int, int] | None:
    """Return the title that ends before a body which the person's name follows."""
    start = end
    while start > least and doc[start - 1].pos_ in _PHRASE and start - 1 not in taken:
        start -= 1
    start, end = _trimmed(doc, start, end)
    return (start, end) if _is_title(doc, taken, start, end) else None


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and doc[start].pos_ in _EDGE:
        start += 1
    while start < end and doc[end - 1].pos_ in _EDGE:
        end -= 1
    return start, end


def _is_title(doc: Doc, taken: set[int], start: int, end: int) -> bool:
    words = doc[start:end]
    return (
        0 < len(words) <= _LONGEST
        and all(word.pos_ in _PHRASE for word in words)
        and taken.isdisjoint(range(start, end))
        and any(word.pos_ in _HEAD for word in (words[0], words[-1]))
    )
