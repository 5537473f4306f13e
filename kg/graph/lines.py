"""Quads ↔ N-Quads text: the lines of articles' graphs and of the shared one, as engines that know no RDF carry them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pyoxigraph as ox

from kg.graph import formats
from kg.graph.terms import shared_graph


def article_lines(quads: Iterable[ox.Quad]) -> str:
    """Return quads as sorted N-Quads, each line with its end; the bytes of a line are those that `kg build` writes."""
    out = BytesIO()
    formats.write_to(quads, out, ox.RdfFormat.N_QUADS)
    return out.getvalue().decode()


def quads_of(lines: str) -> set[ox.Quad]:
    """Return the quads of N-Quads text."""
    return set(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def shared_lines(triples: Iterable[ox.Triple]) -> list[str]:
    """Return triples as lines of the shared graph, without their ends, sorted."""
    graph = shared_graph()
    lines = article_lines(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    return (
        lines.removesuffix("\n").split("\n") if lines else []
    )  # a literal may hold what `splitlines` takes for an end
