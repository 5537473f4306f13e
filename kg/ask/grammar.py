"""Items → a reading: the first rule of the language that matches, with one choice of what each item may be."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, product

from kg.ask.lexicon import KIND, Meaning
from kg.ask.names import Found
from kg.ask.patterns import SECOND, Rule, rules
from kg.ask.reading import Item, NotUnderstoodError, Reading
from kg.ask.tagging import Tagged
from kg.ask.words import words
from kg.vocab import Relation, ontology

# What may be asked for by its kind: "which countries".
ASKED = ("subject", "subjects", "object", "objects", "place", "source")
CHOICES = 2_000  # ways to read the items; questions of twenty words have some hundred


def parse(tagged: Tagged, language: str) -> Reading | None:
    """Return what the items ask, or None; raises NotUnderstoodError where relation and actors do not go together."""
    choices = product(*(item.meanings for item in tagged.items))
    ways = [_Way(tagged.items, way, language) for way in islice(choices, CHOICES)]
    wrong = None
    for rule in rules(language):
        for way in ways:
            match = rule.pattern.fullmatch(way.tags)
            try:
                reading = way.reading(rule, match) if match else None
            except NotUnderstoodError as error:
                wrong = wrong or error
                continue
            if reading and (not reading.kind or reading.want in ASKED):
                return replace(
                    reading,
                    kind_of=reading.want,
                    span=tagged.span,
                    place=tagged.place,
                    source=tagged.source,
                    factuality=tagged.factuality,
                    order=tagged.order,
                )
    if wrong:
        raise wrong
    return None


class _Way:
    """One choice of what each item is."""

    def __init__(self, items: list[Item], way: tuple[tuple[str, object], ...], language: str) -> None:
        self.kept = [(item.text, *one) for item, one in zip(items, way, strict=True) if one[0] != "filler"]
        self.tags = "".join(f"{name} " for _, name, _ in self.kept)
        self.names = sum(isinstance(value, Found) for _, _, value in self.kept)
        self.past = any(text.lower() in words(language).past for text, _, _ in self.kept)
        self.language = language

    def reading(self, rule: Rule, match: re.Match[str]) -> Reading | None:
        """Return what the rule makes of the items."""
        taken = {letter: self._taken(match, letter) for letter in match.re.groupindex}
        kept = sum(isinstance(value, Found) for part in taken.values() for _, _, value in part)
        if kept < self.names or any(name == KIND for _, name, _ in taken.get(SECOND, ())):
            return None  # no rule may lose a name

        def actors(letter: str) -> tuple[Found, ...]:
            return tuple(value for _, _, value in taken.get(letter, ()) if isinstance(value, Found))

        one, other = actors("X"), actors("Y")
        reading = Reading(
            rule.want,
            subject=actors("S"),
            object=actors("O"),
            pair=(one, other) if one and other else (),
            either=() if other else one,
            kind=next((str(value) for _, name, value in taken.get("W", ()) if name == KIND), ""),
            past=rule.section == "offices" and self._at_any_time(rule),
            joined=tuple(
                " ".join(text for text, _, _ in part)
                for letter, part in taken.items()
                if letter in "SORP" and any(name == "and" for _, name, _ in part)
            ),
        )
        for text, _, titles in taken.get("T", ()):
            if isinstance(titles, tuple):
                reading = replace(reading, titles=titles, title=text)
        if rule.want == "clause":
            reading = replace(reading, want="whether" if taken.get("R") or taken.get("P") else "all")
        said = [
            (text, value) for letter in "RPNA" for text, _, value in taken.get(letter, ()) if isinstance(value, tuple)
        ]
        return _related(reading, said, self.language) if said else reading

    def _taken(self, match: re.Match[str], letter: str) -> list[tuple[str, str, object]]:
        """Return the items that a letter of the pattern took, each with its text, tag and meaning."""
        if match.start(letter) < 0:
            return []
        begin, end = (self.tags[:at].count(" ") for at in match.span(letter))
        return self.kept[begin:end]

    def _at_any_time(self, rule: Rule) -> bool:
        """Say whether an office is asked of any time: "who was", "when", and who somebody is at all."""
        return rule.want == "term" or self.past or not {"T", "office"} & set(self.tags.split())


def _related(reading: Reading, said: list[tuple[str, tuple[Meaning, ...]]], language: str) -> Reading:
    """Return the reading with the relations that its words mean; "where did she go?" asks for an object."""
    found = [(text, meaning) for text, meanings in said for meaning in _fitting(text, meanings, reading, language)]
    related = tuple(dict.fromkeys(meaning.name for _, meaning in found))
    wider = tuple((text, meaning.name) for text, meaning in found if meaning.rank)
    whither = reading.want == "place" and not reading.object and not reading.pair
    if whither and any("Place" in ontology().relations[name].range for name in related):
        reading = replace(reading, want="object")
    return replace(reading, relations=related, wider=wider)


def _fitting(text: str, meanings: tuple[Meaning, ...], reading: Reading, language: str) -> list[Meaning]:
    """Return what a word may mean between actors of these types: the ontology's own word goes before."""
    asked = {"subject": reading.want in ("subject", "subjects"), "object": reading.want in ("object", "objects")}
    kinds = {end: {reading.kind} if reading.kind and here else set[str]() for end, here in asked.items()}
    subject, object_ = _types(reading.subject) or kinds["subject"], _types(reading.object) or kinds["object"]
    either = [_types(side) for side in (*reading.pair, reading.either) if side]

    def fits(meaning: Meaning) -> bool:
        relation = ontology().relations[meaning.name]
        if meaning.persons and object_ and object_ != {"Person"}:
            return False
        ways = [(subject, object_), *([(object_, subject)] if relation.symmetric else [])]
        ends = relation.domain | relation.range
        return any(_joins(relation, *way) for way in ways) and all(side & ends for side in either)

    found = [meaning for meaning in meanings if fits(meaning)]
    if not found:
        kind = [ontology().label(reading.kind, language)] if reading.kind else []
        named = ", ".join((*(actor.text for actor in reading.actors), *kind))
        raise NotUnderstoodError(words(language).refusals["joins"].format(word=text, actors=named))
    least = min(meaning.rank for meaning in found)
    return [meaning for meaning in found if meaning.rank == least]


def _joins(relation: Relation, subject: set[str], object_: set[str]) -> bool:
    return (not subject or bool(subject & relation.domain)) and (not object_ or bool(object_ & relation.range))


def _types(actors: tuple[Found, ...]) -> set[str]:
    return {kind for actor in actors for kind in actor.types}
