"""What relations are learnt from: a passage, its mentions, and which relations it states of which two entities."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.encoder import Marked, Passage
from kg.extract.reading import Reading, read
from kg.extract.scored import asked_passages, directions, marked_in, mentions_in
from kg.model import FACTUALITIES
from kg.train.encoder.annotated import Annotated, Stated
from kg.train.encoder.matching import entities_of, lines_of, shift
from kg.train.encoder.recipe import recipe

# Relation's number, subject, object.
Key = tuple[int, int, int]


@dataclass(slots=True)
class Example:
    """A passage for training: `stated` has the number of the factuality, None where either answer is right.

    `told` is what frames found; `weight` makes up for examples that a pass leaves out; `article` and `language` are set
    for passages of annotated articles, and `over_edge` for those over the edge between two others.
    """

    passage: Passage
    mentions: list[Marked]
    stated: dict[Key, int | None]
    told: set[Key] = field(default_factory=set)
    weight: float = 1.0
    article: str = ""
    language: str = ""
    over_edge: bool = False

    @property
    def answers(self) -> bool:
        """Whether there is anything to learn but that nothing is stated."""
        return any(value is not None for value in self.stated.values())

    @property
    def asks(self) -> bool:
        """Whether there is a pair to ask about."""
        return len({mention.entity for mention in self.mentions}) > 1


def article_examples(doc: Doc, annotated: Annotated) -> list[Example]:
    """Return the passages of an annotated article whose names are set, with their mentions as extraction finds them."""
    reading = read(doc)
    of, lines = entities_of(reading.entities, annotated), lines_of(doc)
    moved = shift(annotated, lines, reading.mentions, of)
    stated = [(statement, {line - moved for line in statement.lines}) for statement in annotated.statements]
    language = doc.user_data["article"].language
    found = []
    own = len(doc.user_data["passages"])
    for place, passage in enumerate(asked_passages(doc)):
        inside = mentions_in(passage, reading.mentions)
        marked = marked_in(doc, reading.entities, passage, inside)
        here = set(lines[passage.start : passage.end])
        entities = sorted({mention.entity for mention in marked})
        labels: dict[Key, int | None] = {}
        for statement, told_in in stated:
            sure = not statement.optional and language in statement.languages and bool(told_in & here)
            for subject, object_ in directions(statement.relation, statement.subject, statement.object):
                for one in entities:
                    for other in entities:
                        if one != other and of.get(one) == subject and of.get(other) == object_:
                            _state(labels, (number(statement.relation), one, other), statement if sure else None)
        told = _told(reading, passage)
        of_article = {"article": annotated.id, "language": language, "over_edge": place >= own}
        found.append(Example(_from_zero(passage), marked, labels, told, **of_article))
    return found


def _state(labels: dict[Key, int | None], key: Key, statement: Stated | None) -> None:
    if labels.get(key) is None:  # what is required outweighs what is optional
        labels[key] = None if statement is None else FACTUALITIES.index(statement.factuality)


def _told(reading: Reading, passage: Passage) -> set[Key]:
    return {
        (number(event.relation), subject, object_)
        for event in reading.events
        if passage.start <= event.trigger.i < passage.end
        for subject, object_ in directions(event.relation, event.subject, event.object)
    }


def number(relation: str) -> int:
    """Return the place of a relation in the scores."""
    return recipe().relations.index(relation)


def _from_zero(passage: Passage) -> Passage:
    return Passage(0, passage.end - passage.start, passage.pieces, passage.first, passage.last)
