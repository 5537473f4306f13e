"""Answers that are kept: a snapshot does not change, so the same question has the same answer until the next one.

Who asks what another is being answered at this moment waits for that answer, instead of having it worked out again. So
a page that many open costs one query, and so does a runaway query that many send.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from kg.graph.vet import shape
from kg.web.process import in_thread_if_long
from kg.worker.messages import Answer, Request

# what reads a snapshot and nothing else
KEPT = frozenset({"query", "named", "describe", "actors", "actor", "review", "judged"})
KEPT |= {"overview", "find", "statements", "article"}
# Functions that give something new each time.
FRESH = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})


class Answers:
    """The answers of late, up to `size` bytes in all; one larger than a sixteenth of that is not kept."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._held = 0
        self._known: OrderedDict[bytes, Answer] = OrderedDict()
        self._coming: dict[bytes, asyncio.Task[Answer]] = {}

    async def get(self, request: Request, work: Callable[[Request], Awaitable[Answer]]) -> Answer:
        """Return the answer that is known or being worked out, or have it worked out."""
        if request.op not in KEPT:
            return await work(request)
        key = hashlib.sha256(repr(request).encode("utf-8", "replace")).digest()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._coming and (await in_thread_if_long(shape, request.query)).words & FRESH:
            return await work(request)
        if key not in self._coming:  # nor meanwhile
            self._coming[key] = asyncio.ensure_future(self._work(key, request, work))
        return await asyncio.shield(self._coming[key])  # one that waits may go; the others still want it

    async def _work(self, key: bytes, request: Request, work: Callable[[Request], Awaitable[Answer]]) -> Answer:
        try:
            answer = await work(request)
            if answer.status == 200 and len(answer.body) <= self.size // 16:
                self._known[key] = answer
                self._held += len(answer.body)
                while self._held > self.size:
                    self._held -= len(self._known.popitem(last=False)[1].body)
            return answer
        finally:
            del self._coming[key]
