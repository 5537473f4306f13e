"""Mentions and the encoder → scored events: which relation an article states between which two, and how surely.

Every ordered pair of mentions within a passage is a candidate, with or without a word that frames know; the frames'
finds are one more reason. What a passage says of two entities is pooled over their mentions, and the surest passage
of the article counts. A relation that knows no direction is scored in both and is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

import numpy
from spacy.tokens import Doc, Token

from kg import specs
from kg.encoder import Encoder, Marked, Passage, bridges
from kg.extract.entities import Entities
from kg.extract.frames import Event
from kg.extract.mentions import Mention
from kg.model import FACTUALITIES
from kg.vocab import ontology

_Key = tuple[str, int, int]  # relation, subject, object
End = TypeVar("End")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that tells a relation of two entities: how probably, and the two mentions that speak most for it."""

    probability: float
    factuality: str
    subject: Mention
    object: Mention


def scored(
    doc: Doc,
    encoder: Encoder,
    found: Mapping[_Key, Sequence[Found]],
    events: Iterable[Event],
    *,
    least: float | None = None,
) -> Iterator[Event]:
    """Yield the events in text order, each with its probability; `events` are what frames found, `found` the scores.

    Each sentence that states a relation gives an event: it is evidence, and tells what others leave open.

    What is at least as probable as `least` is an event. By default that is the encoder's threshold, and what frames
    found stays unless the encoder all but excludes it: that finds more at the precision of frames alone (record 8).
    """
    events = list(events)
    threshold = encoder.settings["threshold"] if least is None else least
    doubted: dict[str, float] = encoder.settings["doubted"] if least is None else {}
    chosen = []
    told: set[_Key] = set()
    sentences: set[tuple[_Key, int]] = set()
    for event in events:
        keys = [(event.relation, *ends) for ends in directions(event.relation, event.subject, event.object)]
        told.update(keys)
        sentences.update((key, event.trigger.sent.start) for key in keys)
        probability = max((found[key][0].probability for key in keys if key in found), default=_NEGLIGIBLE)
        # A relation that was added since the encoder was trained: frames alone tell it.
        untaught = least is None and event.relation not in encoder.settings["relations"]
        if probability >= doubted.get(event.relation, threshold) or untaught:
            chosen.append(replace(event, confidence=probability))
    known = specs.relations()
    for key, passages in found.items():
        # Titles tell offices more surely, and their wording is kept: see `kg.extract.holding`.
        if key in told or known[key[0]].office:
            continue
        for one in takewhile(lambda one: one.probability >= threshold, passages):  # the surest stand first
            trigger = trigger_between(doc, one.subject, one.object)
            if (key, trigger.sent.start) not in sentences:
                sentences.add((key, trigger.sent.start))
                ends = (one.subject, one.object)
                chosen.append(
                    Event(*key, passages[0].factuality, trigger, *ends, "", confidence=passages[0].probability)
                )
    yield from sorted(chosen, key=lambda e: (min(e.subject_mention.start, e.object_mention.start), e.relation))


def directions(relation: str, subject: End, object_: End) -> list[tuple[End, End]]:
    """Return the ends of a statement, and the other way round where the relation knows no direction."""
    pair = (subject, object_)
    return [pair, pair[::-1]] if ontology().relations[relation].symmetric else [pair]


