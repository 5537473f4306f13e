"""The stages joined: read, parse, extract, link, write. Streaming: one article at a time passes through all of them."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api import Graph
from kg.model import Article, Statement

if TYPE_CHECKING:
    from kg.graph.store import Store

Source = str | Path
OnSkip = Callable[[str, str], None]
OnArticle = Callable[[Article, list[Statement]], None]


def statements(
    sources: Source | Iterable[Source],
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield each article of the sources with its statements, entities linked.

    A source is a file, a folder, a URL or "-"; `lang` says the language instead of detecting it; `models` names
    another installed spaCy pipeline per language; `on_skip` hears of each source that could not be read, and why.
    """
    from kg import extract, ingest, link, nlp

    sources = [sources] if isinstance(sources, str | Path) else sources
    articles = ingest.read(sources, lang=lang, on_skip=on_skip)
    docs = nlp.parse(articles, models=models)
    found = extract.extract(docs)
    return link.link(found)


def build(
    sources: Source | Iterable[Source],
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    store: Store | None = None,
    on_skip: OnSkip | None = None,
    on_article: OnArticle | None = None,
) -> Graph:
    """Build a graph from articles, in memory or into `store`; an article built again replaces what it said before."""
    graph = Graph(store)
    for article, found in statements(sources, lang=lang, models=models, on_skip=on_skip):
        graph.store.add(article, found)
        if on_article:
            on_article(article, found)
    return graph
