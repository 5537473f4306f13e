"""RSS and Atom → a record for each entry, its text the full content where the feed has it, else the summary."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from kg.ingest import dates
from kg.ingest.html import fragment_text
from kg.ingest.records import Record, Skip, Skipped, record_id, text_id

NOT_A_FEED = "XML that is no RSS or Atom feed with entries; give a feed, or the article as .html or .txt"
NO_TEXT = "no text in the feed; give the article's own address"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a record, whose text may be empty, and a hash of all that would tell that it has changed."""

    record: Record
    digest: str


def records(data: bytes, source: str, path: str | None, skip: Skip) -> Iterator[Record]:
    """Yield the records of a feed; an entry without text is skipped by its number."""
    for entry in entries(data, source, path):
        if entry.record.text:
            yield entry.record
        else:
            skip(source, f"{entry.record.where}{NO_TEXT}")


def entries(data: bytes, source: str, path: str | None = None) -> list[Entry]:
    """Return the entries of a feed in its order; raise Skipped where it has none."""
    import feedparser

    feed: Any = feedparser.parse(BytesIO(data))  # a stream: a string could be taken for an address to fetch
    if not feed.entries:
        raise Skipped(NOT_A_FEED)
    name = (feed.feed.get("title") or "").strip() or None
    ids = Counter(entry.get("id") for entry in feed.entries)
    for entry in feed.entries:
        if ids[entry.get("id")] > 1:  # an id that several have is none: their addresses tell them apart
            entry.pop("id", None)
    return [_entry(entry, f"entry {number}: ", name, source, path) for number, entry in enumerate(feed.entries, 1)]


def _entry(entry: Any, where: str, feed: str | None, source: str, path: str | None) -> Entry:
    bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    text = max((fragment_text(body) for body in bodies if body), key=len, default="").strip()
    title = fragment_text(entry.get("title", "")).replace("\n", " ") or None
    if text and title and not text.startswith(title):
        text = f"{title}\n\n{text}"  # the headline is evidence too, and this text is of our making already
    url = _absolute(source, entry.get("link") or "")
    record = Record(
        id=record_id(entry.get("id"), url, text),
        text=text,
        source=source,
        where=where,
        title=title,
        published=_time(entry),
        authors=tuple(author["name"] for author in entry.get("authors", []) if author.get("name")),
        publisher=(entry.get("source") or {}).get("title") or feed,
        url=url,
        path=path,
    )
    updated = (entry["updated"] or "") if "updated" in entry else ""  # `get` would take the other date for it
    told = "\n".join((title or "", url or "", entry.get("published") or "", updated, text))
    return Entry(record, text_id(told))


def _absolute(source: str, link: str) -> str | None:
    """Return a link as an address; some feeds leave their own site out of it."""
    try:
        return (urljoin(source, link) if source.startswith(("http://", "https://")) else link) if link else None
    except ValueError:  # "http://["
        return link


def _time(entry: Any) -> datetime | None:
    """Return when an entry was published, in the zone that the feed writes; feeds without one mean UTC."""
    written = entry.get("published") or entry.get("updated") or ""
    try:
        when = parsedate_to_datetime(written)
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError):
        pass
    if found := dates.parse(written, "en"):
        return found
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
