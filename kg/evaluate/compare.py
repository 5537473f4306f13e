"""Several readers over the same gold → the score of each, the seconds that it took, and what of it was not taken."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg import encoder, nlp
from kg._version import __version__
from kg.evaluate.gold import By, by_document
from kg.evaluate.run import articles, run
from kg.evaluate.scoring import Score, merged, score
from kg.evaluate.sets import GoldSet
from kg.model import Article
from kg.pipeline import other_reader
from kg.readers import NamedReader, Rejected
from kg.readers.registry import OWN

Key = tuple[Path, str]


@dataclass(slots=True)
class Compared:
    """A reader with its score of each set, by name; `seconds` are of all `articles`, without loading our own weights.

    `skipped` are articles that it could not read, which count as empty; `rejected` says how many statements were not
    taken, by reason; `cached` is how many answers came from its cache, where it has one: they took no time.
    """

    name: str
    version: str
    scores: dict[str, Score] = field(default_factory=dict)
    articles: int = 0
    seconds: float = 0.0
    skipped: list[str] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    cached: int = 0

    @property
    def total(self) -> Score:
        """The score of all sets together."""
        return merged(self.scores.values())

    @property
    def pace(self) -> float:
        """Seconds per article."""
        return self.seconds / self.articles if self.articles else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return all figures."""
        return {
            "reader": self.name,
            "version": self.version,
            "articles": self.articles,
            "seconds_per_article": round(self.pace, 4),
            "cached": self.cached,
            "skipped": len(self.skipped),
            "rejected": dict(self.rejected),
            **self.total.to_json(),
            "sets": {name: one.to_json() for name, one in self.scores.items()},
        }


def compared(
    sets: Sequence[GoldSet],
    readers: Sequence[NamedReader],
    *,
    fast: bool = False,
    min_confidence: float | None = None,
) -> list[Compared]:
    """Return our own reading's figures, then those of each reader, over the same articles.

    Texts that several sets share are read once. What is rejected is also told to each reader's `on_reject`.
    """
    wanted: dict[Key, set[str]] = defaultdict(set)
    for one in sets:
        wanted[one.texts, one.language] |= {document.id for document in one.documents}
    ours = Compared(OWN + (" --fast" if fast else ""), __version__)
    said: dict[Key, By] = {}
    for (texts, language), only in wanted.items():
        nlp.load(language)
        if not fast:
            encoder.bundled()
        began = time.perf_counter()
        ran = run(texts, language, fast=fast, min_confidence=min_confidence, only=only)
        ours.seconds += time.perf_counter() - began
        ours.articles += len(ran.docs)
        said[texts, language] = ran.said
    return [_scored(ours, sets, said), *(_read(named, sets, wanted, min_confidence) for named in readers)]


def _read(
    named: NamedReader, sets: Sequence[GoldSet], wanted: dict[Key, set[str]], min_confidence: float | None
) -> Compared:
    result = Compared(named.name, named.reader.version)

    def reject(article: Article, rejected: Rejected) -> None:
        result.rejected[rejected.reason] += 1
        if named.on_reject:
            named.on_reject(article, rejected)

    listening = replace(named, on_reject=reject)
    said: dict[Key, By] = {}
    for (texts, language), only in wanted.items():
        read = list(articles(texts, language, only))
        began = time.perf_counter()
        found = list(
            other_reader.read(
                read, listening, lambda _, reason: result.skipped.append(reason), min_confidence=min_confidence
            )
        )
        result.seconds += time.perf_counter() - began
        result.articles += len(read)
        said[texts, language] = by_document(s.to_json() for _, statements in found for s in statements)
    usage = getattr(named.reader, "usage", None)
    result.cached = getattr(usage, "cached", 0)
    return _scored(result, sets, said)


def _scored(result: Compared, sets: Sequence[GoldSet], said: dict[Key, By]) -> Compared:
    result.scores = {one.name: score(one.documents, said[one.texts, one.language], one.language) for one in sets}
    return result
