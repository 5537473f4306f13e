"""Store → typed rows, one per statement: what the tables, the networks and the page are made of."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.graph.store import Store
from kg.vocab import KG, OA, OWL, PROV, RDF, RDFS, SCHEMA, SEM, ontology


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: its best label, and in `names` how the statement's article names it, longest first."""

    iri: str
    label: str
    type: str
    iso: str | None = None
    names: tuple[str, ...] = ()
    wikidata: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the entity as DESIGN.md's statement lines show it."""
        return {"name": self.label, "names": list(self.names), "type": self.type, "iso": self.iso, "iri": self.iri}


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
class Sentence:
    """A sentence of an article with its character offsets."""

    sentence: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """Return the sentence as DESIGN.md's statement lines show it."""
        return {"sentence": self.sentence, "start": self.start, "end": self.end}


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
    evidence: tuple[Sentence, ...] = field(default=(Sentence("", 0, 0),))
    language: str | None = None

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
        """Return the statement line of DESIGN.md, as `kg extract` prints it."""
        first, *rest = self.evidence
        return {
            "doc": self.article.id,
            "relation": self.relation,
            "subject": self.subject.to_json(),
            "object": self.object.to_json(),
            "factuality": self.factuality,
            "date": self.date,
            "place": self.place.to_json() if self.place else None,
            "source": self.source.to_json() if self.source else None,
            "attribution": [node.to_json() for node in self.attribution],
            "office": self.office,
            "evidence": first.to_json(),
            "further_evidence": [sentence.to_json() for sentence in rest],
            "lang": self.language,
        }

    def flat(self) -> dict[str, Any]:
        """Return the statement as the one level that tables and edges have."""
        ends = {f"{role}{suffix}": value for role, node in (("subject", self.subject), ("object", self.object))
                for suffix, value in (("", node.label), ("_type", node.type), ("_iso", node.iso), ("_iri", node.iri))}
        return {
            "relation": self.relation, **ends, "factuality": self.factuality, "date": self.date,
            "place": self.place.label if self.place else None,
            "source": self.source.label if self.source else None,
            "office": self.office, "sentence": self.sentence, "start": self.start, "end": self.end,
            "language": self.language, "article": self.article.id, "headline": self.article.headline,
            "url": self.article.url, "publisher": self.article.publisher, "agency": self.article.agency,
            "published": self.article.published, "iri": self.iri,
        }


def statements(store: Store) -> Iterator[StatementRow]:
    """Yield every statement of the store, by article and place in its text: the same store gives the same order."""
    reader = _Reader(store)
    articles = sorted(reader.events_by_article, key=lambda node: (reader.article(node).id, node.value))
    for article in articles:
        rows = [reader.row(event, article) for event in sorted(reader.events_by_article[article], key=str)]
        yield from sorted(rows, key=lambda r: (r.start, r.end, r.relation, r.subject.label, r.object.label, r.iri))


