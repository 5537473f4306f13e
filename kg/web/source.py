"""Where the data comes from: snapshots for the readers, and the one worker that owns the store where it is written."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from kg.errors import StoreError
from kg.graph.snapshots import place
from kg.web.process import Died, Process
from kg.web.settings import Settings
from kg.worker.messages import Answer, Operation, Request


class Source:
    """The store as the server has it: `current` is the snapshot that new queries read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = settings.store.absolute()
        self.current = ""
        self.writer: Process | None = None
        self._folder: Path | None = None
        self._number = 0
        self._readers: Counter[str] = Counter()
        self._lock = asyncio.Lock()
        self._seen: object = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take the first snapshot, and where nobody writes here, look for what builders add."""
        self._folder = _folder(self.store)
        async with self._lock:
            await self._snapshot()
        if not self.settings.write:
            self._watch = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """End the writer and take the snapshots away."""
        if self._watch:
            self._watch.cancel()
        if self.writer:
            await self.writer.kill()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[str]:
        """Hold the current snapshot for as long as it is read."""
        snapshot = self.current
        self._readers[snapshot] += 1
        try:
            yield snapshot
        finally:
            self._readers[snapshot] -= 1
            self._tidy()

    async def write(self, request: Request, body: bytes) -> Answer:
        """Write, one at a time; what a killed writer had begun is not written."""
        # Who is who is our own work and grows with the store; what others have written may never end.
        limit = None if request.op == "judge" else self.settings.timeout
        async with self._lock:
            try:
                answer = await asyncio.wait_for(self._call(replace(request, store=str(self.store)), body), limit)
                if answer.status < 400:
                    await self._snapshot()
                return answer
            except TimeoutError:
                await self._end_writer()
                return Answer(503, f"stopped after {self.settings.timeout:g} s, nothing is written".encode())
            except Died:
                await self._end_writer()
                if request.op == "judge":
                    return Answer(500, b"judging ended its process: what was judged is kept, the next build settles it")
                return Answer(400, b"the update ended its process, nothing is written")

    async def _call(self, request: Request, body: bytes = b"") -> Answer:
        if self.writer is None or not self.writer.alive:
            self.writer = await Process.start(self.settings.memory)
        return await self.writer.call(request, body)

    async def _end_writer(self) -> None:
        if self.writer:
            await self.writer.kill()
        self.writer = None

    async def _snapshot(self) -> None:
        assert self._folder
        self._seen = _state(self.store)
        self._number += 1
        folder = str(self._folder / str(self._number))
        op: Operation = "snapshot" if self.settings.write else "copy"
        request = Request(op=op, store=str(self.store), folder=folder)
        try:
            answer = await self._call(request)
        except Died:
            answer = Answer(500, f"{self.store} cannot be read, it may be damaged".encode())
        if not self.settings.write:
            await self._end_writer()
            self._seen = _state(self.store)
        if answer.status != 200:
            raise StoreError(answer.message)
        self.current = folder
        self._tidy()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self.settings.refresh)
            if _state(self.store) != self._seen:
                try:
                    async with self._lock:
                        await self._snapshot()
                except StoreError:
                    continue  # somebody is at it: what was read last goes on being served

    def _tidy(self) -> None:
        for folder in self._folder.iterdir() if self._folder and self._folder.exists() else ():
            # newer ones are being made
            if int(folder.name) < int(Path(self.current).name) and not self._readers[str(folder)]:
                shutil.rmtree(folder, ignore_errors=True)


def _folder(store: Path) -> Path:
    try:
        return place(store, "served")
    except OSError as error:
        raise StoreError(f"{store.parent}: no folder for snapshots can be made; check its permissions") from error


def _state(store: Path) -> object:
    """Return what changes when somebody writes the store: the tables and the manifest."""
    try:
        return sorted(
            (path.name, path.stat().st_size)
            for path in store.iterdir()
            if path.suffix == ".sst" or path.name.startswith(("MANIFEST", "CURRENT"))
        )
    except OSError:
        return None
