"""Queries, by name or in SPARQL, asked of whatever can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import QueryError
from kg.graph import queries, who
from kg.graph.readable import Readable
from kg.graph.results import Result


def answered(store: Readable, sparql: str, parameters: Mapping[str, str]) -> Result:
    """Answer a SPARQL query, or a named one with its parameters; raises QueryError for what cannot be asked."""
    if re.fullmatch(r"[\w-]+", sparql):
        queries.load(sparql, **parameters)  # wrong names of queries and parameters are told first
        return store.query(queries.load(sparql, **who.settled(store, parameters)))
    if parameters:
        raise QueryError("only a named query has parameters; write the values into the SPARQL")
    return store.query(sparql)
