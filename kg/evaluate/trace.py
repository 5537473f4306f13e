"""What frames did with a sentence: which triggers matched, how each was judged, and what its slots resolved to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import extract
from kg.evaluate.matching import Actor
from kg.extract.frames import SPEECH_ACTS, Event, Frames
from kg.extract.mentions import Mention
from kg.extract.titles import Office
from kg.extract.triggers import Trigger, matching

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger and what became of it; `verdict` is its factuality, "unmet" or "not stated"."""

    word: str
    relation: str
    frame: str
    verdict: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        return (
            f"{self.word}: {self.relation}, {self.frame}, {self.verdict}; subject {_list(self.subjects)}, "
            f"object {_list(self.objects)}"
        )


class Traced(Frames):
    """Frames that keep what they found and can be asked about any sentence afterwards."""

    def events(self) -> Iterator[Event]:
        """Yield the events, and remember them."""
        self.found: list[Event] = []
        for event in super().events():
            self.found.append(event)
            yield event

    def fired(self, sentence: Span, relation: str) -> list[Fired]:
        """Return what became of each trigger of a relation in a sentence."""
        return [
            self._fired(token, trigger)
            for token in sentence
            for trigger in matching(token, self.language)
            if trigger.relation == relation
        ]

    def _fired(self, token: Token, trigger: Trigger) -> Fired:
        verdict = (
            "planned"
            if trigger.planned
            else self.factuality.judge(token, speech_act=trigger.relation in SPEECH_ACTS) or "not stated"
        )
        if not self._conditions(token, trigger):
            verdict = "unmet"
        pairs = tuple(
            dict.fromkeys(
                (e.subject, e.object) for e in self.found if e.trigger.i == token.i and e.relation == trigger.relation
            )
        )
        return Fired(
            f"{token.text} ({token.pos_} {token.dep_} < {token.head.text})",
            trigger.relation,
            trigger.frame,
            verdict,
            self._named(self.slots.first(token, trigger, trigger.subject)),
            self._named(self.slots.first(token, trigger, trigger.object)),
            pairs,
        )

    def _named(self, mentions: list[Mention]) -> tuple[str, ...]:
        return tuple(f"{self.doc[m.left : m.right].text} = {self.name(m)}" for m in mentions)

    def name(self, mention: Mention) -> str:
        """Return the names of the entities that a mention stands for, "?" where it stands for none."""
        numbers = mention.group or ((mention.entity,) if mention.entity >= 0 else ())
        return ", ".join(self.actor(number).name for number in numbers) or "?"

    def actor(self, number: int) -> Actor:
        """Return an entity of the document as gold is compared with."""
        cluster = self.coref.entities.clusters[number]
        entity = cluster.entity(self.language)
        return Actor.of(entity.type, entity.iso, [entity.name, *entity.names, *cluster.names], entity.name)

    def numbers(self, actor: Actor, shared: dict[str, int]) -> set[int]:
        """Return the entities of the document that are the gold actor."""
        return {i for i, c in enumerate(self.coref.entities.clusters) if c.names and actor.same(self.actor(i), shared)}

    def mentions(self, sentence: Span) -> list[Mention]:
        """Return the mentions of a sentence, the references among them."""
        known = {id(m): m for m in (*self.args.mentions, *self.coref.names)}
        return sorted((m for m in known.values() if sentence.start <= m.start < sentence.end), key=lambda m: m.start)

    def offices(self, sentence: Span) -> list[Office]:
        """Return the title phrases of a sentence."""
        return [o for o in self.coref.offices if sentence.start <= o.start < sentence.end]


def trace(doc: Doc) -> Traced:
    """Extract from a document again and return the frames that did it."""
    with _watched() as made:
        extract.statements(doc)
    return made[0]


@contextmanager
def _watched() -> Iterator[list[Traced]]:
    """Let extraction make traced frames for a while: it has no other opening."""
    made: list[Traced] = []

    class Watched(Traced):
        def __init__(self, *given) -> None:  # type: ignore[no-untyped-def]
            super().__init__(*given)
            made.append(self)

    plain = extract.Frames
    extract.Frames = Watched  # type: ignore[misc,assignment]
    try:
        yield made
    finally:
        extract.Frames = plain  # type: ignore[misc]


def _list(names: tuple[str, ...]) -> str:
    return "[" + "; ".join(names) + "]"
