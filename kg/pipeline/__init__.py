"""The stages joined: read, parse, extract, link, write. Streaming: one article at a time passes through all of them."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.api import Graph
from kg.model import Article, Statement
from kg.pipeline.one_article import Built, OnParsed, OnSkip, Reading, read

if TYPE_CHECKING:
    from kg.graph.store import Store
    from kg.ingest import Records
    from kg.readers import NamedReader

Source: TypeAlias = "str | Path | Records"
OnArticle = Callable[[Article, list[Statement]], None]
OnKnown = Callable[[Article], None]
OnStage = Callable[[str], None]
IdFor = Callable[[Article], str]

log = logging.getLogger("kg.pipeline")


def statements(
    sources: Source | Iterable[Source],
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    on_skip: OnSkip | None = None,
    known: Callable[[Article], bool] | None = None,
    id_for: IdFor | None = None,
    jobs: int = 1,
    fast: bool = False,
    min_confidence: float | None = None,
    resolve: bool = True,
    on_read: OnArticle | None = None,
    on_parsed: OnParsed | None = None,
    on_stage: OnStage | None = None,
    actors: Iterable[Path] = (),
    reader: NamedReader | None = None,
) -> Iterator[Built]:
    """Yield each article of the sources with its statements, entities linked, and resolved over all articles.

    To resolve them, all are read before the first is told (`on_read` hears of each meanwhile); without `resolve` each
    comes when it is read, its entities known by its own names alone. For who shows how far it is, `on_parsed` hears
    how many more articles have been read, also by other processes, and `on_stage` of "loading" models and of
    "settling" who is who.

    A source is a file, a folder, a URL or "-", or what else `kg.ingest.read` takes; `lang` says the language instead of
    detecting it; `models` names another installed spaCy pipeline per language; `on_skip` hears of each source that is
    left out, and why. An article that is `known` is passed over before it is parsed; `id_for` says under which id a
    store has one. With `jobs`, so many processes parse and extract, and the order stays; a script that asks for them
    must be importable (`if __name__ == "__main__":`). `fast`, `min_confidence` and `actors` are told in `Reading`; a
    table of actors that is wrong raises SourceError before any article is read. A `reader` other than ours
    (`kg.readers`) reads alone, in this process: it takes no `models` and no `fast`, and ends with a ReaderError where
    it cannot go on.
    """
    from kg import ingest
    from kg.actors.base import base

    tables = tuple(actors)
    base(*tables)

    sources = [sources] if isinstance(sources, str | Path) or callable(sources) else sources
    articles = ingest.read(sources, lang=lang, on_skip=on_skip, id_for=id_for)
    reading = Reading(models, fast, min_confidence, tables)
    if reader:
        articles = (replace(article, reader=reader.software) for article in articles)
    else:
        articles = (replace(article, weights=reading.weights(article)) for article in articles)
    if known:
        articles = (article for article in articles if not known(article))
    if on_stage:
        articles = _announced(articles, on_stage)
    if reader:
        from kg.pipeline import other_reader

        built = other_reader.read(
            articles, reader, on_skip, min_confidence=min_confidence, actors=tables, on_parsed=on_parsed
        )
    elif jobs > 1:
        from kg.pipeline.jobs import shared

        built = shared(articles, jobs, reading, on_skip, on_parsed)
    else:
        built = read(articles, reading, on_skip, on_parsed)
    if resolve:
        from kg.pipeline import who

        yield from who.resolved(_heard(built, on_read, on_stage), tables)
    else:
        yield from _heard(built, on_read)


def _announced(articles: Iterator[Article], on_stage: OnStage) -> Iterator[Article]:
    """Yield the articles, and say with the first that models are loaded for them."""
    first = next(articles, None)
    if first is not None:
        on_stage("loading")
        yield first
    yield from articles


def _heard(built: Iterator[Built], on_read: OnArticle | None, on_stage: OnStage | None = None) -> Iterator[Built]:
    for article, found in built:
        if on_read:
            on_read(article, found)
        yield article, found
    if on_stage:
        on_stage("settling")


def build(
    sources: Source | Iterable[Source],
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    store: Store | None = None,
    on_skip: OnSkip | None = None,
    on_article: OnArticle | None = None,
    on_known: OnKnown | None = None,
    on_parsed: OnParsed | None = None,
    on_stage: OnStage | None = None,
    again: bool = False,
    jobs: int = 1,
    fast: bool = False,
    min_confidence: float | None = None,
    actors: Iterable[Path] = (),
    reader: NamedReader | None = None,
) -> Graph:
    """Build a graph from articles, in memory or into `store`; an article built again replaces what it said before.

    Another file's article of the same name is not replaced: the new one comes beside it, under a longer id, and a
    warning counts those.
    An article that the store has from the same text, with the same metadata and by the same version, is not parsed a
    second time (`on_known` hears of it), unless `again`, or `models`, asks for that, or other weights are to read it,
    as with `fast`; so who changes `min_confidence` or `actors` builds `again`; another `reader`, or version of it, is
    another version. `on_article` hears of each article when it is written: whatever happens then, it stays; of what was
    read before KeyboardInterrupt, all is written. `on_parsed` and `on_stage` are those of `statements`.
    """
    from kg.pipeline import who

    graph = Graph(store)
    actors = who.tables_of(graph.store, actors)
    skip_known = graph.store.path is not None and not again and not models
    waiting: deque[Built] = deque()
    beside: list[str] = []
    stopped: list[KeyboardInterrupt] = []
    written = 0

    def id_for(article: Article) -> str:
        found = graph.store.id_for(article)
        if found == article.longer_id and not graph.store.digest_of(found):
            beside.append(found)
            log.info("%s: the store has another file's article of that name; this one is %s", article.path, found)
        return found

    def known(article: Article) -> bool:
        found = graph.store.knows(article)
        if found:
            graph.store.found_in(article)
            if on_known:
                on_known(article)
        return found

    def passed() -> Iterator[Built]:
        try:
            yield from reading()
        except KeyboardInterrupt as error:  # what was read until then is written first
            stopped.append(error)

    def reading() -> Iterator[Built]:
        for article, found in statements(
            sources,
            lang=lang,
            models=models,
            on_skip=on_skip,
            known=known if skip_known else None,
            id_for=id_for,
            jobs=jobs,
            fast=fast,
            min_confidence=min_confidence,
            resolve=False,
            on_parsed=on_parsed,
            on_stage=on_stage,
            actors=actors,
            reader=reader,
        ):
            waiting.append((article, found))
            graph.store.settled = False
            yield article, found

    for outcome in graph.store.add_all(passed()):
        written += outcome != "same"
        article, found = waiting.popleft()
        log.info("%s: %d statements", article.id, len(found))
        if on_article:
            on_article(article, found)
    if stopped:
        if graph.store.path:
            graph.store.flush()
        raise stopped[0]
    if written or not graph.store.settled:
        if on_stage:
            on_stage("settling")
        who.settle(graph.store, actors=actors)
    if beside:
        first, more = beside[0], f" and {len(beside) - 1} more (-v lists them)" if len(beside) > 1 else ""
        log.warning(
            "the store had other files' articles of the same name, which stay: beside them are %s%s", first, more
        )
    return graph