class _Reader:
    """Reads rows by pattern: a SPARQL join over so many optional parts would multiply them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.entities: dict[str, Node] = {}
        self.articles: dict[str, ArticleRef] = {}
        self.namings: dict[str, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def events_by_article(self) -> dict[ox.NamedNode, list[ox.NamedNode]]:
        found: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for quad in self.store.quads(None, RDF.type, SEM.Event):
            article = self.one(quad.subject, PROV.wasDerivedFrom)
            if isinstance(article, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                found[article].append(quad.subject)
        return found

    def all(self, subject: Any, predicate: ox.NamedNode) -> list[Any]:
        return sorted((q.object for q in self.store.quads(subject, predicate)), key=str)

    def one(self, subject: Any, predicate: ox.NamedNode) -> Any:
        return next(iter(self.all(subject, predicate)), None)

    def value(self, subject: Any, predicate: ox.NamedNode) -> str | None:
        found = self.one(subject, predicate)
        return None if found is None else found.value

    def row(self, event: ox.NamedNode, article: ox.NamedNode) -> StatementRow:
        about: dict[ox.NamedNode, list[Any]] = defaultdict(list)
        for quad in self.store.quads(event):
            about[quad.predicate].append(quad.object)
        first = {predicate: min(values, key=str) for predicate, values in about.items()}
        office, date = first.get(KG.office), first.get(SEM.hasTimeStamp)
        relation = first.get(KG.relation, KG[""])
        ref = self.article(article)
        sentences = sorted(map(self.sentence, about[KG.evidence]), key=lambda s: (s.start, s.end))
        return StatementRow(
            iri=event.value, relation=relation.value.removeprefix(KG.iri), article=ref,
            subject=self.named(first.get(KG.subject), article), object=self.named(first.get(KG.object), article),
            factuality=first.get(KG.factuality, KG.asserted).value.removeprefix(KG.iri),
            date=date.value if date else None, office=office.value if office else None,
            place=self.named(first[KG.place], article) if KG.place in first else None,
            attribution=tuple(self.named(agent, article) for agent in self.chain(first, about)),
            evidence=tuple(sentences) or (Sentence("", 0, 0),), language=ref.language,
        )

    def chain(self, first: dict[ox.NamedNode, Any], about: dict[ox.NamedNode, list[Any]]) -> list[Any]:
        """Return who says so, innermost first."""
        links = [(int(self.value(link, KG.position) or 0), self.one(link, PROV.agent))
                 for link in about[PROV.qualifiedAttribution]]
        return [agent for _, agent in sorted(links, key=lambda link: link[0])] or (
            [first[KG.source]] if KG.source in first else [])

    def sentence(self, evidence: Any) -> Sentence:
        exact, span = "", [0, 0]
        for selector in self.all(evidence, OA.hasSelector):
            exact = self.value(selector, OA.exact) or exact
            for place, edge in enumerate((OA.start, OA.end)):
                span[place] = int(self.value(selector, edge) or span[place])
        return Sentence(exact, span[0], span[1])

    def article(self, node: ox.NamedNode) -> ArticleRef:
        if node.value not in self.articles:
            publisher, agency = self.one(node, SCHEMA.publisher), self.one(node, KG.citesAgency)
            self.articles[node.value] = ArticleRef(
                node.value, self.value(node, KG.articleId) or node.value, self.value(node, SCHEMA.headline),
                self.value(node, SCHEMA.url), self.entity(publisher).label if publisher else None,
                self.entity(agency).label if agency else None, self.value(node, SCHEMA.datePublished),
                self.value(node, SCHEMA.inLanguage))
        return self.articles[node.value]

    def entity(self, node: Any) -> Node:
        """Return an entity with the longest of its labels; of equally long ones the first by alphabet."""
        iri = getattr(node, "value", "")
        if iri not in self.entities:
            labels = [label.value for label in self.all(node, RDFS.label)] if node else []
            types = [t.value.removeprefix(KG.iri) for t in self.all(node, RDF.type) if t.value.startswith(KG.iri)] \
                if node else []
            same = self.value(node, OWL.sameAs) if node else None
            self.entities[iri] = Node(
                iri, min(labels, key=lambda name: (-len(name), name), default=iri.rpartition("/")[2]),
                next(iter(types), "Entity"), self.value(node, KG.iso) if node else None,
                wikidata=same.rpartition("/")[2] if same else None)
        return self.entities[iri]

    def named(self, node: Any, article: ox.NamedNode) -> Node:
        """Return an entity with the names that the article uses for it."""
        found = self.entity(node)
        names = self.names(article).get(found.iri, ())
        return Node(found.iri, found.label, found.type, found.iso, names, found.wikidata)

    def names(self, article: ox.NamedNode) -> dict[str, tuple[str, ...]]:
        if article.value not in self.namings:
            self.namings = {article.value: self._names(article)}  # statements come article by article: one is kept
        return self.namings[article.value]

    def _names(self, article: ox.NamedNode) -> dict[str, tuple[str, ...]]:
        graph = article if any(self.store.inner.quads_for_pattern(None, None, None, article)) else None
        found = {}
        for quad in self.store.quads(None, KG.naming, None, graph):
            if quad.subject.value.startswith(article.value + "#"):  # type: ignore[union-attr]
                names = [name.value for name in self.all(quad.subject, KG.name)]
                found[quad.object.value] = tuple(sorted(dict.fromkeys(names), key=lambda n: (-len(n), n)))  # type: ignore[union-attr]
        return found
