"""Which of its names something is shown by, in a language: the one place that picks, for tables, exports and pages.

The names of a thing come in kinds, the most wanted first: what articles call it (`rdfs:label`), then its usual name
(`skos:prefLabel`, which countries have in both languages). A name in the language goes before one in no language (a
person's), and that before one in another. The named queries of `kg/graph/queries/` say the same in SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LANGUAGES = ("en", "id")  # that labels are asked for in
Name = tuple[str, str]  # language, nothing where it has none, and text


def pick(kinds: Sequence[Iterable[Name]], language: str) -> str:
    """Return the name to show in a language, nothing where there is none at all.

    `kinds` are names by kind, the most wanted kind first. Of several that are as good the longest is taken, which is
    mostly the fullest, and of those as long the first by letters.
    """
    ranked = [
        (_rank(tag, language), kind, -len(text), text)
        for kind, names in enumerate(kinds)
        for tag, text in names
        if text
    ]
    return min(ranked)[-1] if ranked else ""


def _rank(tag: str, language: str) -> int:
    return 0 if tag == language else 2 if tag else 1
