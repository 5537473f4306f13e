"""relations/*.toml → the triggers of a language, indexed by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from kg.errors import SpecError
from kg.extract.grammar import lemma, traits
from kg.specs import ROOT, languages, load_toml

_SETS = ("words", "passive", "prepositions", "jointly", "alone", "needs", "answered")
_FLAGS = (
    *("owner", "owner_only", "persons", "planned", "civil", "single"),
    *("needs_infinitive", "no_infinitive", "intransitive", "ashore"),
)
# Relations that are acts of speech: coordinated after a complement they are the speaker's, no part of what is said.
SPEECH_ACTS = frozenset({"accuses", "urges", "supports"})
_NOMINAL = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that express a relation in one shape, and what the shape asks of the two ends (see _frames.toml)."""

    relation: str
    frame: str
    pos: str
    words: frozenset[str]
    passive: frozenset[str]
    prepositions: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    between: bool = False
    plural_subject: bool = False
    guest: bool = False
    owner: bool = False
    owner_only: bool = False
    persons: bool = False
    planned: bool = False
    needs_infinitive: bool = False
    no_infinitive: bool = False
    civil: bool = False
    single: bool = False
    intransitive: bool = False
    ashore: bool = False
    jointly: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()

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
def relations() -> tuple[str, ...]:
    """Return the names of the relations that have a data file, sorted."""
    return tuple(sorted(path.stem for path in (ROOT / "relations").glob("[!_]*.toml")))


@cache
def triggers(language: str) -> dict[str, tuple[Trigger, ...]]:
    """Return word → triggers of a language; raises SpecError, naming file and key, where the data is malformed."""
    frames = load_toml("relations/_frames.toml")
    index: dict[str, list[Trigger]] = {}
    for name in relations():
        table = load_toml(f"relations/{name}.toml")
        unknown = set(table) - {"relation", *languages()}
        if unknown or table.get("relation") != name:
            raise SpecError(
                f"relations/{name}.toml: relation must be {name!r} and keys languages; found {sorted(unknown)}"
            )
        for entry in table.get(language, []):
            trigger = _trigger(name, entry, frames)
            for word in trigger.words | trigger.passive:
                index.setdefault(word, []).append(trigger)
    return {word: tuple(found) for word, found in index.items()}


def _trigger(name: str, entry: dict[str, Any], frames: dict[str, Any]) -> Trigger:
    wrong = set(entry) - {"frame", *_SETS, *_FLAGS}
    if wrong or entry.get("frame") not in frames:
        raise SpecError(
            f"relations/{name}.toml: unknown key or frame {sorted(wrong) or entry.get('frame')!r}; see _frames.toml"
        )
    frame = frames[entry["frame"]]
    words = {key: frozenset(entry.get(key, ())) for key in _SETS}
    flags = {key: bool(entry.get(key)) for key in _FLAGS}
    given: dict[str, Any] = {**words, **flags}
    return Trigger(
        relation=name,
        frame=entry["frame"],
        pos=frame["pos"],
        subject=tuple(frame["subject"]),
        object=tuple(frame["object"]),
        between=bool(frame.get("between")),
        plural_subject=bool(frame.get("plural_subject")),
        guest=bool(frame.get("guest")),
        **given,
    )


@cache
def relation_words(language: str, names: frozenset[str]) -> frozenset[str]:
    """Return the words that express one of the named relations, verbs and nouns alike."""
    return frozenset(w for w, found in triggers(language).items() if any(t.relation in names for t in found))


@cache
def verbs(language: str) -> frozenset[str]:
    """Return the words that are triggers as verbs, passives too."""
    return frozenset(w for w, found in triggers(language).items() if any(t.pos == "verb" for t in found))


def motion_words(language: str) -> frozenset[str]:
    """Return the words of going somewhere: those that express a visit."""
    return relation_words(language, frozenset({"visits"}))


@cache
def asking_words(language: str) -> frozenset[str]:
    """Return the verbs of asking somebody to do something: in "X demanded that he go" he is not X."""
    found = triggers(language).items()
    return frozenset(w for w, ts in found if any(t.relation == "urges" and t.frame == "complement" for t in ts))


def control_words(language: str) -> frozenset[str]:
    """Return the verbs whose object does what follows: "accuse X of arming", "urge X to leave"."""
    return relation_words(language, frozenset({"accuses", "urges"}))


def matching(token: Token, language: str) -> list[Trigger]:
    """Return the triggers that a token is one of, fitting ones only, one a relation and frame."""
    index = triggers(language)
    found: list[Trigger] = []
    for word in dict.fromkeys((token.lower_, lemma(token))):
        found += [t for t in index.get(word, ()) if t not in found and t.fits(token, language)]
    return found
