"""relations/*.toml → the triggers of a language, indexed by word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache

from spacy.tokens import Token

from kg import specs
from kg.extract.grammar import lemma, traits
from kg.specs import Frame, Relation, Wording

_NOMINAL = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Wording):
    """Words that express a relation in one shape, and what the shape asks of the two ends (see _frames.toml)."""

    relation: str
    kind: Relation
    pos: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    between: bool
    plural_subject: bool
    guest: bool

    @property
    def own(self) -> frozenset[str]:
        """The names of its relation, as `relation_words` asks for them."""
        return frozenset({self.relation})

    def fits(self, token: Token, language: str) -> bool:
        """Return whether a token with one of the words is used as the frame's part of speech."""
        prefixes = traits(language).verb_prefixes
        if self.pos == "noun":
            return token.pos_ in _NOMINAL or (bool(prefixes) and token.pos_ != "VERB")
        if self.pos == "compound":
            return token.i > 1 and token.nbor(-1).text == "-"
        if prefixes:
            beside = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
            if token.pos_ == "NOUN" and beside in self.prepositions:
                return True  # verbs without a prefix look like nouns: "singgah di"
            bare = token.pos_ == "PROPN" and token.text[:1].isupper()  # headlines set verbs in capitals, without me-
            return token.lower_.startswith(prefixes) or token.pos_ in ("VERB", "ADJ") or bare
        predicative = token.pos_ == "ADJ" and any(c.dep_ in ("nsubj", "cop") for c in token.children)  # "is due in"
        copular = token.pos_ == "AUX" and token.lower_ in self.words  # "has been to Skopje": listed in this form only
        return token.pos_ == "VERB" or predicative or copular


@cache
def triggers(language: str) -> dict[str, tuple[Trigger, ...]]:
    """Return word → triggers of a language; raises SpecError where any data file is wrong."""
    index: dict[str, list[Trigger]] = {}
    for relation in specs.relations().values():
        for wording in relation.wordings.get(language, ()):
            trigger = _trigger(relation, wording, specs.frames()[wording.frame])
            for word in trigger.words | trigger.passive:
                index.setdefault(word, []).append(trigger)
    return {word: tuple(found) for word, found in index.items()}


def _trigger(relation: Relation, wording: Wording, frame: Frame) -> Trigger:
    asks = {field.name: getattr(wording, field.name) for field in fields(wording)}
    shape = {field.name: getattr(frame, field.name) for field in fields(frame)}
    return Trigger(relation=relation.relation, kind=relation, **shape, **asks)


def relations_where(test: Callable[[Relation], bool]) -> frozenset[str]:
    """Return the names of the relations of which the test is true."""
    return frozenset(name for name, relation in specs.relations().items() if test(relation))


@cache
def relation_words(language: str, names: frozenset[str]) -> frozenset[str]:
    """Return the words that express one of the named relations, verbs and nouns alike."""
    return frozenset(w for w, found in triggers(language).items() if any(t.relation in names for t in found))


@cache
def verbs(language: str) -> frozenset[str]:
    """Return the words that are triggers as verbs, passives too."""
    return frozenset(w for w, found in triggers(language).items() if any(t.pos == "verb" for t in found))


def motion_words(language: str) -> frozenset[str]:
    """Return the words of going somewhere."""
    return relation_words(language, relations_where(lambda relation: relation.journey))


@cache
def asking_words(language: str) -> frozenset[str]:
    """Return the verbs of asking somebody to do something: in "X demanded that he go" he is not X."""
    found = triggers(language).items()
    return frozenset(w for w, ts in found if any(t.kind.asking and t.frame == "complement" for t in ts))


def control_words(language: str) -> frozenset[str]:
    """Return the verbs whose object does what follows: "accuse X of arming", "urge X to leave"."""
    return relation_words(language, relations_where(lambda relation: relation.controlling))


def matching(token: Token, language: str) -> list[Trigger]:
    """Return the triggers that a token is one of, fitting ones only, one a relation and frame."""
    index = triggers(language)
    found: list[Trigger] = []
    for word in dict.fromkeys((token.lower_, lemma(token))):
        found += [t for t in index.get(word, ()) if t not in found and t.fits(token, language)]
    return found
