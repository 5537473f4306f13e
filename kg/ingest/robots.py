"""What a site lets a program read that follows a list of its pages: robots.txt (RFC 9309), and how fast."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from protego import Protego

from kg.ingest import web
from kg.ingest.records import Skipped

PAUSE = 1.0  # seconds between two pages, which no newsroom's server feels
LONGEST = 30.0  # seconds that a site may ask for
FRESH = 24 * 3600.0  # seconds that rules are kept (RFC 9309, 2.4)
NAME = web.AGENT.partition("/")[0]  # what rules call us
FORBIDDEN = "the site's robots.txt does not let programs read it; save the page in a file"


class Robots:
    """The rules of one site, fetched once; `site` is its address without a path."""

    def __init__(self, site: str) -> None:
        try:
            rules = web.fetch(f"{site}/robots.txt").data.decode("utf-8", "replace")
        except (
            web.Refused
        ) as refused:  # no rules are no bar; where they cannot be told, nothing is read (RFC 9309, 2.3.1)
            if not 400 <= refused.status < 500 or refused.status == 429:
                raise
            rules = ""
        self._rules = Protego.parse(rules)
        self._last: float | None = None
        self.fetched = time.monotonic()

    def wait(self, url: str) -> None:
        """Wait until a page may be fetched; raise Skipped where it may not be."""
        if not self._rules.can_fetch(url, NAME):
            raise Skipped(FORBIDDEN)
        if self._last is not None:
            asked = min(LONGEST, float(self._rules.crawl_delay(NAME) or 0))
            time.sleep(max(0.0, self._last + max(PAUSE, asked) - time.monotonic()))
        self._last = time.monotonic()


class Sites:
    """The rules of the sites that were met, each fetched once a day; a site whose rules cannot be told stays shut."""

    def __init__(self) -> None:
        self._known: dict[str, Robots | Skipped] = {}

    def wait(self, url: str) -> None:
        """Wait until a page of any site may be fetched; raise Skipped where it may not be."""
        site = site_of(url)
        rules = self._known.get(site)
        if rules is None or (isinstance(rules, Robots) and time.monotonic() - rules.fetched > FRESH):
            try:
                rules = Robots(site)
            except Skipped as reason:
                rules = reason
            self._known[site] = rules
        if isinstance(rules, Skipped):
            raise rules
        rules.wait(url)

    def forget_shut(self) -> None:
        """Ask again for rules that could not be told."""
        self._known = {site: rules for site, rules in self._known.items() if isinstance(rules, Robots)}


def site_of(url: str) -> str:
    """Return the scheme and host of an address; raise Skipped where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://["
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Skipped("no address of a page; give http or https")
    return f"{parts.scheme}://{parts.netloc.lower()}"
