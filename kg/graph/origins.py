"""Which article of a store one that is read is: known by its file, else by its address, else by its id and text.

A file is remembered by its path from the store's folder, so that texts and store can move together, and as a hash of
it, as nobody who reads the store needs to know its builder's folders. A store in memory knows whole paths, and keeps
them to itself: a file that is written of it holds none, and neither does one that is exported from a store on disk.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.graph.rdf import text_digest
from kg.graph.terms import lexical, text
from kg.model import Article
from kg.vocab import KG, SCHEMA, XSD, article_iri

if TYPE_CHECKING:
    from kg.graph.articles import Articles


def mark(store: Articles, article: Article) -> ox.Quad | None:
    """Return the quad that says which file the article was read from; None where it was read from none."""
    if not article.path:
        return None
    graph = ox.NamedNode(article_iri(article.id))
    return ox.Quad(graph, KG.origin, _digest(store, article.path, article.given or article.id), graph)


def of(store: Articles, article_id: str) -> ox.Quad | None:
    """Return the quad that says which file an article of the store was read from; None where that is not known."""
    graph = ox.NamedNode(article_iri(article_id))
    return next(iter(store.marks.quads_for_pattern(graph, KG.origin, None, graph)), None)


def in_file(store: Articles, path: str) -> list[str]:
    """Return the ids of the articles that were read from a file of one article, or that may have been."""
    stem = Path(path).stem
    unsure = [stem] if store.digest_of(stem) and of(store, stem) is None else []
    return sorted(_under(store, _digest(store, path, stem))) or unsure


def id_for(store: Articles, article: Article) -> str:
    """Return the id under which the store has this article, or under which it can come beside the others."""
    own = article.given or article.id
    held = _held(store, article, own)
    if held is not None:
        return held
    return own if _free_or_same(store, article, own) else article.longer_id


def _held(store: Articles, article: Article, own: str) -> str | None:
    """Return the id of the article that was read from the same file, or else has the same address."""
    digest = text_digest(article)
    if article.path and (ids := list(_under(store, _digest(store, article.path, own)))):
        return min(ids, key=lambda id_: (store.digest_of(id_) != digest, id_ != own, id_))
    if article.url and _telling(article.url):
        address = ox.Literal(text(article.url).value, datatype=XSD.anyURI)
        found = {quad.subject for quad in store.quads(None, SCHEMA.url, address)}
        ids = [lexical(quad.object) for node in found for quad in store.quads(node, KG.articleId)]
        if len(ids) == 1:
            return ids[0]
    return article.longer_id if store.digest_of(article.longer_id) else None


def _free_or_same(store: Articles, article: Article, own: str) -> bool:
    """Tell whether nobody has the id, or what has it is this article, as far as can be told."""
    there = store.digest_of(own)
    if there is None or there == text_digest(article):
        return True
    graph = ox.NamedNode(article_iri(own))
    address = next((lexical(quad.object) for quad in store.quads(graph, SCHEMA.url, None, graph)), None)
    if address and article.url and _telling(article.url):
        return address == text(article.url).value
    return of(store, own) is None  # read from no file: from standard input, or by an older version


def _under(store: Articles, digest: ox.Literal) -> Iterator[str]:
    for found in store.marks.quads_for_pattern(None, KG.origin, digest):
        yield from (lexical(quad.object) for quad in store.quads(found.subject, KG.articleId))


def _digest(store: Articles, path: str, given: str) -> ox.Literal:
    where = os.path.realpath(path)
    if store.path:
        where = os.path.relpath(where, os.path.realpath(store.path))
    key = os.fsencode(where.replace(os.sep, "/")) + b"\0" + given.encode("utf-8", "replace")
    return ox.Literal(hashlib.sha256(key).hexdigest()[:16])


def _telling(url: str) -> bool:
    """Tell whether an address is one article's: a site's first page is given for all of its articles by some."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)
