"""What is said where a question, or a part of it, was not understood: which words, who may be meant, what would be."""

from __future__ import annotations

from kg.ask.names import Names
from kg.ask.reading import NotUnderstoodError, Reading
from kg.ask.tagging import Tagged
from kg.ask.words import words
from kg.graph import who
from kg.graph.results import display
from kg.likeness import nearest

import pyoxigraph as ox  # isort: skip

SHOWN = 5  # actors of one name


def check(reading: Reading, language: str) -> None:
    """Raise NotUnderstoodError where a name of the reading is several actors', or the store has no such title."""
    say = words(language).refusals
    for actor in reading.actors:
        if len(actor.iris) > 1:
            listed = ", ".join(display(ox.NamedNode(iri)) for iri in actor.iris[:SHOWN])
            raise NotUnderstoodError(say["several"].format(name=actor.text, count=len(actor.iris), actors=listed))
    if reading.titles == ():
        raise NotUnderstoodError(say["office"].format(title=reading.title))
    if reading.want == "changed" and not reading.span:
        raise NotUnderstoodError(say["since"].format(example=_example(language)))


def refused(question: str, tagged: Tagged, names: Names, language: str) -> NotUnderstoodError:
    """Return the complaint about a question that no rule reads."""
    given = words(language)
    parts = _runs(question, tagged.unknown)
    masked = " ".join("X" if item.has("a") else item.text for item in tagged.items)
    like = nearest(masked or question, given.examples, 1)[:1]
    example = [given.refusals["example"].format(example=like[0])] if like else []
    if not parts:
        return NotUnderstoodError("; ".join([given.refusals["order"], *example]))
    told, strange = [], []
    for part in parts:
        # "won" is no misspelt name
        near = [] if part.islower() and " " not in part else who.near(names.store, part, names.index)
        if near or names.absent(part, language):
            told.append(_nobody(part, near, language))
        else:
            strange.append(part)
    told += [given.refusals["words"].format(words=", ".join(strange)), *example] if strange else []
    return NotUnderstoodError("; ".join(told))


def _nobody(name: str, near: list[str], language: str) -> str:
    say = words(language).refusals
    remedy = say["meant"].format(names=f" {say['or']} ".join(near)) if near else say["names"]
    return say["nobody"].format(name=name[: who.LONGEST], remedy=remedy)


def _runs(question: str, unknown: list[str]) -> list[str]:
    """Return the unknown words, those that stand beside each other as one."""
    runs: list[str] = []
    for word in unknown:
        if runs and f"{runs[-1]} {word}" in question:
            runs[-1] += f" {word}"
        else:
            runs.append(word)
    return runs


def _example(language: str) -> str:
    given = words(language)
    return next(example for example in given.examples if example.startswith(given.tags["changed"][0]))
