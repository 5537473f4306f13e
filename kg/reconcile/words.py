"""What a person reads of an actor in a list of candidates: words from `words.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kg.reconcile.read import Actor
from kg.vocab import ontology

SHOWN = 3  # other names


@cache
def words(language: str) -> dict[str, Any]:
    """Return the words of a language by what they are for."""
    told: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return told[language]


def also(actor: Actor, language: str) -> list[str]:
    """Return an actor's other names."""
    return [name for name in actor.names if name != actor.label[language]]


def counted(articles: int, language: str) -> str:
    """Return how many articles there are, in words."""
    told: str = words(language)["one"] if articles == 1 else words(language)["many"].format(articles)
    return told


def description(actor: Actor, language: str) -> str:
    """Return a line that tells an actor from its namesakes: "Person; also Jokowi, Widodo; 3 articles"."""
    others = ", ".join(also(actor, language)[:SHOWN])
    parts = [ontology().label(actor.type, language), f"{words(language)['also']} {others}" if others else ""]
    return "; ".join(filter(None, [*parts, counted(actor.articles, language)]))
