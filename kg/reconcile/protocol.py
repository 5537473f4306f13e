"""Queries and answers of the Entity Reconciliation Service API 0.2 as JSON, both ways.

<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.reconcile.match import LIMIT, MOST, Candidate, Query
from kg.reconcile.properties import Value, known, type_of, types
from kg.reconcile.words import description

BATCH = 50  # queries at a time: each may take some hundredths of a second
Json = dict[str, Any]


class TooManyError(ValueError):
    """More queries than a batch may have."""


def batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch by their ids; what is no batch of queries raises a ValueError."""
    told = _object(text, "queries")
    if len(told) > BATCH:
        raise TooManyError(f"a batch has {BATCH} queries at most")
    return {key: _query(key, value) for key, value in told.items()}


def _query(key: str, told: Any) -> Query:
    if isinstance(told, str):  # as clients of old wrote it
        told = {"query": told}
    if not isinstance(told, dict):
        raise ValueError(f"query {key[:40]}: an object is wanted")
    name, kinds, limit, given = (told.get(part) for part in ("query", "type", "limit", "properties"))
    if not isinstance(name or "", str) or not isinstance(given or [], list):
        raise ValueError(f"query {key[:40]}: 'query' is a text, 'properties' a list")
    kinds = [kinds] if isinstance(kinds, str | dict) else kinds or []
    if not isinstance(kinds, list):
        raise ValueError(f"query {key[:40]}: 'type' is a text or a list of texts")
    if isinstance(limit, bool) or not isinstance(limit or 1, int | float) or (limit is not None and limit < 1):
        raise ValueError(f"query {key[:40]}: 'limit' is a positive number")
    properties = {}
    for pair in given or []:
        if not isinstance(pair, dict) or not isinstance(pair.get("pid"), str) or "v" not in pair:
            raise ValueError(f"query {key[:40]}: a property has a 'pid' and a 'v'")
        if values := [*_values(pair["v"])]:
            properties[pair["pid"]] = values
    name = " ".join((name or "").split())
    if not name and not properties:
        if "query" in told and not given:
            return Query()  # an empty cell: nobody is meant
        raise ValueError(f"query {key[:40]}: a 'query' or 'properties' are needed")
    wanted = frozenset(type_of(str(kind.get("id") if isinstance(kind, dict) else kind)) for kind in kinds)
    return Query(name, wanted, properties, min(int(limit or LIMIT), MOST))


def _values(told: Any) -> Iterable[str]:
    """Yield the texts of a property's value: texts, numbers, truths, entities, or a list of these."""
    for value in told if isinstance(told, list) else [told]:
        if isinstance(value, dict):
            yield from (str(value[key]) for key in ("id", "name") if value.get(key))
        elif value is not None and str(value).strip():
            yield str(value).strip()


def result(candidate: Candidate, language: str) -> Json:
    """Return a candidate."""
    actor = candidate.actor
    return {
        "id": actor.iri,
        "name": actor.label[language],
        "description": description(actor, language),
        "type": [{"id": actor.type, "name": types(language).get(actor.type, actor.type)}],
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
    }


def extension(text: str) -> tuple[list[str], list[str]]:
    """Return the ids and the properties that a data extension query asks for."""
    told = _object(text, "extend")
    ids, properties = told.get("ids"), told.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise ValueError("extend: 'ids' and 'properties' are lists")
    names = [each.get("id") if isinstance(each, dict) else None for each in properties]
    if not all(isinstance(each, str) for each in (*ids, *names)):
        raise ValueError("extend: 'ids' are texts, and each property has an 'id'")
    return ids, [str(name) for name in names]


def cell(value: Value) -> Json:
    """Return a value of a property."""
    if isinstance(value, tuple):
        return {"id": value[0], "name": value[1]}
    return {"int": value} if isinstance(value, int) else {"str": value}


def meta(properties: Iterable[str], language: str) -> list[Json]:
    """Return what the columns of an extension are called."""
    return [{"id": name, "name": known(language).get(name, name)} for name in properties]


def _object(text: str, what: str) -> Json:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{what} is no JSON") from error
    if not isinstance(told, dict):
        raise ValueError(f"{what} is an object of JSON")
    return told
