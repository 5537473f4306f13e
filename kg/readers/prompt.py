"""Ontology and annotation guide → what a language model is told: instructions, a JSON schema, and the article.

A relation that is added to the ontology is asked for at once; its row in the guide says more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from kg import nlp
from kg.errors import SpecError
from kg.model import ENTITY_TYPES, FACTUALITIES, Article
from kg.vocab import Relation, ontology

HERE = Path(__file__).parent
GUIDE = HERE.parent / "docs" / "annotation-guide.md"
SECTIONS = ("Actors and places", "What each statement carries", "Cases that were settled")  # what annotators go by too


@cache
def instructions() -> str:
    """Return what a model is told before it sees an article."""
    guide = _guide()
    told = "\n\n".join(f"# {name}\n\n{guide.sections[name]}" for name in SECTIONS)
    relations = "\n\n".join(_told(relation, guide) for relation in ontology().relations.values())
    return Template((HERE / "prompt.txt").read_text("utf-8")).substitute(relations=relations, guide=told)


def shown(article: Article) -> str:
    """Return an article as a model sees it: its day, and a paragraph a line, without furniture."""
    day = article.published.date().isoformat() if article.published else "unknown"
    lines = "\n".join(line.text for line in nlp.lines(article))
    return f"Day of publication: {day}\n\n{lines}"


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, in the part of JSON Schema that OpenAI's strict mode knows."""
    text, text_or_null = {"type": "string"}, {"type": ["string", "null"]}
    texts = {"type": "array", "items": text}
    entity = {"id": text, "type": {"type": "string", "enum": [*ENTITY_TYPES]}, "names": texts, "iso": text_or_null}
    statement = {
        "relation": {"type": "string", "enum": [*ontology().relations]},
        "subject": text,
        "object": text,
        "factuality": {"type": "string", "enum": [*FACTUALITIES]},
        "date": text_or_null,
        "place": text_or_null,
        "source": text_or_null,
        "office": text_or_null,
        "sentences": texts,
    }
    lists = {"entities": _object(entity), "statements": _object(statement)}
    return _object({name: {"type": "array", "items": item} for name, item in lists.items()})


def meaning(name: str) -> str:
    """Return what the guide, or else the ontology, says of a relation: when it holds, in a line."""
    row = _guide().rows.get(name)
    return row[0] if row else ontology().relations[name].comments.get("en", name)


@dataclass(frozen=True, slots=True)
class _Guide:
    """The annotation guide: its sections by title, and of each relation when it holds and when it does not."""

    sections: dict[str, str]
    rows: dict[str, tuple[str, str]]


@cache
def _guide() -> _Guide:
    text = GUIDE.read_text("utf-8")
    parts = re.split(r"^## (.+)\n", text, flags=re.M)
    sections = {title: body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    if missing := [name for name in (*SECTIONS, "Relations") if name not in sections]:
        raise SpecError(f"{GUIDE}: has no section {missing[0]!r}, which readers are told; reinstall newskg")
    rows: dict[str, tuple[str, str]] = {}
    for names, holds, does_not in re.findall(
        r"^\|\s*(`.+?)\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|$", sections["Relations"], re.M
    ):
        rows |= dict.fromkeys(re.findall(r"`(\w+)`", names), (holds.strip(), does_not.strip()))
    return _Guide(sections, rows)


def _told(relation: Relation, guide: _Guide) -> str:
    ends = (" or ".join(sorted(types)) for types in (relation.domain, relation.range))
    lines = ["## {}\nSubject: {}. Object: {}.".format(relation.name, *ends)]
    lines += ["Symmetric: either may be the subject."] if relation.symmetric else []
    lines += [relation.comments.get("en", "")]
    holds, does_not = guide.rows.get(relation.name, ("", ""))
    lines += [f"It holds when {holds}."] if holds else []
    lines += [f"It does not when {does_not}."] if does_not else []
    return "\n".join(lines)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
