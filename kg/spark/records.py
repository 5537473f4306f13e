"""Articles, statements and local names as JSON and back: what lies in a table outlives a version of Python."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from sys import intern
from typing import Any

from kg.model import Article, Entity, Evidence, Held, Local, Resolved, Statement

Json = dict[str, Any]


def article_text(article: Article) -> str:
    """Return an article as JSON."""
    told = asdict(article)
    told["published"] = article.published.isoformat() if article.published else None
    return _text(told)


def article_of(text: str) -> Article:
    """Return the article of `article_text`."""
    told = json.loads(text)
    told["blocks"] = tuple((start, end) for start, end in told["blocks"])
    told["published"] = datetime.fromisoformat(told["published"]) if told["published"] else None
    for name in ("authors", "related", "weights"):
        told[name] = tuple(told[name])
    return Article(**told)


def storable(text: str) -> str:
    """Return text as a table holds it: half surrogates, which JSON can carry, are what the graph makes of them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def statements_text(statements: Iterable[Statement]) -> str:
    """Return statements as JSON, with all that a statement line leaves out."""
    return _text([asdict(one) for one in statements])


def statements_of(text: str) -> list[Statement]:
    """Return the statements of `statements_text`."""
    return [_statement(told) for told in json.loads(text)]


def locals_text(locals_: Iterable[Local]) -> str:
    """Return the local names of one article as JSON; what is empty is left out, as most of it is."""
    return _text([{key: value for key, value in _listed(asdict(one)).items() if value} for one in locals_])


def locals_of(text: str) -> list[Local]:
    """Return the local names of `locals_text`."""
    return [_local(told) for told in json.loads(text)]


def meant_text(meant: Mapping[str, Resolved]) -> str:
    """Return who is meant by the local names of one article, by local IRI, as JSON."""
    return _text({iri: [one.iri, one.names, one.wikidata, one.type] for iri, one in sorted(meant.items())})


def meant_of(text: str | None) -> dict[str, Resolved]:
    """Return what `meant_text` says; nobody for None."""
    return {iri: Resolved(*told) for iri, told in json.loads(text or "{}").items()}


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _listed(told: Json) -> Json:
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in told.items()}


def _local(told: Json) -> Local:
    for name in ("offices", "roles"):
        told[name] = tuple((one, other) for one, other in told.get(name, ()))
    told["names"], told["apart"] = (
        tuple(map(intern, told.get("names", ()))),
        frozenset(map(intern, told.get("apart", ()))),
    )
    # The names of millions of articles are held at once, and most of them are the same few.
    told |= {key: intern(value) for key, value in told.items() if isinstance(value, str)}
    return Local(**told)


def _statement(told: Json) -> Statement:
    for name in ("subject", "object", "place"):
        told[name] = _entity(told[name]) if told[name] else None
    told["attribution"] = tuple(map(_entity, told["attribution"]))
    told["evidence"] = tuple(map(_evidence, told["evidence"]))
    return Statement(**told)


def _entity(told: Json) -> Entity:
    offices = tuple(
        Held(
            **one | {name: tuple((language, word) for language, word in one[name]) for name in ("title", "body_names")}
        )
        for one in told.pop("offices")
    )
    return Entity(**told | {"names": tuple(told["names"]), "offices": offices})


def _evidence(told: Json) -> Evidence:
    spans = {name: tuple(told[name]) if told[name] else None for name in ("subject", "object")}
    return Evidence(**told | spans)
