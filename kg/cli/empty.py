"""Why a query has no rows: what it names that the graph does not have, or which of its parameters leaves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.api import Graph

NEAR = 0.6  # how alike a title must be to be suggested
NARROWING = ("actor", "office", "on", "from", "to")


def check(graph: Graph, sparql: str) -> None:
    """Raise QueryError where a query asks for a kg: term that neither the ontology nor the graph has."""
    from kg.graph.words import unknown_terms

    if told := unknown_terms(sparql, graph.query):
        raise QueryError("; ".join(told))


def why(graph: Graph, sparql: str, given: Mapping[str, str]) -> str:
    """Return the line that says why a query, or a named one with its parameters, has no rows."""
    from kg.graph import queries

    if not graph.query("ASK { ?s ?p ?o }"):
        return "No rows: the graph is empty"
    if sparql in queries.names():
        return f"No rows: {_named(graph, sparql, given)}"
    from kg.graph.words import absent

    told = absent(sparql, graph.query)
    return f"No rows: {'; '.join(told) or 'all that the query names is in the graph, but nothing there is as it asks'}"


def _named(graph: Graph, name: str, given: Mapping[str, str]) -> str:
    from kg.graph import queries

    narrowing = {key: value for key, value in given.items() if key in NARROWING}
    told = []
    for key in (key for key in narrowing if key != "actor" or len(narrowing) > 1):
        count = len(graph.query(name, **{one: value for one, value in given.items() if one != key}))
        told += [f"without {key}={given[key]} there {'is' if count == 1 else 'are'} {_rows(count)}"] if count else []
    if (actor := narrowing.get("actor")) and name != "about":
        count = len(graph.query("about", actor=actor))
        told.append(f"'about' has {_rows(count)} for --param actor={actor}" if count else f"nothing is said of {actor}")
    if not told and narrowing:
        count = len(graph.query(name, **{key: value for key, value in given.items() if key not in narrowing}))
        told = [f"without {' and '.join(f'{key}={narrowing[key]}' for key in narrowing)} there are {_rows(count)}"]
    return "; ".join(told) or f"the graph has nothing that tells {queries.load(name).titles['en'].lower()}"


def check_office(graph: Graph, title: str) -> None:
    """Raise QueryError where nobody in a graph holds or held an office of that title."""
    from kg.likeness import likeness, nearest

    rows = graph.query("SELECT DISTINCT ?t { ?x kg:office|kg:heldTitle ?t }").table()
    titles = {row[0].casefold(): row[0] for row in sorted(rows)}
    if title.casefold() not in titles:
        near = [titles[one] for one in nearest(title.casefold(), list(titles), 2) if likeness(title, one) >= NEAR]
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise QueryError(f"nobody here holds or held an office {title[:80]!r}{meant}")


def _rows(count: int) -> str:
    return f"{count} row" + ("" if count == 1 else "s")
