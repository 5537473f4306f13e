"""What extraction tells whoever wants to know how it came to its statements: `statements(doc, observer=…)`.

Each step tells once what it decided; an observer changes nothing. Without one, nothing is worked out for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.entities import Entities
    from kg.extract.frames import Event
    from kg.extract.mentions import Mention
    from kg.extract.titles import Office
    from kg.extract.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Participants:
    """Who may take part: every mention with its entity, those that are part of a title too, and the titles."""

    doc: Doc
    mentions: list[Mention]
    offices: list[Office]
    entities: Entities


@dataclass(frozen=True, slots=True)
class Tried:
    """A word that may express a relation: `verdict` is its factuality as judged, "not stated" or "unmet".

    `subjects` and `objects` are the mentions that its slots resolve to, whatever the verdict.
    """

    token: Token
    trigger: Trigger
    verdict: str
    subjects: list[Mention]
    objects: list[Mention]


class Observer(Protocol):
    """Hears of one document's extraction, in the order of these methods; events come in between the tried words."""

    def participants(self, found: Participants) -> None:
        """Hear who may take part, once per document, before any relation is looked for."""

    def tried(self, tried: Tried) -> None:
        """Hear what became of a word that may express a relation."""

    def event(self, event: Event) -> None:
        """Hear of an event that was found, before its ends are held against the ontology."""
