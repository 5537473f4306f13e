"""The frozen records handed between the stages: Article → Doc → Statement → quads.

Every offset counts characters (Unicode code points) of `Article.text`, the text as read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

ENTITY_TYPES = ("Person", "Country", "Organization", "Place")
FACTUALITIES = ("asserted", "planned", "negated")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Software:
    """A reader other than ours, by the name by which it is asked for, and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read, with what its page says about it.

    `blocks` are the spans of `text`, in order and without overlap, that reach extraction: headline (when it stands in
    the text) and paragraphs, without furniture, dateline prefix and related links. `language` is "id" or "en".
    `published` carries its zone; `related` are the headlines (and links, when known) that the page refers to.
    `given` is the id that its file or record gives it, where another article has that and `id` had to differ.
    `reader` is who reads it where that is not our own reading.
    `weights` are those that it is read with, as name and SHA-256: "encoder/8f3a…".
    """

    id: str
    text: str
    language: str
    blocks: tuple[Span, ...] = ()
    headline: str | None = None
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    dateline: str | None = None
    agency: str | None = None
    related: tuple[str, ...] = ()
    url: str | None = None
    path: str | None = None
    sha256: str = ""
    given: str = ""
    reader: Software | None = None
    weights: tuple[str, ...] = ()

    @property
    def longer_id(self) -> str:
        """The id that it gets where an article of another text has its own: with a part of its text's hash."""
        return f"{self.given or self.id}-{self.sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Held:
    """An office that the base of actors knows: title by language, IRI and names of its body, ISO dates, "" if unknown.

    Without `until` it is open; `seen` is then the last day of which the base's source knows, where it has one.
    """

    title: tuple[tuple[str, str], ...]
    body: str
    body_names: tuple[tuple[str, str], ...]
    since: str = ""
    until: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named actor or place. `names` are its surface names, longest first.

    The link stage gives `iri`, and `wikidata` and `offices` where the base of actors knows it.
    """

    name: str
    type: str
    names: tuple[str, ...] = ()
    iso: str | None = None
    iri: str | None = None
    wikidata: str | None = None
    offices: tuple[Held, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the entity as a statement line shows it."""
        return {"name": self.name, "names": list(self.names), "type": self.type, "iso": self.iso, "iri": self.iri}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that states it: `text[start:end] == sentence`; `subject` and `object` are mentions' spans."""

    sentence: str
    start: int
    end: int
    subject: Span | None = None
    object: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return sentence, start and end, as a statement line shows them."""
        return {"sentence": self.sentence, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject – relation → object, as one article states it, with factuality, circumstances and evidence.

    `confidence` is the probability (0 to 1) that the article states it, where the encoder has read it, else None.
    `date` is ISO 8601 of the year, month or day; `source` is the innermost of `attribution`, the chain of those who
    say so (innermost first); `office` is the title, verbatim, of a holdsOffice.
    """

    doc: str
    relation: str
    subject: Entity
    object: Entity
    factuality: str = "asserted"
    date: str | None = None
    place: Entity | None = None
    attribution: tuple[Entity, ...] = ()
    office: str | None = None
    evidence: tuple[Evidence, ...] = field(default=())
    language: str = "id"
    confidence: float | None = None

    @property
    def source(self) -> Entity | None:
        """The innermost named source, or None."""
        return self.attribution[0] if self.attribution else None

    def with_entities(self, change: Callable[[Entity], Entity]) -> Statement:
        """Return the statement with each of its entities changed: ends, place, and those who say so."""
        return replace(
            self,
            subject=change(self.subject),
            object=change(self.object),
            place=change(self.place) if self.place else None,
            attribution=tuple(map(change, self.attribution)),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the statement as one line of `kg extract --format jsonl` holds it (kg/docs/design.md)."""
        return statement_line(self, self.doc)


@dataclass(frozen=True, slots=True)
class Local:
    """An entity as one article names it (article and entity by IRI), with what tells it from others of the name.

    `offices` are titles with the IRI of their country or body; `apart` are the other ends of its statements, which it
    cannot be itself, `roles` their relations with the end that it is; `date` is the day of publication, `publisher` the
    IRI of the medium.
    """

    article: str
    iri: str
    type: str
    name: str
    names: tuple[str, ...] = ()
    iso: str | None = None
    language: str | None = None
    date: str | None = None
    publisher: str | None = None
    offices: tuple[tuple[str, str], ...] = ()
    apart: frozenset[str] = frozenset()
    roles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actor that a local name means: its IRI, and its usual name by language ("" for a person's).

    `type` is given where it is not the one that the article took it for.
    """

    iri: str
    names: dict[str, str] = field(default_factory=dict, hash=False)
    wikidata: str | None = None
    type: str | None = None

    def named(self, language: str | None) -> str | None:
        """Return its usual name in a language, or None."""
        return self.names.get(language or "") or self.names.get("")


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names held for one actor's: the local IRI, name and article of each (no article: the base's), and why.

    `score` are log-odds; `reason` says what they are made of.
    """

    actor: str
    left: tuple[str, str, str]
    right: tuple[str, str, str]
    score: float
    reason: str


def statement_line(statement: Any, doc: str) -> dict[str, Any]:
    """Return the line of a `Statement`, or of the row that was read back of one (`kg.export.StatementRow`)."""
    first, *rest = statement.evidence or (Evidence("", 0, 0),)
    return {
        "doc": doc,
        "relation": statement.relation,
        "subject": statement.subject.to_json(),
        "object": statement.object.to_json(),
        "factuality": statement.factuality,
        "date": statement.date,
        "place": statement.place.to_json() if statement.place else None,
        "source": statement.source.to_json() if statement.source else None,
        "attribution": [entity.to_json() for entity in statement.attribution],
        "office": statement.office,
        "confidence": statement.confidence,
        "evidence": first.to_json(),
        "further_evidence": [evidence.to_json() for evidence in rest],
        "lang": statement.language,
    }
