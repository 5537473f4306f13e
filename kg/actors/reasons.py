"""Why two names are one actor's, in the reader's language: the graph keeps the English that resolution wrote.

`reasons.json` lists, for each other language, a pattern and what stands in its place, tried in this order.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path


def told(reason: str, language: str) -> str:
    """Return a merge's reason in a language; what has no words in it stays as it is."""
    return "; ".join(_told(part, language) for part in reason.split("; "))


def _told(part: str, language: str) -> str:
    for pattern, words in _patterns().get(language, ()):
        part = pattern.sub(words, part)
    return part


@cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    found: dict[str, list[list[str]]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {language: [(re.compile(pattern), words) for pattern, words in rows] for language, rows in found.items()}
