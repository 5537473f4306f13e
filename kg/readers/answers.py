"""A language model's answer, by the schema of `prompt.py` → statements with sentences, or what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg import nlp
from kg.model import Article, Entity, Evidence, Statement
from kg.readers.grounding import Text
from kg.readers.interface import Rejected


def parsed(content: str) -> dict[str, Any]:
    """Return the answer as JSON, out of the fence or the words that some models put around it; ValueError for none."""
    start, end = content.find("{"), content.rfind("}")
    answer = json.loads(content[start : end + 1]) if start >= 0 else None
    if not isinstance(answer, dict) or not all(isinstance(answer.get(k), list) for k in ("entities", "statements")):
        raise ValueError("no object with entities and statements")
    return answer


def statements(article: Article, answer: dict[str, Any]) -> Iterator[Statement | Rejected]:
    """Yield what an answer says; a statement that is malformed, or quotes what the article has not, is Rejected."""
    text = Text(nlp.lines(article))
    entities: dict[str, Entity] = {}
    for given in answer["entities"]:
        try:
            names = tuple(name for name in map(_text, _list(given["names"])) if name.strip())
            entities[_text(given["id"])] = Entity(
                names[0], _text(given["type"]), names, _text_or_none(given.get("iso"))
            )
        except (KeyError, TypeError, AttributeError, IndexError):
            yield Rejected("form", f"no entity: {_line(given)}")
    for given in answer["statements"]:
        try:
            place, source = (_entity(given, key, entities) if given.get(key) else None for key in ("place", "source"))
            quotations = [_text(quotation) for quotation in _list(given["sentences"])]
            one = Statement(
                article.id,
                _text(given["relation"]),
                _entity(given, "subject", entities),
                _entity(given, "object", entities),
                factuality=_text(given.get("factuality", "asserted")),
                date=_text_or_none(given.get("date")),
                place=place,
                attribution=(source,) if source else (),
                office=_text_or_none(given.get("office")),
                language=article.language,
            )
        except (KeyError, TypeError, AttributeError) as error:
            yield Rejected("form", f"no statement ({error}): {_line(given)}")
            continue
        yield _grounded(article, text, one, quotations)


def _grounded(article: Article, text: Text, one: Statement, quotations: list[str]) -> Statement | Rejected:
    found: dict[int, Evidence] = {}
    for quotation in quotations:
        evidence = text.evidence(article, quotation)
        if evidence is None:
            what = f"{one.relation}: {one.subject.name} -> {one.object.name}"
            return Rejected("sentence", f"{what}: the article does not say {quotation!r}")
        found.setdefault(evidence.start, evidence)
    return replace(one, evidence=tuple(found.values()))


def _entity(given: dict[str, Any], key: str, entities: dict[str, Entity]) -> Entity:
    entity = entities.get(_text(given[key]))
    if entity is None:
        raise KeyError(f"{key} {given[key]!r} is no entity's id")
    return entity


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: object) -> str | None:
    """Return a text; none for null and for what models write in its place."""
    return None if value is None or value in ("", "null", "None") else _text(value)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]
