"""A live blog's page → a record for each of its updates, with its own time and address (schema.org LiveBlogPosting)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

from kg.ingest import html, language
from kg.ingest.html import fragment_text, linked_data, looks_like_fragment
from kg.ingest.records import Record, Skipped, text_id, url_id

TYPE, UPDATES = "LiveBlogPosting", "liveBlogUpdate"


def page_records(page: str, source: str, id_: str, *, url: str | None = None, path: str | None = None) -> list[Record]:
    """Return the record of a page, or those of a live blog's updates; raise Skipped where it has no article."""
    return records(page, source, id_, url=url, path=path) or [html.record(page, source, id_, url=url, path=path)]


def records(page: str, source: str, id_: str, *, url: str | None = None, path: str | None = None) -> list[Record]:
    """Return the records of the updates that a page's JSON-LD holds; none where it has no such texts.

    An update without an address has that of the page, with its time as the fragment.
    """
    if UPDATES not in page:  # most pages: nothing is parsed for them
        return []
    for posting in linked_data(page):
        if TYPE in _list(posting.get("@type")) and (found := list(_records(posting, source, id_, url, path))):
            return found
    return []


def _records(posting: dict[str, Any], source: str, id_: str, url: str | None, path: str | None) -> Iterator[Record]:
    updates = [node for node in _list(posting.get(UPDATES)) if isinstance(node, dict)]
    bodies = [_body(update) for update in updates]
    if not any(bodies):
        return
    page = url or _text(posting.get("url")) or _text(posting.get("mainEntityOfPage"))
    code = _language(" ".join(bodies))
    for number, (update, body) in enumerate(zip(updates, bodies, strict=True), 1):
        title = fragment_text(_text(update.get("headline"))).replace("\n", " ")
        text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
        if not text:
            continue
        published = _text(update.get("datePublished")) or _text(update.get("dateModified"))
        address = _address(update, page, published)
        mark = address or f"{published} {title}" if published or title else text
        yield Record(
            id=url_id(address) if address and not path else f"{id_}-{text_id(mark)[:8]}",
            text=text,
            source=source,
            where=f"update {number}: ",
            title=title or None,
            published=published or _text(posting.get("datePublished")) or None,
            authors=tuple(filter(None, (_text(author) for author in _list(update.get("author"))))),
            publisher=_text(posting.get("publisher")) or _text(update.get("publisher")) or None,
            language=code,
            url=address or page or None,
            path=path,
        )


def _body(update: dict[str, Any]) -> str:
    body = _text(update.get("articleBody")) or _text(update.get("description"))
    return (fragment_text(body) if looks_like_fragment(body) else unescape(body)).strip()


def _address(update: dict[str, Any], page: str, published: str) -> str:
    """Return the address of an update; empty where it has none of its own and the page's is not known."""
    for told in (_text(update.get("url")), _text(update.get("mainEntityOfPage")), _text(update.get("@id"))):
        try:
            address = urljoin(page, told)
        except ValueError:  # "http://["
            continue
        if told and address.startswith(("http://", "https://")) and address != urldefrag(page).url:
            return address
    return f"{urldefrag(page).url}#{re.sub(r'[^0-9TZ]', '', published)}" if page and published else ""


def _language(text: str) -> str | None:
    """Return the language of all updates together: one alone is often too short to tell."""
    try:
        return language.detect(text[: language.SAMPLE])
    except Skipped:
        return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Return a text, or the name or address of what a node describes."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) else ""
