"""Text → dates: expressions in words and digits, resolved against the day of publication (ISO 8601 out).

Month and weekday names are CLDR's (babel) with newsroom variants of lang/XX/time.toml. Without a day of publication,
what needs one ("Tuesday", "last May", "6 October") stays unresolved.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from kg import specs
from kg.specs.language import Time

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DIGIT = "0"  # stands for any number among the words of a text
_WORD = re.compile(r"[^\W\d_]+|\d+")


# Beyond these years "last year" and "next year" leave the calendar; such dates are placeholders of a page's making.
FIRST_YEAR, LAST_YEAR = 2, 9998


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An expression's place in its text (characters), its ISO value (None: not to be resolved), and its kind."""

    start: int
    end: int
    value: str | None
    kind: str  # day, month, year, weekday, relative, same (counted from the day named before)
    shift: int = 0  # days from the day named before, of kind same


Pattern = tuple[str, re.Pattern[str], frozenset[str]]


@cache
def _grammar(language: str) -> tuple[list[Pattern], dict[str, int], dict[str, int], Time]:
    """Return the patterns with their kinds, each with words of which a text has one where it matches (none: any)."""
    data = specs.language(language).time
    months = {
        name.lower().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, "format", language).items()
    }
    months |= {name.lower(): number for name, number in data.months.items()}
    weekdays = {name.lower(): number for number, name in get_day_names("wide", "format", language).items()}
    weekdays |= {name.lower(): number for name, number in data.weekdays.items()}
    month = "(?P<month>" + "|".join(sorted(map(re.escape, months), key=len, reverse=True)) + r")\.?"
    weekday = "(?P<weekday>" + "|".join(sorted(map(str.capitalize, weekdays), key=len, reverse=True)) + ")"
    either_of = {"last": data.last, "next": data.next, "this": data.this}
    shift = {key: "(?P<" + key + ">" + "|".join(words) + ")" for key, words in either_of.items()}
    either = f"(?:{shift['last']}|{shift['next']}|{shift['this']})"
    unit = "(?P<unit>" + "|".join(data.year + data.month) + ")"
    years = "(?:" + "|".join(data.year) + ")"
    days = "(?P<days>" + "|".join(sorted(data.days, key=len, reverse=True)) + ")"
    count = "(?P<count>" + "|".join((r"\d{1,4}", *data.numbers, *data.several)) + ")"
    counted = {"day": data.day, "month": data.months_back, "year": data.years_back}
    units = "|".join(f"(?P<{unit}s_back>{'|'.join(words)})" for unit, words in counted.items())
    ago = f"(?:{'|'.join(data.ago)}|(?P<earlier>{'|'.join(data.earlier)}))"
    order = [
        ("day", r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<number>\d{2})-(?P<day>\d{2})"),
        ("day", rf"(?<![\d/])(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})/{_YEAR}(?![\d/])"),
        ("day", r"(?<=\()(?P<day>\d{1,2})/(?P<number>\d{1,2})(?=\))"),
        ("day", rf"\b{month}\s{_DAY}\b(?:,?\s{_YEAR})?"),
        ("day", rf"\b{_DAY}\s{month}\b(?:\s{_YEAR})?"),
        ("month", rf"\b{month},?\s{_YEAR}\b"),
        ("month_of", rf"\b{month}\s{years}\s{either}\b" if data.day_first else rf"\b{month}\s{either}\s{years}\b"),
        ("relative", rf"\b{either}\s{month}\b" if not data.day_first else rf"\b{month}\s{either}\b"),
        ("relative", rf"\b{count}\s(?:{units})\s{ago}\b"),
        ("relative", rf"\b{either}\s{unit}\b" if not data.day_first else rf"\b{unit}\s{either}\b"),
        ("same", "\\b(?P<same>" + "|".join(sorted(data.same, key=len, reverse=True)) + ")\\b"),
        ("relative", rf"\b{days}\b"),
        ("relative", rf"\b(?:{'|'.join(data.in_month)})\s{month}\b(?!\s\d)"),
        ("year", rf"(?<![\d.,/-]){_YEAR}[-–](?:\d\d)?\d\d\b"),
        ("year", rf"(?<![\d.,/-]){_YEAR}(?![\d.,/-]*\d|s\b|\s?-an\b|\s(?:orang|people|personel|troops))\b"),
        ("weekday", rf"\b{weekday}\b"),
    ]
    flags = {"weekday": 0}
    signs = {
        "(?P<weekday>": weekdays, "(?P<days>": data.days, "(?P<month>": months,
        "(?P<same>": data.same, "(?P<unit>": data.year + data.month, "(?P<count>": data.ago + data.earlier,
        "(?P<year>": [_DIGIT], "(?P<number>": [_DIGIT],
    }  # fmt: skip
    compiled = []
    for kind, p in order:
        words = next((words for group, words in signs.items() if group in p), ())
        first = frozenset(_WORD.findall(word.lower())[0] for word in words)
        compiled.append((kind, re.compile(p, flags.get(kind, re.IGNORECASE)), first))
    return compiled, months, weekdays, data


