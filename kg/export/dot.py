"""Store → Graphviz DOT: actors as nodes, statements as edges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.export.gathered import gather
from kg.export.rows import Node, StatementRow
from kg.graph.store import Store

# What a page may hold and a line of DOT may not: controls other than the blank ones.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENTITY = re.compile(r"&(?=#?\w+;)")  # Graphviz reads &lt; in what it draws as <
_STYLES = {"planned": "dashed", "negated": "dotted"}


def dot(store: Store, language: str) -> Iterator[bytes]:
    """Yield a digraph: nodes by IRI with label, type, iso, wikidata; edges with label, factuality, confidence, date.

    An edge's tooltip is its sentence and its URL the article's. A symmetric relation has no arrow, what is planned is
    dashed, what is denied dotted. What is unknown is left out.
    """
    found = gather(store, language)
    ends = {node.iri: node for row in found.rows for node in (row.subject, row.object)}
    yield b'digraph statements {\n  charset="UTF-8";\n  node [shape=box];\n'
    for node in ends.values():
        yield f"  {quoted(node.iri)} {_attributes(_node(node))};\n".encode()
    for row in found.rows:
        yield f"  {quoted(row.subject.iri)} -> {quoted(row.object.iri)} {_attributes(_edge(row))};\n".encode()
    yield b"}\n"


def quoted(text: str) -> str:
    """Return a double-quoted string of DOT that is drawn as the text is: no backslash of it begins an escape."""
    escaped = _CONTROLS.sub("\ufffd", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"\r\n|[\r\n]", r"\\n", escaped) + '"'


def _drawn(text: str) -> str:
    return _ENTITY.sub("&amp;", text)


def _node(node: Node) -> dict[str, str | None]:
    return {"label": _drawn(node.label), "type": node.type, "iso": node.iso, "wikidata": node.wikidata}


def _edge(row: StatementRow) -> dict[str, str | None]:
    return {
        "label": _drawn(row.relation),
        "factuality": row.factuality,
        "confidence": None if row.confidence is None else str(row.confidence),
        "date": row.date,
        "office": row.office,
        "source": row.source.label if row.source else None,
        "tooltip": _drawn(row.sentence),
        "URL": row.article.url,
        "article": row.article.id,
        "iri": row.iri,
        "dir": "none" if row.symmetric else None,
        "style": _STYLES.get(row.factuality),
    }


def _attributes(values: dict[str, str | None]) -> str:
    return "[" + ", ".join(f"{name}={quoted(value)}" for name, value in values.items() if value is not None) + "]"
