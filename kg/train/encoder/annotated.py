"""A folder of annotated articles → parsed documents with their names and statements.

The folder has *.jsonl, in the format of kg/docs/annotation-guide.md, and the articles as text/LANGUAGE/*.txt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg import ingest, nlp
from kg.encoder import Encoder, Passage
from kg.encoder.passages import Pieces
from kg.errors import SourceError
from kg.nlp.consistency import unify_names
from kg.nlp.naming import ENTITY_LABELS
from kg.vocab import ontology

Found = tuple[int, int, str, str]  # words of the document, type, the entity's key


@dataclass(frozen=True, slots=True)
class Named:
    """An entity with its names by language."""

    type: str
    iso: str | None
    names: dict[str, tuple[str, ...]]

    def within(self, language: str) -> tuple[str, ...]:
        """Return the names that an article in the language has for it."""
        shown = self.names.get(language) or (next(iter(self.names.values())) if len(self.names) == 1 else ())
        return tuple(name for name in shown if name.strip())


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement; the ends, the place and the source are keys of entities."""

    relation: str
    subject: str
    object: str
    factuality: str
    lines: tuple[int, ...]
    languages: frozenset[str]
    optional: bool
    date: str | None = None
    place: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article's annotation; `first` is the number of its first line, if that is said."""

    id: str
    first: int | None
    entities: dict[str, Named]
    statements: tuple[Stated, ...]


class Cutter(Encoder):
    """Cuts articles into passages as the encoder does, and finds no names: those are the annotation's.

    Without pieces, it cuts no passages either.
    """

    def __init__(self, cut: Pieces | None) -> None:
        if cut is not None:
            self.cut = cut

    def passages(self, *article: Any) -> list[Passage]:
        """Return the passages of an article, none where nobody asks for them."""
        return super().passages(*article) if hasattr(self, "cut") else []

    def names(self, passage: Passage) -> list[tuple[int, int, str]]:
        """Return nothing."""
        return []


def read_folder(folder: Path, cut: Pieces | None) -> Iterator[tuple[Doc, Annotated]]:
    """Yield the annotated articles of a folder, parsed and cut into passages; raises SourceError where it is wrong."""
    known = {entry.id: entry for path in sorted(folder.glob("*.jsonl")) for entry in read_annotated(path)}
    languages = sorted(path.name for path in (folder / "text").glob("*") if path.is_dir())
    if not known or not languages:
        needs = "*.jsonl and text/id or text/en, as kg/docs/annotation-guide.md describes"
        raise SourceError(f"{folder}: needs {needs}")

    def fail(source: str, reason: str) -> None:
        raise SourceError(reason if source in reason else f"{source}: {reason}")

    for language in languages:
        articles = ingest.read([str(folder / "text" / language)], lang=language, on_skip=fail)
        for doc in nlp.parse((a for a in articles if a.id in known), encoder=Cutter(cut)):
            yield doc, known[doc.user_data["article"].id]


def read_annotated(path: Path) -> Iterator[Annotated]:
    """Yield the annotations of a file; raises SourceError, naming file and line, where one is malformed."""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if raw.strip():
            try:
                yield _annotated(json.loads(raw))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                reason = f"is no annotated article ({type(error).__name__}: {error})"
                raise SourceError(f"{path}: line {number} {reason}; see kg/docs/annotation-guide.md") from error


def _annotated(line: dict[str, Any]) -> Annotated:
    entities = {
        key: Named(e["type"], e["iso"], {code: tuple(names) for code, names in e["names"].items()})
        for key, e in line["entities"].items()
    }
    if wrong := {e.type for e in entities.values()} - set(ENTITY_LABELS):
        raise ValueError(f"types are {', '.join(ENTITY_LABELS)}, not {', '.join(sorted(wrong))}")
    statements = tuple(
        Stated(
            s["relation"],
            s["subject"],
            s["object"],
            s["factuality"],
            tuple(s["lines"]),
            frozenset(s["langs"]),
            s["optional"],
            s.get("date"),
            s.get("place"),
            s.get("source"),
        )
        for s in line["statements"]
    )
    if unknown := {s.relation for s in statements} - set(ontology().relations):
        raise ValueError(f"no relation {sorted(unknown)[0]!r}")
    if missing := {end for s in statements for end in (s.subject, s.object, s.place, s.source) if end} - set(entities):
        raise ValueError(f"no entity {sorted(missing)[0]!r}")
    return Annotated(line["doc"], (line.get("lines") or [None])[0], entities, statements)


def find_names(doc: Doc, annotated: Annotated) -> list[Found]:
    """Return where the annotated names stand in the article: longer ones first, none within another."""
    article = doc.user_data["article"]
    starts = {start: i for i, start in enumerate(doc.user_data["offsets"])}
    ends = {end: i + 1 for i, end in enumerate(doc.user_data["ends"])}
    taken = numpy.zeros(len(doc), bool)
    found: list[Found] = []
    names = [(n, e.type, key) for key, e in annotated.entities.items() for n in e.within(article.language)]
    for name, type_, key in sorted(names, key=lambda row: -len(row[0])):
        pattern = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", article.text):
            start, end = starts.get(match.start()), ends.get(match.end())
            if start is not None and end is not None and start < end and not taken[start:end].any():
                taken[start:end] = True
                found.append((start, end, type_, key))
    return sorted(found)


def set_names(doc: Doc, names: list[Found]) -> None:
    """Give the document the annotated names, as reading would those that the encoder finds."""
    doc.set_ents(filter_spans([Span(doc, start, end, ENTITY_LABELS[type_]) for start, end, type_, _ in names]))
    unify_names(doc)
