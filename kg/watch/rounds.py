"""One round over the feeds: ask each, fetch what is new in it, build that into the store."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.api import Graph
from kg.ingest.feeds import NO_TEXT, Entry
from kg.ingest.readers import read_page
from kg.ingest.records import Record, Skip, Skipped
from kg.ingest.robots import Sites, site_of
from kg.model import Article, Statement
from kg.pipeline import build
from kg.watch.poll import Polled, clock, may_change, poll, rest, wants_rest
from kg.watch.state import Feed, Seen, State

MOST_NEW = 200  # of a feed's entries in one round, the first ones; it has no end else, nor do the others get their turn
AHEAD = 24 * 3600.0  # seconds that a feed's own dates may lie ahead, by zones that are not told
MOST_TRIES = 5  # of a page that a server or the network fails to give
SHORTEST = 400  # characters of a feed's own text that are worth reading where its page cannot be
RESTS = "{} wants no questions until {}"
Key = tuple[str, str]  # a feed's address, and its entry's id

log = logging.getLogger("kg.watch")


@dataclass(slots=True)
class Round:
    """What came of a round: of the feeds, of the entries, and the statements of the articles that were built."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    resting: int = 0
    articles: int = 0
    known: int = 0
    skipped: int = 0
    later: int = 0
    statements: int = 0


