"""What a watch remembers between its runs, in a JSON file beside the store: no more than the feeds' last weeks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from kg.errors import SourceError
from kg.graph.files import whole_file

KEPT = 30 * 24 * 3600.0  # seconds for which an entry is remembered that its feed no longer has


@dataclass(slots=True)
class Seen:
    """An entry that was dealt with: what it was like then, and when its feed last had it."""

    digest: str
    last: float
    tries: int = 0  # those in vain; with some, it is not dealt with yet


@dataclass(slots=True)
class Feed:
    """A feed: what to ask it with, and its entries by their ids."""

    etag: str | None = None
    modified: str | None = None
    entries: dict[str, Seen] = field(default_factory=dict)

    def forget(self, now: float) -> None:
        """Drop the entries that the feed has not had for long."""
        self.entries = {key: seen for key, seen in self.entries.items() if now - seen.last < KEPT}


@dataclass(slots=True)
class State:
    """All feeds by their addresses, and the sites that asked for rest, each with the time until which."""

    path: Path
    feeds: dict[str, Feed] = field(default_factory=dict)
    rests: dict[str, float] = field(default_factory=dict)

    @classmethod
    def beside(cls, store: Path) -> Self:
        """Return the state beside a store; a store that is not there has seen nothing.

        Raises SourceError where the file is damaged.
        """
        path = store.absolute().with_name(f"{store.absolute().name}.watch.json")
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            feeds = {address: _feed(found) for address, found in told["feeds"].items() if store.exists()}
            return cls(path, feeds, {site: float(until) for site, until in told["rests"].items()})
        except FileNotFoundError:
            return cls(path)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            remedy = "delete it, and the feeds are read from anew"
            raise SourceError(f"{path}: not what a watch of feeds remembers ({error}); {remedy}") from error

    def save(self) -> None:
        """Write the file, whole or not at all."""
        told = {"feeds": {address: asdict(feed) for address, feed in self.feeds.items()}, "rests": self.rests}
        with whole_file(self.path) as file:
            file.write(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "replace"))


def _feed(told: dict[str, Any]) -> Feed:
    return Feed(**{**told, "entries": {key: Seen(**seen) for key, seen in told["entries"].items()}})
