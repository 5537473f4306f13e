"""One parsed article → its statements, entities linked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.errors import SpecError
from kg.model import Article, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

Built = tuple[Article, list[Statement]]
OnSkip = Callable[[str, str], None]

log = logging.getLogger("kg.pipeline")


def statements_of(doc: Doc, on_skip: OnSkip | None) -> Iterator[Built]:
    """Extract and link one article; one that breaks the rules is skipped where someone listens."""
    from kg import extract, link

    try:
        yield from link.link(extract.extract([doc]))
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