class Watch:
    """Some feeds and a store; `round` brings into it what is new. `reading` are options of `kg.build`.

    With `pages` the page of each entry is fetched, and the feed's own text taken where it cannot be read; without, the
    feed's text. `on_skip` hears of each feed and page that is left out, or left for later.
    """

    def __init__(
        self,
        addresses: Iterable[str],
        store: Path,
        *,
        pages: bool = True,
        on_skip: Skip | None = None,
        on_article: Callable[[Article, list[Statement]], None] | None = None,
        now: Callable[[], float] = time.time,
        **reading: Any,
    ) -> None:
        self.addresses, self.store, self.pages, self.reading = list(addresses), store, pages, reading
        self._tell, self._on_article, self._now = on_skip or _warn, on_article, now
        self._sites = Sites()
        self._failures: Counter[str] = Counter()
        self._not_before: dict[str, float] = {}
        self.told, self.going = Round(), False

    def round(self) -> Round:
        """Go round once; return what came of it, which `told` also holds when an exception ends it.

        Raises StoreError where the store cannot be written; a feed or page that fails is told, and the others go on.
        """
        self.told, self.going = Round(feeds=len(self.addresses)), True
        state = State.beside(self.store)
        self._sites.forget_shut()
        try:
            polled = {address: found for address in self.addresses if (found := self._polled(address, state))}
            new: dict[Key, Entry] = {}
            more: Counter[str] = Counter()  # by feed, what is left for the next round
            for address, found in polled.items():
                fresh = [entry for entry in found.entries if _is_new(state.feeds[address], entry, self._now())]
                new |= {(address, entry.record.id): entry for entry in fresh[:MOST_NEW]}
                more[address] = len(fresh[MOST_NEW:])
            left = {address for address, _ in (self._built(new, state) if new else ())}
            self.told.later += more.total()
            for address, found in polled.items():
                if address not in left and not more[address]:  # else it must tell of them again
                    state.feeds[address].etag, state.feeds[address].modified = found.etag, found.modified
        finally:
            for feed in state.feeds.values():
                feed.forget(self._now())
            state.rests = {site: until for site, until in state.rests.items() if until > self._now()}
            state.save()
        self.going = False
        return self.told

    def _polled(self, address: str, state: State) -> Polled | None:
        """Return what a feed has; None where it has nothing new, fails or rests."""
        feed = state.feeds.setdefault(address, Feed())
        try:
            until = max(state.rests.get(site_of(address), 0.0), self._not_before.get(address, 0.0))
            if until > self._now():
                self.told.resting += 1
                log.info(RESTS.format(address, clock(until)))
                return None
            found = poll(address, feed, self._sites)
        except Skipped as reason:
            self.told.failed += 1
            self._failures[address] += 1
            until = rest(self._failures[address], reason, self._now())
            if wants_rest(reason):
                state.rests[site_of(address)] = until
                reason = Skipped(f"{reason}; left alone until {clock(until)}")
            self._not_before[address] = until
            self._tell(address, str(reason))
            return None
        self._failures.pop(address, None)
        if found is None:
            self.told.unchanged += 1
            for seen in feed.entries.values():  # it has them still
                seen.last = self._now()
        return found

    def _built(self, new: dict[Key, Entry], state: State) -> set[Key]:
        """Build the articles of new entries; return those that are left for later."""
        later: set[Key] = set()
        waiting: dict[str, Key] = {}  # by the ids of records that are not written yet
        parts: Counter[Key] = Counter()  # how many records of an entry are not written yet
        reading: Key | None = None
        first: dict[str, Key] = {}  # of the entries with an address: what several feeds have is fetched once
        again = {
            key: one
            for key, entry in new.items()
            if self.pages and (url := entry.record.url) and (one := first.setdefault(url, key)) != key
        }

        def records(skip: Skip) -> Iterator[Record]:
            nonlocal reading
            for key, entry in new.items():
                if key in again:
                    continue
                reading = key
                for record in self._records(key, entry, state, skip, later):
                    waiting[record.id] = key
                    parts[key] += 1
                    yield record
                reading = None

        def dealt_with(article: Article) -> None:
            key = waiting.pop(article.given or article.id, None)
            if key:
                parts[key] -= 1
                if not parts[key] and key not in later and key != reading:
                    self._see(key, new[key], state)

        def written(article: Article, found: list[Statement]) -> None:
            self.told.articles += 1
            self.told.statements += len(found)
            dealt_with(article)
            if self._on_article:
                self._on_article(article, found)

        def known(article: Article) -> None:
            self.told.known += 1
            dealt_with(article)

        def skip(source: str, reason: str) -> None:
            self.told.skipped += 1
            self._tell(source, reason)

        graph = Graph.open(self.store)
        try:
            options = {"on_article": written, "on_known": known, "on_skip": skip, **self.reading}
            build([records], store=graph.store, **options)
        finally:
            graph.close()
        later |= {key for key, one in again.items() if one in later}
        self.told.later = len(later)
        for key in new.keys() - later:  # what was not written was told to be none
            self._see(key, new[key], state)
        return later

    def _records(self, key: Key, entry: Entry, state: State, skip: Skip, later: set[Key]) -> Iterator[Record]:
        """Yield the records of an entry, from its page or from the feed."""
        own, url = _of_today(entry.record, self._now()), entry.record.url
        if not self.pages or not url:
            if own.text:
                yield replace(own, source=url or own.source)
            else:
                skip(own.source, f"{own.where}{NO_TEXT}")
            return
        try:
            if (until := state.rests.get(site_of(url), 0.0)) > self._now():
                later.add(key)
                log.info(RESTS.format(url, clock(until)))
            else:
                self._sites.wait(url)
                for record in read_page(url, skip, self._sites.wait):
                    yield replace(record, published=record.published or own.published, url=record.url or url)
        except Skipped as reason:
            self._failed(key, entry, state, reason, later)
            if key in later:
                self._tell(url, f"{reason}; left for later")
            elif len(own.text) >= SHORTEST:
                log.info("%s: %s; read from the feed", url, reason)
                yield replace(own, source=url)
            else:
                skip(url, str(reason))
        self.told.later = len(later)

    def _failed(self, key: Key, entry: Entry, state: State, reason: Skipped, later: set[Key]) -> None:
        """Note what is to become of an entry whose page was not given."""
        seen = state.feeds[key[0]].entries
        tries = 1 + (seen[key[1]].tries if key[1] in seen else 0)
        if wants_rest(reason):
            state.rests[site_of(entry.record.url or "")] = rest(1, reason, self._now())
            later.add(key)
        elif may_change(reason) and tries < MOST_TRIES:
            seen[key[1]] = Seen(entry.digest, self._now(), tries)
            later.add(key)

    def _see(self, key: Key, entry: Entry, state: State) -> None:
        state.feeds[key[0]].entries[key[1]] = Seen(entry.digest, self._now())


def _is_new(feed: Feed, entry: Entry, now: float) -> bool:
    """Tell whether an entry is not dealt with as it is now; note that its feed has it."""
    seen = feed.entries.get(entry.record.id)
    if seen is None:
        return True
    seen.last = now
    return seen.digest != entry.digest or seen.tries > 0


def _of_today(record: Record, now: float) -> Record:
    """Return a feed's own record without a day that is still to come: it would be the newest for ever."""
    when = record.published
    if isinstance(when, datetime) and (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() > now + AHEAD:
        return replace(record, published=None)
    return record


def _warn(source: str, reason: str) -> None:
    log.warning("%s: %s", source, reason)
