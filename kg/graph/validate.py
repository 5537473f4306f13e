"""Store → SHACL report: whether the graph satisfies `ontologies/shapes.ttl`, and its parts agree with each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import formats
from kg.graph.check_quotes import Finding, lexical, misplaced, misquoted
from kg.graph.rdflib_copy import to_graph
from kg.graph.store import Store
from kg.model import Article
from kg.vocab import KG, RDFS, ontology, ontology_file

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: where, along which property, with which value, and what should be."""

    focus: str
    path: str
    value: str
    message: str
    severity: str = "Violation"


@dataclass(frozen=True)
class Report:
    """Whether the graph conforms, the violations as rows, and the W3C report as an rdflib graph.

    `compared` is how many articles of the graph were compared with their texts.
    """

    conforms: bool
    rows: list[Violation]
    graph: rdflib.Graph
    compared: int = 0

    def turtle(self) -> bytes:
        """Return the W3C report as Turtle."""
        return self.graph.serialize(format="turtle", encoding="utf-8")


def validate(store: Store, *, language: str = "en", articles: Iterable[Article] = ()) -> Report:
    """Validate the union of the store's graphs; messages come in the language, or in English.

    Of the `articles`, those that the graph has are compared with it: the text, and each sentence at its offsets.
    """
    import pyshacl
    import rdflib

    data = _flat(store)
    shapes = to_graph(formats.read(ontology_file("shapes.ttl")))
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    assert isinstance(results, rdflib.Graph)
    for found in (*disagreements(store), *misquoted(store)):
        _report(results, found)
    compared = 0
    for article in articles:
        wrong = misplaced(store, article)
        compared += wrong is not None
        for found in wrong or ():
            _report(results, found)
    rows = sorted(_rows(results, language))
    return Report(not rows, rows, results, compared)


def _flat(store: Store) -> rdflib.Graph:
    """Return the union as one rdflib graph, with the ontology's classes, which `sh:class` follows upwards."""
    graph = to_graph(store)
    classes = (quad for quad in formats.read(ontology_file("kg.ttl")) if quad.predicate == RDFS.subClassOf)
    for triple in to_graph(classes):
        graph.add(triple)
    return graph


def disagreements(store: Store) -> list[Finding]:
    """Return the plain triples that no asserted or planned event stands behind, and those that are missing."""
    plain: set[tuple[str, str, str]] = set()
    told: set[tuple[str, str, str]] = set()
    for name, relation in ontology().relations.items():
        iri = KG[name].value
        plain |= {(lexical(q.subject), iri, lexical(q.object)) for q in store.quads(None, KG[name])}
        rows = store.query(
            f"SELECT ?s ?o {{ ?e kg:relation kg:{name} ; kg:subject ?s ; kg:object ?o ; kg:factuality ?f"
            " FILTER(?f != kg:negated) }"
        ).rows
        pairs = {(lexical(s), lexical(o)) for s, o in rows}
        pairs |= {(o, s) for s, o in pairs} if relation.symmetric else set()
        told |= {(s, iri, o) for s, o in pairs}
    bare = {
        "en": "a plain triple needs an asserted or planned event",
        "id": "tripel sederhana memerlukan peristiwa yang dinyatakan atau direncanakan",
    }
    missing = {
        "en": "the plain triple of an asserted or planned event is missing",
        "id": "tripel sederhana dari peristiwa yang dinyatakan atau direncanakan tidak ada",
    }
    wrong = [(*triple, bare) for triple in sorted(plain - told)]
    return wrong + [(*triple, missing) for triple in sorted(told - plain)]


def _report(results: rdflib.Graph, found: Finding) -> None:
    """Add a violation to a W3C report."""
    import rdflib
    from rdflib import RDF, SH, Literal, URIRef

    focus, path, value, problem = found
    shown = URIRef(value) if path.startswith(KG.iri) else Literal(value)
    result = rdflib.BNode()
    report = next(iter(results.subjects(RDF.type, SH.ValidationReport)), rdflib.BNode())
    results.set((report, SH.conforms, Literal(False)))
    results.add((report, SH.result, result))
    for predicate, term in (
        (RDF.type, SH.ValidationResult),
        (SH.focusNode, URIRef(focus)),
        (SH.resultPath, URIRef(path)),
        (SH.value, shown),
        (SH.resultSeverity, SH.Violation),
        (SH.sourceConstraintComponent, SH.ConstraintComponent),
        *((SH.resultMessage, Literal(text, lang=tag)) for tag, text in problem.items()),
    ):
        results.add((result, predicate, term))


def _rows(results: rdflib.Graph, language: str) -> set[Violation]:
    from rdflib import SH

    def text(node: Any, predicate: Any) -> str:
        found = results.value(node, predicate)
        return "" if found is None else str(found)

    rows = set()
    for node in results.objects(None, SH.result):  # and not the details below them
        messages = {getattr(m, "language", None) or "": str(m) for m in results.objects(node, SH.resultMessage)}
        message = messages.get(language) or messages.get("en") or next(iter(sorted(messages.values())), "")
        severity = text(node, SH.resultSeverity).rpartition("#")[2]
        path = results.value(node, SH.resultPath)
        shown = str(path) if path is not None and not _is_blank(path) else "/".join(_sequence(results, path))
        rows.add(Violation(text(node, SH.focusNode), shown, text(node, SH.value), message, severity or "Violation"))
    return rows


def _is_blank(node: Any) -> bool:
    import rdflib

    return isinstance(node, rdflib.BNode)


def _sequence(results: rdflib.Graph, path: Any) -> list[str]:
    return [] if path is None else [str(step) for step in results.items(path)]
