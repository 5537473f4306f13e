"""Items → a reading: the orders of tags in the language's file, as regular expressions over the items' tags.

A pattern is a row of tags; a letter in capitals is something that is kept (en.toml tells which). What matches first in the
file's order, with one choice of what each item may be, is the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from kg.ask.lexicon import KIND, Meaning
from kg.ask.names import Found
from kg.ask.reading import Item, NotUnderstoodError, Reading
from kg.ask.tagging import Tagged
from kg.ask.words import words
from kg.vocab import Relation, ontology

CHOICES = 2_000  # ways to read the items; questions of twenty words have some hundred
SECTIONS = {"offices": "office", "paths": "path", "happenings": "all", "changes": "changed", "abouts": "about"}
_JOINED = "(?:(?:comma |or |and )+{0} )*"
_LETTERS = {
    "W": "(?P<W>(?:who |what |kind )+)",
    "T": "(?P<T>T )",
    **{letter: f"(?P<{letter}>a {_JOINED.format('a')})" for letter in "SOXY"},
    **{letter: f"(?P<{letter}>{letter} {_JOINED.format(letter)})" for letter in "RPNA"},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern, and what it asks for; `verbal` where a clause has a verb, which alone asks whether it is so."""

    pattern: re.Pattern[str]
    want: str
    section: str


def parse(tagged: Tagged, language: str) -> Reading | None:
    """Return what the items ask, or None; raises NotUnderstoodError where relation and actors do not go together."""
    choices = [[(name, value) for name, value in item.meanings] for item in tagged.items]
    past = frozenset(words(language).past)
    ways = [_Way(tagged.items, way, past) for way in islice(product(*choices), CHOICES)]
    for rule in _rules(language):
        for way in ways:
            if match := rule.pattern.fullmatch(way.tags):
                reading = way.reading(rule, match)
                return replace(
                    reading,
                    span=tagged.span,
                    place=tagged.place,
                    source=tagged.source,
                    factuality=tagged.factuality,
                    order=tagged.order,
                )
    return None


class _Way:
    """One choice of what each item is."""

    def __init__(self, items: list[Item], way: tuple[tuple[str, object], ...], past: frozenset[str]) -> None:
        self.kept = [(item, name, value) for item, (name, value) in zip(items, way, strict=True) if name != "filler"]
        self.past, self.texts = past, {item.text.lower() for item, _, _ in self.kept}
        self.tags = "".join(f"{name} " for _, name, _ in self.kept)

    def values(self, match: re.Match[str], letter: str) -> list[tuple[Item, str, object]]:
        """Return the items that a letter of the pattern took."""
        if letter not in match.re.groupindex or match.start(letter) < 0:
            return []
        begin, end = (self.tags[:at].count(" ") for at in match.span(letter))
        return self.kept[begin:end]

    def _span(self, match: re.Match[str], letter: str) -> tuple[str, str]:
        """Return the tags and the words that a letter of the pattern took, nothing where it took none."""
        taken = self.values(match, letter)
        return " ".join(name for _, name, _ in taken), " ".join(item.text for item, _, _ in taken)

    def _past(self, rule: Rule) -> bool:
        """Say whether an office is asked of any time: "who was", "when", and who somebody is at all."""
        bare = "T" not in self.tags.split() and "office" not in self.tags.split()
        return rule.want == "term" or bare or bool(self.texts & self.past)

    def reading(self, rule: Rule, match: re.Match[str]) -> Reading:
        """Return what the rule makes of the items."""

        def actors(letter: str) -> tuple[Found, ...]:
            return tuple(value for _, _, value in self.values(match, letter) if isinstance(value, Found))

        kind = next((str(value) for _, name, value in self.values(match, "W") if name == KIND), "")
        ends = {"subject": actors("S"), "object": actors("O")}
        one, other = actors("X"), actors("Y")
        both = [text for tags, text in (self._span(match, letter) for letter in "SORP") if "and" in tags.split()]
        reading = Reading(rule.want, kind=kind, pair=(one, other) if one and other else (), either=() if other else one, joined=tuple(both), **ends)  # type: ignore[arg-type]
        if rule.section == "offices":
            reading = replace(reading, past=self._past(rule))
        for item, _, value in self.values(match, "T"):
            reading = replace(reading, titles=value, title=item.text)  # type: ignore[arg-type]
        meanings = [
            (item.text, value) for letter in "RPNA" for item, _, value in self.values(match, letter) if isinstance(value, tuple)
        ]
        if rule.section == "clauses" and rule.want == "clause":
            verbal = any(self.values(match, letter) for letter in "RP")
            reading = replace(reading, want="whether" if verbal else "all")
        if not meanings:
            return reading
        found = [(text, meaning) for text, value in meanings for meaning in _fitting(text, value, reading)]
        related = dict.fromkeys(meaning.name for _, meaning in found)
        wider = tuple((text, meaning.name) for text, meaning in found if meaning.rank)
        reading = replace(reading, relations=tuple(related), wider=wider)
        place = reading.want == "place" and not reading.object and not reading.pair
        if place and any("Place" in ontology().relations[name].range for name in related):
            reading = replace(reading, want="object")  # "where did she go?"
        return reading


