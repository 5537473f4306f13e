"""A feed's address → its entries, asked politely: by what it said last time; and how long who refuses is left alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kg.ingest import feeds, web
from kg.ingest.records import Skipped, told
from kg.ingest.robots import Sites
from kg.watch.state import Feed

FIRST_REST = 15 * 60.0  # seconds after a first failure, twice as many after each further one
LONGEST_REST = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Polled:
    """What a feed has, and what it is to be asked with next time."""

    entries: list[feeds.Entry]
    etag: str | None
    modified: str | None


def poll(address: str, feed: Feed, sites: Sites) -> Polled | None:
    """Return what a feed has, or None where it has not changed; raise Skipped where it cannot be read."""
    sites.wait(address)
    asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    try:
        answer = web.fetch(address, {name: value for name, value in asked.items() if value}, on_redirect=sites.wait)
    except web.Refused as refused:
        if refused.status == 304:
            return None
        raise
    try:
        entries = feeds.entries(answer.data, address)
    except Skipped:
        raise
    except Exception as error:  # a feed that breaks the parser must not stop the others
        raise Skipped(f"cannot be read as a feed ({told(error)}); check the address") from error
    return Polled(entries, answer.headers.get("etag"), answer.headers.get("last-modified"))


def wants_rest(reason: Skipped) -> bool:
    """Tell whether a site asks by its answer not to be asked for a while (RFC 6585, 4; RFC 9110, 15.6.4)."""
    return isinstance(reason, web.Refused) and reason.status in {429, 503}


def may_change(reason: Skipped) -> bool:
    """Tell whether what failed may go well another time."""
    return isinstance(reason, web.Unreached) or (isinstance(reason, web.Refused) and reason.status >= 500)


def rest(failures: int, reason: Skipped, now: float) -> float:
    """Return until when one is left alone that failed so often in a row: as it asks, or twice as long each time."""
    asked = retry_after(reason, now)
    doubled = FIRST_REST * 2 ** min(failures - 1, 10)
    return now + min(LONGEST_REST, doubled if asked is None else asked)


def retry_after(reason: Skipped, now: float) -> float | None:
    """Return the seconds that an answer's Retry-After asks for (RFC 9110, 10.2.3); None where it asks for none."""
    written = reason.headers.get("retry-after", "") if isinstance(reason, web.Refused) else ""
    try:
        seconds = float(written)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now)


def clock(until: float) -> str:
    """Return a time as it is told to people here."""
    return datetime.fromtimestamp(until).astimezone().strftime("%Y-%m-%d %H:%M")
