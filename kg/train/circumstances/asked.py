"""An annotated article → what is asked about the circumstances of its statements, and what is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg import specs
from kg.extract.candidates import Candidate, Candidates, Value
from kg.extract.frames import Event
from kg.extract.mentions import Mention
from kg.extract.reading import Reading, read
from kg.extract.scored import directions, trigger_between
from kg.train.circumstances.fit import Question
from kg.train.encoder.annotated import Annotated, Stated
from kg.train.encoder.matching import entities_of, lines_of, shift


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates of one kind for one sentence that evidences a statement; `key` names the statement.

    `given` is what the annotation says in terms of the candidates' values: an entity's number that extraction gave it,
    -1 where it found none for it, None where there is nothing to be said.
    """

    key: tuple[str, str, int]
    kind: str
    candidates: tuple[Candidate, ...]
    given: frozenset[Value]
    optional: bool

    def question(self) -> Question:
        """Return what is to be learnt; where no candidate is right, it is that there is none."""
        right = tuple(candidate.value in self.given for candidate in self.candidates)
        if not any(right):
            right = tuple(candidate.value is None for candidate in self.candidates)
        return Question(tuple(candidate.features for candidate in self.candidates), right)


def asked(doc: Doc, annotated: Annotated) -> Iterator[Asked]:
    """Yield the questions of an article whose annotated names are set, statement by statement."""
    reading = read(doc)
    of = entities_of(reading.entities, annotated)
    stating = _Stating(doc, reading, annotated, of)
    language = doc.user_data["article"].language
    told = [
        (number, statement, stating.events(statement))
        for number, statement in enumerate(annotated.statements)
        if language in statement.languages and not specs.relations()[statement.relation].office
    ]
    candidates = Candidates(doc, reading, [event for _, _, events in told for event in events])
    for number, statement, events in told:
        right = {"date": frozenset({statement.date}), "place": _numbers(statement.place, of)}
        for event in events:
            for kind, found in candidates.of(event, {event.subject, event.object}).items():
                key = (annotated.id, language, number)
                yield Asked(key, kind, tuple(found), right[kind], statement.optional)


def _numbers(entity: str | None, of: Mapping[int, str]) -> frozenset[Value]:
    if entity is None:
        return frozenset({None})
    return frozenset(number for number, key in of.items() if key == entity) or frozenset({-1})


class _Stating:
    """Finds the events of one article that its annotation states."""

    def __init__(self, doc: Doc, reading: Reading, annotated: Annotated, of: Mapping[int, str]) -> None:
        self.doc, self.reading, self.of = doc, reading, of
        self.lines = lines_of(doc)
        self.moved = shift(annotated, self.lines, reading.mentions, of)
        self.named: dict[tuple[int, str], list[tuple[Mention, int]]] = defaultdict(list)
        for mention in reading.mentions:
            for entity in mention.group or (mention.entity,):
                if entity in of:
                    self.named[self.lines[mention.start], of[entity]].append((mention, entity))

    def events(self, statement: Stated) -> list[Event]:
        """Return what frames found of a statement, and an event for each of its other lines that names both ends."""
        ends = directions(statement.relation, statement.subject, statement.object)
        found = [
            event
            for event in self.reading.events
            if event.relation == statement.relation and (self.of.get(event.subject), self.of.get(event.object)) in ends
        ]
        told = {self.lines[event.trigger.i] for event in found}
        for line in (number - self.moved for number in statement.lines):
            nearest = min(
                (
                    (abs(one[0].start - other[0].start), n, m)
                    for n, one in enumerate(self.named[line, statement.subject])
                    for m, other in enumerate(self.named[line, statement.object])
                    if one[1] != other[1]
                ),
                default=None,
            )
            if line not in told and nearest is not None:
                subject, one = self.named[line, statement.subject][nearest[1]]
                object_, other = self.named[line, statement.object][nearest[2]]
                trigger = trigger_between(self.doc, subject, object_)
                found.append(Event(statement.relation, one, other, statement.factuality, trigger, subject, object_, ""))
        return found
