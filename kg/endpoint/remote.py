"""An endpoint as something to ask: the part of a store's face that reads, by requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pyoxigraph as ox

from kg.endpoint.client import Client, EndpointError
from kg.graph.queries import Query
from kg.graph.results import Result, graph_of, parsed
from kg.graph.terms import GraphName, Subject, Term
from kg.graph.vet import tokens
from kg.vocab import KG, prefixes

PAGE = 5_000  # rows; fewer than what servers cut answers at (Virtuoso as shipped: 10,000)
ROUND = 100  # what an unnamed limit of a server is a multiple of
SMALL = 1_000  # triples of a graph that no server has cut
Row = tuple[Term | None, ...]


class Remote:
    """What `Store` is for reading, at an endpoint: `query` and `quads`."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._known = False

    def query(self, sparql: str | Query) -> Result:
        """Answer a SPARQL query, or a named one; usual prefixes need no declaration.

        An answer that the server may have cut is asked for to its end, page by page. Raises QueryError where the query
        is refused, and EndpointError where there is no answer.
        """
        self._check()
        text = sparql.narrowed(lambda lookup: self._ask(lookup).rows) if isinstance(sparql, Query) else sparql
        return self._ask(text)

    def _ask(self, text: str) -> Result:
        head, form, body = _split(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._graph(head, form, body)
        result, headers = self.client.ask(head + body)
        if form != "SELECT" or not _may_be_cut(len(result), headers.get("x-sparql-maxrows", "")):
            return result
        if any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(body)):
            raise EndpointError(
                f"{self.client.address.url} may have cut the answer after {len(result)} rows: "
                "ask without FROM, or with LIMIT and OFFSET"
            )
        rows = list(result)
        while True:
            page = self.client.ask(f"{head}SELECT * WHERE {{ {{ {body}\n}} }} LIMIT {PAGE} OFFSET {len(rows)}")[0]
            at = [page.vars.index(name) for name in result.vars] if len(page) else []
            rows += [tuple(row[i] for i in at) for row in page]
            if not len(page):
                return parsed(result.vars, rows)

    def _graph(self, head: str, form: str, body: str) -> Result:
        """Return a graph. Nobody says how many solutions it was made of, so that of a large one that is asked."""
        result = self.client.ask(head + body, graph=True)[0]
        words = {token.text.upper() for token in tokens(body) if token.kind == "word"}
        if form != "CONSTRUCT" or len(result.triples) < SMALL or words & {"LIMIT", "OFFSET", "VALUES"}:
            return result
        if not self.client.ask(f"{head}{body}\nLIMIT 1 OFFSET {PAGE}", graph=True)[0].triples:
            return result
        found, at = set(result.triples), 0
        while page := self.client.ask(f"{head}{body}\nLIMIT {PAGE} OFFSET {at}", graph=True)[0].triples:
            found.update(page)
            at += PAGE
        return graph_of(found)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads of named graphs that match; None matches anything."""
        given = {"s": subject, "p": predicate, "o": object, "g": graph}
        s, p, o, g = (str(term) if term else f"?{name}" for name, term in given.items())
        for row in self.rows(("s", "p", "o", "g"), f"GRAPH {g} {{ {s} {p} {o} }}", given):
            yield ox.Quad(*row)  # type: ignore[arg-type]

    def rows(
        self, names: tuple[str, ...], pattern: str, given: dict[str, Term | GraphName | None] | None = None
    ) -> Iterator[Row]:
        """Yield the values of a pattern's variables, page by page; `given` are those that the pattern has as terms."""
        wanted = [name for name in names if not (given or {}).get(name)]
        if not wanted:
            if self.client.ask(f"ASK {{ {pattern} }}")[0].boolean:
                yield tuple((given or {})[name] for name in names)  # type: ignore[misc]
            return
        order = " ".join(f"?{name}" for name in wanted)
        got = 0
        for _ in count():
            inner = f"SELECT {order} WHERE {{ {pattern} }} ORDER BY {order}"
            result, headers = self.client.ask(f"SELECT {order} WHERE {{ {{ {inner} }} }} LIMIT {PAGE} OFFSET {got}")
            at = {name: result.vars.index(name) for name in wanted} if len(result) else {}
            for row in result:
                yield tuple(row[at[name]] if name in at else (given or {}).get(name) for name in names)  # type: ignore[misc]
            got += len(result)
            if len(result) < PAGE and not _may_be_cut(len(result), headers.get("x-sparql-maxrows", "")):
                return

    def _check(self) -> None:
        """Refuse an endpoint whose queries see none of the named graphs: every answer would be empty."""
        if self._known:
            return
        pattern = f"?article {KG.articleId} ?id"
        if not self.client.ask(f"ASK {{ {pattern} }}")[0] and self.client.ask(f"ASK {{ GRAPH ?g {{ {pattern} }} }}")[0]:
            url = self.client.address.url
            raise EndpointError(
                f"{url}: its default graph is not the union of its graphs, so that queries find nothing: "
                f"for Oxigraph give {url}?union-default-graph, for Fuseki {url}?default-graph-uri=urn:x-arq:UnionGraph"
            )
        self._known = True


def _may_be_cut(rows: int, most: str) -> bool:
    return rows > 0 and (rows % ROUND == 0 or (most.isdecimal() and rows >= int(most)))


def _split(text: str) -> tuple[str, str, str]:
    """Return a query's prologue with the usual prefixes before it, its form, and all from the form on."""
    usual = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "word" and word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return usual + text[: token.start], word, text[token.start :]
    return usual, "", text
