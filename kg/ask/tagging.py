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


def tag(question: str, language: str, names: Names, clock: Clock) -> Tagged:
    """Return a question's items in a language."""
    words = split(_uncontracted(question, language))
    lower = tuple(word.lower() for word in words)
    found: list[Item] = []
    at = 0
    while at < len(words):
        size, item = _longest(words, lower, at, language, names, clock)
        found.append(item)
        at += size
    return _sorted_out(_merged(found))


def _longest(
    words: tuple[str, ...],
    lower: tuple[str, ...],
    at: int,
    language: str,
    names: Names,
    clock: Clock,
) -> tuple[int, Item]:
    """Return the longest thing that begins at a word: all that it may be."""
    time, known = clock.read(lower, at), lexicon(language)
    for size in range(min(len(words) - at, max(PHRASE, names.longest)), 0, -1):
        span, text = words[at : at + size], " ".join(words[at : at + size])
        if time and time[0] == size:
            return size, Item(text, (("time", time[1]),))
        phrase = known.get(lower[at : at + size], [])
        capital = at > 0 and any(char.isupper() for char in text)
        actor = names.actor(span, language) if not phrase or capital or size > 1 else None
        titles = names.titles(span)
        meanings: list[tuple[str, object]] = []
        if actor:
            meanings.append(("a", actor))
        if titles is not None:
            meanings.append(("T", titles))
        if not (actor and capital):
            meanings += _grouped(phrase)
        if meanings:
            return size, Item(text, tuple(meanings))
    return 1, Item(words[at])


def _uncontracted(question: str, language: str) -> str:
    """Return a question with its contractions written in full: "what's" is "what is"."""
    plain = question.replace("\u2019", "'")
    for short, full in words_of(language).contractions.items():
        plain = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, plain, flags=re.IGNORECASE)
    return plain


def _grouped(phrase: list[Meaning]) -> list[tuple[str, object]]:
    """Return the meanings of a phrase by tag: of a verb all relations that it may be of."""
    found: dict[str, list[Meaning]] = {}
    for meaning in phrase:
        found.setdefault(meaning.tag, []).append(meaning)
    return [(tag, tuple(meanings) if tag in ("R", "P", "N", "A") else meanings[0].name) for tag, meanings in found.items()]


def _merged(items: list[Item]) -> list[Item]:
    """Join "which countries", "negara mana saja" to one item that asks for a kind of actor."""
    made: list[Item] = []
    for item in items:
        kinds = _meant(made[-1], KIND) if made else None
        if kinds is not None and _meant(item, "what") is not None:
            made[-1] = Item(f"{made[-1].text} {item.text}", ((KIND, kinds),))
        elif made and _meant(item, KIND) is not None and _meant(made[-1], "what") is not None and "in" not in item.text:
            made[-1] = Item(f"{made[-1].text} {item.text}", ((KIND, _meant(item, KIND)),))
        else:
            made.append(item)
    return made


def _meant(item: Item, tag: str) -> object:
    return next((value for name, value in item.meanings if name == tag), None)


def _sorted_out(items: list[Item]) -> Tagged:
    """Take out times, places, sources, plans and denials, and commas that join no actors."""
    kept = Tagged([])
    at = 0
    while at < len(items):
        item, after = items[at], items[at + 1] if at + 1 < len(items) else Item("")
        actor = _meant(after, "a")
        tags = {name for name, _ in item.meanings}
        if not item.meanings:
            kept.unknown.append(item.text)
        elif "time" in tags:
            if kept.span:
                kept.unknown.append(item.text)
            kept.span = kept.span or _meant(item, "time")  # type: ignore[assignment]
        elif "according" in tags and isinstance(actor, Found):
            kept.source, at = actor, at + 1
        elif "in" in tags and isinstance(actor, Found) and _is_place(kept.items, actor):
            kept.place, at = actor, at + 1
        elif tags & {"planned", "denied"}:
            kept.factuality = "planned" if "planned" in tags else "negated"
            if "R" in tags and isinstance(actor, Found):  # "is going to France"
                kept.items.append(item)
        elif tags & {"first", "last"}:
            kept.order = "first" if "first" in tags else "last"
        elif "now" in tags:
            kept.span = kept.span or Span(now=True)
        elif "comma" not in tags or (_is_actor(kept.items) and isinstance(actor, Found)):
            kept.items.append(item)
        at += 1
    return kept


def _is_actor(items: list[Item]) -> bool:
    return bool(items) and _meant(items[-1], "a") is not None


def _is_place(before: list[Item], actor: Found) -> bool:
    """Say whether "in ACTOR" is where something was, and no end of it: "meetings in Jakarta", not "attacks in Sudan"."""
    if not actor.types & {"Place", "Country"}:
        return False
    last = before[-1] if before else Item("")
    nouns = _meant(last, "N")
    if isinstance(nouns, tuple):
        return not any("Place" in ontology().relations[noun.name].range for noun in nouns)
    return _meant(last, "T") is None and _meant(last, "light") is None
