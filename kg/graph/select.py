"""Which statements fit what is asked: ends, relation, days, factuality, confidence, words; and which article."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import who
from kg.graph.confident import fits
from kg.graph.results import plain
from kg.graph.store import Store
from kg.model import FACTUALITIES
from kg.vocab import KG, OA, PROV, SCHEMA, SEM, article_iri, ontology

_OPTIONAL = f"""OPTIONAL {{ ?article {SCHEMA.datePublished} ?told }} OPTIONAL {{ ?e {SEM.hasTimeStamp} ?date }}
  OPTIONAL {{ ?e {KG.confidence} ?sure }}"""


def statements(store: Store, asked: Mapping[str, str]) -> tuple[list[str], int]:
    """Return the IRIs of the events that fit, the newest first, and how many were left out for want of a confidence.

    `asked` may have actor and partner (a name, code or IRI), role (subject or object, of the actor, who is both in a
    symmetric relation), relation, factuality, from and to (days, months or years), min_confidence, and text. Raises
    UnknownActorError for a name that nobody has, and QueryError for what cannot be asked.
    """
    least, rows, unsure = asked.get("min_confidence"), [], 0
    query = f"SELECT DISTINCT ?e ?told ?date ?sure WHERE {{ {_pattern(store, asked)} {_OPTIONAL} }}"
    for event, told, date, sure in store.query(query).stream():
        day = (plain(date) or plain(told) or "")[:10]
        if not _within(day, asked.get("from", ""), asked.get("to", "")):
            continue
        fit = fits(plain(sure), float(least)) if least else True
        if fit is None:
            unsure += 1
        elif fit and isinstance(event, ox.NamedNode):
            rows.append((day, event.value))
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: row[0], reverse=True)
    return [event for _, event in rows], unsure


def _pattern(store: Store, asked: Mapping[str, str]) -> str:
    """Return the pattern of the events that are asked for; raises QueryError for what cannot be asked."""
    relation, factuality, role = (asked.get(name, "") for name in ("relation", "factuality", "role"))
    if relation and relation not in ontology().relations:
        raise QueryError(f"no relation is called {relation[:80]!r}; there are {', '.join(ontology().relations)}")
    if factuality and factuality not in FACTUALITIES:
        raise QueryError(f"no factuality is called {factuality[:80]!r}; there are {', '.join(FACTUALITIES)}")
    first, second = _values(store, "one", asked.get("actor", "")), _values(store, "other", asked.get("partner", ""))
    ends = {
        "subject": f"?e {KG.subject} ?one ; {KG.object} ?other ; {KG.relation} ?relation .",
        "object": f"?e {KG.object} ?one ; {KG.subject} ?other ; {KG.relation} ?relation .",
    }
    either = " ".join(str(KG[name]) for name, one in ontology().relations.items() if one.symmetric)
    ways = [
        f"{{ {first} {second} {pattern} {'' if role in ('', 'any', way) else f'VALUES ?relation {{ {either} }}'} }}"
        for way, pattern in ends.items()
    ]
    parts = [" UNION ".join(ways if first or second else ways[:1]), f"?e {PROV.wasDerivedFrom} ?article ."]
    parts += [f"VALUES ?relation {{ {KG[relation]} }}"] if relation else []
    parts += [f"?e {KG.factuality} {KG[factuality]} ."] if factuality else []
    for word in asked.get("text", "").split():
        wanted = ox.Literal(word.lower().encode("utf-8", "replace").decode())
        quote = f"?e {KG.evidence}/{OA.hasSelector}/{OA.exact} ?quote FILTER (CONTAINS(LCASE(?quote), {wanted}))"
        parts.append(f"FILTER EXISTS {{ {quote} }}")
    return " ".join(parts)


def _values(store: Store, variable: str, name: str) -> str:
    """Return the clause that binds a variable to the actors of a name, none without one."""
    if not name:
        return ""
    found = [str(node) for node in who.find(store, name) if isinstance(node, ox.NamedNode)]
    if not found:
        raise who.UnknownActorError(who.unknown(store, name))
    return f"VALUES ?{variable} {{ {' '.join(found)} }}"


def _within(day: str, first: str, last: str) -> bool:
    """Say whether a day, month or year may lie between two of these; what has no date does where none is asked."""
    if not (first or last):
        return True

    def cut(other: str) -> int:
        return min(len(day), len(other))

    return (
        bool(day) and day[: cut(first)] >= first[: cut(first)] and (not last or day[: cut(last)] <= last[: cut(last)])
    )


def article(store: Store, wanted: str) -> ox.NamedNode | None:
    """Return the article of an id, an address, or an IRI; None where there is none."""
    by_id = store.quads(None, KG.articleId, ox.Literal(wanted.encode("utf-8", "replace").decode()))
    found = [quad.subject for quad in by_id]
    for iri in (wanted, article_iri(wanted)):
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        found += [node] if any(True for _ in store.quads(node, KG.articleId)) else []
    found += (
        [quad.subject for quad in store.quads(None, SCHEMA.url) if plain(quad.object) == wanted] if not found else []
    )
    return next((node for node in found if isinstance(node, ox.NamedNode)), None)
