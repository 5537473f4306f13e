"""One parsed article → its statements, entities linked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import bundle
from kg.casing.capitals import any_capitals
from kg.errors import SpecError
from kg.model import Article, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

Built = tuple[Article, list[Statement]]
OnSkip = Callable[[str, str], None]
OnParsed = Callable[[int], None]  # so many more articles have been read, in whichever process

log = logging.getLogger("kg.pipeline")


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read: `models` names another installed spaCy pipeline per language.

    `fast` reads by the small pipelines and rules alone, without the encoder. Events that are less probable than
    `min_confidence` are left out; by default the encoder's own threshold holds, but for what frames find. `actors` are
    the user's tables of actors, beside the shipped base.
    """

    models: dict[str, str] | None = None
    fast: bool = False
    min_confidence: float | None = None
    actors: tuple[Path, ...] = ()

    def weights(self, article: Article) -> tuple[str, ...]:
        """Return the bundled weights that an article is read with, by name and SHA-256."""
        parts = [] if self.models and article.language in self.models else [article.language]
        parts += ["circumstances"] if self.fast else ["circumstances", "encoder"]
        if any_capitals(article.text[start:end] for start, end in article.blocks):
            parts.append("casing")
        return _digests(tuple(sorted(parts)))


@cache
def _digests(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the bundled weights among some names, each with its SHA-256; every article asks for them."""
    known = bundle.manifest()
    return tuple(f"{name}/{bundle.digest(name)}" for name in names if name in known)


def read(
    articles: Iterable[Article], reading: Reading, on_skip: OnSkip | None, on_parsed: OnParsed | None = None
) -> Iterator[Built]:
    """Yield each article with its statements, entities linked; one that breaks the rules is skipped."""
    from kg import encoder, nlp

    articles = iter(articles)
    first = next(articles, None)
    if first is None:  # nothing new in a store: no model is loaded for that
        return
    reader = None if reading.fast else encoder.bundled()
    for doc in nlp.parse(chain([first], articles), models=reading.models, encoder=reader):
        built = list(statements_of(doc, on_skip, reading.min_confidence, reading.actors))
        if on_parsed and built:
            on_parsed(len(built))
        yield from built


def statements_of(
    doc: Doc, on_skip: OnSkip | None, min_confidence: float | None = None, actors: tuple[Path, ...] = ()
) -> Iterator[Built]:
    """Extract and link one article; one that breaks the rules is skipped where someone listens."""
    from kg import extract, link
    from kg.actors.base import base

    known = base(*actors)
    try:
        yield from link.link(extract.extract([doc], min_confidence=min_confidence, actors=known), known)
    except SpecError:  # the data files' fault: the next article would meet it too
        raise
    except Exception as error:
        if on_skip is None:
            raise
        article: Article = doc.user_data["article"]
        log.debug("%s", article.id, exc_info=True)
        on_skip(
            article.path or article.url or article.id,
            f"internal error, {type(error).__name__}: {error}; leave it out, and report it with -v -v",
        )
