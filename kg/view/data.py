"""The page's data: columns and a pool of strings instead of objects, compressed where that is worth it.

Everything that the page shows is in here, once: `rows` name actors, articles and strings by number. The served page
gets the same shape from the server, for the part of the graph that it looks at.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from pyvis.network import Network

from kg.view.agreement import agreement
from kg.view.rows import Row, web_link

LARGE = 1_500_000  # characters of JSON above which a page is written compressed


class Pool:
    """Numbers for strings, in the order in which they come; the empty one is 0."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        """Return the string's number."""
        return self.numbers.setdefault(text, len(self.numbers))


def columns(
    net: Network,
    rows: Sequence[Row],
    weights: Sequence[int] | None = None,
    standing: Sequence[tuple[int, bool]] | None = None,
) -> dict[str, Any]:
    """Return what the page reads; `weights` say how many statements a row stands for, where it is not one.

    `standing` is each row's number of sources and whether it is disputed, where the rows are not all there are.
    """
    pool, number = Pool(), {node["id"]: place for place, node in enumerate(net.nodes)}
    articles: dict[tuple[str, ...], int] = {}
    for row in rows:
        articles.setdefault(_article(row), len(articles))
    base = os.path.commonprefix([row.event for row in rows])  # noqa: RUF071  of IRIs, not of paths
    said = {
        "from": [number[row.subject.iri] for row in rows],
        "to": [number[row.object.iri] for row in rows],
        "article": [articles[_article(row)] for row in rows],
        "sentence": [row.sentence for row in rows],
        "confidence": [row.confidence for row in rows],
        "event": [row.event[len(base) :] for row in rows],
    }
    counts, disputed = zip(*(standing or agreement_of(rows)), strict=True) if rows else ((), ())
    said |= {"sources": list(counts), "disputed": [int(each) for each in disputed]}
    for name in ("relation", "factuality", "date", "place", "source", "office"):
        said[name] = [pool(getattr(row, name)) for row in rows]
    fields = ("iri", "headline", "url", "publisher", "published", "language")
    told: dict[str, list[Any]] = {name: [article[at] for article in articles] for at, name in enumerate(fields)}
    for name in ("publisher", "language"):
        told[name] = [pool(text) for text in told[name]]
    return {
        "actors": {
            "id": [node["id"] for node in net.nodes],
            "name": [node["label"] for node in net.nodes],
            "local": [node["local"] for node in net.nodes],
            "names": [node["names"] for node in net.nodes],
            "type": [pool(node["type"]) for node in net.nodes],
            "size": [node["size"] for node in net.nodes],
            "x": [int(node["x"]) for node in net.nodes],
            "y": [int(node["y"]) for node in net.nodes],
        },
        "codes": {number[node["id"]]: node["codes"] for node in net.nodes if node["codes"]},
        "pairs": [[number[edge["from"]], number[edge["to"]]] for edge in net.edges],
        "rows": said,
        "articles": told,
        "weights": None if weights is None else list(weights),
        "further": {place: list(row.further) for place, row in enumerate(rows) if row.further},
        "symmetric": sorted({row.relation for row in rows if row.symmetric}),
        "local": _local(rows),
        "event_base": base,
        "strings": list(pool.numbers),
    }


def agreement_of(rows: Sequence[Row]) -> list[tuple[int, bool]]:
    """Return each row's number of independent sources, and whether another one contradicts it."""
    abouts: dict[tuple[str, ...], int] = {}
    dates, origins = Pool(), Pool()
    what, date, denied, origin = [], [], [], []
    for row in rows:
        ends = (row.subject.iri, row.object.iri)
        what.append(abouts.setdefault((row.relation, *(sorted(ends) if row.symmetric else ends)), len(abouts)))
        date.append(dates(row.date))
        denied.append(row.factuality == "negated")
        origin.append(origins(row.origin or row.article))
    found = agreement(np.array(what), [*dates.numbers], np.array(date), np.array(denied), np.array(origin))
    return list(zip(*(column.tolist() for column in found), strict=True))


def _local(rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return what places, sources and offices are called in other languages, by what the rows call them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        for shown, language, name in row.local:
            if name != shown:
                found.setdefault(shown, {}).setdefault(language, name)
    return found


def _article(row: Row) -> tuple[str, ...]:
    return row.article, row.headline, web_link(row.url), row.publisher, row.published, row.language


def block(data: dict[str, Any]) -> Markup:
    """Return data as the text of an `application/json` block: safe in HTML, and compressed where it is large."""
    text = htmlsafe_json_dumps(data, separators=(",", ":"))
    if len(text) <= LARGE:
        return text
    packed = gzip.compress(json.dumps(data, separators=(",", ":")).encode(), compresslevel=6, mtime=0)
    return htmlsafe_json_dumps({"gzip": base64.b64encode(packed).decode()})
