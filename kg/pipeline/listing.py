"""What is in a store, for those who ask step by step (`kg.mcp`): overview, actors by name, statements, an article.

Each answers a worker's request with JSON. Lists come in pages, as `offset` and `limit` of the request's parameters say;
`total` is how many there are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from kg.export import Node, StatementRow, nodes_of, statements_of
from kg.gazetteer import codes_of
from kg.graph import select, who
from kg.graph.results import plain
from kg.graph.store import Store
from kg.graph.terms import is_iri
from kg.model import ENTITY_TYPES
from kg.reconcile import read
from kg.reconcile.match import MOST, Query, candidates
from kg.reconcile.read import Actor
from kg.reconcile.table import Table
from kg.vocab import KG, PROV, RDF, SCHEMA
from kg.worker.messages import Answer, Request
from kg.worker.reads import Limited

Json = dict[str, Any]
NAMES = 6  # other names of an actor that are told
PUBLISHERS = 10


def overview(store: Store, request: Request) -> Answer:
    """Count what there is: statements by relation and factuality, articles, their languages, days and publishers."""
    relations: dict[str, Counter[str]] = {}
    asked = f"SELECT ?r ?f (COUNT(*) AS ?n) WHERE {{ ?e {KG.relation} ?r ; {KG.factuality} ?f }} GROUP BY ?r ?f"
    for relation, factuality, count in store.query(asked).rows:
        told = relations.setdefault(_local(relation), Counter())
        told[_local(factuality)] += int(plain(count) or 0)
    languages = _counts(store, f"?a {KG.articleId} ?id ; {SCHEMA.inLanguage} ?v")
    publishers = _counts(store, f"?a {KG.articleId} ?id ; {SCHEMA.publisher} ?v")
    days = f"SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) WHERE {{ ?a {SCHEMA.datePublished} ?d }}"
    first, last = store.query(days).rows[0]
    named = nodes_of(store, [iri for iri, _ in publishers.most_common(PUBLISHERS)], language=_lang(request))
    actors = {name: _number(store, f"?a {RDF.type} {KG[name]}") for name in ENTITY_TYPES}
    return _json(
        request,
        {
            "articles": _number(store, f"?a {KG.articleId} ?id"),
            "published": {"first": (plain(first) or "")[:10], "last": (plain(last) or "")[:10]},
            "languages": dict(languages.most_common()),
            "publishers": {named[iri].label: count for iri, count in publishers.most_common(PUBLISHERS)},
            "actors": actors,
            "statements": sum(sum(told.values()) for told in relations.values()),
            "by_relation": {name: dict(told) for name, told in sorted(relations.items())},
        },
    )


def find(store: Store, request: Request) -> Answer:
    """Return who a name may mean, the best first; without a name, those whom most articles name."""
    table, language = _table(store), _lang(request)
    name, kind = request.parameters.get("name", ""), request.parameters.get("type", "")
    found: list[Json] = []
    if name:
        query = Query(name, frozenset({kind} if kind else ()), limit=MOST)
        for one in candidates(table, query):
            found.append(_actor(one.actor, language) | {"score": one.score, "match": one.match, "why": one.why})
        known = {actor["iri"] for actor in found}
        begin = [table.actors[at] for at in table.beginning(name)]
        found += [
            _actor(actor, language) | {"why": "a name begins so"}
            for actor in sorted(begin, key=_often)
            if actor.iri not in known and kind in ("", actor.type)
        ]
    else:
        everyone = sorted((actor for actor in table.actors if kind in ("", actor.type)), key=_often)
        found = [_actor(actor, language) for actor in everyone]
    return _json(request, _page(request, found, "actors"))


def statements(store: Store, request: Request) -> Answer:
    """Return the statements that fit, the newest first, each with its sentence and article."""
    try:
        events, unsure = select.statements(store, request.parameters)
    except who.UnknownActorError as error:
        return Answer(404, str(error).encode())
    page = _page(request, events, "statements")
    page["statements"] = [told_of(row) for row in statements_of(store, page["statements"], language=_lang(request))]
    return _json(request, page | ({"without_confidence": unsure} if unsure else {}))


def article(store: Store, request: Request) -> Answer:
    """Return an article by its id, address or IRI: what its page says, whom it names, and its statements in order."""
    wanted = request.parameters.get("article", "").strip()
    node = select.article(store, wanted)
    if node is None:
        return Answer(404, f"no article here has the id or address {wanted[:200]!r}".encode())
    events = [plain(quad.subject) or "" for quad in store.quads(None, PROV.wasDerivedFrom, node)]
    rows = sorted(
        statements_of(store, filter(is_iri, events), language=_lang(request)), key=lambda row: (row.start, row.iri)
    )
    named = {plain(quad.object) or "" for quad in store.quads(None, KG.naming, None, node)}
    page = _page(request, [told_of(row) for row in rows], "statements")
    about: Json = {"iri": node.value, "graph": node.value}
    keys = {"id": KG.articleId, "headline": SCHEMA.headline, "published": SCHEMA.datePublished, "url": SCHEMA.url}
    keys |= {"language": SCHEMA.inLanguage, "related_headlines": KG.relatedHeadline}
    for key, predicate in keys.items():
        values = [plain(quad.object) or "" for quad in store.quads(node, predicate)]
        about |= {key: sorted(values) if key == "related_headlines" else min(values)} if values else {}
    labels = nodes_of(store, sorted(named), language=_lang(request))
    about["names"] = [{"iri": iri, "name": one.label, "type": one.type} for iri, one in labels.items()]
    for key, predicate in (("publisher", SCHEMA.publisher), ("cites_agency", KG.citesAgency)):
        for quad in store.quads(node, predicate):
            about[key] = nodes_of(store, [plain(quad.object) or ""], language=_lang(request)).popitem()[1].label
    return _json(request, {"article": about} | page)


LISTS: dict[str, Callable[[Store, Request], Answer]] = {
    "overview": overview,
    "find": find,
    "statements": statements,
    "article": article,
}


def told_of(row: StatementRow) -> Json:
    """Return a statement as it is told: only what is known, always with its sentence, article, graph and IRI."""
    told = {
        "subject": _end(row.subject),
        "relation": row.relation,
        "object": _end(row.object),
        "factuality": row.factuality,
        "date": row.date,
        "place": row.place.label if row.place else None,
        "source": row.source.label if row.source else None,
        "office": row.office,
        "confidence": row.confidence,
        "sentence": row.sentence,
        "more_sentences": [one.sentence for one in row.evidence[1:]],
        "article": _known(
            id=row.article.id,
            headline=row.article.headline,
            publisher=row.article.publisher,
            published=(row.article.published or "")[:10],
            url=row.article.url,
        ),
        "graph": row.article.iri,
        "iri": row.iri,
    }
    return _known(**told)


@lru_cache(maxsize=1)
def _table(store: Store) -> Table:
    """Return who can be matched, made once for as long as a worker reads the same snapshot."""
    return Table.of(read.actors(store))


def _actor(actor: Actor, language: str) -> Json:
    name = actor.label[language]
    return _known(
        iri=actor.iri,
        name=name,
        type=actor.type,
        other_names=[other for other in actor.names if other != name][:NAMES],
        codes=list(codes_of(actor.iso)),
        wikidata=actor.wikidata,
        articles=actor.articles,
    )


def _end(node: Node) -> Json:
    return _known(name=node.label, type=node.type, iso=node.iso, iri=node.iri)


def _known(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _often(actor: Actor) -> tuple[int, str]:
    return -actor.articles, actor.iri


def _page(request: Request, found: list[Any], name: str) -> Json:
    offset, limit = (int(request.parameters.get(key, "0")) for key in ("offset", "limit"))
    return {"total": len(found), "offset": offset, name: found[offset : offset + limit]}


def _counts(store: Store, pattern: str) -> Counter[str]:
    rows: Iterable[tuple[Any, ...]] = store.query(
        f"SELECT ?v (COUNT(DISTINCT ?a) AS ?n) WHERE {{ {pattern} }} GROUP BY ?v ORDER BY ?v"
    ).rows
    return Counter({plain(value) or "": int(plain(count) or 0) for value, count in rows})


def _number(store: Store, pattern: str) -> int:
    return int(plain(store.query(f"SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE {{ {pattern} }}").rows[0][0]) or 0)


def _lang(request: Request) -> str:
    return request.parameters.get("lang", "en")


def _local(term: Any) -> str:
    return (plain(term) or "").rpartition("#")[2]


def _json(request: Request, data: Json) -> Answer:
    out = Limited(request.limit)
    out.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    return Answer(200, out.data(), "application/json")
