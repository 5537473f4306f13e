"""A sitemap (sitemaps.org, with Google's news extension) → the records of the pages that it lists, read politely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import etree

from kg.ingest.records import Record, Skip, Skipped
from kg.ingest.robots import Sites

START = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|\s)*<(?:\w+:)?(?:urlset|sitemapindex)\b", re.DOTALL)
MOST = 1_000  # pages: as many as a news sitemap may list; one a second, they take a quarter of an hour
BROKEN = "a sitemap that is broken XML; fetch it again"
NO_PAGES = "a sitemap without addresses; give one that lists pages"
INDEX = "an index of {} sitemaps; give the address of one of them, as {}"
OTHER_SITE = "{} of its addresses are another site's, which a sitemap may not list; give them by themselves"
TOO_MANY = f"only its first {MOST:,} pages are read; give the others' addresses, or a newer and shorter sitemap"

Read = Callable[[str], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a sitemap, and the day on which its article was published where the sitemap says so."""

    url: str
    published: str | None = None


def looks_like_sitemap(head: str) -> bool:
    """Tell whether a text starts as a sitemap does."""
    return bool(START.match(head))


def records(data: bytes, source: str, url: str | None, skip: Skip, read: Read) -> Iterator[Record]:
    """Yield the records of a sitemap's pages, each fetched by `read` when the site's rules and pace allow it.

    `url` is the sitemap's own address, if it has one: then pages of other sites are left out. Raises Skipped where it
    lists no page.
    """
    pages = listed(data)
    if url:
        kept = [page for page in pages if _host(page.url) == _host(url)]
        if len(kept) < len(pages):
            skip(source, OTHER_SITE.format(len(pages) - len(kept)))
        pages = kept
    if len(pages) > MOST:
        skip(source, TOO_MANY)
    sites = Sites()
    for page in pages[:MOST]:
        try:
            sites.wait(page.url)
        except Skipped as reason:
            skip(page.url, str(reason))
            continue
        for record in read(page.url):
            yield replace(record, published=record.published or page.published)


def listed(data: bytes) -> list[Listed]:
    """Return the pages that a sitemap lists, each once, in its order."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Skipped(BROKEN) from error
    places = [text for place in root.findall("./{*}sitemap/{*}loc") if (text := (place.text or "").strip())]
    if places:
        raise Skipped(INDEX.format(len(places), places[0]))
    found: dict[str, Listed] = {}
    for entry in root.findall("./{*}url"):
        address = (entry.findtext("{*}loc") or "").strip()
        day = (entry.findtext("{*}news/{*}publication_date") or "").strip() or None
        if address:
            found.setdefault(address, Listed(address, day))
    if not found:
        raise Skipped(NO_PAGES)
    return list(found.values())


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # "http://["
        return ""
