"""Offices that the base of actors knows: one literal in an article's naming → a node of the shared graph.

The literal holds the whole office, so that what an article's graph yields depends on nothing but that graph; the node's
IRI is its holder's with a hash of it.
"""

from __future__ import annotations

import hashlib
import json

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.terms import Term, text, timestamp
from kg.model import Held
from kg.vocab import KG, RDF

_DIGITS = 16  # of the hash, in hexadecimal: an actor has some ten offices
_MARK = "#office-"


def literal(office: Held) -> ox.Literal:
    """Return the office as it stands in the graph of an article that names its holder."""
    cells = [office.title, office.body, office.body_names, office.since, office.until, office.seen]
    return ox.Literal(json.dumps(cells, ensure_ascii=False))


def triples(holder: ox.NamedNode, office: object) -> set[ox.Triple]:
    """Return the shared triples of an office; none where the literal, edited by hand, is none of ours."""
    value = office.value if isinstance(office, ox.Literal) else ""
    try:
        title, body, names, since, until, seen = json.loads(value)
        node = ox.NamedNode(f"{holder.value}{_MARK}{hashlib.sha256(value.encode()).hexdigest()[:_DIGITS]}")
        found: list[tuple[ox.NamedNode, Term]] = [(RDF.type, KG.HeldOffice), (KG.heldAt, ox.NamedNode(body))]
        found += [(KG.heldTitle, text(word, language)) for language, word in title]
        found += [(KG.heldAtName, text(word, language)) for language, word in names]
        dates = ((KG.heldFrom, since), (KG.heldUntil, until), (KG.heldSeen, seen))
        found += [(name, timestamp(date, "an office of the base")) for name, date in dates if date]
    except (ValueError, TypeError, StoreError):
        return set()
    return {ox.Triple(holder, KG.held, node)} | {ox.Triple(node, name, term) for name, term in found}


def is_held(triple: ox.Triple) -> bool:
    """Say whether a shared triple is of an office of the base."""
    return triple.predicate == KG.held or _MARK in str(triple.subject)


def support(triple: ox.Triple) -> str:
    """Return the pattern of a naming that yields the triple."""
    node = triple.object if triple.predicate == KG.held else triple.subject
    iri = node.value if isinstance(node, ox.NamedNode) else ""
    holder, _, digest = iri.partition(_MARK)
    return (
        f"?n {KG.naming} {ox.NamedNode(holder)} ; {KG.namedOffice} ?office"
        f" FILTER(STRSTARTS(SHA256(STR(?office)), {ox.Literal(digest)}))"
    )
