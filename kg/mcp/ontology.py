"""The ontology explained to who does not know it: relations, classes, properties of events, examples of queries."""

from __future__ import annotations

import difflib
from typing import Any

from kg.export.codes import SCHEMES, Code, scheme
from kg.graph import queries
from kg.mcp.reader import RefusedError
from kg.vocab import Relation, ontology, prefixes

Json = dict[str, Any]
# What an event has, in the order in which it is asked for.
OF_EVENTS = (
    *("relation", "subject", "object", "factuality", "office", "place", "source", "confidence", "evidence"),
    *("articleId", "textSha256", "citesAgency", "iso"),
)
# Properties of other vocabularies on our nodes: where, and what of.
OTHERS = {
    "rdfs:label": "actors and places: names as articles have them, by language; use FILTER or expect a row each",
    "skos:prefLabel": "countries and known bodies: the usual name by language",
    "skos:altLabel": "all other names",
    "owl:sameAs": "the same in Wikidata (wd:Q…)",
    "rdf:type": "actors: kg:Person, kg:Country, kg:Organization, kg:Place; events: sem:Event and the relation's class",
    "sem:hasTimeStamp": "events: when, as xsd:date, xsd:gYearMonth or xsd:gYear; compare STR(?date)",
    "prov:wasDerivedFrom": "events: the article, whose IRI is also its named graph",
    "oa:hasSelector/oa:exact": "evidence: the sentence; oa:hasSelector/oa:start and oa:end its offsets",
    "schema:headline": "articles; also schema:url, schema:datePublished, schema:publisher, schema:inLanguage",
}
EXAMPLES = {
    "who visits where, the simple way (a denied statement has no such triple)": (
        "SELECT DISTINCT ?who ?where WHERE { ?who kg:visits ?where } LIMIT 20"
    ),
    "planned meetings with sentence and address": """SELECT ?who ?whom ?date ?sentence ?url WHERE {
  ?event kg:relation kg:meets ; kg:subject ?s ; kg:object ?o ; kg:factuality kg:planned ;
         kg:evidence/oa:hasSelector/oa:exact ?sentence ; prov:wasDerivedFrom ?article .
  ?s rdfs:label ?who . ?o rdfs:label ?whom .
  OPTIONAL { ?event sem:hasTimeStamp ?date } OPTIONAL { ?article schema:url ?url }
} LIMIT 20""",
    "whom a country accuses, most often first": """SELECT ?whom (COUNT(?event) AS ?times) WHERE {
  ?event a kg:Accusation ; kg:subject country:US ; kg:object ?whom ; kg:factuality kg:asserted
} GROUP BY ?whom ORDER BY DESC(?times) LIMIT 20""",
}


def explained(term: str, language: str) -> Json:
    """Return what the ontology tells of a term, or of all where none is named; raises RefusedError if unknown."""
    known = ontology()
    if not term:
        return _all(language)
    name = term.strip().removeprefix("kg:").rpartition("#")[2]
    by_label = {label.casefold(): local for local, labels in known.labels.items() for label in labels.values()}
    name = name if name in known.labels else by_label.get(name.casefold(), name)
    if name not in known.labels:
        near = difflib.get_close_matches(
            name, list({local.casefold(): local for local in (*by_label, *known.labels)}.values()), 3, 0.6
        )
        meant = f"did you mean {' or '.join(near)}?" if near else "without a term, all are listed"
        raise RefusedError(f"the ontology has no term {term[:80]!r}; {meant}")
    told: Json = {"term": f"kg:{name}", "labels": known.labels[name], "comments": known.comments.get(name, {})}
    relation = known.relations.get(name) or known.by_event_class.get(name)
    return told | _relation(relation, language) if relation else told


def _all(language: str) -> Json:
    known = ontology()
    return {
        "how": (
            "Each statement is an event node with its circumstances, in the named graph of its article, and, unless it "
            "is denied, a plain triple beside it (?who kg:visits ?where). Queries see the union of all graphs. The "
            "prefixes below need no declaration."
        ),
        "prefixes": prefixes(),
        "relations": {
            f"kg:{name}": {
                "label": known.label(name, language),
                "class": f"kg:{relation.event_class}",
                "from": sorted(relation.domain),
                "to": sorted(relation.range),
                "symmetric": relation.symmetric,
            }
            for name, relation in sorted(known.relations.items())
        },
        "properties": {f"kg:{name}": _comment(name, language) for name in OF_EVENTS},
        "factualities": {f"kg:{name}": _comment(name, language) for name in ("asserted", "planned", "negated")},
        "other_properties": OTHERS,
        "examples": EXAMPLES,
        "named_queries": queries.names(),
    }


def _relation(relation: Relation, language: str) -> Json:
    codes = {name: scheme(name).code(relation.name) for name in SCHEMES}
    return {
        "property": f"kg:{relation.name}",
        "event_class": f"kg:{relation.event_class}",
        "label": ontology().label(relation.name, language),
        "from": sorted(relation.domain),
        "to": sorted(relation.range),
        "symmetric": relation.symmetric,
        "inverse": f"kg:{relation.inverse}" if relation.inverse else None,
        "event_coders_codes": {name: _code(code) for name, code in codes.items() if code},
        "example": (
            f"SELECT ?who ?whom ?sentence WHERE {{ ?event a kg:{relation.event_class} ; kg:subject ?who ; "
            "kg:object ?whom ; kg:factuality kg:asserted ; kg:evidence/oa:hasSelector/oa:exact ?sentence } LIMIT 20"
        ),
    }


def _code(code: Code) -> str:
    return f"{code.root} (mode {code.below})" if code.root.isalpha() and code.below else f"{code.code} {code.label}"


def _comment(name: str, language: str) -> str:
    told = ontology().comments.get(name, {})
    return told.get(language) or told.get("en", "")
