"""Whatever can be asked: a store here, or an endpoint elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph as ox

from kg.graph.queries import Query
from kg.graph.results import Result
from kg.graph.terms import GraphName, Subject, Term


class Readable(Protocol):
    """What answers SPARQL and gives quads by pattern."""

    def query(self, sparql: str | Query) -> Result:
        """Answer a query over the union of all graphs."""

    def quads(
        self,
        subject: Subject | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match; None matches anything."""
