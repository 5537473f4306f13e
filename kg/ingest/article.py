"""A record → an Article: language, cleaned blocks and metadata; raises Skipped where there is nothing to read."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from kg.bare import bare
from kg.ingest import dates, language
from kg.ingest.clean import clean
from kg.ingest.records import MAX_CHARS, TOO_LONG, Record, Skipped
from kg.model import Article

NOTHING = "no article text is left without the page's furniture; give the page of one article, or its text as .txt"


def build(record: Record, lang: str | None = None) -> Article:
    """Return the Article of a record in the language given, the record's own, or the one its text shows."""
    text = _whole(record.text)
    if len(text) > MAX_CHARS:
        raise Skipped(TOO_LONG.format(limit=MAX_CHARS, unit="characters"))
    code = lang or _own(record) or language.detect(_sample(text))
    title = re.sub(r"\s+", " ", bare(_whole(record.title))[0]).strip() if record.title else None
    page = clean(text, code, title, record.publisher)
    if not page.blocks:
        raise Skipped(NOTHING)
    if not lang and not _own(record):
        code = language.detect(" ".join(text[start:end] for start, end in page.blocks)[: language.SAMPLE])
    return Article(
        id=record.id,
        text=text,
        language=code,
        blocks=tuple(page.blocks),
        headline=title or page.about.headline,
        published=dates.parse(record.published, code) or page.about.published or _addressed(record, code),
        authors=record.authors or tuple(page.about.authors),
        publisher=page.about.publisher,
        dateline=page.dateline,
        agency=page.agency,
        related=tuple(dict.fromkeys((*page.related, *record.related))),
        url=record.url,
        path=record.path,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _addressed(record: Record, code: str) -> datetime | None:
    """Return the day in the record's address or in its file's name, as newsrooms and archives put it there."""
    address = urlsplit(record.url).path if record.url else PurePath(record.path).name if record.path else record.id
    return dates.in_address(address, code)


def _whole(text: str) -> str:
    """Replace half surrogates, which JSON can carry and no file can hold; no offset changes."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _own(record: Record) -> str | None:
    if not record.language:
        return None
    code = language.canonical(record.language)
    if code not in language.supported():
        known = ", ".join(language.supported())
        raise Skipped(f"its language field says {record.language!r}, not one of {known}; force one with --lang")
    return code


def _sample(text: str) -> str:
    """Return the middle of a text's first part: the top of a page is its menu."""
    start = min(len(text) // 4, 1500)
    return text[start : start + language.SAMPLE] if len(text) > 800 else text
