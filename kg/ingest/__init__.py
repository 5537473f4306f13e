"""Source → Article: the formats of kg/docs/formats.md, from files, folders, addresses and the standard input.

    source ─readers→ Record ─article→ Article
                              ├─ language  which language it is in
                              ├─ clean     header, dateline, furniture → blocks
                              └─ dates, agency

What a page carries besides its article is told by the patterns in `lang/*/furniture.toml`, `pagelines.toml` and
`agencies.toml`. `Article.text` is the text as read and never changed, so that every offset is one into the file; of an
HTML page or feed entry it is the headline and the text that was extracted. `Article.related` holds the headlines that
the page refers to; in HTML the address of each, when the page gives one, follows its headline.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.errors import SourceError
from kg.ingest import article, language
from kg.ingest.readers import read_source
from kg.ingest.records import Record, Skip, Skipped
from kg.model import Article

__all__ = ["read"]

Records = Callable[[Skip], Iterator[Record]]
Source = str | os.PathLike[str] | Records
IdFor = Callable[[Article], str]

log = logging.getLogger("kg.ingest")


def read(
    sources: Iterable[Source],
    *,
    lang: str | None = None,
    on_skip: Skip | None = None,
    id_for: IdFor | None = None,
) -> Iterator[Article]:
    """Yield the articles of files, folders, http(s) addresses and "-", the standard input, one at a time.

    A source may also be a function that yields records itself, and tells the `Skip` that it is given what is none.
    `lang` forces a language; else a record's own field or the text tells it. A source or record that is no article,
    a path that does not exist among them, is not raised: it goes to `on_skip(source, reason)`, whose reason is one line
    with the remedy, and the others go on; without `on_skip` it is logged as a warning. Ids are unique: of two articles
    with one id and different texts the second's gets a part of its text's hash, and a text met again under its id is
    skipped. `id_for` says under which id a store has an article, or will have it beside others of its name. Raises
    SourceError at once where `lang` is no supported language.
    """
    if lang is not None and (lang := language.canonical(lang)) not in language.supported():
        raise SourceError(f"{lang}: not a supported language; give --lang {' or --lang '.join(language.supported())}")
    return _read(sources, lang, on_skip or _warn, id_for)


def _read(sources: Iterable[Source], lang: str | None, skip: Skip, id_for: IdFor | None) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for source in sources:
        for record in source(skip) if callable(source) else read_source(os.fspath(source), skip):
            try:
                yield _unique(article.build(record, lang), seen, id_for)
            except Skipped as reason:
                skip(record.source, f"{record.where}{reason}")


def _unique(found: Article, seen: dict[str, str], id_for: IdFor | None) -> Article:
    """Return the article under an id that no other of this run has; raise Skipped where it was read before."""
    given = found.id
    if id_for and (known := id_for(found)) != given and known not in seen:
        found = replace(found, id=known, given=given)
    if seen.get(found.id, found.sha256) != found.sha256:
        found = replace(found, id=found.longer_id, given=given)
    if found.id in seen:
        raise Skipped(f"the same text as {found.id} before it; leave one of the two out")
    seen[found.id] = found.sha256
    return found


def _warn(source: str, reason: str) -> None:
    log.warning("%s: %s", source, reason)
