"""Times in a question: "in March 2025", "sejak 2024", "between 2020 and 2021" → the first and the last day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from kg.ask.lexicon import split
from kg.ask.words import Time, words

FIRST, LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both within; months end on the 31st, as dates are compared as texts.

    `now` is a time of speaking, which offices are held at and nothing happens at.
    """

    first: str = FIRST
    last: str = LAST
    now: bool = False

    def told(self) -> str:
        """Return it as a person reads it."""
        first, last = re.sub(r"-01-01$|-01$", "", self.first), re.sub(r"-12-31$|-31$", "", self.last)
        if self.first == self.last:
            return self.first
        if self.first == FIRST or self.last == LAST:
            return f"… {last}" if self.first == FIRST else f"{self.first} …"
        return first if first == last else f"{first} … {last}"


class Clock:
    """Reads the times of a language, seen from a day."""

    def __init__(self, language: str, today: date) -> None:
        self.time: Time = words(language).time
        self.months, self.today = _months(language), today

    def read(self, tokens: tuple[str, ...], at: int) -> tuple[int, Span] | None:
        """Return how many words from a place are a time, and which."""
        found = [*self._between(tokens, at), *self._led(tokens, at)]
        bare = self._point(tokens, at, led=False)
        if bare:
            found.append((bare[0], Span(*bare[1:])))
        return max(found, key=lambda one: one[0], default=None)

    def _between(self, tokens: tuple[str, ...], at: int) -> list[tuple[int, Span]]:
        found = []
        for opening, joining in self.time.between:
            begun = self._phrase(tokens, at, opening)
            first = self._point(tokens, at + begun) if begun else None
            joined = self._phrase(tokens, at + begun + first[0], joining) if first else 0
            last = self._point(tokens, at + begun + first[0] + joined) if first and joined else None
            if first and last:
                found.append((begun + first[0] + joined + last[0], Span(_in_year(first[1], last[1]), last[2])))
        return found

    def _led(self, tokens: tuple[str, ...], at: int) -> list[tuple[int, Span]]:
        found = []
        for role in ("at", "since", "after", "until", "before"):
            for phrase in getattr(self.time, role):
                begun = self._phrase(tokens, at, phrase)
                point = self._point(tokens, at + begun) if begun else None
                if point:
                    size, first, last = point
                    span = {
                        "at": Span(first, last),
                        "since": Span(first),
                        "after": Span(_next(last)),
                        "until": Span(FIRST, last),
                        "before": Span(FIRST, _before(first)),
                    }[role]
                    found.append((begun + size, span))
        return found

    def _point(self, tokens: tuple[str, ...], at: int, *, led: bool = True) -> tuple[int, str, str] | None:
        """Return size, first and last day of a day, month or year; a bare month wants a word before it, or a year."""
        start = at
        while led and at < len(tokens) and tokens[at] in self.time.filler:
            at += 1
        window = tokens[at : at + 5]
        found = self._relative(window) or self._written(window, led)
        return (found[0] + at - start, *found[1:]) if found else None

    def _written(self, window: tuple[str, ...], led: bool) -> tuple[int, str, str] | None:
        if not window:
            return None
        if iso := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", window[0]):
            return (1, *_ends(*iso.groups())) if 1000 <= int(iso[1]) <= 2200 else None
        kinds = "".join(
            "m"
            if t in self.months
            else "y"
            if re.fullmatch(r"[12]\d{3}", t)
            else "d"
            if _day(t)
            else t[:1]
            if t == ","
            else "x"
            for t in window
        )
        for shape in ("dmy", "md,y", "mdy", "my", *(("dm", "md", "m") if led else ())):
            if kinds.startswith(shape):
                parts = {kind: window[n] for n, kind in enumerate(shape)}
                month = self.months[parts["m"]]
                day = _day(parts["d"]) if "d" in parts else None
                year = int(parts["y"]) if "y" in parts else self._year_of(month)
                return (len(shape), *_ends(str(year), f"{month:02}", f"{day:02}" if day else None))
        return None

    def _year_of(self, month: int) -> int:
        """Return the year of the last such month that has begun."""
        return self.today.year if month <= self.today.month else self.today.year - 1

    def _relative(self, window: tuple[str, ...]) -> tuple[int, str, str] | None:
        for days, phrases in ((0, self.time.today), (1, self.time.yesterday)):
            for phrase in phrases:
                if size := self._phrase(window, 0, phrase):
                    day = (self.today - timedelta(days)).isoformat()
                    return size, day, day
        for word, other in (window[:2], window[1::-1]) if len(window) > 1 else ():
            for back, which in ((0, self.time.this), (1, self.time.last)):
                if word in which and other in self.time.year:
                    return (2, *_ends(str(self.today.year - back)))
                if word in which and other in self.time.month:
                    month = self.today.replace(day=1) - timedelta(back)
                    return (2, *_ends(str(month.year), f"{month.month:02}"))
        return None

    @staticmethod
    def _phrase(tokens: tuple[str, ...], at: int, phrase: str) -> int:
        wanted = split(phrase)
        return len(wanted) if tokens[at : at + len(wanted)] == wanted else 0


def _ends(year: str, month: str | None = None, day: str | None = None) -> tuple[str, str]:
    if day:
        return f"{year}-{month}-{day}", f"{year}-{month}-{day}"
    return (f"{year}-{month}-01", f"{year}-{month}-31") if month else (f"{year}-01-01", f"{year}-12-31")


def _day(token: str) -> int | None:
    found = re.fullmatch(r"([12]?\d|3[01])(?:st|nd|rd|th)?", token)
    return int(found[1]) or None if found else None


def _next(last: str) -> str:
    year, month, day = map(int, last.split("-"))
    if (month, day) == (12, 31):
        return f"{year + 1:04}-01-01"
    return f"{year:04}-{month + 1:02}-01" if day == 31 else (date(year, month, day) + timedelta(1)).isoformat()


def _before(first: str) -> str:
    before = (date.fromisoformat(first) - timedelta(1)).isoformat()
    return f"{before[:7]}-31" if first.endswith("-01") else before


def _in_year(first: str, last: str) -> str:
    """Return the first day within the year of the last where its own would be later: "between March and May 2024"."""
    return first if first <= last else last[:4] + first[4:]


@cache
def _months(language: str) -> dict[str, int]:
    return {
        name.lower().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, "format", language).items()
    }
