"""A mail (.eml), or a page that a browser saved as one (.mhtml) → a record: its subject and its text."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from kg.ingest import html
from kg.ingest.agency import outlet
from kg.ingest.decode import decode
from kg.ingest.records import Record, Skipped, record_id

NO_TEXT = "a mail without a text; save the article that is attached to it as a file of its own"
HEAD = re.compile(r"(?:[A-Za-z][\w-]*:.*\r?\n(?:[ \t].*\r?\n)*)*(?:mime-version|message-id|received):", re.IGNORECASE)


def looks_like_mail(head: str) -> bool:
    """Tell whether a text starts as a mail does."""
    return bool(HEAD.match(head))


def record(data: bytes, source: str, id_: str | None, *, path: str | None = None) -> Record:
    """Return the record of a mail: its plain text, or else the article of its HTML; raise Skipped where it has none.

    The subject opens the text, as the headline is evidence too. Of who sent it only a known medium is kept.
    """
    message: Any = message_from_bytes(data, policy=policy.default)
    subject = re.sub(r"\s+", " ", _header(message, "Subject") or "").strip() or None
    published, publisher, url = _date(message), _medium(message), _header(message, "Snapshot-Content-Location")
    plain, page = _body(message, "plain", source), _body(message, "html", source)
    if page and not plain.strip():
        with suppress(Skipped):  # a page whose text trafilatura does not find is read by its blocks
            found = html.record(page, source, id_ or record_id(None, url, page), url=url, path=path)
            return replace(found, published=found.published or published, publisher=found.publisher or publisher)
        plain = html.fragment_text(page)
    if not plain.strip():
        raise Skipped(NO_TEXT)
    text = plain if not subject or plain.lstrip().startswith(subject) else f"{subject}\n\n{plain}"
    return Record(
        id=id_ or record_id(None, url, text),
        text=text,
        source=source,
        title=subject,
        published=published,
        publisher=publisher,
        url=url,
        path=path,
    )


def _body(message: EmailMessage, kind: str, source: str) -> str:
    part: Any = message.get_body(preferencelist=(kind,))
    data = part.get_payload(decode=True) if part is not None else None
    return decode(data, source, part.get_content_charset()) if data and data.strip() else ""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, LookupError):  # headers that break the library's parser
        return None
    return str(value).strip() or None if value is not None else None


def _date(message: EmailMessage) -> datetime | None:
    try:
        found: Any = message["Date"]
        return found.datetime if found is not None else None
    except (ValueError, TypeError, IndexError, AttributeError):
        return None


def _medium(message: EmailMessage) -> str | None:
    sender = re.match(r"\s*\"?([^\"<]*?)\"?\s*(?:<|$)", _header(message, "From") or "")
    return outlet(sender[1]) if sender else None
