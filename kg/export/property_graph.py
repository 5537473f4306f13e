"""Statement rows → the nodes and relationships of a property graph, as Neo4j and its like have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.export.gathered import Gathered, days, mentioned
from kg.export.rows import ArticleRef, Node, StatementRow

# Names of properties with the types of Neo4j's import. Every node and statement has its `iri` beside them.
ACTOR = {"label": "string", "type": "string", "iso": "string", "wikidata": "string", "names": "string[]"}
ARTICLE = {
    "id": "string",
    "headline": "string",
    "publisher": "string",
    "agency": "string",
    "published": "string",
    "language": "string",
    "url": "string",
}
STATEMENT = {
    "relation": "string",
    "factuality": "string",
    "date": "string",
    "date_from": "date",
    "date_to": "date",
    "place": "string",
    "source": "string",
    "office": "string",
    "confidence": "double",
    "symmetric": "boolean",
    "sentence": "string",
    "sentence_start": "long",
    "sentence_end": "long",
    "article": "string",
}


def actor(node: Node) -> dict[str, Any]:
    """Return the properties of an actor's node."""
    return {name: getattr(node, name) for name in ACTOR}


def article(ref: ArticleRef) -> dict[str, Any]:
    """Return the properties of an article's node."""
    return {name: getattr(ref, name) for name in ARTICLE}


def statement(row: StatementRow) -> dict[str, Any]:
    """Return the properties of a statement's relationship, which goes from its subject to its object."""
    span = days(row.date) or (None, None)
    known = row.flat() | {"date_from": span[0], "date_to": span[1], "symmetric": row.symmetric}
    known |= {"sentence_start": row.start, "sentence_end": row.end}
    return {name: known[name] for name in STATEMENT}


def relations(found: Gathered) -> Iterator[StatementRow]:
    """Yield the statements that have two ends: those of damaged graphs may lack one, and no relationship can."""
    return (row for row in found.rows if row.subject.iri and row.object.iri)


def mentions(found: Gathered) -> list[tuple[str, str]]:
    """Return which article (its IRI) mentions which actor, each pair once."""
    return list({(row.article.iri, node.iri): None for row in found.rows for node in mentioned(row) if node.iri})


def label(name: str) -> str:
    """Return a node's label for a class: nothing but ASCII letters, digits and underscores, however it is quoted."""
    return re.sub(r"\W", "_", name, flags=re.ASCII) or "_"


def relationship_type(name: str) -> str:
    """Return HOLDS_OFFICE for holdsOffice, as types of relationships are written."""
    return label(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).upper()
