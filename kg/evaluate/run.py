"""Texts → parsed documents and their statements, whole or without one of the things extraction builds on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg import encoder, extract, ingest, link, nlp
from kg.errors import SourceError
from kg.evaluate.gold import By, at_least, by_document, read_said, stem
from kg.evaluate.reduced import reduced
from kg.model import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Run:
    """The parsed documents of a folder by id, and what extraction said of them.

    `unsure` is what it says where no confidence is too low, for documents that the encoder has read.
    """

    docs: dict[str, Doc]
    said: By
    unsure: By = field(default_factory=dict)


def articles(texts: Path, language: str | None, only: Collection[str] | None = None) -> Iterator[Article]:
    """Yield the articles of a file or folder, or `only` some; raises SourceError where one cannot be read."""

    def fail(source: str, reason: str) -> None:
        raise SourceError(reason if source in reason else f"{source}: {reason}")

    found = ingest.read([str(texts)], lang=language, on_skip=fail)
    return found if only is None else (article for article in found if stem(article.id) in only)


def parse(
    texts: Path, language: str | None, *, fast: bool = False, only: Collection[str] | None = None
) -> dict[str, Doc]:
    """Return the parsed articles of a file or folder by id, or `only` some; `fast` is without the encoder.

    Raises SourceError where one cannot be read.
    """
    docs = nlp.parse(articles(texts, language, only), encoder=None if fast else encoder.bundled())
    return {doc.user_data["article"].id: doc for doc in docs}


def run(
    texts: Path,
    language: str | None,
    *,
    without: Collection[str] = (),
    fast: bool = False,
    min_confidence: float | None = None,
    only: Collection[str] | None = None,
    unsure: bool = False,
) -> Run:
    """Parse the articles of a folder, or `only` some, and extract from them, without some of PARTS.

    `fast` and `min_confidence` are those of `kg extract`; `unsure` fills the field of that name, at the cost of
    extracting a second time.
    """
    fast = fast or "encoder" in without
    docs = parse(texts, language, fast=fast, only=only)
    said = extracted(docs.values(), without=without, min_confidence=min_confidence)
    more = extracted(docs.values(), without=without, min_confidence=0.0) if unsure and not fast else {}
    return Run(docs, said, more)


def extracted(docs: Iterable[Doc], *, without: Collection[str] = (), min_confidence: float | None = None) -> By:
    """Return what extraction says of each of parsed documents, without some of PARTS; these stay as they are."""
    docs = list(docs)
    found = (
        (
            doc.user_data["article"],
            extract.statements(
                reduced(doc, without), coreference="coreference" not in without, min_confidence=min_confidence
            ),
        )
        for doc in docs
    )
    said = by_document(s.to_json() for _, statements in link.link(found) for s in statements)
    return {doc.user_data["article"].id: [] for doc in docs} | said


def said(source: Path, language: str | None, *, fast: bool = False, min_confidence: float | None = None) -> By:
    """Return the statements of a folder of texts, or of a .jsonl file that `kg extract` wrote."""
    if source.suffix == ".jsonl":
        return at_least(read_said(source), min_confidence)
    return run(source, language, fast=fast, min_confidence=min_confidence).said
