"""What an endpoint says of its own state, in a graph of its own: digests of articles' graphs, who loads, judgements.

The graph is `{base}graph/endpoint`. A digest is written after its graph, so what broke off has none, or an old one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from kg.endpoint.remote import Remote
from kg.graph.terms import lexical
from kg.vocab import KG, base_iri


def state_graph() -> ox.NamedNode:
    """Return the graph of the state."""
    return ox.NamedNode(f"{base_iri()}graph/endpoint")


def digest(quads: Iterable[ox.Quad]) -> str:
    """Return a hash of what a graph holds, but for the file that it was read from, which is this machine's affair."""
    lines = "\n".join(sorted(str(quad.triple) for quad in quads if quad.predicate != KG.origin))
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()[:32]


def mark(graph: ox.NamedNode, value: str) -> ox.Quad:
    """Return the quad that tells a graph's digest."""
    return ox.Quad(graph, KG.graphDigest, ox.Literal(value), state_graph())


def digests(remote: Remote) -> dict[str, str]:
    """Return the digest of every article there by its graph's IRI; "" for what others wrote, which has none."""
    found = {lexical(row[0]): "" for row in remote.rows(("g",), f"GRAPH ?g {{ ?g {KG.articleId} ?id }}")}
    for graph, value in remote.rows(("g", "d"), f"GRAPH {state_graph()} {{ ?g {KG.graphDigest} ?d }}"):
        name = lexical(graph)
        if name in found:  # two digests: a write broke off between them
            found[name] = "" if found[name] else lexical(value)
    return found


def judgements(remote: Remote) -> list[str]:
    """Return the judgements there, as lines."""
    graph = state_graph()
    return sorted(lexical(row[0]) for row in remote.rows(("line",), f"GRAPH {graph} {{ {graph} {KG.judged} ?line }}"))
