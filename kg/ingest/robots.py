"""What a site lets a program read that follows a list of its pages: robots.txt (RFC 9309), and how fast."""

from __future__ import annotations

import time
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from kg.ingest import web
from kg.ingest.records import Skipped

PAUSE = 1.0  # seconds between two pages, which no newsroom's server feels
LONGEST = 30.0  # seconds that a site may ask for
FORBIDDEN = "the site's robots.txt does not let programs read it; save the page in a file"


class Robots:
    """The rules of one site, fetched once; `site` is its address without a path."""

    def __init__(self, site: str) -> None:
        self._rules = RobotFileParser()
        try:
            self._rules.parse(web.fetch(f"{site}/robots.txt").data.decode("utf-8", "replace").splitlines())
        except Skipped as reason:  # no rules are no bar; where they cannot be told, nothing is read (RFC 9309, 2.3.1)
            if not str(reason).startswith("the server answers 4"):
                raise
            self._rules.parse([])
        self._last: float | None = None

    def wait(self, url: str) -> None:
        """Wait until a page may be fetched; raise Skipped where it may not be."""
        if not self._rules.can_fetch(web.AGENT, url):
            raise Skipped(FORBIDDEN)
        if self._last is not None:
            asked = min(LONGEST, float(self._rules.crawl_delay(web.AGENT) or 0))
            time.sleep(max(0.0, self._last + max(PAUSE, asked) - time.monotonic()))
        self._last = time.monotonic()


def site_of(url: str) -> str:
    """Return the scheme and host of an address; raise Skipped where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://["
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Skipped("no address of a page; give http or https")
    return f"{parts.scheme}://{parts.netloc.lower()}"
