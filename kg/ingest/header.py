"""The lines above the body of a page → headline, publication time, publisher, authors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from kg.ingest import dates
from kg.ingest.agency import ADDRESS, outlet
from kg.ingest.furniture import compile_any, is_furniture, page_data
from kg.ingest.lines import Line, is_name

BYLINES = ("bylines", "header_bylines")
REACH = 12  # a date line stands among the first lines of a page, or it is none


@dataclass(slots=True)
class About:
    """What the lines of a page say about its article."""

    headline: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    publisher: str | None = None
    authors: list[str] = field(default_factory=list)


def read(lines: list[Line], language: str, title: str | None) -> tuple[About, int]:
    """Mark the kinds of the lines above the body, and return what they say and the index of the body's first line."""
    about = About()
    dated = _dated(lines[:REACH], language, about)
    body = next((i for i, line in enumerate(lines) if i > dated and not line.kind and _is_body(line, title)), None)
    if body is None:
        body = dated + 1
    _names(lines[:body], about)
    _headline(lines[:body], about, title, dated)
    if dated >= 0:
        for line in lines[:body]:
            if not line.kind and len(line.text.split()) <= 2 and not line.is_sentence:
                line.kind = "furniture"  # the section's name, a bare first name, a button
    return about, body


def byline(line: str, *, header: bool) -> list[str]:
    """Return the authors whom a line of their own names: "Penulis: Siti Aminah", above the body also "By Jane Roe"."""
    if len(line) > 120:
        return []
    match = _bylines("bylines").fullmatch(line) or (_bylines("header_bylines").fullmatch(line) if header else None)
    if match:
        return _people(next(value for value in match.groups() if value))
    return _people(re.split(r"\s+[-–|]\s+", line)[0]) if header and desk(line) else []


def desk(line: str) -> str | None:
    """Return the medium of a line "Siti Aminah - detikNews"."""
    name, *rest = re.split(r"\s+[-–|]\s+", line)
    people = is_name(name) or header_word(name, "not_authors")
    return outlet(rest[0]) if len(line) <= 120 and len(rest) == 1 and people else None


def rights(lines: list[Line]) -> str | None:
    """Return who holds the rights, from the last line that says so: "© 2023 The Example Times"."""
    for line in reversed(lines):
        if len(line.text) <= 160 and (match := _bylines("rights").fullmatch(line.text)):
            name = next(value for value in match.groups() if value).strip(" .")
            return outlet(name) or name
    return None


def date_line(line: str, language: str, *, below: bool = False) -> tuple[datetime, str, str | None] | None:
    """Return time, kind ("published" or "updated") and publisher of a line that is nothing but a page's date.

    `below` a headline, a name may stand before a day without a time: "Harian Contoh, 6 Oktober 2020".
    """
    if len(line) > 120 or not (found := dates.find(line, language)):
        return None
    before, updated = _unlabelled(found.before)
    after = _unlabelled(found.after)[0]
    if after and (is_furniture(after) or header_word(after, "update_labels")):
        after = ""  # "2 minutes to read", "updated a year ago"
    kind = "updated" if updated else "published"
    rest = [part for part in (before, after) if part]
    if not rest:
        return found.when, kind, None
    if after or len(rest) > 1:
        return None
    publisher = outlet(before)
    if publisher:
        return found.when, kind, publisher
    separated = re.search(r"[-–|•·,]\s*$", found.before.rstrip()) is not None
    if found.timed and separated and len(before.split()) <= 5 and not before.endswith("."):
        return found.when, kind, None
    # At most four words: a name. More are a headline's that ends in a day.
    if below and separated and len(before.split()) <= 4 and all(word[0].isupper() for word in before.split()):
        return found.when, kind, None
    return None


def header_word(text: str, kind: str) -> bool:
    """Tell whether a text starts with one of the words of a kind in pagelines.toml."""
    first = text.lower().split(" ", 1)[0].strip(":")
    return first in _labels(kind)


