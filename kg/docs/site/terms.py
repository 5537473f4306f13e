"""The ontology's page in a language: every term of `ontologies/kg.ttl` with its labels, comment and ties."""

from __future__ import annotations

from collections import defaultdict

import kg
from kg.labels import LANGUAGES
from kg.vocab import ONTOLOGY, ontology, ontology_file, prefixes

# Every tie of a term to another; the members of a union, as of two classes that a property joins, one by one.
TIES = """SELECT ?term ?tie ?other WHERE {
  ?term rdfs:label ?label .
  { VALUES ?tie { rdf:type rdfs:subClassOf rdfs:subPropertyOf owl:inverseOf kg:eventClass } ?term ?tie ?other }
  UNION { VALUES ?tie { rdfs:domain rdfs:range } ?term ?tie ?other }
  UNION { VALUES ?tie { rdfs:domain rdfs:range } ?term ?tie ?union . ?union owl:unionOf/rdf:rest*/rdf:first ?other }
  FILTER (ISIRI(?other))
} ORDER BY ?term ?tie ?other"""
TOLD = ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf", "kg:eventClass")
Ties = dict[str, dict[str, list[str]]]


def ties() -> Ties:
    """Return, of each term by local name, what it is tied to by what, as prefixed names."""
    graph, found = kg.Graph.load(ontology_file("kg.ttl")), defaultdict[str, dict[str, list[str]]](dict)
    for row in graph.query(TIES).dicts():
        term = str(row["term"])
        if term.startswith(ONTOLOGY):
            told = found[term.removeprefix(ONTOLOGY)].setdefault(short(str(row["tie"])), [])
            if (other := short(str(row["other"]))) not in told:
                told.append(other)
    return dict(found)


def short(iri: str) -> str:
    """Return an IRI as a prefixed name, if one of the usual prefixes fits."""
    fits = [(space, name) for name, space in prefixes().items() if iri.startswith(space)]
    return f"{max(fits)[1]}:{iri.removeprefix(max(fits)[0])}" if fits else iri


def page(language: str, words: dict[str, str]) -> str:
    """Return the page of the ontology in a language."""
    known, told = ontology(), ties()
    classes = [name for name in told if "owl:Class" in told[name].get("rdf:type", ())]
    events = [name for name in classes if name in known.by_event_class]
    relations = [name for name in told if name in known.relations]
    properties = [name for name in told if name not in relations and _is_property(told[name])]
    rest = sorted(set(told) - {*classes, *relations, *properties})
    groups = {
        "relations": relations,
        "event_classes": events,
        "classes": [name for name in classes if name not in events],
        "properties": properties,
        "individuals": rest,
    }
    parts = [f"# {words['ontology']}", words["ontology_about"], f"`{ONTOLOGY}`"]
    for group, names in groups.items():
        parts.append(f"## {words[group]} {{ #{group} }}")
        for name in names:
            parts += _term(name, told[name], language, words)
    return "\n\n".join(parts) + "\n"


def _is_property(told: dict[str, list[str]]) -> bool:
    return any(kind.startswith("owl:") and kind.endswith("Property") for kind in told.get("rdf:type", ()))


def _term(name: str, told: dict[str, list[str]], language: str, words: dict[str, str]) -> list[str]:
    known = ontology()
    labels = known.labels[name]
    others = [f"{code}: {labels[code]}" for code in LANGUAGES if code != language and code in labels]
    rows = [f"| {words[tie]} | {', '.join(map(_linked, told[tie]))} |" for tie in TOLD if tie in told]
    rows += [f"| {words['symmetric']} | ✓ |"] if "owl:SymmetricProperty" in told.get("rdf:type", ()) else []
    parts = [
        f"### {known.label(name, language)} {{ #{name} }}",
        " · ".join([f"`kg:{name}`", *others]),
        known.comments.get(name, {}).get(language, ""),
        "\n".join(["| | |", "|---|---|", *rows]) if rows else "",
    ]
    return [part for part in parts if part]


def _linked(name: str) -> str:
    local = name.removeprefix("kg:")
    return f"[`{name}`](#{local})" if name != local and local in ontology().labels else f"`{name}`"
