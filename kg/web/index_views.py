"""The index of the newest snapshot, made by a process of its own; until then the one before, or how far it is."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from kg.errors import StoreError
from kg.explore import index_cache
from kg.explore.filters import Filtered, Filters
from kg.explore.index import STEPS, Index
from kg.web.source import Source

PATIENCE = 1.5  # seconds that a reader waits for the index of a new snapshot
KEPT = 8  # answers of a kind
Value = TypeVar("Value")
log = logging.getLogger("kg.web")


class NotYet(Exception):  # noqa: N818  what is to be told
    """There is no index yet: so many steps of all are done."""

    def __init__(self, done: int) -> None:
        super().__init__(f"{done} of {STEPS}")
        self.done = done


class IndexView:
    """One snapshot as the explorer reads it, with what is worth keeping of it."""

    def __init__(self, index: Index, hold: contextlib.AsyncExitStack, path: str) -> None:
        self.index, self.path = index, path
        self.users, self.hold = 1, hold  # itself, until a newer one takes its place
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}
        self._lock = Lock()

    def filtered(self, filters: Filters) -> Filtered:
        """Return what the filters leave."""
        return self.once("filtered", filters, lambda: Filtered(self.index, filters))

    def once(self, kind: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what was made for the key before, or make it; the few that were wanted last are kept."""
        with self._lock:
            known = self._kept.setdefault(kind, OrderedDict())
            if key in known:
                known.move_to_end(key)
                return known[key]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            known[key] = made
            if len(known) > KEPT:
                known.popitem(last=False)
        return made

    async def release(self) -> None:
        """Give the snapshot free once nobody looks at it."""
        self.users -= 1
        if not self.users:
            await self.hold.aclose()


class IndexViews:
    """Which view there is."""

    def __init__(self) -> None:
        self.current: IndexView | None = None
        self.done = 0
        self._making: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    @contextlib.asynccontextmanager
    async def view(self, source: Source) -> AsyncIterator[IndexView]:
        """Give the newest view that there is, or raise NotYet."""
        if self.current is None or self.current.path != source.current:
            if self._making is None or self._making.done():
                self._making = asyncio.create_task(self._make(source))
            await asyncio.wait({self._making}, timeout=PATIENCE)
            if self._making.done() and self.current is None:
                self._making.result()
        view = self.current
        if view is None:
            raise NotYet(self.done)
        view.users += 1
        try:
            yield view
        finally:
            await view.release()

    async def _make(self, source: Source) -> None:
        hold = contextlib.AsyncExitStack()
        path = await hold.enter_async_context(source.reading())
        try:
            folder = await asyncio.to_thread(index_cache.place, source.store, Path(path))
            index = await asyncio.to_thread(index_cache.read, folder, Path(path))
            if index is None:
                await self._run(path, str(folder))
                index = await asyncio.to_thread(index_cache.read, folder, Path(path))
            if index is None:
                raise StoreError("the store could not be read for the explorer")
        except BaseException:
            await hold.aclose()
            raise
        before, self.current = self.current, IndexView(index, hold, path)
        if before:
            await before.release()

    async def _run(self, snapshot: str, folder: str) -> None:
        self.done = 0
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.explore.index_cache",
            snapshot,
            folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout and self._process.stderr
        errors = asyncio.create_task(self._process.stderr.read())
        while line := await self._process.stdout.readline():
            self.done = int(line.split()[0])
        log.debug("%s", (await errors).decode("utf-8", "replace"))
        await self._process.wait()

    async def close(self) -> None:
        """End what is being made."""
        if self._making:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        if self.current:
            await self.current.release()
            self.current = None
