"""Quads → Turtle and TriG that a person can read and a diff can compare.

rdflib writes such Turtle 81 times slower than pyoxigraph, and pyoxigraph puts a subject on one line; so the few lines
stand here. Subjects, predicates (types first) and objects are sorted; only the prefixes in use are declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.graph.terms import Term
from kg.vocab import RDF, XSD

# Names that need no escape in Turtle and TriG; the grammar allows more.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


class Writer:
    """Writes sorted quads; `graphs` keeps the graphs apart, as TriG does."""

    def __init__(self, prefixes: dict[str, str], *, graphs: bool) -> None:
        self.prefixes = prefixes
        self.graphs = graphs
        self.used: set[str] = set()
        self.names: dict[str, str] = {}  # one entry per IRI, so that each is matched once

    def document(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        """Yield the pieces of the document: prefixes, then one block per subject."""
        body = list(self._body(quads))
        yield from (f"@prefix {name}: <{self.prefixes[name]}> .\n" for name in sorted(self.used))
        yield from body

    def _body(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        if not self.graphs:
            yield from self._subjects({(_key(q.subject), q.predicate.value, str(q.object)): q for q in quads}, "")
            return
        rows = {(_graph(q), _key(q.subject), q.predicate.value, str(q.object)): q for q in quads}
        for graph, keys in groupby(sorted(rows), key=lambda key: key[0]):
            block = {key[1:]: rows[key] for key in keys}
            if graph:
                yield f"\n{self._term(next(iter(block.values())).graph_name)} {{\n"  # type: ignore[arg-type]
                yield from self._subjects(block, "    ")
                yield "}\n"
            else:
                yield from self._subjects(block, "")

    def _subjects(self, rows: dict[tuple[str, str, str], ox.Quad], indent: str) -> Iterator[str]:
        order = sorted(rows, key=lambda key: (key[0], key[1] != RDF.type.value, key[1], key[2]))
        for count, (_, keys) in enumerate(groupby(order, key=lambda key: key[0])):
            lines = []
            for predicate, same in groupby(keys, key=lambda key: key[1]):
                quads = [rows[key] for key in same]
                subject = quads[0].subject
                verb = "a" if predicate == RDF.type.value else self._term(quads[0].predicate)
                objects = [self._term(quad.object) for quad in quads]
                lines.append(f"{verb} {(' ,' + chr(10) + indent + ' ' * 8).join(objects)}")
            blank = "" if indent and not count else "\n"
            yield f"{blank}{indent}{self._term(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"

    def _term(self, term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self._name(term.value)
        if isinstance(term, ox.Literal) and not term.language and term.datatype != XSD.string:
            plain = term.value
            if term.datatype == XSD.integer and re.fullmatch(r"[+-]?\d+", plain):
                return plain
            return f"{ox.Literal(plain)}^^{self._name(term.datatype.value)}"
        return str(term)

    def _name(self, iri: str) -> str:
        if iri not in self.names:
            self.names[iri] = self._shortened(iri)
        return self.names[iri]

    def _shortened(self, iri: str) -> str:
        for prefix, space in self.prefixes.items():
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return str(ox.NamedNode(iri))


def _key(subject: Term) -> str:
    """Return what subjects are sorted by: an article comes before its parts, whose IRIs begin with its own."""
    return subject.value if isinstance(subject, ox.NamedNode) else str(subject)


def _graph(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
