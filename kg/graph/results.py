"""Answers to SPARQL queries: rows for people and programs, and the W3C's result formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import QueryError, QueryFailedError
from kg.graph.terms import Term
from kg.likeness import nearest
from kg.vocab import XSD, prefixes

Raw = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FORMATS = (*_TABLES, *_GRAPHS)


class Result:
    """What a query returned: `vars` and `rows` of a SELECT, `boolean` of an ASK, `triples` of a CONSTRUCT.

    Rows are read from the store when first asked for. Iterating yields them; the triples of a CONSTRUCT are rows of
    subject, predicate and object.
    """

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self.kind = {ox.QuerySolutions: "rows", ox.QueryBoolean: "boolean"}.get(type(raw), "triples")
        if isinstance(raw, ox.QuerySolutions):
            self.vars = tuple(variable.value for variable in raw.variables)
        else:
            self.vars = () if isinstance(raw, ox.QueryBoolean) else ("subject", "predicate", "object")

    @cached_property
    def boolean(self) -> bool | None:
        """The answer to an ASK; None for other queries."""
        return bool(self._raw) if isinstance(self._raw, ox.QueryBoolean) else None

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted and without repetition."""
        if not isinstance(self._raw, ox.QueryTriples):
            return []
        with _evaluation():
            return sorted(set(self._raw), key=str)

    @cached_property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The rows, one term or None per variable."""
        return list(self.stream())

    def stream(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows without holding them: once, for what was yielded is gone."""
        if isinstance(self._raw, ox.QuerySolutions):
            with _evaluation():
                yield from map(tuple, self._raw)
        else:
            yield from ((t.subject, t.predicate, t.object) for t in self.triples)

    def sort(self, columns: Sequence[str]) -> None:
        """Sort the rows by columns: `["date"]`, or `["-date", "subject"]`, of which the first is the other way round.

        Numbers go by their value, texts by their letters in any case; what has none comes last. Raises QueryError for
        a column that is not there.
        """
        for given in reversed(columns):
            name = given.removeprefix("-")
            if name not in self.vars:
                near = nearest(name, self.vars, 1)
                meant = f"did you mean {near[0]}? " if near else ""
                raise QueryError(f"no column {name[:80]!r} to sort by; {meant}There are {', '.join(self.vars)}")
            at = self.vars.index(name)
            filled = [row for row in self.rows if row[at] is not None and plain(row[at])]
            empty = [row for row in self.rows if row[at] is None or not plain(row[at])]
            filled.sort(key=lambda row: _order(row[at]), reverse=given.startswith("-"))
            self.__dict__["rows"] = filled + empty

    def head(self, count: int) -> bool:
        """Keep the first `count` rows, and say whether there were more; the others need not be read."""
        if "rows" not in self.__dict__:
            self.__dict__["rows"] = list(islice(self.stream(), count + 1))
        more = len(self.rows) > count
        self.__dict__["rows"] = self.rows[:count]
        return more

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.boolean is None else self.boolean

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows as people read them: literals plain, IRIs shortened by the known prefixes."""
        if self.boolean is not None:
            return [(str(self.boolean).lower(),)]
        return [tuple(display(term) for term in row) for row in self.rows]

    def dicts(self) -> list[dict[str, str | None]]:
        """Return the rows as dictionaries of plain strings: values of literals, and IRIs in full."""
        return [dict(zip(self.vars, map(plain, row), strict=True)) for row in self.rows]

    def serialize(self, format: str) -> bytes:
        """Return the answer as csv, tsv, json or xml (SPARQL 1.1 results), or a graph as ttl, nt, rdf or jsonld."""
        if format in _GRAPHS:
            return self._graph(format)
        if format not in _TABLES:
            raise QueryError(f"no result format {format!r}: use one of {', '.join(FORMATS)}")
        with _evaluation():
            if isinstance(self._raw, ox.QuerySolutions) and "rows" not in self.__dict__:
                data = self._raw.serialize(format=_TABLES[format])
            else:
                again = ox.parse_query_results(self._json(), format=ox.QueryResultsFormat.JSON)
                data = again.serialize(format=_TABLES[format])
        return data or b""

    def write(self, file: IO[bytes], format: ox.QueryResultsFormat | ox.RdfFormat) -> None:
        """Write the answer as the store finds it, without holding it: once, and a graph's triples in any order."""
        raw: Any = self._raw
        with _evaluation():
            raw.serialize(file, format=format)

    def _graph(self, format: str) -> bytes:
        if self.kind != "triples":
            raise QueryError(f"{format} needs a CONSTRUCT or DESCRIBE query; use csv, tsv, json or xml for this one")
        if format == "ttl":
            from kg.graph.turtle import Writer

            quads = [ox.Quad(t.subject, t.predicate, t.object) for t in self.triples]
            return "".join(Writer(prefixes(), graphs=False).document(quads)).encode()
        return ox.serialize(self.triples, format=_GRAPHS[format]) or b""

    def _json(self) -> bytes:
        if self.boolean is not None:
            return json.dumps({"head": {}, "boolean": self.boolean}).encode()
        bindings = [
            {name: _term_json(term) for name, term in zip(self.vars, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return json.dumps({"head": {"vars": self.vars}, "results": {"bindings": bindings}}).encode()


def parsed(names: tuple[str, ...], rows: list[tuple[Term | None, ...]]) -> Result:
    """Return rows that were gathered elsewhere as an answer."""
    bindings = [
        {name: _term_json(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    data = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()
    raw = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(raw, ox.QuerySolutions)
    return Result(raw)


def graph_of(triples: Iterable[ox.Triple]) -> Result:
    """Return triples that were gathered elsewhere as the answer to a CONSTRUCT."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    raw = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(raw, ox.QueryTriples)
    return Result(raw)


class _evaluation:  # noqa: N801 - reads as a clause
    """Turns errors during the evaluation of a query into a QueryError of one line."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError | RuntimeError | ValueError):
            raise QueryFailedError(f"the query failed: {' '.join(str(error).split())[:300]}") from error


def plain(term: Term | None) -> str | None:
    """Return the bare text of a term: a literal's value, an IRI in full."""
    if term is None or isinstance(term, ox.Triple):
        return None if term is None else str(term)
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def display(term: Term | None) -> str:
    """Return a term as a cell of a table shows it."""
    if isinstance(term, ox.NamedNode):
        for name, space in prefixes().items():
            if term.value.startswith(space) and len(term.value) > len(space):
                return f"{name}:{term.value.removeprefix(space)}"
    return plain(term) or ""


def _order(term: Term | None) -> tuple[int, float, str]:
    value = plain(term) or ""
    if isinstance(term, ox.Literal) and term.datatype.value.startswith(XSD.iri):
        with suppress(ValueError):
            return 0, float(value), value
    return 1, 0.0, value.casefold()


def _term_json(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term_json(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD.string:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
