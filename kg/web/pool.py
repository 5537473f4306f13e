"""The readers: workers that answer queries over a snapshot, each query with a deadline.

Short queries have workers of their own. A query that takes longer than `grace` becomes a long one: it goes on beside
them, with low priority, while there is room, and gives its place to the next short one. Where there is no room it ends
with 503. While others wait, a quarter of that makes a query long. So runaway queries, however many, do not keep the
others waiting for long (`lanes.py`). A worker whose query was long is not used again, and a new one takes its place.
"""

from __future__ import annotations

import asyncio

from kg.web.cache import Answers
from kg.web.lanes import Held, Lanes, kind, release
from kg.web.process import Died, Process, in_thread_if_long
from kg.web.settings import Settings
from kg.worker.messages import Answer, Request

_FATAL = b"the query ended its process: it is nested too deeply, needs too much memory, or sorts what has no order"


class Pool:
    """The workers that read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.waiting = 0
        self._answers = Answers(settings.cache)
        self._lanes = Lanes(settings)
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def run(self, request: Request) -> Answer:
        """Answer a request within the time limit, or say 503."""
        return await self._answers.get(request, self._run)

    async def _run(self, request: Request) -> Answer:
        if self.waiting >= self.settings.queue:
            return Answer(503, b"the server is busy: try again soon")
        self.waiting += 1
        try:
            key = await in_thread_if_long(kind, request)
            held = await asyncio.wait_for(self._lanes.place(key), self.settings.wait)
        except TimeoutError:
            return Answer(503, b"the server is busy with long queries: try again later")
        finally:
            self.waiting -= 1
        if held == [self._lanes.short]:
            return await self._run_short(request, key)
        return await self._run_long(request, key, held)

    async def _run_short(self, request: Request, key: bytes) -> Answer:
        worker = None
        try:
            worker = await self._take()
            call = asyncio.ensure_future(worker.call(request))
            spent = await self._within_grace(worker, call)
            if call.done():
                return await self._finish(worker, call)
        finally:
            if worker is None or call.done():
                self._lanes.short.release()
        held = await self._lanes.prolong(key)
        self._replace()
        if not held:
            await self._drop(worker, call)
            return Answer(503, b"the query takes long, and the server is busy with others that do: try again later")
        return await self._await_long(worker, call, key, held, self.settings.timeout - spent)

    async def _within_grace(self, worker: Process, call: asyncio.Future[Answer]) -> float:
        """Wait for a short query; return how long that took. On a busy machine it may, as work counts and not time."""
        started, before = asyncio.get_running_loop().time(), worker.worked()
        while True:
            grace = self.settings.grace if not self.waiting else self.settings.grace / 4
            await asyncio.wait({call}, timeout=min(grace, self.settings.timeout))
            spent, now = asyncio.get_running_loop().time() - started, worker.worked()
            worked = spent if before is None or now is None else now - before
            if call.done() or worked >= grace * 0.9 or spent >= self.settings.timeout:
                return spent

    async def _run_long(self, request: Request, key: bytes, held: Held) -> Answer:
        try:
            worker = await Process.start(self.settings.memory)
        except BaseException:
            release(held)
            raise
        self._busy.add(worker)
        call = asyncio.ensure_future(worker.call(request))
        return await self._await_long(worker, call, key, held, self.settings.timeout)

    async def _await_long(
        self, worker: Process, call: asyncio.Future[Answer], key: bytes, held: Held, time: float
    ) -> Answer:
        worker.nice()
        try:
            await asyncio.wait({call}, timeout=max(time, 0))
            self._lanes.remember(key, stopped=not call.done())
            if call.done():
                return await self._finish(worker, call, again=False)  # its priority stays low: it is not used again
            await self._drop(worker, call)
            return Answer(503, f"the query was stopped after {self.settings.timeout:g} s: ask for less".encode())
        finally:
            release(held)

    async def _finish(self, worker: Process, call: asyncio.Future[Answer], *, again: bool = True) -> Answer:
        try:
            answer = call.result()
        except Died:
            await self._drop(worker, call)
            return Answer(400, _FATAL)
        self._busy.discard(worker)
        if again and len(self._idle) < self.settings.fast:
            self._idle.append(worker)
        else:
            await worker.kill()
        return answer

    async def _take(self) -> Process:
        self._idle = [worker for worker in self._idle if worker.alive]
        worker = self._idle.pop() if self._idle else await Process.start(self.settings.memory)
        self._busy.add(worker)
        return worker

    def _replace(self) -> None:
        """Start another for one that short queries have lost."""
        task = asyncio.ensure_future(self._start())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        self._idle.append(await Process.start(self.settings.memory))

    async def _drop(self, worker: Process, call: asyncio.Future[Answer]) -> None:
        self._busy.discard(worker)
        await worker.kill()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)

    async def close(self) -> None:
        """End all workers."""
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in (*self._idle, *self._busy):
            await worker.kill()
        self._idle.clear()