class Scores:
    """Asks the encoder about the passages of one document."""

    def __init__(self, doc: Doc, encoder: Encoder, entities: Entities) -> None:
        self.doc, self.encoder, self.entities = doc, encoder, entities
        self.relations: list[str] = encoder.settings["relations"]
        self.votes = numpy.array(encoder.settings["votes"])
        slope, intercept = encoder.settings["calibration"]
        self.slope, self.intercept = numpy.array(slope), numpy.array(intercept)
        known = ontology().relations
        self.symmetric = numpy.array([known[name].symmetric for name in self.relations])

    def read(self, mentions: Sequence[Mention], events: Iterable[Event]) -> dict[_Key, list[Found]]:
        """Return what each passage tells of a relation between two entities, the surest first."""
        votes: dict[_Key, list[int]] = defaultdict(list)
        for event in events:
            for subject, object_ in directions(event.relation, event.subject, event.object):
                votes[event.relation, subject, object_].append(event.trigger.i)
        told: dict[_Key, list[Found]] = defaultdict(list)
        for passage in asked_passages(self.doc):
            inside = mentions_in(passage, mentions)
            if len({entity for _, entity in inside}) > 1:
                for key, found in self._passage(passage, inside, votes):
                    told[key].append(found)
        for passages in told.values():
            passages.sort(key=lambda found: -found.probability)
        return dict(told)

    def _passage(
        self, passage: Passage, inside: list[tuple[Mention, int]], votes: dict[_Key, list[int]]
    ) -> Iterator[tuple[_Key, Found]]:
        marked = marked_in(self.doc, self.entities, passage, inside)
        scores = self.encoder.pairs(passage, marked)
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, (i, j) in enumerate(scores.pairs):
            groups[marked[i].entity, marked[j].entity].append(row)
        pooled = {pair: numpy.logaddexp.reduce(scores.relations[rows], axis=0) for pair, rows in groups.items()}
        for (subject, object_), rows in groups.items():
            logits = pooled[subject, object_]
            other = pooled.get((object_, subject))
            if other is not None:
                logits = numpy.where(self.symmetric, numpy.logaddexp(logits, other) - numpy.log(2), logits)
            voted = [
                any(passage.start <= i < passage.end for i in votes.get((name, subject, object_), ()))
                for name in self.relations
            ]
            logits = (logits + self.votes * voted) * self.slope + self.intercept
            probabilities = 1 / (1 + numpy.exp(-logits))
            for number in numpy.flatnonzero(probabilities > _NEGLIGIBLE):
                if self.symmetric[number] and subject > object_:
                    continue
                row = max(rows, key=lambda row: scores.relations[row, number])
                i, j = scores.pairs[row]
                status = FACTUALITIES[int(self._factuality(scores.relations, scores.factuality, rows).argmax())]
                yield (
                    (self.relations[number], subject, object_),
                    Found(float(probabilities[number]), status, inside[i][0], inside[j][0]),
                )

    @staticmethod
    def _factuality(relations: numpy.ndarray, factuality: numpy.ndarray, rows: list[int]) -> numpy.ndarray:
        """Return the scores of factualities, each pair of mentions weighing by how much it speaks for any relation."""
        weight = relations[rows].max(axis=1)
        weight = numpy.exp(weight - weight.max())
        return (factuality[rows] * (weight / weight.sum())[:, None]).sum(axis=0)


def asked_passages(doc: Doc) -> list[Passage]:
    """Return the passages in which a document's relations are looked for: its own, then those over their edges."""
    passages: list[Passage] = doc.user_data["passages"]
    return [*passages, *bridges(passages, [bool(token.is_sent_start) for token in doc])]


def mentions_in(passage: Passage, mentions: Iterable[Mention]) -> list[tuple[Mention, int]]:
    """Return the mentions that stand wholly in a passage, each with its entity; "both" is a mention of either."""
    return [
        (mention, entity)
        for mention in mentions
        if passage.start <= mention.start and mention.end <= passage.end
        for entity in (mention.group or (mention.entity,))
        if entity >= 0
    ]


def marked_in(doc: Doc, entities: Entities, passage: Passage, inside: Iterable[tuple[Mention, int]]) -> list[Marked]:
    """Return the mentions of a passage as the encoder is told of them; it learns from what this returns, too."""
    number, numbers = -1, []
    for i in range(passage.start, passage.end):
        number += i == passage.start or bool(doc[i].is_sent_start)
        numbers.append(number)
    return [
        Marked(
            m.start - passage.start,
            m.end - passage.start,
            entities.clusters[entity].type,
            m.kind,
            entity,
            m.modifier,
            numbers[m.start - passage.start],
        )
        for m, entity in inside
    ]


# Below what frames' finds may be doubted at no setting is sensible; what is less sure is not looked at further.
_NEGLIGIBLE = 0.01


def trigger_between(doc: Doc, subject: Mention, object_: Mention) -> Token:
    """Return the word that holds both mentions together in the parse: the lowest that governs both, a verb if there is.

    In different sentences, it is looked for in the later one.
    """
    later = max(subject, object_, key=lambda m: m.start)
    head = doc[later.start : later.end].root
    earlier = min(subject, object_, key=lambda m: m.start)
    over = {earlier_head.i for earlier_head in _upwards(doc[earlier.start : earlier.end].root)}
    path = list(_upwards(head))
    common = next((token for token in path if token.i in over), path[-1])
    return next((token for token in _upwards(common) if token.pos_ == "VERB"), common)


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors
