"""A language's words as extraction looks them up: compiled once from lang/XX/*.toml and the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from babel.dates import get_month_names
from spacy.tokens import Doc

from kg import gazetteer, specs
from kg.extract.grammar import once
from kg.gazetteer import Name
from kg.specs.actors import Actors
from kg.specs.grammar import Factuality, Grammar
from kg.specs.language import Speech, Time

# Longest phrase that any table holds, in tokens; a name of a body can be as long.
MAX_TOKENS = 8


def _beginnings(phrases: Iterable[str]) -> frozenset[str]:
    """Return every beginning of the phrases: a look-up walks along the tokens while one of them can still follow."""
    return frozenset(phrase[:i] for phrase in phrases for i in range(1, len(phrase) + 1))


class Phrases:
    """A set of phrases, looked up at a token position by the text they span."""

    def __init__(self, phrases: Iterable[str], *, fold_case: bool = True) -> None:
        self._fold = fold_case
        self._phrases = {p.lower() if fold_case else p for p in phrases}
        self._beginnings = _beginnings(self._phrases)

    def __contains__(self, text: str) -> bool:
        return (text.lower() if self._fold else text) in self._phrases

    def begins(self, doc: Doc) -> list[int]:
        """Return the tokens whose word begins a phrase, in text order: few, and quicker than to ask at each."""
        surface = surface_of(doc)
        words = surface.lower if self._fold else surface.text
        return [index for index, word in enumerate(words) if word in self._beginnings]

    def match(self, doc: Doc, start: int, limit: int | None = None) -> int | None:
        """Return the end of the longest phrase that starts at a token, or None; `limit` bounds the end."""
        surface = surface_of(doc)
        words, stop = surface.lower if self._fold else surface.text, len(doc) if limit is None else limit
        if start >= stop or words[start] not in self._beginnings:
            return None  # nearly every token
        text, found = "", None
        for index in range(start, min(start + MAX_TOKENS, stop)):
            text += words[index]
            if text not in self._beginnings:
                break
            if text in self._phrases:
                found = index + 1
            text += surface.space[index]
        return found


@dataclass(frozen=True, slots=True)
class Surface:
    """The words of a document as look-ups read them, taken from spaCy once: each has to be decoded there."""

    text: list[str]
    lower: list[str]
    space: list[str]
    lemma: list[str]

    def span(self, start: int, end: int) -> str:
        """Return the text from a token to before another, as `Doc[start:end].text` does, only quicker."""
        if end - start == 1:
            return self.text[start]
        return "".join(map(add, self.text[start:end], [*self.space[start : end - 1], ""])) if end > start else ""


def surface_of(doc: Doc) -> Surface:
    """Return a document's words, read at the first time of asking."""
    found: Surface | None = doc.user_data.get("surface")
    if found is None:
        strings, rows = doc.vocab.strings, doc.to_array(["ORTH", "LEMMA", "SPACY"]).tolist()
        text = [strings[orth] for orth, _, _ in rows]
        lower = list(map(_lower, text))
        lemmas = [_lower(strings[lemma]) if lemma else lower[i] for i, (_, lemma, _) in enumerate(rows)]
        found = Surface(text, lower, [" " if spaced else "" for _, _, spaced in rows], lemmas)
        doc.user_data["surface"] = found
    return found


