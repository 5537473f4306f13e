"""Texts → parsed documents and their statements, whole or without one of the things extraction builds on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import extract, ingest, link, nlp
from kg.errors import SourceError
from kg.evaluate.gold import By, by_document, read_said

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What can be taken away to see what it brings.
PARTS = ("coreference", "parser", "names")
# The parts that are learned, not written; parts of speech and lemmas stay.
LEARNED = ("parser", "names")


@dataclass(frozen=True, slots=True)
class Run:
    """The parsed documents of a folder by id, and what extraction said of them."""

    docs: dict[str, Doc]
    said: By


def parse(texts: Path, language: str | None) -> dict[str, Doc]:
    """Return the parsed articles of a file or folder by id; raises SourceError where one cannot be read."""

    def fail(source: str, reason: str) -> None:
        raise SourceError(reason if source in reason else f"{source}: {reason}")

    articles = ingest.read([str(texts)], lang=language, on_skip=fail)
    return {doc.user_data["article"].id: doc for doc in nlp.parse(articles)}


def run(texts: Path, language: str | None, *, without: Collection[str] = ()) -> Run:
    """Parse the articles of a folder and extract from them, without some of PARTS."""
    docs = parse(texts, language)
    return Run(docs, extracted(docs.values(), without=without))


def extracted(docs: Iterable[Doc], *, without: Collection[str] = ()) -> By:
    """Return what extraction says of each of parsed documents, without some of PARTS; these stay as they are."""
    docs = list(docs)
    found = (
        (doc.user_data["article"], extract.statements(reduced(doc, without), coreference="coreference" not in without))
        for doc in docs
    )
    said = by_document(s.to_json() for _, statements in link.link(found) for s in statements)
    return {doc.user_data["article"].id: [] for doc in docs} | said


def reduced(doc: Doc, without: Collection[str]) -> Doc:
    """Return a copy of a document whose tree is flat (each word on its sentence's root), or that has no learned names.

    Sentences stay, so that only what is read off the surface is left.
    """
    if "parser" in without:
        user = dict(doc.user_data)
        numbers = doc.to_array(["HEAD", "DEP"])
        numbers[:, 1] = doc.vocab.strings.add("dep")
        for sentence in doc.sents:
            for token in sentence:
                numbers[token.i, 0] = (sentence.root.i - token.i) % 2**64  # negative offsets wrap
            numbers[sentence.root.i, 1] = doc.vocab.strings.add("ROOT")
        doc = doc.copy()
        doc.from_array(["HEAD", "DEP"], numbers)  # type: ignore[arg-type]
        doc.user_data.update(user)
    if "names" in without:
        doc = doc.copy()
        doc.ents = ()
    return doc


def said(source: Path, language: str | None) -> By:
    """Return the statements of a folder of texts, or of a .jsonl file that `kg extract` wrote."""
    return read_said(source) if source.suffix == ".jsonl" else run(source, language).said


def common(first: By, second: By) -> tuple[By, By]:
    """Return of two folders' statements those of the articles that both have."""
    ids = {*first} & {*second}
    return {key: first[key] for key in ids}, {key: second[key] for key in ids}
