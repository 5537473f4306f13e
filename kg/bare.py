"""What of a text nobody reads: invisible characters, and the signs of Markdown around links and emphasis.

The text as read keeps them, for offsets count its characters; what is cleaned and parsed is the text without them, with
the place of each character that is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Span = tuple[int, int]

# Soft hyphens, zero-width blanks and joiners, signs of direction, byte-order marks: none of them is a letter of a name.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_TARGET = r"(?:https?:|mailto:|www\.|[/#.<]|[\w/-]+\.[a-z])(?:[^\s()]|\([^\s()]*\))*"
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?"
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\]\(\s*{_TARGET}{_TITLE}\s*\)")
_LINK = re.compile(rf"(?P<open>\[)[^\[\]\n]*(?P<close>\]\(\s*{_TARGET}{_TITLE}\s*\))")
_REFERENCE = re.compile(r"(?P<open>\[)(?P<text>[^\[\]\n]+)(?P<close>\](?:\[(?P<id>[^\[\]\n]*)\]))")
# A whole line, and an address: "[Joko Widodo]: I went to Kyiv." is what somebody says.
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?P<id>[^\[\]\n]+)\]:[ \t]*(?:<[^<>\n]*>|{_TARGET})(?:[ \t]+[\"'][^\n]*)?[ \t\r]*$", re.MULTILINE
)
_EMPHASIS = re.compile(
    r"(?<![\w*_])(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])[^*_\n]*(?<=[^\s*_])(?P<close>(?P=open))(?![\w*_])"
)
_ANY = re.compile(_INVISIBLE.pattern + r"|\]\(|\]\[|[*_]\w|\w[*_]")


@lru_cache(maxsize=64)  # a text is asked for when it is cleaned, when it is parsed, and for each sentence quoted
def marks(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that nobody reads, in order and apart."""
    if not _ANY.search(text):
        return ()
    spans = {match.span() for match in _INVISIBLE.finditer(text)}
    return _merged(spans.union(_markdown(_blanked(text, spans))))


def bare(text: str) -> tuple[str, list[int]]:
    """Return a text without its marks, and the place in the text of each character that is left."""
    left, position = [], 0
    for start, end in [*marks(text), (len(text), len(text))]:
        left.append(range(position, start))
        position = end
    places = [place for part in left for place in part]
    return "".join(text[part.start : part.stop] for part in left), places


def whole(text: str, start: int, end: int) -> Span:
    """Return a span of a text, widened by the marks that touch it: the quotation of a link opens with its bracket."""
    for mark_start, mark_end in marks(text):
        if mark_end == start:
            start = mark_start
        if mark_start == end:
            end = mark_end
    return start, end


def _markdown(text: str) -> Iterator[Span]:
    """Yield the spans of Markdown's signs; a picture in a link is blanked before the link is looked for."""
    images = {match.span() for match in _IMAGE.finditer(text)}
    yield from images
    text = _blanked(text, images)
    definitions = {match["id"].lower(): match.span() for match in _DEFINITION.finditer(text)}
    yield from definitions.values()
    found = [*_LINK.finditer(text)]
    found += [m for m in _REFERENCE.finditer(text) if (m["id"] or m["text"]).lower() in definitions]
    for match in found:
        yield match.span("open")
        yield match.span("close")
    signs = {span for match in found for span in (match.span("open"), match.span("close"))}
    for match in _EMPHASIS.finditer(_blanked(text, signs)):
        yield match.span("open")
        yield match.span("close")


def _blanked(text: str, spans: set[Span]) -> str:
    """Return a text of the same length in which the spans hold nothing that a pattern takes for a sign or a letter."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


def _merged(spans: set[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)