@lru_cache(maxsize=50_000)  # words of a language and of its news; most are asked for again and again
def _lower(word: str) -> str:
    return once(word.lower())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled words of one language."""

    language: str
    names: dict[str, Name]
    name_beginnings: frozenset[str]
    titles: Phrases
    national: Phrases
    weak: Phrases
    title_strip: frozenset[str]
    title_of: frozenset[str]
    title_fields: Phrases
    none_in: dict[str, frozenset[str]]  # head of title → states that have no such office
    only_in: dict[str, frozenset[str]]  # head of title → the only states that have it
    title_as: frozenset[str]
    appointing: frozenset[str]
    portfolio: Phrases
    organ_heads: frozenset[str]
    title_body: frozenset[str]
    title_former: frozenset[str]
    title_joins: frozenset[str]  # words between two titles of one holder
    title_acting: frozenset[str]
    title_ordinals: frozenset[str]
    title_ordinal_prefix: str
    title_boards: Phrases
    title_seats: Phrases
    title_staff: Phrases
    own_bodies: dict[str, frozenset[str]]  # head of title → names of the one body that has it
    title_prospective: frozenset[str]
    counterpart: frozenset[str]
    home: str
    nicknames: dict[str, str]
    home_unsaid: bool
    home_titles: Phrases
    not_names: frozenset[str]
    months: frozenset[str]  # as they are written, in full
    nominal: tuple[re.Pattern[str], ...]  # shapes of common nouns that no personal name has
    leading: frozenset[str]
    chairing: frozenset[str]
    chaired: frozenset[str]
    honorifics: frozenset[str]
    anchors: Phrases
    group_only: Phrases
    people_as_country: frozenset[str]
    pairs: Phrases
    capital_nouns: Phrases
    according: Phrases
    reporters: Phrases
    back: Phrases
    separators: frozenset[str]
    org_first: Phrases
    org_last: frozenset[str]
    org_known: Phrases
    organs: Phrases
    place_before: Phrases
    locative: frozenset[str]
    place_kinds: frozenset[str]
    waters: frozenset[str]
    seats: frozenset[str]
    actors: Actors
    factuality: Factuality
    speech: Speech
    time: Time
    grammar: Grammar

    @property
    def title_first(self) -> bool:
        """Whether the head stands at the left of a title phrase, as in Indonesian."""
        return self.grammar.noun_phrase.head_first


@cache
def lexicon(language: str) -> Lexicon:
    """Return the compiled lexicon of a language; raises SpecError where any data file is wrong."""
    words = specs.language(language)
    titles, actors, places, organizations = words.titles, words.actors, words.places.heads, words.actors.organizations
    return Lexicon(
        language=language,
        names=gazetteer.names(language),
        name_beginnings=_beginnings(gazetteer.names(language)),
        titles=Phrases(titles.heads),
        national=Phrases(titles.national),
        weak=Phrases(titles.weak),
        title_strip=titles.strip,
        title_of=titles.of,
        title_fields=Phrases(titles.fields),
        none_in=_states(titles.none_in),
        only_in=_states(titles.only_in),
        title_as=titles.as_,
        appointing=titles.appointing,
        organ_heads=titles.organ_heads,
        portfolio=Phrases(titles.portfolio),
        title_body=titles.body,
        title_former=titles.former,
        title_joins=titles.joins,
        title_acting=titles.acting,
        title_ordinals=titles.ordinals,
        title_ordinal_prefix=titles.ordinal_prefix,
        title_boards=Phrases(titles.boards),
        title_seats=Phrases(titles.seats),
        title_staff=Phrases(titles.staff),
        own_bodies={
            head: frozenset(titles.own_bodies[kind]) for kind, heads in titles.own_heads.items() for head in heads
        },
        title_prospective=titles.prospective,
        counterpart=titles.counterpart,
        home=titles.home,
        nicknames=words.nicknames.nicknames,
        home_unsaid=titles.home_unsaid,
        home_titles=Phrases(titles.home_titles),
        not_names=words.grammar.name.not_names,
        months=frozenset(get_month_names("wide", "format", language).values()),
        nominal=tuple(map(re.compile, words.grammar.name.nominal)),
        leading=titles.leading,
        chairing=titles.chairing,
        chaired=titles.chaired,
        honorifics=titles.honorifics,
        anchors=Phrases(actors.anchors),
        group_only=Phrases(actors.group_only),
        people_as_country=actors.people_as_country,
        pairs=Phrases(actors.pair),
        capital_nouns=Phrases(actors.capital_nouns),
        according=Phrases(words.speech.according),
        reporters=Phrases(words.speech.reporters),
        back=Phrases(words.speech.back),
        separators=actors.separators,
        org_first=Phrases(organizations.first, fold_case=False),
        org_last=organizations.last,
        org_known=Phrases(organizations.known, fold_case=False),
        organs=Phrases(organizations.organs),
        place_before=Phrases(places.before, fold_case=False),
        locative=places.locative,
        place_kinds=places.kinds,
        waters=places.waters,
        seats=places.seats,
        actors=actors,
        factuality=words.factuality,
        speech=words.speech,
        time=words.time,
        grammar=words.grammar,
    )


def _states(table: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    states = specs.governments()
    found: dict[str, frozenset[str]] = {}
    for kind, heads in table.items():
        for head in heads:
            found[head] = found.get(head, frozenset()) | states[kind]
    return found


def phrases_in(doc: Doc, table: Phrases) -> Iterator[tuple[int, int]]:
    """Yield the spans of a table's phrases, longest first at each position, without overlap."""
    last = 0
    for i in table.begins(doc):
        if i >= last and (end := table.match(doc, i)):
            yield i, end
            last = end
