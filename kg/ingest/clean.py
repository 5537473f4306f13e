"""Text → a page: the spans that reach extraction, and what the page says about its article; furniture stays outside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.bare import bare
from kg.ingest import dateline, header
from kg.ingest.agency import cited, credit, is_agency
from kg.ingest.furniture import cuts, is_furniture, is_line, without
from kg.ingest.header import About
from kg.ingest.lines import Line, split, trim
from kg.ingest.numbering import items

Span = tuple[int, int]
MARKERS = ("end", "comments", "related_heading", "other_heading")
ENOUGH_CHARS = 400  # of body before the comments, so that a "Komentar" button above the article ends nothing


@dataclass(slots=True)
class Page:
    """A cleaned text: its blocks, the headlines of other articles with their places, and what its lines say."""

    blocks: list[Span] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    about: About = field(default_factory=About)
    dateline: str | None = None
    agencies: list[str] = field(default_factory=list)

    @property
    def related(self) -> list[str]:
        """The headlines of other articles, in the order of the text."""
        return list(dict.fromkeys(headline for _, headline in sorted(self.links)))

    @property
    def agency(self) -> str | None:
        """The first agency found that is not the publisher."""
        own = (self.about.publisher or "").lower()
        return next((name for name in self.agencies if name.lower() != own), None)


def clean(text: str, language: str, title: str | None = None, publisher: str | None = None) -> Page:
    """Return the page that a text holds; `title` and `publisher` are what its metadata already say.

    It is read without its invisible characters and Markdown's signs; the blocks are spans of the text as it is.
    """
    shown, places = bare(text)
    page = _clean(shown, language, title, publisher)
    page.blocks = [item for block in page.blocks for item in items(shown, block)]
    if len(shown) < len(text):
        page.blocks = [(places[start], places[end - 1] + 1) for start, end in page.blocks]
    return page


def _clean(text: str, language: str, title: str | None, publisher: str | None) -> Page:
    lines, page = split(text), Page()
    opening = _mark_plain(lines, language, page)
    about, body = header.read(lines, language, title)
    page.about = about
    about.publisher = publisher or about.publisher or header.rights(lines[body:])
    if opening:
        _note(page, opening)
    last = _end(lines, body)
    _mark_lists(lines, body, last, page)
    opened = False
    for index, line in enumerate(lines[:last]):
        if line.kind == "headline":
            page.blocks.append((line.start, line.end))
        elif not line.kind:
            opened |= _add(page, line, language, first=index >= body and not opened, text=text)
    for line in lines[last:]:
        about.authors += [] if line.kind else header.byline(line.text, header=False)
    about.authors = list(dict.fromkeys(about.authors))
    if not page.agency and (name := cited("\n".join(text[start:end] for start, end in page.blocks), about.publisher)):
        page.agencies.append(name)
    return page


def _mark_plain(lines: list[Line], language: str, page: Page) -> dateline.Dateline | None:
    """Mark the lines that are furniture whatever stands around them; return the dateline that has its own line."""
    opening = None
    for line in lines:
        found = cuts(line.text)
        line.core = without(line.text, found)
        if (closing := credit(line.text)) and closing[0] == 0:  # "Sumber: AFP", "(ANTARA/Reuters)"
            line.kind = "furniture"
            page.agencies += reversed(closing[1])
        elif is_furniture(line.text) or any(is_line(line.text, kind) for kind in MARKERS):
            line.kind = "furniture"
        elif found and not re.search(r"\w", line.core):
            line.kind = "related"
            page.links += [(line.start + cut.start, cut.headline) for cut in found if cut.headline]
        elif (own := dateline.read(line.text, language, first=False)) and own.end == len(line.text):
            line.kind = "furniture"  # "Jakarta, CNN Indonesia --"
            opening = opening or own
    return opening


def _add(page: Page, line: Line, language: str, *, first: bool, text: str) -> bool:
    """Add what is left of a line once its furniture is cut out; tell whether it was a paragraph of running text."""
    if names := header.byline(line.text, header=False):
        page.about.authors += names
        return False
    start, pieces = line.start, []
    found = dateline.read(line.text, language, first=first and line.is_sentence)
    if found and (line.is_sentence or found.media):
        start += found.end
        _note(page, found)
    for cut in cuts(line.text):
        if cut.headline:
            page.links.append((line.start + cut.start, cut.headline))
        pieces.append((start, max(start, line.start + cut.start)))
        start = max(start, line.start + cut.end)
    pieces.append((start, line.end))
    for begin, stop in pieces:
        if (closing := credit(text[begin:stop])) and closing[1]:
            page.agencies += reversed(closing[1])  # of "(ANTARA/Reuters)" the last is the farthest source
            stop = begin + closing[0]  # noqa: PLW2901 - the piece is what stands before its credit
        span = trim(text, begin, stop)
        if span[0] < span[1] and not is_furniture(text[slice(*span)]):
            page.blocks.append(span)
    return line.is_sentence


def _note(page: Page, found: dateline.Dateline) -> None:
    """Keep what the first dateline says: the first medium publishes, an agency beside a publisher is cited."""
    page.dateline = page.dateline or found.place
    page.about.published = page.about.published or found.published
    for name in found.media:
        if not page.about.publisher:
            page.about.publisher = name
        elif is_agency(name) and name.lower() != page.about.publisher.lower():
            page.agencies.append(name)


def _end(lines: list[Line], body: int) -> int:
    """Return the index of the line with which the article is over: comments, sharing, lists of other articles."""
    weights = [len(line.text) if line.is_sentence and not line.kind else 0 for line in lines]
    before, total = 0, sum(weights)
    for index, line in enumerate(lines):
        after = total - before - weights[index]
        if index > body and before:
            if is_line(line.text, "comments") and (before >= ENOUGH_CHARS or before >= after):
                return index
            if is_line(line.text, "end") and 0.5 * before >= after:
                return index
            heading = is_line(line.text, "related_heading") or is_line(line.text, "other_heading")
            if heading and 0.15 * before >= after:
                return index
        before += weights[index]
    return len(lines)


def _mark_lists(lines: list[Line], body: int, last: int, page: Page) -> None:
    """Take the headlines under a line that is only "Baca juga:" or "Berita terkait" as related, out of the body."""
    index = body
    while index < len(lines):
        line = lines[index]
        index += 1
        heading = re.sub(r"[:：]?$", "", line.text).rstrip()
        related = is_line(heading, "related_heading") or _is_marker(line)
        if not related and not is_line(heading, "other_heading"):
            continue
        line.kind = "furniture"
        taken = 0
        while index < len(lines) and taken < 20:
            other = lines[index]
            adjacent = other.start - lines[index - 1].end <= 2  # with no blank line between
            if index > last and (other.kind == "furniture" or is_line(other.text, "related_heading")):
                index += 1
                continue
            over = any(is_line(other.text, kind) for kind in MARKERS)
            if over or (taken and index < last and not adjacent):
                break
            if not other.is_headline_like or other.kind or other.is_sentence:
                break
            other.kind = "related"
            if related:
                page.links.append((other.start, other.text))
            taken, index = taken + 1, index + 1


def _is_marker(line: Line) -> bool:
    found = cuts(line.text)
    return len(found) == 1 and not found[0].headline and found[0].start == 0 and line.text.endswith((":", "："))
