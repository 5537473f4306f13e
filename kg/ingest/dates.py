"""Page dates → datetimes with a zone: "Senin, 20 Okt 2025 13:34 WIB", "October 6, 2020 2:06 pm EDT", ISO 8601, RSS.

A time without a zone is in the zone of the language's data (Indonesian: WIB, +07:00; English: UTC), a date without a
time is its midnight. Of 06/10/2020 the day comes first in Indonesian; in English the zone beside it tells (American
zones put the month first), and where nothing tells, the date is not guessed. WIB, WITA, WIT are +07:00, +08:00, +09:00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from kg import specs
from kg.ingest.furniture import page_data

ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?\s*(?P<z>Z\b|[+-]\d{2}:?\d{2}\b)?)?"
)
NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")
CLOCK = re.compile(
    r"(?<!\d)(?P<H>\d{1,2})[:.](?P<M>\d{2})(?::(?P<S>\d{2}))?(?!\d)\s*(?P<ap>[ap]\.?m\b\.?)?", re.IGNORECASE
)
OFFSET = re.compile(r"\b(?:GMT|UTC)\s*(?P<sign>[+-])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?\b")
# Eight digits in a row are numbers of articles as often as days.
ADDRESSED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/_.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d)")
SEPARATORS = " \t,;:|•·-–—*_()[]/\u00a0\u200b"


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: when, whether with a time, and what the line says before and after it."""

    when: datetime
    timed: bool
    before: str
    after: str


def parse(value: str | datetime | None, language: str) -> datetime | None:
    """Return the time that a metadata field states, with a zone, or None; see the module for what is assumed."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=default_zone(language))
    value = value.strip()
    found = find(value, language)
    if found:
        return found.when
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", value):  # seconds or milliseconds since 1970
        return datetime.fromtimestamp(float(value) / (1000 if len(value.split(".")[0]) > 10 else 1), UTC)
    try:
        return _zoned(parsedate_to_datetime(value), language)
    except (ValueError, TypeError, IndexError):
        return None


def in_address(address: str, language: str) -> datetime | None:
    """Return the day that the last part of a path, or the path of an address, carries: 2020-10-06, /2020/10/06/."""
    days = list(ADDRESSED.finditer(address))
    if not days:
        return None
    try:
        year, month, day = (int(days[-1][part]) for part in "ymd")
        return _zoned(datetime(year, month, day), language)
    except ValueError:  # 31 February
        return None


def find(line: str, language: str) -> Found | None:
    """Return the first date of a line, with the time and zone that follow it closely."""
    day = ISO.search(line) or _words().search(line) or NUMERIC.search(line)
    if not day:
        return None
    groups = day.groupdict()
    end = day.end()
    clock, zone = (groups if groups.get("H") else None), _iso_zone(groups.get("z"))
    if clock is None:
        match = re.compile(rf"[\s,;|•·–—-]*(?:{_time_words()})?\s*{CLOCK.pattern}", re.IGNORECASE).match(line, end)
        clock, end = (match.groupdict(), match.end()) if match else (None, end)
    start = day.start()
    if clock is None:  # "14:06 WIB, 6 Oktober 2020"
        ahead = list(CLOCK.finditer(line, 0, start))
        if ahead and len(line[ahead[-1].end() : start]) <= len(" WITA, Selasa, "):
            clock, start = ahead[-1].groupdict(), ahead[-1].start()
            zone = _zone_at(line[ahead[-1].end() : day.start()])[0]
    if clock is not None and zone is None:
        zone, length = _zone_at(line[end:])
        end += length
    when = _build(groups, clock, zone, _zone_name(line), language)
    return Found(when, clock is not None, line[:start], line[end:]) if when else None


def default_zone(language: str) -> tzinfo:
    """Return the zone of a time that names none."""
    return _zone(specs.language(language).pagelines.default_zone) or UTC


def _build(
    day: dict[str, str | None], clock: dict[str, str | None] | None, zone: tzinfo | None, zone_name: str, language: str
) -> datetime | None:
    if day.get("a"):
        first, second = int(day["a"] or 0), int(day["b"] or 0)
        month_first = _month_first(first, second, zone_name, language)
        if month_first is None:
            return None
        number, month = (second, first) if month_first else (first, second)
    else:
        number = int(day.get("d") or day.get("d2") or 0)
        name = (day.get("mon") or day.get("mon2") or "").lower()
        month = _months()[name] if name else int(day["m"] or 0)
    hour, minute, second = (int((clock or {}).get(key) or 0) for key in ("H", "M", "S"))
    half = ((clock or {}).get("ap") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        naive = datetime(int(day.get("y") or day.get("y2") or 0), month, number, hour, minute, second)
    except ValueError:  # 31 February, 25:00
        return None
    return naive.replace(tzinfo=zone or default_zone(language))


def _month_first(first: int, second: int, zone_name: str, language: str) -> bool | None:
    if first > 12 or second > 12:
        return second > 12
    if zone_name:
        return any(zone_name in data.pagelines.order.month_first_zones for data in page_data())
    return False if specs.language(language).pagelines.day_first or first == second else None


def _zoned(when: datetime, language: str) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=default_zone(language))


def _iso_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    return _offset(text[0], text[1:3], text[-2:])


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-delta if sign == "-" else delta) if delta < timedelta(hours=24) else None


def _zone_at(text: str) -> tuple[tzinfo | None, int]:
    """Return the zone that a text starts with, and its length."""
    if match := re.compile(rf"[\s(]*{OFFSET.pattern}\)?").match(text):
        return _offset(match["sign"], match["h"], match["m"]), match.end()
    if match := re.compile(r"\s*(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})\b").match(text):
        return _offset(match["sign"], match["h"], match["m"]), match.end()
    if (match := re.compile(r"[\s(]*([A-Z]{2,5})\b\)?").match(text)) and (zone := _zone(match[1])):
        return zone, match.end()
    return None, 0


def _zone_name(line: str) -> str:
    return next((word for word in re.findall(r"\b[A-Z]{2,5}\b", line) if word in _zones()), "")


@cache
def _zones() -> dict[str, str]:
    return {name: value for data in page_data() for name, value in data.pagelines.zones.items()}


@cache
def _zone(name: str) -> tzinfo | None:
    value = _zones().get(name)
    if value is None:
        return None
    return _offset(value[0], value[1:3], value[-2:]) if value[0] in "+-" else ZoneInfo(value)


@cache
def _months() -> dict[str, int]:
    return {name: month for data in page_data() for name, month in data.pagelines.months.items()}


@cache
def _words() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?(?P<mon>{names})\.?[\s,.-]+(?P<y>\d{{4}})"
        rf"|(?P<mon2>{names})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))(?!\d)",
        re.IGNORECASE,
    )


@cache
def _time_words() -> str:
    return "|".join(re.escape(word) for data in page_data() for word in data.pagelines.time_words)
