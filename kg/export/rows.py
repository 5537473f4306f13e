"""Store → typed rows, one per statement: what the tables, the networks and the page are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg import labels
from kg.graph.confident import probability
from kg.graph.results import plain
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.model import Evidence, statement_line
from kg.vocab import KG, OA, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, ontology


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: `label` is the same wherever it occurs; `name` and `names` (longest first) are the article's own."""

    iri: str
    label: str
    type: str
    iso: str | None = None
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    name: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the entity as a statement line shows it."""
        return {
            "name": self.name or self.label,
            "names": list(self.names),
            "type": self.type,
            "iso": self.iso,
            "iri": self.iri,
        }


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """The article that a statement was read from."""

    iri: str
    id: str
    headline: str | None = None
    url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of one article. `evidence` holds its sentences in the order of the text, at least one."""

    iri: str
    relation: str
    subject: Node
    object: Node
    factuality: str
    article: ArticleRef
    date: str | None = None
    place: Node | None = None
    attribution: tuple[Node, ...] = ()
    office: str | None = None
    evidence: tuple[Evidence, ...] = field(default=(Evidence("", 0, 0),))
    language: str | None = None
    confidence: float | None = None

    @property
    def source(self) -> Node | None:
        """The innermost named source."""
        return self.attribution[0] if self.attribution else None

    @property
    def sentence(self) -> str:
        """The first sentence that states it."""
        return self.evidence[0].sentence

    @property
    def start(self) -> int:
        """Where the first sentence begins."""
        return self.evidence[0].start

    @property
    def end(self) -> int:
        """Where the first sentence ends."""
        return self.evidence[0].end

    @property
    def symmetric(self) -> bool:
        """Whether subject and object may change places."""
        relation = ontology().relations.get(self.relation)
        return relation is not None and relation.symmetric

    def to_json(self) -> dict[str, Any]:
        """Return the statement line of kg/docs/design.md, as `kg extract` prints it."""
        return statement_line(self, self.article.id)

    def flat(self) -> dict[str, Any]:
        """Return the statement as the one level that tables and edges have."""
        ends = {
            f"{role}{suffix}": value
            for role, node in (("subject", self.subject), ("object", self.object))
            for suffix, value in (("", node.label), ("_type", node.type), ("_iso", node.iso), ("_iri", node.iri))
        }
        return {
            "relation": self.relation,
            **ends,
            "factuality": self.factuality,
            "date": self.date,
            "place": self.place.label if self.place else None,
            "source": self.source.label if self.source else None,
            "office": self.office,
            "confidence": self.confidence,
            "sentence": self.sentence,
            "start": self.start,
            "end": self.end,
            "language": self.language,
            "article": self.article.id,
            "headline": self.article.headline,
            "url": self.article.url,
            "publisher": self.article.publisher,
            "agency": self.article.agency,
            "published": self.article.published,
            "iri": self.iri,
        }


def statements(store: Store, *, language: str = "en") -> Iterator[StatementRow]:
    """Yield every statement of the store, by article and place in its text: the same store gives the same order.

    Entities are labelled in the language where they have such a label.
    """
    reader = _Reader(store, language)
    articles = sorted(reader.events_by_article, key=lambda node: (reader.article(node).id, node.value))
    for article in articles:
        rows = [reader.row(event, article) for event in sorted(reader.events_by_article[article], key=str)]
        yield from sorted(rows, key=lambda r: (r.start, r.end, r.relation, r.subject.label, r.object.label, r.iri))


def statements_of(store: Store, events: Iterable[str], *, language: str = "en") -> Iterator[StatementRow]:
    """Yield the statements of the events with these IRIs, in their order."""
    reader = _Reader(store, language)
    for iri in events:
        event = ox.NamedNode(iri)
        article = reader.one(event, PROV.wasDerivedFrom)
        if isinstance(article, ox.NamedNode):
            yield reader.row(event, article)


def nodes_of(store: Store, iris: Iterable[str], *, language: str = "en") -> dict[str, Node]:
    """Return the entities with these IRIs."""
    reader = _Reader(store, language)
    return {iri: reader.entity(ox.NamedNode(iri)) for iri in iris}


