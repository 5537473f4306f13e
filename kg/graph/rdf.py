"""(Article, statements) → the quads of the article's graph. `derive.py` makes the shared triples out of them.

The article's graph is named by the article and holds its metadata, one node per event, the sentences that evidence
it, and how the article names each entity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

import pyoxigraph as ox

from kg import vocab
from kg._version import __version__
from kg.errors import StoreError
from kg.graph import held
from kg.graph.fingerprints import fingerprints
from kg.graph.terms import SCHEMA_TYPES, Subject, Term, in_graph, moment, node, probability, text, timestamp
from kg.model import FACTUALITIES, Article, Entity, Evidence, Software, Statement
from kg.vocab import KG, OA, PROV, RDF, SCHEMA, SEM, WD, XSD

Triples = Iterator[tuple[Subject, ox.NamedNode, Term | None]]


def article_quads(article: Article, statements: Iterable[Statement]) -> set[ox.Quad]:
    """Return everything that the article's graph holds."""
    graph = ox.NamedNode(vocab.article_iri(article.id))
    quads = in_graph(graph, _metadata(graph, article))
    surest: dict[ox.NamedNode, float] = {}  # statements whose ends were linked to the same entities are one event
    for statement in statements:
        quads |= in_graph(graph, _event(graph, statement))
        if statement.confidence is not None:
            event = event_iri(graph, statement)
            surest[event] = max(surest.get(event, statement.confidence), statement.confidence)
    return quads | in_graph(graph, _confidences(surest, article.id))


def event_iri(graph: ox.NamedNode, statement: Statement) -> ox.NamedNode:
    """Return the IRI of an event: a hash of what is stated, and of the article that states it.

    The article's text stays out of the hash, so that a corrected typo elsewhere in the article renames no event; the
    confidence does too, as other weights tell it otherwise.
    """
    subject, object_ = participants(statement)
    said_by = [source.iri for source in statement.attribution]
    stated = [
        graph.value,
        statement.relation,
        subject.iri,
        object_.iri,
        statement.factuality,
        statement.date,
        statement.place.iri if statement.place else None,
        said_by,
        statement.office,
    ]
    digest = hashlib.sha256(json.dumps(stated, ensure_ascii=True).encode()).hexdigest()
    return ox.NamedNode(f"{vocab.base_iri()}event/{digest[:24]}")


def naming_iri(article: str, entity: str) -> ox.NamedNode:
    """Return the node that says how an article names an entity that has this IRI in the article alone."""
    return ox.NamedNode(f"{article}#naming-{hashlib.sha256(entity.encode()).hexdigest()[:16]}")


def participants(statement: Statement) -> tuple[Entity, Entity]:
    """Return subject and object; of a symmetric relation in the order of their IRIs, so that both readings are one."""
    pair = statement.subject, statement.object
    if vocab.ontology().relations[statement.relation].symmetric and (pair[0].iri or "") > (pair[1].iri or ""):
        return pair[1], pair[0]
    return pair


def text_digest(article: Article) -> str:
    """Return the SHA-256 of the article's text, by which it is known; in hexadecimal."""
    return article.sha256 or hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest()


def software(reader: Software) -> ox.NamedNode:
    """Return the agent that a version of a reader is; `derive` tells name and version from its IRI, as from ours."""
    version = quote(reader.version.encode("utf-8", "replace"), safe="").replace("-", "%2D")
    return ox.NamedNode(f"{vocab.base_iri()}software/{vocab.slug(reader.name)}-{version}")


def _metadata(graph: ox.NamedNode, article: Article) -> Triples:
    language = article.language
    yield graph, RDF.type, KG.Article
    yield graph, RDF.type, SCHEMA.NewsArticle
    yield graph, KG.articleId, text(article.id)
    yield graph, KG.textSha256, ox.Literal(text_digest(article))
    for mark in fingerprints(article):
        yield graph, KG.fingerprint, text(mark)
    yield graph, SCHEMA.inLanguage, text(language) if language else None
    yield graph, SCHEMA.headline, text(article.headline, language) if article.headline else None
    yield graph, SCHEMA.datePublished, moment(article.published) if article.published else None
    yield graph, SCHEMA.dateline, text(article.dateline, language) if article.dateline else None
    yield graph, SCHEMA.url, _address(article.url) if article.url else None
    for related in article.related:
        if related.startswith(("http://", "https://")):
            yield graph, SCHEMA.relatedLink, _address(related)
        else:
            yield graph, KG.relatedHeadline, text(related, language)
    for position, name in enumerate(article.authors, 1):
        author = ox.NamedNode(f"{graph.value}#author-{position}")
        yield graph, SCHEMA.author, author
        yield author, RDF.type, SCHEMA.Person
        yield author, SCHEMA.name, text(name)
    for role, medium in ((SCHEMA.publisher, article.publisher), (KG.citesAgency, article.agency)):
        if medium and medium.strip():
            body = Entity(medium, "Organization", iri=vocab.entity_iri("Organization", medium))
            yield graph, role, node(body.iri, medium)
            yield from _naming(graph, body, language)
    # No time stands here: the same input gives the same bytes.
    extraction = ox.NamedNode(f"{graph.value}#extraction")
    yield extraction, RDF.type, PROV.Activity
    yield extraction, PROV.used, graph
    for weights in article.weights:
        yield extraction, PROV.used, ox.NamedNode(f"{vocab.base_iri()}weights/{weights}")
    yield extraction, PROV.wasAssociatedWith, ox.NamedNode(f"{vocab.base_iri()}software/newskg-{__version__}")
    if article.reader:  # who read it, where that was not our own reading
        yield extraction, PROV.wasAssociatedWith, software(article.reader)


