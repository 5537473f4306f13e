"""Namespaces, IRIs, and the ontology as loaded from `ontologies/kg.ttl`: its relations, classes and their labels."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import SpecError

Labels = dict[str, str]  # language → text
DEFAULT_BASE = "https://w3id.org/newskg/"
ONTOLOGY = "https://w3id.org/newskg/ontology#"


class Namespace:
    """Makes the terms of one vocabulary: `KG.visits` and `KG["visits"]` are its NamedNode."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> ox.NamedNode:
        if name.startswith("__"):  # copy and pickle probe for dunders
            raise AttributeError(name)
        node = self[name]
        self.__dict__[name] = node
        return node

    def __getitem__(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.iri + name)


KG = Namespace(ONTOLOGY)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SCHEMA = Namespace("https://schema.org/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA = Namespace("http://www.w3.org/ns/oa#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SH = Namespace("http://www.w3.org/ns/shacl#")
WD = Namespace("http://www.wikidata.org/entity/")


@cache
def _checked(base: str) -> str:
    try:
        ox.NamedNode(base)
    except ValueError:
        base = ""
    if not re.match(r"https?://[^/]+/(.*[/#])?$", base):
        raise SpecError("KG_BASE_IRI must be an http(s) IRI that ends in / or #, such as https://example.org/news/")
    return base


def base_iri() -> str:
    """Return the IRI under which entities, articles and events are named: $KG_BASE_IRI, or the default."""
    return _checked(os.environ.get("KG_BASE_IRI") or DEFAULT_BASE)


def slug(name: str) -> str:
    """Return the name as it stands in an IRI: `slug("Mevlüt Çavuşoğlu") == "mevlut-cavusoglu"`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", "-", plain.replace("ı", "i")).strip("-")  # the Turkish dotless i has no decomposition
    return words or "x-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def entity_iri(kind: str, name: str, iso: str | None = None) -> str:
    """Return the stable IRI of an entity: a country by its ISO code, others by type and normalised name."""
    key = iso.upper() if kind == "Country" and iso and re.fullmatch(r"[A-Za-z]{2}", iso) else slug(name)
    return f"{base_iri()}entity/{kind.lower()}/{key}"


def article_iri(article_id: str) -> str:
    """Return the IRI of an article, which also names its graph."""
    return f"{base_iri()}article/{quote(article_id.encode('utf-8', 'replace'), safe='-._~')}"


def prefixes() -> dict[str, str]:
    """Return the prefixes that queries may use undeclared and that files are written with."""
    base = base_iri()
    kinds = {"person": "person", "country": "country", "org": "organization", "place": "place"}
    own = {name: f"{base}entity/{kind}/" for name, kind in kinds.items()}
    standard = {
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "xsd": XSD,
        "skos": SKOS,
        "schema": SCHEMA,
        "sem": SEM,
        "oa": OA,
        "dcterms": DCTERMS,
        "prov": PROV,
        "wd": WD,
        "kg": KG,
    }
    return {
        **{name: space.iri for name, space in standard.items()},
        **own,
        "article": f"{base}article/",
        "event": f"{base}event/",
    }


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the ontology; `domain` and `range` are the names of the types of entity that it may join.

    `subjects` and `objects` are the classes by whose names the ontology says so: kg:Actor, say, for three types.
    """

    name: str
    iri: str
    event_class: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    inverse: str | None = None
    labels: Labels = field(default_factory=dict, hash=False)
    comments: Labels = field(default_factory=dict, hash=False)
    event_labels: Labels = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Ontology:
    """The ontology: relations by name, and the labels of every term by its local name.

    `types` are the concrete types of entity below each class that a relation's domain or range names.
    """

    relations: dict[str, Relation]
    labels: dict[str, Labels]
    comments: dict[str, Labels]
    classes: dict[str, Labels]
    types: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_event_class(self) -> dict[str, Relation]:
        """The relations by the name of their class of events."""
        return {relation.event_class: relation for relation in self.relations.values()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the relations are labelled in."""
        return tuple(sorted({language for relation in self.relations.values() for language in relation.labels}))

    def label(self, name: str, language: str = "en") -> str:
        """Return the label of a term in the language, or in English, or its name."""
        labels = self.labels.get(name, {})
        return labels.get(language) or labels.get("en") or name


def ontology_file(name: str) -> Path:
    """Return the path of a file of `ontologies/`, which a wheel holds inside the package and a checkout beside it."""
    package = Path(__file__).parent
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (folder / name).is_file():
            return folder / name
    raise SpecError(f"ontologies/{name} is missing: reinstall newskg")


@cache
def ontology() -> Ontology:
    """Return the ontology of this installation, read once."""
    return read_ontology(ontology_file("kg.ttl"))


def read_ontology(path: Path) -> Ontology:
    """Read an ontology file; a relation is a property with a kg:eventClass."""
    try:
        graph = _Graph(path)
        relations = {r.name: r for r in map(graph.relation, graph.subjects(KG.eventClass))}
        classes = {name for name in map(_local, graph.subjects(RDF.type, OWL.Class)) if name}
        types = {c: graph.types(KG[c]) for r in relations.values() for c in (*r.subjects, *r.objects)}
        labels, comments = graph.texts(RDFS.label), graph.texts(RDFS.comment)
    except (SyntaxError, OSError, LookupError) as error:
        raise SpecError(f"{path}: {error}") from error
    named = {name: labels.get(name, {}) for name in sorted(classes)}
    return Ontology(relations, labels, comments, named, types)


def _local(node: object) -> str:
    iri = node.value if isinstance(node, ox.NamedNode) else ""
    return iri.removeprefix(ONTOLOGY) if iri.startswith(ONTOLOGY) else ""


class _Graph:
    """The triples of the ontology file, with the few look-ups that reading it takes."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.extend(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode | None = None) -> list[ox.NamedNode]:
        found = {q.subject for q in self.store.quads_for_pattern(None, predicate, value)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=lambda node: node.value)

    def values(self, subject: object, predicate: ox.NamedNode) -> list[object]:
        return [q.object for q in self.store.quads_for_pattern(subject, predicate, None)]  # type: ignore[arg-type]

    def texts(self, predicate: ox.NamedNode) -> dict[str, Labels]:
        found: dict[str, Labels] = {}
        for quad in self.store.quads_for_pattern(None, predicate, None):
            if (name := _local(quad.subject)) and isinstance(quad.object, ox.Literal):
                found.setdefault(name, {})[quad.object.language or ""] = quad.object.value
        return {name: dict(sorted(labels.items())) for name, labels in sorted(found.items())}

    def relation(self, node: ox.NamedNode) -> Relation:
        name = _local(node)
        event_class = _local(self.values(node, KG.eventClass)[0])
        ends = [self.classes(self.only(node, p)) for p in (RDFS.domain, RDFS.range)]
        domain, range_ = (frozenset().union(*map(self.types, classes)) for classes in ends)
        subjects, objects = (tuple(sorted(map(_local, classes))) for classes in ends)
        inverses = self.values(node, OWL.inverseOf)
        return Relation(
            name,
            node.value,
            event_class,
            domain,
            range_,
            subjects=subjects,
            objects=objects,
            symmetric=OWL.SymmetricProperty in self.values(node, RDF.type),
            inverse=_local(inverses[0]) if inverses else None,
            labels=self.texts(RDFS.label).get(name, {}),
            comments=self.texts(RDFS.comment).get(name, {}),
            event_labels=self.texts(RDFS.label).get(event_class, {}),
        )

    def only(self, node: ox.NamedNode, predicate: ox.NamedNode) -> object:
        values = self.values(node, predicate)
        if len(values) != 1:
            raise LookupError(f"kg:{_local(node)} needs exactly one {predicate.value}")
        return values[0]

    def classes(self, node: object) -> list[object]:
        """Return the classes of a union, or the one that the node is."""
        if not isinstance(node, ox.BlankNode):
            return [node]
        rest, found = self.values(node, OWL.unionOf)[0], list[object]()
        while rest != RDF.nil:
            found.append(self.values(rest, RDF.first)[0])
            rest = self.values(rest, RDF.rest)[0]
        return found

    def types(self, node: object) -> frozenset[str]:
        """Return the concrete types of entity in a class."""
        below = [q.subject for q in self.store.quads_for_pattern(None, RDFS.subClassOf, node)]  # type: ignore[arg-type]
        if not (below or _local(node)):
            raise LookupError(f"{node} is no class of this ontology")
        return frozenset().union(*map(self.types, below)) if below else frozenset({_local(node)})
