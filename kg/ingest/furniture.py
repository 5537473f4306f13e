"""The patterns of page furniture in lang/*/furniture.toml, compiled: which part of a line is no part of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import specs
from kg.errors import SpecError
from kg.specs import Language

SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*(?=\s)")
AFTER_SENTENCE = r"(?:^[\s>»*•·#-]*|(?<=[.!?…:;”\"’')\]])\s*)"
# Past these lengths a line is no paragraph of a page but a whole article without line breaks: there an appeal or a
# related headline takes one sentence with it, not the rest of the line.
HEADLINE_CHARS = 200
APPEAL_CHARS = 600
WHOLE_LINE_CHARS = 500  # patterns of whole lines are not tried on longer ones


@dataclass(frozen=True, slots=True)
class Cut:
    """A span of a line that is furniture; `headline` is the other article's that it names."""

    start: int
    end: int
    headline: str | None = None


def page_data() -> list[Language]:
    """Return every language's data: pages mix languages."""
    return [specs.language(code) for code in specs.languages()]


def compile_any(patterns: Sequence[str], shape: str = "{}") -> re.Pattern[str]:
    """Compile patterns into one alternation, put into `shape`; a broken pattern is a SpecError that shows it."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise SpecError(f"page data: the pattern {pattern!r} is wrong ({error}); correct it in lang/") from error
    return re.compile(shape.format("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"), re.IGNORECASE)


@cache
def _pattern(kind: str, shape: str = "{}") -> re.Pattern[str]:
    return compile_any([pattern for data in page_data() for pattern in getattr(data.furniture, kind)], shape)


def is_line(line: str, kind: str = "line") -> bool:
    """Tell whether the whole line, stripped, is furniture of a kind: line, end, comments, caption or a heading's."""
    return len(line) <= WHOLE_LINE_CHARS and bool(_pattern(kind).fullmatch(line.strip(" -–—|·•")))


def is_furniture(line: str) -> bool:
    """Tell whether nothing of a stripped line is the article's, and no headline of another article is in it."""
    if is_line(line) or is_line(line, "caption"):
        return True
    found = cuts(line)
    return bool(found) and not any(cut.headline for cut in found) and not re.search(r"\w", without(line, found))


def without(line: str, found: Sequence[Cut]) -> str:
    """Return what is left of a line without its cuts."""
    for cut in reversed(found):
        line = line[: cut.start].rstrip() + " " + line[cut.end :].lstrip()
    return line.strip()


@lru_cache(maxsize=512)  # each step of cleaning asks about each line of a page
def cuts(line: str) -> tuple[Cut, ...]:
    """Return the furniture inside one line, in order: advertising, related headlines, appeals to the reader."""
    return tuple(_cuts(line))


def _cuts(line: str) -> Iterator[Cut]:
    position = 0
    for gap in [*_pattern("inline").finditer(line), None]:
        end = gap.start() if gap else len(line)
        yield from _cuts_between(line, position, end)
        if gap:
            yield Cut(gap.start(), gap.end())
            position = gap.end()


def _cuts_between(line: str, start: int, end: int) -> Iterator[Cut]:
    related = (
        _Ahead(_pattern("related", AFTER_SENTENCE + "(?P<mark>{})")),
        _Ahead(_pattern("related_bare", r"^[\s>»*•·#-]*(?P<mark>(?:{}))(?=.*[^.\s]\s*$)")),
        _Ahead(_pattern("related_anywhere", "(?P<mark>{})")),
    )
    appeal = _Ahead(_pattern("appeal", AFTER_SENTENCE + r"(?:{})"))
    segment = line[start:end]
    position = 0
    while position < len(segment):
        found = [match for ahead in related if (match := ahead.find(segment, position))]
        marked = min(found, key=lambda match: match.start("mark"), default=None)
        asking = appeal.find(segment, position)
        if marked and (not asking or marked.start("mark") <= asking.end()):
            first, stop = marked.start("mark"), _stop(segment, marked.end("mark"), HEADLINE_CHARS, marked)
            yield Cut(start + first, start + stop, _headline(segment[marked.end("mark") : stop]))
        elif asking:
            first, stop = asking.start(), _stop(segment, asking.end(), APPEAL_CHARS, asking)
            yield Cut(start + first, start + stop)
        else:
            return
        position = stop


class _Ahead:
    """The next match of a pattern, searched again only once it is passed: a text in one line may have thousands."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._match: re.Match[str] | None = None
        self._done = False

    def find(self, text: str, position: int) -> re.Match[str] | None:
        if not self._done and (self._match is None or self._match.start() < position):
            self._match = self._pattern.search(text, position)
            self._done = self._match is None
        return self._match


def _stop(segment: str, after: int, limit: int, match: re.Match[str]) -> int:
    """Return where a cut ends: with the segment, or in a text without line breaks with its sentence."""
    at_start = not segment[max(0, match.start() - 200) : match.start()].strip()
    if len(segment) - after <= (limit if at_start else HEADLINE_CHARS):
        return len(segment)
    while after < len(segment) and segment[after].isspace():
        after += 1
    sentence = SENTENCE_END.search(segment, after)
    return sentence.end() if sentence else len(segment)


def _headline(text: str) -> str | None:
    """Return the related headline in what follows a marker: its title-case words, where a sentence is glued on."""
    if glued := _pattern("appeal", r"(?-i:(?<=[^\W\d_A-Z])(?=[A-Z]))(?:{})").search(text):
        text = text[: glued.start()]  # "… Parade MiliterLihat juga Video …"
    text = re.sub(r"\s+", " ", text).strip(" -–—:>»*•[]\u200b")
    if len(text) > HEADLINE_CHARS:
        words = text.split(" ")
        lower = next((i for i, word in enumerate(words[1:], 1) if word.islower() and len(word) > 6), len(words))
        text = " ".join(words[: max(3, lower - 1)])
    return text if re.search(r"\w", text) else None