def _address(url: str) -> ox.Literal:
    """Return an address as a literal: those in the wild are often no valid IRIs."""
    return ox.Literal(text(url).value, datatype=XSD.anyURI)


def _event(graph: ox.NamedNode, statement: Statement) -> Triples:
    what = f"{statement.doc}: a statement of {statement.relation!r}"
    relation = vocab.ontology().relations.get(statement.relation)
    if relation is None:
        raise StoreError(f"{what} is of no relation in ontologies/kg.ttl")
    if statement.factuality not in FACTUALITIES:
        raise StoreError(f"{what} has the factuality {statement.factuality!r}: it is one of {', '.join(FACTUALITIES)}")
    event = event_iri(graph, statement)
    yield event, RDF.type, KG[relation.event_class]
    yield event, RDF.type, SEM.Event
    yield event, KG.relation, KG[relation.name]
    yield event, KG.factuality, KG[statement.factuality]
    yield event, PROV.wasDerivedFrom, graph
    yield event, PROV.wasGeneratedBy, ox.NamedNode(f"{graph.value}#extraction")
    for role, entity in zip((KG.subject, KG.object), participants(statement), strict=True):
        yield event, role, node(entity.iri, what)
        yield event, SEM.hasPlace if entity.type == "Place" else SEM.hasActor, node(entity.iri, what)
    if statement.place:
        yield event, KG.place, node(statement.place.iri, what)
        yield event, SEM.hasPlace, node(statement.place.iri, what)
    if statement.date:
        yield event, SEM.hasTimeStamp, timestamp(statement.date, what)
    if statement.office:
        yield event, KG.office, text(statement.office, statement.language)
    yield from _attribution(event, statement.attribution, what)
    for evidence in statement.evidence:
        yield from _evidence(graph, event, evidence, statement.language)
    for mentioned in (statement.subject, statement.object, statement.place, *statement.attribution):
        if mentioned:
            yield from _naming(graph, mentioned, statement.language)


def _confidences(surest: dict[ox.NamedNode, float], doc: str) -> Triples:
    for event, confidence in surest.items():
        yield event, KG.confidence, probability(confidence, f"{doc}: a statement")


def _attribution(event: ox.NamedNode, chain: tuple[Entity, ...], what: str) -> Triples:
    for position, entity in enumerate(chain, 1):
        source = node(entity.iri, what)
        yield event, PROV.wasAttributedTo, source
        if position == 1:
            yield event, KG.source, source
        if len(chain) > 1:
            link = ox.NamedNode(f"{event.value}#attribution-{position}")
            yield event, PROV.qualifiedAttribution, link
            yield link, RDF.type, PROV.Attribution
            yield link, PROV.agent, source
            yield link, KG.position, ox.Literal(position)


def _evidence(graph: ox.NamedNode, event: ox.NamedNode, evidence: Evidence, language: str) -> Triples:
    """Name the sentence as RFC 5147 does, by its characters: several events share it."""
    span = f"{evidence.start},{evidence.end}"
    sentence, quote, position = (ox.NamedNode(f"{graph.value}#{kind}={span}") for kind in ("char", "quote", "position"))
    yield event, KG.evidence, sentence
    yield sentence, RDF.type, OA.SpecificResource
    yield sentence, OA.hasSource, graph
    yield sentence, OA.hasSelector, quote
    yield sentence, OA.hasSelector, position
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, text(evidence.sentence, language)
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, ox.Literal(evidence.start)
    yield position, OA.end, ox.Literal(evidence.end)


def _naming(graph: ox.NamedNode, entity: Entity, language: str | None) -> Triples:
    target = node(entity.iri, f"{entity.type} {entity.name!r}")
    if KG[entity.type] not in SCHEMA_TYPES:
        raise StoreError(f"{entity.name!r} is of the type {entity.type!r}, which ontologies/kg.ttl does not have")
    naming = naming_iri(graph.value, target.value)
    yield naming, RDF.type, KG.Naming
    yield naming, KG.naming, target
    yield naming, KG.namedType, KG[entity.type]
    # A person's name belongs to no language; a country, body or place is named in the article's.
    yield naming, KG.mainName, text(entity.name, None if entity.type == "Person" else language)
    for name in entity.names:
        yield naming, KG.name, text(name, language)
    yield naming, KG.namedIso, text(entity.iso) if entity.iso else None
    if entity.wikidata:
        yield naming, KG.namedSameAs, node(WD.iri + entity.wikidata.rpartition("/")[2], entity.name)
    for office in entity.offices:
        yield naming, KG.namedOffice, held.literal(office)
