"""The words of a query that nothing in a graph can match: terms that the ontology does not have, names that nobody has.

A misspelt term is no error to SPARQL: it matches nothing, and the answer is empty. For people that is worth a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph.results import display
from kg.graph.terms import is_iri
from kg.graph.vet import Token, tokens
from kg.likeness import likeness, nearest
from kg.vocab import ONTOLOGY, RDFS, SKOS, ontology, prefixes

Ask = Callable[[str], Any]  # a query → its Result
NEAR = 0.6  # how alike a word must be to be suggested
LISTED = 20_000  # names of a graph among which the nearest are looked for
_STRING = re.compile(r"(\"(?:[^\"\\]|\\.)+\"|'(?:[^'\\]|\\.)+')(@[A-Za-z-]+)?")


def unknown_terms(sparql: str, ask: Ask) -> list[str]:
    """Return a line for each kg: term that a query asks for and that neither ontology nor graph has."""
    told = []
    for curie, iri in _asked(sparql):
        name = iri.removeprefix(ONTOLOGY)
        if iri.startswith(ONTOLOGY) and name not in ontology().labels and not _is_there(iri, ask):
            # Properties begin with a small letter, classes with a capital.
            alike = [one for one in ontology().labels if one[:1].isupper() == name[:1].isupper()]
            near = sorted(nearest(name, alike, 5), key=lambda one: -likeness(name, one))
            meant = f"did you mean kg:{near[0]}?" if near and likeness(name, near[0]) >= NEAR else _listed()
            told.append(f"the ontology has no {curie}; {meant}")
    return told


def absent(sparql: str, ask: Ask) -> list[str]:
    """Return a line for each IRI and name of a query that the graph does not have, with the nearest that it has."""
    told = []
    for curie, iri in _asked(sparql):
        if iri.startswith(ONTOLOGY) and iri.removeprefix(ONTOLOGY) in (inverses := _inverses()):
            told.append(f"{curie} is never written: ask for ^kg:{inverses[iri.removeprefix(ONTOLOGY)]}")
        elif not _is_there(iri, ask):
            told.append(f"nothing here is {curie}{_nearest_iri(iri, ask)}")
    for text, tag in _strings(sparql):
        told += _name(text, tag, ask)
    return told


def _asked(sparql: str) -> Iterator[tuple[str, str]]:
    """Yield each IRI that a query asks for, as written and in full: not those of what a CONSTRUCT makes."""
    declared, seen = dict(prefixes()), set()
    found = [token for token in tokens(sparql) if not token.text.startswith("#")]
    depth, template = 0, False
    for at, token in enumerate(found):
        before = found[at - 1].text.upper() if at else ""
        if before == "PREFIX" and token.kind == "name":
            declared[token.text[:-1]] = found[at + 1].text[1:-1] if at + 1 < len(found) else ""
            continue
        template = template or (before == "CONSTRUCT" and token.text == "{")
        depth += (token.kind == "open") - (token.kind == "close")
        if template:
            template = depth > 0
            continue
        iri = _full(token, declared, first=before in ("BASE", "FROM", "NAMED") or before.endswith(":"))
        if iri and iri not in seen:
            seen.add(iri)
            yield token.text.rstrip("."), iri


def _full(token: Token, declared: dict[str, str], *, first: bool) -> str:
    """Return the IRI that a token stands for; nothing for those that declare a prefix, a base or a graph."""
    if token.kind == "name":
        prefix, _, local = token.text.rstrip(".").partition(":")
        iri = declared.get(prefix, "") + local.replace("\\", "") if prefix in declared else ""
        return "" if iri.startswith("http://www.w3.org/2001/XMLSchema#") or not is_iri(iri) else iri
    return token.text[1:-1] if token.kind == "iri" and not first and is_iri(token.text[1:-1]) else ""


def _strings(sparql: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a query writes as objects, with their language; not what stands in a function's brackets."""
    plain = re.sub(r"\b(?:FILTER|BIND)\b", "\0", sparql, flags=re.IGNORECASE)
    for found in _STRING.finditer(plain):
        before = plain[: found.start()]
        if before.count("(") <= before.count(")"):
            yield found[1][1:-1], found[2] or ""


def _name(text: str, tag: str, ask: Ask) -> list[str]:
    plain = ox.Literal(text)
    literal = f"{plain}{tag}"
    if ask(f"ASK {{ ?x ?p {literal} }}").boolean:
        return []
    forms = ask(f"SELECT DISTINCT ?n {{ ?x {_names()} ?n FILTER (STR(?n) = {plain}) }}").rows
    if forms:
        return [f"names have a language: write {' or '.join(sorted(str(row[0]) for row in forms))} for {literal}"]
    known = {row[0].value for row in ask(f"SELECT DISTINCT ?n {{ ?x {_names()} ?n }} LIMIT {LISTED}").rows}
    near = [name for name in nearest(text, sorted(known), 1) if likeness(text, name) >= NEAR]
    return [f"nothing here is called {literal}" + (f"; did you mean {near[0]}?" if near else "")]


def _names() -> str:
    return f"{RDFS.label}|{SKOS.prefLabel}|{SKOS.altLabel}"


def _is_there(iri: str, ask: Ask) -> bool:
    node = ox.NamedNode(iri)
    patterns = (f"{node} ?p ?o", f"?s {node} ?o", f"?s ?p {node}", f"GRAPH {node} {{ ?s ?p ?o }}")
    return any(ask(f"ASK {{ {pattern} }}").boolean for pattern in patterns)


def _nearest_iri(iri: str, ask: Ask) -> str:
    """Return the IRI of the same namespace that is spelt most like one, as a question; nothing where none is near."""
    space = max((one for one in prefixes().values() if iri.startswith(one)), key=len, default="")
    if not space:
        return ""
    position = "?x ?p ?o" if space.startswith(prefixes()["person"].rpartition("person/")[0]) else "?s ?x ?o"
    rows = ask(f"SELECT DISTINCT ?x {{ {position} FILTER (STRSTARTS(STR(?x), {ox.Literal(space)})) }} LIMIT {LISTED}")
    names = {row[0].value.removeprefix(space): row[0] for row in rows.rows}
    wanted = iri.removeprefix(space)
    near = [name for name in nearest(wanted, sorted(names), 1) if likeness(wanted, name) >= NEAR]
    return f"; did you mean {display(names[near[0]])}?" if near else ""


def _inverses() -> dict[str, str]:
    return {one.inverse: name for name, one in ontology().relations.items() if one.inverse and one.inverse != name}


def _listed() -> str:
    return f"its relations are {', '.join(ontology().relations)}, the rest stands in ontologies/kg.ttl"