def may_tell(words: Iterable[str], language: str) -> bool:
    """Return whether a date may stand among lower-cased tokens: to ask is quicker than to look for one."""
    signs = _signs(language)  # every pattern has some
    return any(word in signs or (not word.isalpha() and any(map(str.isalnum, word))) for word in words)


@cache
def _signs(language: str) -> frozenset[str]:
    """Return every word that a date of a language has one of; numbers aside."""
    return frozenset().union(*(signs for _, _, signs in _grammar(language)[0]))


def find_dates(text: str, language: str, published: date | None) -> list[DateSpan]:
    """Return the date expressions of a text in order, without overlap; fuller expressions win over their parts."""
    if published is not None and not FIRST_YEAR <= published.year <= LAST_YEAR:
        published = None  # 0001-01-01, as some sites publish, tells nothing
    patterns, _, _, data = _grammar(language)
    found: list[DateSpan] = []
    said = {_DIGIT if word[0].isdigit() else word for word in _WORD.findall(text.lower())}
    for kind, pattern, signs in patterns:
        if signs and said.isdisjoint(signs):
            continue  # most patterns in most sentences, and to look at the words is faster
        for match in pattern.finditer(text):
            if any(match.start() < f.end and f.start < match.end() for f in found):
                continue
            shift = data.same[match["same"].lower()] if kind == "same" else 0
            found.append(DateSpan(match.start(), match.end(), _resolve(kind, match, language, published), kind, shift))
    return list(_without_repeats(sorted(found, key=lambda f: f.start), text))


def _without_repeats(found: list[DateSpan], text: str) -> Iterator[DateSpan]:
    """Drop a weekday or relative word that a date in digits explains: "Selasa (6/10/2020)", "Tuesday, March 27"."""
    for span, follower in zip(found, [*found[1:], None], strict=False):
        if (
            follower is not None
            and span.kind in ("weekday", "relative")
            and follower.kind == "day"
            and re.fullmatch(r"[\s,(]*", text[span.end : follower.start])
        ):
            continue
        yield span


def _resolve(kind: str, match: re.Match[str], language: str, published: date | None) -> str | None:
    _, months, weekdays, data = _grammar(language)
    part = match.groupdict()
    try:
        if kind == "day":
            number = int(part["number"]) if part.get("number") else months[part["month"].lower().rstrip(".")]
            if part.get("year"):
                return date(int(part["year"]), number, int(part["day"])).isoformat()
            return _near(number, int(part["day"]), published)
        if kind == "month":
            return f"{int(part['year']):04d}-{months[part['month'].lower().rstrip('.')]:02d}"
    except (ValueError, KeyError):
        return None  # no such day: "31/2/2020"
    if kind == "year":
        return part["year"]
    if kind == "same":
        return None
    if published is None:
        return None
    if kind == "month_of":
        step = -1 if part.get("last") else 1 if part.get("next") else 0
        return f"{published.year + step:04d}-{months[part['month'].lower().rstrip('.')]:02d}"
    if kind == "weekday":
        return _weekday(weekdays[part["weekday"].lower()], published)
    if part.get("count"):
        count = data.numbers.get(part["count"].lower()) or (int(part["count"]) if part["count"].isdigit() else None)
        return _back(count, part, published) if count else None
    if part.get("days"):
        return (published + timedelta(days=data.days[part["days"].lower()])).isoformat()
    bare = not any(part.get(key) for key in ("last", "next", "this"))  # "in February": the last one
    step = -1 if bare or part.get("last") else 1 if part.get("next") else 0
    if part.get("unit"):
        return _unit(part["unit"].lower() in data.year, step, published)
    return _month(months[part["month"].lower().rstrip(".")], step, published)


def _back(count: int, part: dict[str, str], published: date) -> str | None:
    """Return the day, month or year so many before publication; None before the calendar.

    "Three years earlier" is counted from what was told before, which is not known here.
    """
    if part["days_back"]:
        return (published - timedelta(days=count)).isoformat()
    if part["earlier"]:
        return None
    index = published.year * 12 + published.month - 1 - count * (12 if part["years_back"] else 1)
    if index < FIRST_YEAR * 12:
        return None
    return f"{index // 12:04d}" if part["years_back"] else f"{index // 12:04d}-{index % 12 + 1:02d}"


def _near(month: int, day: int, published: date | None) -> str | None:
    """Return the day of the year that lies nearest to publication; news names no year for the near past and future."""
    if published is None:
        return None
    leap = month == 2 and day == 29
    years = [
        date(published.year + k, month, day) for k in (-1, 0, 1) if not leap or calendar.isleap(published.year + k)
    ]
    if not years:
        return None
    return min(years, key=lambda d: abs((d - published).days)).isoformat()


def _weekday(weekday: int, published: date) -> str:
    """Return the last such day up to publication; a report of what is to come says "next" or gives the day."""
    return (published - timedelta(days=(published.weekday() - weekday) % 7)).isoformat()


def _unit(is_year: bool, step: int, published: date) -> str:
    if is_year:
        return f"{published.year + step:04d}"
    index = published.year * 12 + published.month - 1 + step
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _month(month: int, step: int, published: date) -> str:
    year = published.year
    if step < 0 and month > published.month:
        year -= 1
    if step > 0 and month <= published.month:
        year += 1
    return f"{year:04d}-{month:02d}"
