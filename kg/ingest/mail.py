"""A mail (.eml), or a page that a browser saved as one (.mhtml) → a record: its subject and its text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from kg.ingest import html
from kg.ingest.agency import outlet
from kg.ingest.decode import decode
from kg.ingest.lines import split
from kg.ingest.records import Record, Skipped, record_id

NO_TEXT = "a mail without a text; save the article that is attached to it as a file of its own"
LAYOUT = re.compile(r"<(/?)(?:table|tbody|thead|tr|td|th)\b", re.IGNORECASE)  # by which mails set their columns
ADDRESS = re.compile(r"https?://\S+")
ADDRESSES = 3  # those that a letter may tell its reader; programs print one for each link
LACKING = 0.2  # of the page's paragraphs, so that one that is worded otherwise does not decide
HEAD = re.compile(r"(?:[A-Za-z][\w-]*:.*\r?\n(?:[ \t].*\r?\n)*)*(?:mime-version|message-id|received):", re.IGNORECASE)


def looks_like_mail(head: str) -> bool:
    """Tell whether a text starts as a mail does."""
    return bool(HEAD.match(head))


def record(data: bytes, source: str, id_: str | None, *, path: str | None = None, where: str = "") -> Record:
    """Return the record of a mail: its text, or the article of its HTML where that is the better copy of it.

    `id_` is its file's name; without one its Message-ID is the id. The subject opens the text, as the headline is
    evidence too. Of who sent it only a known medium is kept. Raises Skipped where it has no text.
    """
    message: Any = message_from_bytes(data, policy=policy.default)
    subject = re.sub(r"\s+", " ", _header(message, "Subject") or "").strip() or None
    published, publisher, url = _date(message), _medium(message), _header(message, "Snapshot-Content-Location")
    own = id_ or re.sub(r"[<>\s]", "", _header(message, "Message-ID") or "") or None
    plain, page = _body(message, "plain", source), _body(message, "html", source)
    text = plain
    if page:
        try:
            found = html.record(LAYOUT.sub(r"<\1div", page), source, own or "", url=url, path=path)
        except Skipped:  # a page whose text trafilatura does not find is read by its blocks
            text = plain if plain.strip() else html.fragment_text(page)
        else:
            if _is_better(found.text, plain):
                days = (found.published, published) if url else (published, found.published)  # a saved page is older
                text = found.text if found.title else _headed(subject, found.text)
                return replace(
                    found,
                    id=record_id(own, url, text),
                    text=text,
                    title=found.title or subject,
                    published=days[0] or days[1],
                    publisher=found.publisher or publisher,
                    where=where,
                )
    if not text.strip():
        raise Skipped(NO_TEXT)
    text = _headed(subject, text)
    return Record(
        id=record_id(own, url, text),
        text=text,
        source=source,
        where=where,
        title=subject,
        published=published,
        publisher=publisher,
        url=url,
        path=path,
    )


def _headed(subject: str | None, text: str) -> str:
    return text if not subject or text.lstrip().startswith(subject) else f"{subject}\n\n{text}"


def _is_better(page: str, plain: str) -> bool:
    """Tell whether a mail's page is the better copy: the text lacks paragraphs of it, or prints its links' addresses.

    Else the text is taken, as nothing had to be told from furniture in it.
    """
    if len(ADDRESS.findall(plain)) > ADDRESSES:
        return True
    letters = re.sub(r"\W+", "", plain).casefold()
    paragraphs = [re.sub(r"\W+", "", line.text).casefold() for line in split(page) if line.is_sentence]
    return sum(paragraph not in letters for paragraph in paragraphs) > LACKING * len(paragraphs)


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
