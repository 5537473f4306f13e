"""The articles of a store: how they come, which are there as they are now, under which ids, and how they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import pyoxigraph as ox

from kg.graph import origins
from kg.graph.changes import Changes, exchange
from kg.graph.derive import derived
from kg.graph.local_names import said
from kg.graph.rdf import article_quads
from kg.graph.store_errors import explaining
from kg.graph.terms import layout_quads, text
from kg.model import Article, Statement
from kg.vocab import KG, SCHEMA, XSD, article_iri

Outcome = Literal["new", "changed", "same"]
FLUSH_EVERY = 512  # articles
BULK_FROM = 16  # articles; fewer are written faster through the log than as files of their own, many three times slower


class Articles(Changes):
    """A graph of articles: each has a graph of its own, under its id."""

    def add(self, article: Article, statements: Iterable[Statement]) -> Outcome:
        """Put an article in the place of its former self, in one transaction; say what that changed."""
        graph = ox.NamedNode(article_iri(article.id))
        new = self._quads_of(article, statements)
        old = set(self.quads(graph=graph))
        if new == said(old):
            return "same"
        self._replace(graph, old, new)
        return "changed" if old else "new"

    def add_all(self, built: Iterable[tuple[Article, list[Statement]]], *, batch: int = 64) -> Iterator[Outcome]:
        """Add many articles, `batch` of new ones to a transaction; yield each outcome when it is written."""
        waiting: dict[ox.NamedNode, set[ox.Quad]] = {}
        unflushed = 0
        for article, statements in built:
            graph = ox.NamedNode(article_iri(article.id))
            if graph in waiting or next(self.quads(graph=graph), None):
                yield from self._write_new(waiting)
                yield self.add(article, statements)
            else:
                waiting[graph] = self._quads_of(article, statements)
            if len(waiting) >= batch:
                unflushed += len(waiting)
                yield from self._write_new(waiting)
                if unflushed >= FLUSH_EVERY and self.path:  # who serves the store meanwhile sees what is flushed
                    self.flush()
                    unflushed = 0
        yield from self._write_new(waiting)

    def remove(self, article_id: str) -> bool:
        """Take an article back, and of the shared graph exactly what it alone supported; say if it was there."""
        graph = ox.NamedNode(article_iri(article_id))
        old = set(self.quads(graph=graph)) or self._elsewhere(article_id)
        if not old:
            return False
        graph_name = next(iter(old)).graph_name
        assert isinstance(graph_name, ox.NamedNode)
        self._replace(graph_name, old, set())
        if self._marks is not None:
            self._marks.remove_graph(graph_name)
        return True

    def knows(self, article: Article) -> bool:
        """Say whether the article is here as it is now: same text, same metadata, by this version of the software."""
        if not self.digest_of(article.id):
            return False
        graph = ox.NamedNode(article_iri(article.id))
        # What the article itself tells, and not how it names those of whom its statements speak as well.
        bare = {quad for quad in article_quads(article, ()) if "#naming-" not in str(quad.subject)}
        there = {quad for subject in {quad.subject for quad in bare} for quad in self.quads(subject, None, None, graph)}
        return bare == {quad for quad in said(there) if quad.predicate != KG.origin}

    def id_for(self, article: Article) -> str:
        """Return the id under which the store has an article that is read, or under which it can come beside others.

        The same file gives the same article, else the same address does, else the same id with the same text; an id
        that another file's article has is made longer by a part of the text's hash.
        """
        return origins.id_for(self, article)

    def found_in(self, article: Article) -> None:
        """Remember the file in which an article that the store knows was found this time."""
        new, old = origins.mark(self, article), origins.of(self, article.id)
        if new and new != old:
            self._guard()
            with explaining(self.path):
                self.marks.update(exchange([old] if old else [], [new]))

    def article_ids(self, name: str) -> list[str]:
        """Return the ids of the articles that a name means: an id, an address, or a file's path; empty for none."""
        if next(self.quads(None, KG.articleId, text(name)), None):
            return [name]
        known = next(self.quads(None, SCHEMA.url, ox.Literal(text(name).value, datatype=XSD.anyURI)), None)
        found = next(self.quads(known.subject, KG.articleId), None) if known else None
        return [_value(found.object)] if found else origins.in_file(self, name)

    def digest_of(self, article_id: str) -> str | None:
        """Return the SHA-256 of the text of an article; None where the store does not have it."""
        graph = ox.NamedNode(article_iri(article_id))
        return next((_value(quad.object) for quad in self.quads(graph, KG.textSha256, None, graph)), None)

    def articles(self) -> dict[str, str]:
        """Return the SHA-256 of the text of each article, by article id."""
        hashes = {q.subject: q.object for q in self.quads(None, KG.textSha256)}
        ids = {q.object: hashes.get(q.subject) for q in self.quads(None, KG.articleId)}
        return {_value(key): _value(value) for key, value in sorted(ids.items(), key=lambda item: str(item[0]))}

    def article_graphs(self) -> list[ox.NamedNode]:
        """Return the graphs of all articles, sorted."""
        found = {quad.graph_name for quad in self.quads(None, KG.articleId)}
        return sorted((graph for graph in found if isinstance(graph, ox.NamedNode)), key=str)

    def _quads_of(self, article: Article, statements: Iterable[Statement]) -> set[ox.Quad]:
        """Return what the article's graph will hold; a store in memory notes the article's file elsewhere."""
        quads, mark = article_quads(article, statements), origins.mark(self, article)
        if self._marks is not None:
            self._marks.remove_graph(ox.NamedNode(article_iri(article.id)))
            self._marks.extend([mark] if mark else [])
        elif mark:
            quads.add(mark)
        return quads

    def _write_new(self, waiting: dict[ox.NamedNode, set[ox.Quad]]) -> Iterator[Outcome]:
        if waiting:
            quads = set().union(*waiting.values())
            count = len(waiting)
            self._extend(
                [*quads, *self._shared_quads(derived(quads)), *layout_quads(self._shared)], bulk=count >= BULK_FROM
            )
            waiting.clear()
            for _ in range(count):
                yield "new"

    def _elsewhere(self, article_id: str) -> set[ox.Quad]:
        """Find an article that was built under another base IRI."""
        found = next(self.quads(None, KG.articleId, text(article_id)), None)
        return set(self.quads(graph=found.graph_name)) if found else set()


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
