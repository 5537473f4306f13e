"""The prefix of a news paragraph: "ANKARA, KOMPAS.com – ", "BAKU (Reuters) - ", "Jakarta, CNN Indonesia -- "."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from kg.ingest import dates
from kg.ingest.agency import is_agency, outlet

DASH = re.compile(r"\s*(?:[–—―]|--+|-(?=\s)|(?<=\s)-)\s*")
BRACKET = re.compile(r"\(([^()]{2,40})\)\s*$")
UNDASHED = re.compile(r"(?P<place>[^()\n]{2,40}?)\s*\((?P<media>[^()]{2,40})\)\s*:?\s+(?=[\"“'‘A-ZÀ-Þ])")
PREFIX_CHARS = 90
OPENING = re.compile(r"[\"“'‘(\[]?[A-ZÀ-Þ0-9]")
PLACE = re.compile(r"[A-ZÀ-Þ][\w'’.]*(?:[ /-](?:[A-ZÀ-Þ(][\w'’.)]*|de|el|al|of|au|es|the))*")
MONTH_DAY = re.compile(r"(?:[A-Za-z]{3,9}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?:,? \d{4})?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a prefix says: where the paragraph proper starts, the place, the media and the date."""

    end: int
    place: str | None = None
    media: tuple[str, ...] = ()
    published: datetime | None = None


def read(paragraph: str, language: str, *, first: bool) -> Dateline | None:
    """Return the dateline that opens a paragraph; one without a medium only on the first paragraph."""
    if (dash := DASH.search(paragraph, 1, PREFIX_CHARS)) and (found := _parse(paragraph, dash, language, first=first)):
        return found
    if match := UNDASHED.match(paragraph):
        media = _media(match["media"])
        if media and is_agency(media[-1]) and PLACE.fullmatch(match["place"].split(",")[0]):
            return Dateline(match.end(), match["place"].split(",")[0], media)
    return None


def _parse(paragraph: str, dash: re.Match[str], language: str, *, first: bool) -> Dateline | None:
    prefix, rest = paragraph[: dash.start()].strip(), paragraph[dash.start() :]
    media: tuple[str, ...] = ()
    bracketed = BRACKET.search(prefix)
    if bracketed:
        media = _media(bracketed[1])
        if not media:
            return None
        prefix = prefix[: bracketed.start()].rstrip(" ,")
    found = dates.find(prefix, language)
    parts = [part.strip() for part in re.split(r"[,|]", prefix) if part.strip()]
    named = tuple(name for part in parts if (name := outlet(part)))
    places = [part for part in parts if not outlet(part) and not MONTH_DAY.fullmatch(part) and not part.isdigit()]
    media += named
    if len(places) > 2 or not all(PLACE.fullmatch(part) and len(part.split()) <= 4 for part in places):
        return None
    if not media and not (places and _is_place_alone(places, rest, first=first)):
        return None
    return Dateline(dash.end(), places[0] if places else None, media, found.when if found else None)


def _is_place_alone(places: list[str], rest: str, *, first: bool) -> bool:
    """Tell whether a prefix without a medium is one: "JAKARTA – Presiden" or, on the first paragraph, "Jakarta - "."""
    body = DASH.sub("", rest, count=1)
    if not OPENING.match(body) or len(body) < 30:
        return False
    capital = places[0].isupper() and sum(letter.isalpha() for letter in places[0]) > 3
    return first and (capital or (rest[:1].isspace() and len(places[0].split()) <= 3))


def _media(text: str) -> tuple[str, ...]:
    names = [outlet(part) for part in re.split(r"\s*/\s*", text)]
    return tuple(name for name in names if name) if all(names) else ()
