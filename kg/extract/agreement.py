"""Mentions of one name → one type over the article: who holds office is a person, and what a list knows is that."""

from __future__ import annotations

from collections import Counter, defaultdict

from spacy.tokens import Doc

from kg.extract.joins import GUESSED
from kg.extract.mentions import Mention
from kg.extract.titles import Office

# Which type wins where an article gives a name two equally often: persons are told surest, places least.
_ORDER = ("Person", "Organization", "Place")


def agree(doc: Doc, mentions: list[Mention], offices: list[Office]) -> None:
    """Give all mentions of a name that has several types its likeliest one, in place.

    Only what was guessed is changed. A name of the same words with an ISO code is a country's or a capital's, and no
    guess of another mention moves it.
    """
    holders = {doc[o.holder.start : o.holder.end].text for o in offices if o.holder is not None}
    surnames = {doc[m.end - 1].text for m in mentions if m.type == "Person" and m.end - m.start > 1}
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind == "name":
            named[doc[mention.start : mention.end].text].append(mention)
    for text, same in named.items():
        if len({m.type for m in same}) == 1 or text in surnames:
            continue
        listed = {m.type for m in same if m.source not in GUESSED}
        if len(listed) > 1:
            continue
        counts = Counter(m.type for m in same)
        best = max(counts, key=lambda kind: (counts[kind], -_ORDER.index(kind) if kind in _ORDER else -len(_ORDER)))
        type_ = "Person" if text in holders else next(iter(listed), best)
        if type_ not in _ORDER:
            continue
        for mention in same:
            if mention.source in GUESSED and mention.iso is None:
                mention.type = type_
