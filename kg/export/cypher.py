"""Store → Cypher, the query language of Neo4j, Memgraph and others: statements that may run again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.export import property_graph as pg
from kg.export.gathered import gather
from kg.graph.store import Store

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Controls, and what some tools take for the end of a line.
_OTHERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def cypher(store: Store, language: str) -> Iterator[bytes]:
    """Yield one statement a line: constraints, a MERGE for each actor, article, statement and mention.

    Actors are `:Actor` and have their class as a second label; a statement is a relationship by its IRI, so running
    the file twice, or those of two stores, doubles nothing.
    """
    found = gather(store, language)
    for kind in ("Actor", "Article"):
        yield f"CREATE CONSTRAINT kg_{kind.lower()} IF NOT EXISTS FOR (n:{kind}) REQUIRE n.iri IS UNIQUE;\n".encode()
    for iri, node in found.actors.items():
        if iri:
            what = f"n:`{pg.label(node.type)}`, n += {literal(pg.actor(node))}"
            yield f"MERGE {_node('n', 'Actor', iri)} SET {what};\n".encode()
    for iri, ref in found.articles.items():
        yield f"MERGE {_node('n', 'Article', iri)} SET n += {literal(pg.article(ref))};\n".encode()
    for row in pg.relations(found):
        ends = f"{_node('s', 'Actor', row.subject.iri)}, {_node('o', 'Actor', row.object.iri)}"
        link = f"(s)-[r:`{pg.relationship_type(row.relation)}` {{iri: {literal(row.iri)}}}]->(o)"
        yield f"MATCH {ends} MERGE {link} SET r += {literal(pg.statement(row))};\n".encode()
    for article, actor in pg.mentions(found):
        ends = f"{_node('a', 'Article', article)}, {_node('n', 'Actor', actor)}"
        yield f"MATCH {ends} MERGE (a)-[:MENTIONS]->(n);\n".encode()


def _node(variable: str, kind: str, iri: str) -> str:
    return f"({variable}:{kind} {{iri: {literal(iri)}}})"


def literal(value: Any) -> str:
    """Return a text, number, truth, date, tuple or dictionary as Cypher writes it; in a dictionary None is left out."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(one)}" for name, one in value.items() if one is not None) + "}"
    return repr(value)


def string(text: str) -> str:
    """Return a string in double quotes on one line.

    An u after a backslash is escaped as well: older servers undo escapes of Unicode before they look at others, and
    a text that spells one of a quotation mark would end its string there.
    """
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in text).replace("\\\\u", "\\\\\\u0075")
    return '"' + _OTHERS.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'
