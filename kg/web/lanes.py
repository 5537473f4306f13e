"""Which queries go beside which: lanes for short ones, for long ones, and for those that had to be stopped before.

A kind of query that was found to be long goes to the long ones at once; one that had to be stopped leaves a place there
to those that come to an end.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import replace

from kg.graph.vet import skeleton
from kg.web.settings import Settings
from kg.worker.messages import Request

_REMEMBERED = 1_000
Held = list[asyncio.Semaphore]


def kind(request: Request) -> bytes:
    """Return what queries of one kind have in common, whatever their comments and numbers."""
    told = replace(request, query=skeleton(request.query), store="")
    return hashlib.sha256(repr(told).encode()).digest()


def release(held: Held) -> None:
    """Give places back."""
    for lane in held:
        lane.release()


class Lanes:
    """The places, and the kinds of queries that are known to be long."""

    def __init__(self, settings: Settings) -> None:
        self.short = asyncio.Semaphore(settings.fast)
        self.long = asyncio.Semaphore(settings.slow)
        self._hopeless = asyncio.Semaphore(max(1, settings.slow - 1))
        self._known: OrderedDict[bytes, bool] = OrderedDict()  # and whether the last of the kind had to be stopped

    async def place(self, kind: bytes) -> Held:
        """Wait for a place for a kind of query; return what is to be released when it ends."""
        if kind not in self._known:
            await self.short.acquire()
            if kind not in self._known:  # others of its kind may have shown it meanwhile
                return [self.short]
            self.short.release()
        held: Held = []
        try:
            for lane in [self._hopeless, self.long] if self._known.get(kind) else [self.long]:
                await lane.acquire()
                held.append(lane)
        except asyncio.CancelledError:
            release(held)
            raise
        return held

    async def prolong(self, kind: bytes) -> Held:
        """Move a query from the short to the long ones; where these have no place, return none."""
        self.remember(kind, stopped=self._known.get(kind, False))
        held = []
        if not self.long.locked():
            await self.long.acquire()
            held.append(self.long)
        self.short.release()
        return held

    def remember(self, kind: bytes, *, stopped: bool) -> None:
        """Keep in mind that a kind of query is long."""
        self._known[kind] = stopped
        self._known.move_to_end(kind)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
