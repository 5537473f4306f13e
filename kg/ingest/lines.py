"""Text → its lines (paragraphs) with offsets, and what can be told of a line by its shape alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.ingest.language import function_words

BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\f\v\x85]")
GAP = re.compile(r"[ \t\xa0]{2,}")
LEAD = re.compile(r"(?:[\s\u200b\u200c\u200e\u200f\ufeff>»•▪●·]|#{1,6}\s|[*–-]{1,3}\s|\*\*)+")
TAIL = " \t\xa0\u200b\u200c\u200e\u200f\ufeff*»"
TERMINAL = re.compile(r"[.!?…][\"”’'»)\]]*$")
WORD = re.compile(r"\w[\w'’.-]*")
SENTENCE_CHARS = 40  # a line that ends like a sentence and is shorter may as well be a button or a headline
LONG_CHARS = 160  # a longer line is body, whatever its end
WRAPPED = (40, 120)  # characters of a line that was broken at a column
ENDS = '.!?:…"”'  # with any other end a line may go on in the next
SMALL = frozenset({"bin", "binti", "al", "el", "de", "da", "van", "von", "der", "la", "dos"})


@dataclass(slots=True)
class Line:
    """One paragraph: its span in the text, stripped of blanks and list marks, and what it turned out to be."""

    start: int
    end: int
    text: str
    kind: str = ""
    core: str = ""  # the text without the furniture inside it; empty where there is none

    @property
    def is_sentence(self) -> bool:
        """Whether the line reads as running text."""
        text = self.core or self.text
        return (len(text) >= SENTENCE_CHARS and bool(TERMINAL.search(text))) or len(text) > LONG_CHARS

    @property
    def is_headline_like(self) -> bool:
        """Whether the line could be the headline of an article."""
        open_end = self.text.endswith((".", ",", ";", ":"))
        return len(WORD.findall(self.text)) >= 3 and len(self.text) <= 200 and not open_end


def split(text: str) -> list[Line]:
    """Return the paragraphs of a text: its lines, or its blocks of lines where it is wrapped by hand."""
    spans = _lines(text, BREAK)
    if len(spans) == 1 and _is_flattened(text):
        spans = _lines(text, GAP)
    groups = _groups(text, spans)
    if _is_wrapped(text, spans):
        spans = [(group[0][0], group[-1][1]) for group in groups]
    else:  # a page may hold one paragraph that is
        spans = [span for group in groups for span in ([(group[0][0], group[-1][1])] if _fills(text, group) else group)]
    trimmed = (trim(text, start, end) for start, end in spans)
    return [Line(start, end, text[start:end]) for start, end in trimmed if start < end]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a span to what stands between its blanks and list marks; an empty span where no letter is left."""
    if lead := LEAD.match(text, start, end):
        start = lead.end()
    end = start + len(text[start:end].rstrip().rstrip(TAIL).rstrip())
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else (start, start)


def is_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's name: two to five capitalised words."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and all(
            (word[0].isupper() and not any(letter.isdigit() for letter in word)) or word.lower() in SMALL
            for word in words
        )
        and not re.search(r"[:!?\"“”/]", text)
    )


def _is_flattened(text: str) -> bool:
    """Tell whether the line breaks of a page became blanks: then gaps of two and more stand behind its sentences."""
    gaps = list(GAP.finditer(text))
    return len(gaps) >= 5 and sum(text[gap.start() - 1] in '.!?"”' for gap in gaps if gap.start()) >= len(gaps) / 2


def _lines(text: str, mark_of_break: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, position = [], 0
    for mark in mark_of_break.finditer(text):
        spans.append((position, mark.start()))
        position = mark.end()
    return [*spans, (position, len(text))]


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether lines were broken at a column: then many go on in lower case where the one before has no end."""
    pairs = broken = 0
    for (start, end), (after, last) in pairwise(spans):
        first, second = text[start:end].rstrip(), text[after:last].strip()
        if not first.strip() or not second:
            continue
        pairs += 1
        broken += WRAPPED[0] <= len(first) <= WRAPPED[1] and first[-1] not in ENDS and second[0].islower()
    return pairs >= 3 and broken > 0.3 * pairs


def _fills(text: str, group: list[tuple[int, int]]) -> bool:
    """Tell whether the lines of a paragraph are filled to a column: no next word would have fitted, and one goes on."""
    lines = [text[start:end].strip() for start, end in group]
    width = max(map(len, lines))
    pairs = list(pairwise(lines))
    full = all(len(one) >= WRAPPED[0] and len(one) + 1 + len(other.split(None, 1)[0]) > width for one, other in pairs)
    return bool(pairs) and width <= WRAPPED[1] and full and any(_goes_on(one, other) for one, other in pairs)


def _goes_on(line: str, following: str) -> bool:
    """Tell whether a sentence goes on from one line to the next."""
    open_ = line[-1] not in ENDS
    return open_ and (following[0].islower() or line[-1] == "," or line.rsplit(maxsplit=1)[-1] in _small())


@cache
def _small() -> frozenset[str]:
    return function_words()


def _groups(text: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the lines that are not blank, in the groups between which blank ones stand."""
    groups: list[list[tuple[int, int]]] = [[]]
    for start, end in spans:
        if text[start:end].strip():
            groups[-1].append((start, end))
        else:
            groups.append([])
    return [group for group in groups if group]
