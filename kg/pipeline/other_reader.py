"""Articles → their statements by a reader other than ours: checked, linked, and counted where they are rejected."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import specs
from kg.errors import KGError, ReaderError, SpecError
from kg.model import Article, Statement
from kg.pipeline.one_article import Built, OnParsed, OnSkip
from kg.readers import NamedReader, Rejected, checked

LONGEST = 400  # characters of a line that says what was rejected

log = logging.getLogger("kg.pipeline")


def read(
    articles: Iterable[Article],
    asked: NamedReader,
    on_skip: OnSkip | None,
    *,
    min_confidence: float | None = None,
    actors: tuple[Path, ...] = (),
    on_parsed: OnParsed | None = None,
) -> Iterator[Built]:
    """Yield each article with what the reader says of it and what passes, entities linked.

    Of events with a confidence those below `min_confidence` are left out. An article that the reader cannot read is
    skipped where someone listens; a ReaderError ends the run.
    """
    from kg import link
    from kg.actors.base import base

    known = base(*actors)
    for article in articles:
        try:
            found = list(_taken(article, asked, min_confidence))
        except (ReaderError, SpecError):
            raise
        except Exception as error:
            if on_skip is None:
                raise
            log.debug("%s", article.id, exc_info=True)
            why = f"{error}" if isinstance(error, KGError) else f"{type(error).__name__}: {error}"
            on_skip(article.path or article.url or article.id, f"reader {asked.name}: {why}")
            continue
        if on_parsed:
            on_parsed(1)
        yield from link.link([(article, found)], known)


def _taken(article: Article, asked: NamedReader, min_confidence: float | None) -> Iterator[Statement]:
    for one in checked(article, asked.reader.read(article)):
        if isinstance(one, Rejected):
            log.info("%s: rejected (%s) %s", article.id, one.reason, _shown(one.what))
            if asked.on_reject:
                asked.on_reject(article, one)
        elif not _improbable(one, min_confidence):
            yield one


def _improbable(one: Statement, least: float | None) -> bool:
    """Say whether an event is left out; offices stay whatever their confidence, as in our own reading."""
    if least is None or one.confidence is None or specs.relations()[one.relation].office:
        return False
    return one.confidence < least


def _shown(what: str) -> str:
    """Return a line fit for a terminal: what models say may hold anything."""
    return " ".join("".join(char if char.isprintable() else " " for char in what).split())[:LONGEST]
