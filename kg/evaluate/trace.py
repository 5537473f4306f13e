"""What extraction did with a sentence: which triggers matched, how each was judged, what its slots resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import extract
from kg.evaluate.matching import Actor
from kg.evaluate.reduced import reduced

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.extract.frames import Event
    from kg.extract.mentions import Mention
    from kg.extract.observer import Participants, Tried
    from kg.extract.titles import Office


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


class Trace:
    """An observer that keeps what it hears of one document, and can be asked about any sentence afterwards."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._tried: list[Tried] = []
        self._events: list[Event] = []

    def participants(self, found: Participants) -> None:
        """Keep who may take part."""
        self._found = found

    def tried(self, tried: Tried) -> None:
        """Keep what became of a trigger."""
        self._tried.append(tried)

    def event(self, event: Event) -> None:
        """Keep an event."""
        self._events.append(event)

    def fired(self, sentence: Span, relation: str) -> list[Fired]:
        """Return what became of each trigger of a relation in a sentence."""
        here = (t for t in self._tried if sentence.start <= t.token.i < sentence.end)
        return [self._fired(tried) for tried in here if tried.trigger.relation == relation]

    def _fired(self, tried: Tried) -> Fired:
        token, relation = tried.token, tried.trigger.relation
        events = (e for e in self._events if e.trigger.i == token.i and e.relation == relation)
        return Fired(
            f"{token.text} ({token.pos_} {token.dep_} < {token.head.text})",
            relation,
            tried.trigger.frame,
            tried.verdict,
            self._named(tried.subjects),
            self._named(tried.objects),
            tuple(dict.fromkeys((e.subject, e.object) for e in events)),
        )

    def _named(self, mentions: list[Mention]) -> tuple[str, ...]:
        return tuple(f"{self.doc[m.left : m.right].text} = {self.name(m)}" for m in mentions)

    def name(self, mention: Mention) -> str:
        """Return the names of the entities that a mention stands for, "?" where it stands for none."""
        numbers = mention.group or ((mention.entity,) if mention.entity >= 0 else ())
        return ", ".join(self.actor(number).name for number in numbers) or "?"

    def actor(self, number: int) -> Actor:
        """Return an entity of the document as gold is compared with."""
        cluster = self._found.entities.clusters[number]
        entity = cluster.entity(self.doc.user_data["article"].language)
        return Actor.of(entity.type, entity.iso, [entity.name, *entity.names, *cluster.names], entity.name)

    def numbers(self, actor: Actor, shared: dict[str, int]) -> set[int]:
        """Return the entities of the document that are the gold actor."""
        return {i for i, c in enumerate(self._found.entities.clusters) if c.names and actor.same(self.actor(i), shared)}

    def mentions(self, sentence: Span) -> list[Mention]:
        """Return the mentions of a sentence, the references among them."""
        found = self._found.mentions
        return sorted((m for m in found if sentence.start <= m.start < sentence.end), key=lambda m: m.start)

    def offices(self, sentence: Span) -> list[Office]:
        """Return the title phrases of a sentence."""
        return [o for o in self._found.offices if sentence.start <= o.start < sentence.end]

    def entities(self, sentence: Span) -> set[int]:
        """Return the entities that a sentence mentions."""
        return {number for m in self.mentions(sentence) for number in (m.group or (m.entity,))}

    def relations(self, sentence: Span) -> set[str]:
        """Return the relations for which a word stands in a sentence, whatever became of it."""
        return {t.trigger.relation for t in self._tried if sentence.start <= t.token.i < sentence.end}


def trace(doc: Doc) -> Trace:
    """Extract from a document again and return what an observer heard of it.

    The encoder's names are those of the document; its scores, which no observer hears of, are not asked for again.
    """
    unscored = reduced(doc, ["encoder"])
    made = Trace(unscored)
    extract.statements(unscored, observer=made)
    return made


def _list(names: tuple[str, ...]) -> str:
    return "[" + "; ".join(names) + "]"
