"""A question → items in its order: names, titles, times, words of relations, and tags; then what floats is taken out.

At each place the longest phrase is taken. Words that are nothing are kept with no meaning, so that nothing is passed
over in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.ask.lexicon import KIND, Meaning, lexicon, split
from kg.ask.names import Found, Names
from kg.ask.reading import Item
from kg.ask.times import Clock, Span
from kg.ask.words import words as words_of
from kg.vocab import ontology

PHRASE = 9  # words of the longest phrase of a language's file
NOTHING = Item("")


@dataclass(slots=True)
class Tagged:
    """A question's items, without what may stand anywhere, which is beside them."""

    items: list[Item]
    span: Span | None = None
    place: Found | None = None
    source: Found | None = None
    factuality: str = ""
    order: str = ""
    unknown: list[str] = field(default_factory=list)
    spoken: int = 0  # items that are of this language, and no names, times or titles


def tag(question: str, language: str, names: Names, clock: Clock) -> Tagged:
    """Return a question's items in a language."""
    return _sorted_out(_merged(_Tagger(question, language, names, clock).items()))


class _Tagger:
    """The words of a question, and what they may be."""

    def __init__(self, question: str, language: str, names: Names, clock: Clock) -> None:
        self.words = split(_uncontracted(question, language))
        self.lower = tuple(word.lower() for word in self.words)
        self.language, self.names, self.clock = language, names, clock

    def items(self) -> list[Item]:
        """Return the longest items, one after the other."""
        found: list[Item] = []
        at = 0
        while at < len(self.words):
            size, item = self._longest(at)
            found.append(item)
            at += size
        return found

    def _longest(self, at: int) -> tuple[int, Item]:
        """Return the longest item that begins at a word, with all that it may be."""
        time = self.clock.read(self.lower, at)
        for size in range(min(len(self.words) - at, max(PHRASE, self.names.longest)), 0, -1):
            text = " ".join(self.words[at : at + size])
            if time and time[0] == size:
                return size, Item(text, (("time", time[1]),))
            if meanings := self._meanings(at, size):
                return size, Item(text, tuple(meanings))
        return 1, Item(self.words[at])

    def _meanings(self, at: int, size: int) -> list[tuple[str, object]]:
        """Return what so many words may be together; a capital makes a name of "US", and not of "us"."""
        span = self.words[at : at + size]
        phrase = lexicon(self.language).get(self.lower[at : at + size], [])
        capital = at > 0 and any(word != word.lower() for word in span)
        actor = self.names.actor(span, self.language) if not phrase or capital or size > 1 else None
        titles = self.names.titles(span)
        found: list[tuple[str, object]] = [("a", actor)] if actor else []
        found += [("T", titles)] if titles is not None else []
        return found if actor and capital else found + _grouped(phrase)


def _uncontracted(question: str, language: str) -> str:
    """Return a question with its contractions written in full: "what's" is "what is"."""
    plain = question.replace("\u2019", "'")
    for short, full in words_of(language).contractions.items():
        plain = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, plain, flags=re.IGNORECASE)
    return plain


def _grouped(phrase: list[Meaning]) -> list[tuple[str, object]]:
    """Return the meanings of a phrase by tag: of a relation's word all relations that it may be of."""
    found: dict[str, list[Meaning]] = {}
    for meaning in phrase:
        found.setdefault(meaning.tag, []).append(meaning)
    return [(tag, tuple(those) if tag in ("R", "P", "N", "A") else those[0].name) for tag, those in found.items()]


def _merged(items: list[Item]) -> list[Item]:
    """Join "which countries", "negara mana saja" to one item that asks for a kind of actor."""
    made: list[Item] = []
    for item in items:
        before = made[-1] if made else NOTHING
        kind = next(
            (one.meant(KIND) for one, other in ((before, item), (item, before)) if one.has(KIND) and other.has("what")),
            None,
        )
        if kind is None:
            made.append(item)
        else:
            made[-1] = Item(f"{before.text} {item.text}", ((KIND, kind),))
    return made


def _sorted_out(items: list[Item]) -> Tagged:
    """Take out times, places, sources, plans and denials, and commas that join no actors."""
    kept = Tagged([], spoken=sum(any(name not in ("a", "T", "time") for name, _ in item.meanings) for item in items))
    at = 0
    while at < len(items):
        item, after = items[at], items[at + 1] if at + 1 < len(items) else NOTHING
        actor = after.meant("a")
        last = kept.items[-1] if kept.items else NOTHING
        if not item.meanings or (kept.span and item.has("time")):  # a second time has no place
            kept.unknown.append(item.text)
        elif isinstance(span := item.meant("time"), Span):
            kept.span = span
        elif item.has("according") and isinstance(actor, Found):
            kept.source, at = actor, at + 1
        elif item.has("in") and isinstance(actor, Found) and _is_place(last, actor):
            kept.place, at = actor, at + 1
        elif item.has("planned", "denied"):
            kept.factuality = "planned" if item.has("planned") else "negated"
            if item.has("R") and isinstance(actor, Found):  # "is going to France"
                kept.items.append(item)
        elif item.has("first", "last"):
            kept.order = "first" if item.has("first") else "last"
        elif item.has("now"):
            kept.span = kept.span or Span(now=True)
        elif not item.has("comma") or (last.has("a") and isinstance(actor, Found)):
            kept.items.append(item)
        at += 1
    return kept


def _is_place(last: Item, actor: Found) -> bool:
    """Say whether "in ACTOR" is where something was and no end of it: "meetings in Jakarta", not "attacks in Sudan"."""
    if not actor.types & {"Place", "Country"}:
        return False
    nouns = last.meant("N")
    if isinstance(nouns, tuple):
        return not any("Place" in ontology().relations[noun.name].range for noun in nouns)
    return not last.has("T", "light")
