"""What generated pages and the navigation say, by language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of a language by key; those of a parameter's meaning by its English text."""
    told: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return told[language]
