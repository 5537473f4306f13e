"""Phrases → what they may be in a question: tags of the language's file, and the relations' verbs and nouns.

The relations are the ontology's: their labels are always understood. Trigger words of kg/relations/ whose shape needs
no more than two actors are too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg import specs
from kg.ask.words import Words, words
from kg.vocab import Relation, ontology

VERBS = {"transitive", "mutual", "complement", "oblique"}
NOUNS = {"noun", "noun_talks", "noun_journey", "noun_mutual", "noun_of"}
KIND = "kind"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a phrase may be: a tag, and of a relation's word its name, or of a kind of actor its class.

    `rank` is 0 for the ontology's own words, which go before trigger words; `persons` words want a person as object.
    """

    tag: str
    name: str = ""
    rank: int = 0
    persons: bool = False


Lexicon = dict[tuple[str, ...], list[Meaning]]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the meanings of every phrase of a language, by its words in small letters."""
    given = words(language)
    found: Lexicon = {}
    for tag, phrases in given.tags.items():
        for phrase in phrases:
            _put(found, phrase, Meaning(tag))
    known = ontology()
    for kind, phrases in given.kinds.items():
        for phrase in (*phrases, known.label(kind, language)):
            _put(found, phrase, Meaning(KIND, kind))
    for relation in known.relations.values():  # all of them before the others
        for phrase, meaning in _labelled(relation, given, language):
            _put(found, phrase, meaning)
    for name in known.relations:
        for phrase, meaning in _triggers(name, given, language):
            _put(found, phrase, meaning)
    return found


def split(text: str) -> tuple[str, ...]:
    """Return a phrase's words as questions are cut into words: "'s" and a comma stand alone."""
    plain = text.replace("’", "'").replace("‘", "'")
    found = re.findall(r"https?://\S+[^\s?.!,]|\w+:[\w-]+|'s\b|\w+(?:[-.]\w+)*(?:'(?!s\b)\w+)*|[,&']", plain)
    return tuple(found)


def _put(found: Lexicon, phrase: str, meaning: Meaning) -> None:
    words_ = tuple(word.lower() for word in split(phrase))
    # "met with" is the ontology's own "met": its preposition makes it no wider
    own = any(replace(meaning, rank=0, persons=False) == known for known in found.get(words_[:1], ()))
    meaning = replace(meaning, rank=0, persons=False) if own else meaning
    meanings = found.setdefault(words_, [])
    if meaning not in meanings:
        meanings.append(meaning)


def _labelled(relation: Relation, given: Words, language: str) -> Iterator[tuple[str, Meaning]]:
    """Yield the forms of a relation's labels, and of the words that its table in the language's file adds."""
    name, own = relation.name, given.relations.get(relation.name)
    label, inverse = relation.labels.get(language, ""), ontology().labels.get(relation.inverse or "", {}).get(language)
    first, _, rest = label.partition(" ")
    for lemma in _lemmas(first, given):
        yield from _verb(f"{lemma} {rest}".strip(), given, Meaning("R", name))
        if relation.symmetric:  # "clash with"; "did they clash?"
            yield from _verb(lemma, given, Meaning("R", name))
    if inverse and inverse.split()[-1] in given.tags["by"]:
        participle = inverse.rsplit(" ", 1)[0]
        yield participle, Meaning("P", name)
        if given.spelling:  # the past of regular verbs, doubled letters too: "expelled"
            yield participle, Meaning("R", name)
    yield from _noun(relation.event_labels.get(language, ""), given, Meaning("N", name))
    if own:
        for verb in (*own.verbs, *own.bare):
            yield from _verb(verb, given, Meaning("R", name))
        for noun in own.nouns:
            yield noun, Meaning("N", name)
        for agent in own.agents:
            yield agent, Meaning("A", name)


def _triggers(name: str, given: Words, language: str) -> Iterator[tuple[str, Meaning]]:
    """Yield the trigger words that mean the relation with two actors and nothing more."""
    relation = specs.relations().get(name)
    for wording in relation.wordings.get(language, ()) if relation else ():
        if wording.needs or wording.jointly or wording.owner_only or wording.needs_infinitive or wording.planned:
            continue
        verb = Meaning("R", name, 1, wording.persons)
        if wording.frame in VERBS:
            bare = wording.frame != "oblique"
            for word in sorted(wording.words):
                for ending in (*([""] if bare else []), *sorted(wording.prepositions)):
                    yield from _verb(f"{word} {ending}".strip(), given, verb)
            for word in sorted(wording.passive):
                yield word, Meaning("P", name, 1, wording.persons)
        elif wording.frame in NOUNS:
            for word in sorted(wording.words):
                yield from _noun(word, given, Meaning("N", name, 1))


def _verb(phrase: str, given: Words, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    """Yield a verb's forms: base, third person, past and -ing, and its participle as a passive."""
    first, _, rest = phrase.partition(" ")
    for at, form in enumerate(_forms(first, given)):
        yield f"{form} {rest}".strip(), meaning
        if at in (2, 3):
            yield f"{form} {rest}".strip(), Meaning("P", meaning.name, meaning.rank, meaning.persons)


def _noun(phrase: str, given: Words, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    *before, last = phrase.split() or [""]
    for form in _forms(last, given)[:2] if last else ():
        yield " ".join((*before, form)), meaning


def _forms(word: str, given: Words) -> tuple[str, ...]:
    """Return base, third person, past, participle and -ing; the base alone where a language does not inflect."""
    for pattern, *endings in given.spelling:
        if re.fullmatch(pattern, word):
            third, past, ing = (re.sub(f"^{pattern}$", ending, word) for ending in endings)
            past, part, ing = given.irregular.get(word, f"{past} {past} {ing}").split()
            return word, third, past, part, ing
    return (word,)


def _lemmas(third: str, given: Words) -> list[str]:
    """Return what a third person may be of: "accuses" of accuse, and of accus, which does no harm."""
    guesses = (third[:-1], third[:-2], third[:-3] + "y")
    return [lemma for lemma in guesses if len(lemma) > 1 and third in _forms(lemma, given)[1:2]] or [third]