class _Reader:
    """Reads rows by pattern: a SPARQL join over so many optional parts would multiply them.

    Graphs of others, and edited ones, lack things or have others in their places: what cannot be read is left out.
    """

    def __init__(self, store: Store, language: str) -> None:
        self.store = store
        self.language = language
        self.entities: dict[str, Node] = {}
        self.articles: dict[str, ArticleRef] = {}
        self.namings: dict[str, dict[str, tuple[str | None, tuple[str, ...]]]] = {}

    @cached_property
    def events_by_article(self) -> dict[ox.NamedNode, list[ox.NamedNode]]:
        found: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for quad in self.store.quads(None, RDF.type, SEM.Event):
            article = self.one(quad.subject, PROV.wasDerivedFrom)
            if isinstance(article, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                found[article].append(quad.subject)
        return found

    def all(self, subject: Term | None, predicate: ox.NamedNode) -> list[Term]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        return sorted((quad.object for quad in self.store.quads(subject, predicate)), key=str)

    def one(self, subject: Term | None, predicate: ox.NamedNode) -> Term | None:
        return next(iter(self.all(subject, predicate)), None)

    def value(self, subject: Term | None, predicate: ox.NamedNode) -> str | None:
        return plain(self.one(subject, predicate))

    def number(self, subject: Term | None, predicate: ox.NamedNode) -> int:
        value = self.value(subject, predicate) or ""
        return int(value) if value.isdecimal() else 0

    def row(self, event: ox.NamedNode, article: ox.NamedNode) -> StatementRow:
        about: dict[ox.NamedNode, list[Term]] = defaultdict(list)
        for quad in self.store.quads(event):
            about[quad.predicate].append(quad.object)
        first = {predicate: min(values, key=str) for predicate, values in about.items()}
        ref = self.article(article)
        sentences = sorted(map(self.sentence, about[KG.evidence]), key=lambda s: (s.start, s.end))
        return StatementRow(
            iri=event.value,
            relation=_local(first.get(KG.relation)) or "unknown",
            article=ref,
            subject=self.named(first.get(KG.subject), article),
            object=self.named(first.get(KG.object), article),
            factuality=_local(first.get(KG.factuality)) or "asserted",
            date=plain(first.get(SEM.hasTimeStamp)),
            office=plain(first.get(KG.office)),
            place=self.named(first[KG.place], article) if KG.place in first else None,
            attribution=tuple(self.named(agent, article) for agent in self.chain(first, about)),
            evidence=tuple(sentences) or (Evidence("", 0, 0),),
            language=ref.language,
            confidence=probability(plain(first.get(KG.confidence))),
        )

    def chain(self, first: dict[ox.NamedNode, Term], about: dict[ox.NamedNode, list[Term]]) -> list[Term]:
        """Return who says so, innermost first."""
        links = sorted(about[PROV.qualifiedAttribution], key=lambda link: self.number(link, KG.position))
        agents = [agent for link in links if (agent := self.one(link, PROV.agent))]
        return agents or ([first[KG.source]] if KG.source in first else [])

    def sentence(self, evidence: Term) -> Evidence:
        selectors = self.all(evidence, OA.hasSelector)
        exact = next((text for s in selectors if (text := self.value(s, OA.exact))), "")
        start, end = (max((self.number(s, edge) for s in selectors), default=0) for edge in (OA.start, OA.end))
        return Evidence(exact, start, end)

    def article(self, node: ox.NamedNode) -> ArticleRef:
        if node.value not in self.articles:
            publisher, agency = self.one(node, SCHEMA.publisher), self.one(node, KG.citesAgency)
            self.articles[node.value] = ArticleRef(
                node.value,
                self.value(node, KG.articleId) or node.value,
                self.value(node, SCHEMA.headline),
                self.value(node, SCHEMA.url),
                self.entity(publisher).label if publisher else None,
                self.entity(agency).label if agency else None,
                self.value(node, SCHEMA.datePublished),
                self.value(node, SCHEMA.inLanguage),
            )
        return self.articles[node.value]

    def entity(self, node: Term | None) -> Node:
        """Return an entity with the label that `kg.labels` picks in the language."""
        iri = plain(node) or ""
        if iri not in self.entities:
            label = labels.pick([self.names_of(node, kind) for kind in (RDFS.label, SKOS.prefLabel)], self.language)
            same = self.value(node, OWL.sameAs)
            self.entities[iri] = Node(
                iri,
                label or iri.rpartition("/")[2],
                next(filter(None, map(_local, self.all(node, RDF.type))), "Entity"),
                self.value(node, KG.iso),
                wikidata=same.rpartition("/")[2] if same else None,
            )
        return self.entities[iri]

    def names_of(self, node: Term | None, kind: ox.NamedNode) -> list[labels.Name]:
        """Return the names of one kind with their languages."""
        found = self.all(node, kind)
        return [((term.language or "") if isinstance(term, ox.Literal) else "", plain(term) or "") for term in found]

    def named(self, node: Term | None, article: ox.NamedNode) -> Node:
        """Return an entity with the names that the article uses for it."""
        found = self.entity(node)
        name, names = self.names(article).get(found.iri, (None, ()))
        return replace(found, name=name, names=names)

    def names(self, article: ox.NamedNode) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        if article.value not in self.namings:
            self.namings = {article.value: self._names(article)}  # statements come article by article: one is kept
        return self.namings[article.value]

    def _names(self, article: ox.NamedNode) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        inner = self.store.inner
        graph = article if any(True for _ in inner.quads_for_pattern(None, None, None, article)) else None
        found = {}
        for quad in self.store.quads(None, KG.naming, None, graph):
            if (plain(quad.subject) or "").startswith(article.value + "#"):
                names = {plain(name) or "" for name in self.all(quad.subject, KG.name)}
                ordered = tuple(sorted(names, key=lambda name: (-len(name), name)))
                found[plain(quad.object) or ""] = self.value(quad.subject, KG.mainName), ordered
        return found


def _local(term: Term | None) -> str:
    """Return the name of a term of the ontology, or nothing."""
    iri = plain(term) or ""
    return iri.removeprefix(KG.iri) if iri.startswith(KG.iri) else ""