def _dated(lines: list[Line], language: str, about: About) -> int:
    """Mark date lines among the first lines; return the index of the last, or -1."""
    last, sentences = -1, 0
    for index, line in enumerate(lines):
        if line.kind:
            continue
        if sentences <= 1 and (found := date_line(line.text, language, below=index > 0)):
            line.kind, last = "date", index
            when, kind, publisher = found
            setattr(about, kind, getattr(about, kind) or when)
            about.publisher = about.publisher or publisher
            if not publisher:
                about.authors += byline(re.split(r"\s+[-–|•]\s+", line.text)[0], header=True)
        else:
            sentences += line.is_sentence
    about.published = about.published or about.updated
    return last


def _is_body(line: Line, title: str | None) -> bool:
    return line.is_sentence and not (title and same(line.text, title))


def _names(lines: list[Line], about: About) -> None:
    """Mark bylines: "Penulis: X", and the name that stands before or after a line "Penulis"."""
    for index, line in enumerate(lines):
        if line.kind:
            continue
        label = line.text.strip(" :").lower()
        if label in _labels("author_labels") or label in _labels("staff_labels"):
            line.kind = "label"
            beside = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
            name = next((other for other in beside if not other.kind and is_name(other.text)), None)
            if name:
                name.kind = "byline"
                about.authors += [name.text] if label in _labels("author_labels") else []
        elif (names := byline(line.text, header=True)) or desk(line.text):
            line.kind = "byline"
            about.authors += names
            about.publisher = about.publisher or desk(line.text)
        elif len(line.text.split()) <= 4 and any(_bylines(kind).fullmatch(line.text) for kind in BYLINES):
            line.kind = "byline"  # "By Admin", "Oleh: Tim Redaksi"
        elif medium := outlet(line.text):
            line.kind = "furniture"
            about.publisher = about.publisher or medium


def _headline(lines: list[Line], about: About, title: str | None, dated: int) -> None:
    """Mark the line that is the headline: the title when it is known, else the first that could be one."""
    open_ = [(index, line) for index, line in enumerate(lines) if not line.kind]
    known = next((line for _, line in open_ if title and same(line.text, title)), None)
    first = next((line for index, line in open_ if line.is_headline_like and (dated < 0 or index < dated)), None)
    line = known or (None if title else first)
    if line:
        line.kind, about.headline = "headline", line.text
        seen = next(index for index, other in open_ if other is line)
        for _, other in open_:
            if not other.kind and same(other.text, line.text):
                other.kind = "furniture"  # the page's title, before the headline itself
        for index, other in open_:  # the author's bare name between headline and date
            beside = dated >= 0 and seen < index and abs(index - dated) <= 1
            if beside and not other.kind and is_name(other.text):
                other.kind = "byline"
                about.authors.append(other.text)


def same(one: str, other: str) -> bool:
    """Tell whether two headlines are the same but for blanks, case and quotes."""
    return re.sub(r"[\W_]+", "", one).casefold() == re.sub(r"[\W_]+", "", other).casefold()


def _people(text: str) -> list[str]:
    parts = re.split(r"\s*[,;/|]\s*|\s+(?:dan|and|&)\s+|\s+-\s+", text.strip(" .|-"))
    names = (part for part in parts if is_name(part) and part.split()[0].lower() not in _labels("not_authors"))
    return [name for name in names if not ADDRESS.search(name) and not outlet(name)]


def _unlabelled(text: str) -> tuple[str, bool]:
    """Strip weekdays, labels and separators around a date; tell whether a label says that it is an update's."""
    weekdays, labels = _labels("weekdays"), _labels("date_labels")
    updated, text = False, text.strip(dates.SEPARATORS)
    while True:
        lower = text.lower()
        for word in (*sorted(labels | weekdays | _labels("update_labels"), key=len, reverse=True),):
            if lower == word or re.search(rf"(?<![\w.]){re.escape(word)}$", lower):
                updated |= word in _labels("update_labels")
                text = text[: len(text) - len(word)].rstrip(dates.SEPARATORS)
                break
        else:
            return text, updated


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(word for data in page_data() for word in getattr(data.pagelines, kind))


@cache
def _bylines(kind: str) -> re.Pattern[str]:
    patterns = [pattern for data in page_data() for pattern in getattr(data.pagelines, kind)]
    return compile_any([re.sub(r"\?P<\w+>", "", pattern) for pattern in patterns])
