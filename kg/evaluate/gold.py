"""Gold files and statement lines → documents and statements that can be compared."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from kg.errors import SourceError
from kg.evaluate.matching import Actor, Pair, is_office

By = dict[str, list["Said"]]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement that the article makes; `office` by language; optional ones may be missed and may be found."""

    relation: str
    subject: Actor
    object: Actor
    factuality: str
    date: str | None
    place: Actor | None
    source: Actor | None
    office: Mapping[str, str]
    lines: tuple[int, ...]
    languages: frozenset[str]
    optional: bool

    @property
    def pair(self) -> Pair:
        """Subject and object."""
        return self.subject, self.object


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated article: the range of its line numbers, actors and statements.

    Without a range, the lines that have text are numbered from 1.
    """

    id: str
    languages: tuple[str, ...]
    lines: tuple[int, int] | None
    actors: tuple[Actor, ...]
    statements: tuple[GoldStatement, ...]

    @property
    def shared_words(self) -> Counter[str]:
        """How many persons have a last word among their names."""
        return Counter(word for actor in self.actors for word in actor.last_words)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as extraction gives it, read from its line."""

    relation: str
    subject: Actor
    object: Actor
    factuality: str | None
    date: str | None
    place: Actor | None
    source: Actor | None
    office: str | None
    sentence: str
    start: int
    confidence: float | None = None

    @property
    def pair(self) -> Pair:
        """Subject and object."""
        return self.subject, self.object


def read_gold(path: Path) -> list[GoldDocument]:
    """Return the documents of a gold file; raises SourceError, naming file and line, where it is malformed."""
    documents = []
    for number, raw in _lines(path):
        try:
            documents.append(_document(json.loads(raw)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"{path}: line {number} is no gold document ({type(error).__name__}: {error})") from error
    return documents


def read_said(path: Path) -> By:
    """Return the statements of a file that `kg extract` wrote, by document."""
    try:
        return by_document(json.loads(raw) for _, raw in _lines(path))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: not what 'kg extract --format jsonl' writes ({error})") from error


def by_document(lines: Iterable[Mapping[str, Any]]) -> By:
    """Return statement lines by the stem of their document."""
    found: By = defaultdict(list)
    for line in lines:
        found[stem(line["doc"])].append(_said(line))
    return found


def stem(document: str) -> str:
    """Return the name by which gold knows a document: its file's, without folder and ending."""
    return PurePath(document).name.removesuffix(".txt")


def at_least(said: By, confidence: float | None) -> By:
    """Return the statements without events that are less probable; what has no confidence stays, and so do offices."""
    if confidence is None:
        return said
    return {
        document: [s for s in statements if s.confidence is None or s.confidence >= confidence or is_office(s.relation)]
        for document, statements in said.items()
    }


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path}: cannot be read ({getattr(error, 'strerror', error)}); give a .jsonl file"
        ) from error
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.strip():
            yield number, raw


def _said(line: Mapping[str, Any]) -> Said:
    place, source, evidence = line.get("place"), line.get("source"), line.get("evidence") or {}
    return Said(
        line["relation"],
        Actor.from_json(line["subject"]),
        Actor.from_json(line["object"]),
        line.get("factuality"),
        line.get("date"),
        place and Actor.from_json(place),
        source and Actor.from_json(source),
        line.get("office"),
        evidence.get("sentence", ""),
        evidence.get("start", 0),
        None if (confidence := line.get("confidence")) is None else float(confidence),
    )


def _document(line: Mapping[str, Any]) -> GoldDocument:
    actors = {
        key: Actor.of(e["type"], e["iso"], [n for names in e["names"].values() for n in names])
        for key, e in line["entities"].items()
    }
    statements = tuple(
        GoldStatement(
            s["relation"],
            actors[s["subject"]],
            actors[s["object"]],
            s["factuality"],
            s["date"],
            actors[s["place"]] if s["place"] else None,
            actors[s["source"]] if s["source"] else None,
            s.get("office") or {},
            tuple(s["lines"]),
            frozenset(s["langs"]),
            s["optional"],
        )
        for s in line["statements"]
    )
    lines = None
    if line["lines"] is not None:
        first, last = line["lines"]
        lines = first, last
    return GoldDocument(line["doc"], tuple(line["lang"]), lines, tuple(actors.values()), statements)