def _fitting(text: str, meanings: tuple[Meaning, ...], reading: Reading) -> list[Meaning]:
    """Return what a word may mean between actors of these types: the ontology's own word goes before."""
    subject, object_ = _types(reading.subject), _types(reading.object)
    either = [_types(side) for side in (*reading.pair, reading.either) if side]

    def fits(meaning: Meaning) -> bool:
        relation = ontology().relations[meaning.name]
        if meaning.persons and object_ and object_ != {"Person"}:
            return False
        ways = [(subject, object_), *([(object_, subject)] if relation.symmetric else [])]
        return any(_joins(relation, *way) for way in ways) and all(side & (relation.domain | relation.range) for side in either)

    found = [meaning for meaning in meanings if fits(meaning)]
    if not found:
        named = ", ".join(actor.text for actor in reading.actors)
        raise NotUnderstoodError(f"not understood: {text!r} with {named}: no relation of the ontology joins such actors")
    least = min(meaning.rank for meaning in found)
    return [meaning for meaning in found if meaning.rank == least]


def _joins(relation: Relation, subject: set[str], object_: set[str]) -> bool:
    return (not subject or bool(subject & relation.domain)) and (not object_ or bool(object_ & relation.range))


def _types(actors: tuple[Found, ...]) -> set[str]:
    return {kind for actor in actors for kind in actor.types}


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    return tuple(_written(language))


def _written(language: str) -> Iterator[Rule]:
    given = words(language).grammar
    for gap in given.gaps:
        yield Rule(_compiled(f"list? {gap.say}"), gap.want, "gaps")
    for clause in given.clauses:
        for head in given.heads:
            # "did Russia's attack" is no question
            if head.want == "whether" and not re.match("N|.*(R|P|light)", clause):
                continue
            yield Rule(_compiled(f"{head.say} {clause}"), head.want if head.want != "all" else "clause", "clauses")
            yield Rule(_compiled(f"{clause} {head.say}"), head.want if head.want != "all" else "clause", "clauses")
        yield Rule(_compiled(clause), "clause", "clauses")
    for section, want in SECTIONS.items():
        for pattern in getattr(given, section):
            asked = "term" if want == "office" and pattern.startswith("when") else want
            yield Rule(_compiled(pattern), asked, section)


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"[A-Za-z]+|[()|?]", pattern)
    made = "".join(_LETTERS.get(part) or (f"(?:{part} )" if part.isalpha() else part) for part in parts)
    taken: set[str] = set()

    def once(found: re.Match[str]) -> str:  # a head's W and a clause's are one letter: the first is kept
        name = found[1]
        if name in taken:
            return "(?:"
        taken.add(name)
        return found[0]

    return re.compile(re.sub(r"\(\?P<(\w)>", once, made))
