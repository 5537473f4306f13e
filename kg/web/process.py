"""A worker process (`kg.pipeline.worker`) as the server's event loop sees it: a call that killing it cuts off."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg.worker.messages import Answer, Request

Given = TypeVar("Given", str, Request)
Found = TypeVar("Found")
LONG = 10_000  # characters of a query


async def in_thread_if_long(look: Callable[[Given], Found], at: Given) -> Found:
    """Look at a query, a long one in a thread: a megabyte takes a second, in which others want to be heard."""
    text = at if isinstance(at, str) else at.query
    return await asyncio.to_thread(look, at) if len(text) > LONG else look(at)


class Died(Exception):  # noqa: N818  what happened
    """The worker ended while it answered."""


class Process:
    """One worker process."""

    def __init__(self, inner: asyncio.subprocess.Process) -> None:
        self._inner = inner

    @classmethod
    async def start(cls, memory: int) -> Process:
        """Start a worker and wait until it is ready: what that takes is no query's work."""
        inner = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.pipeline.worker",
            str(memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 20,
        )
        process = cls(inner)
        with contextlib.suppress(Died):  # then whoever asks it learns that
            await process.call(Request(op="ready"))
        return process

    @property
    def pid(self) -> int:
        """The process id."""
        return self._inner.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._inner.returncode is None

    async def call(self, request: Request, body: bytes = b"") -> Answer:
        """Send a request and return the answer, or raise Died."""
        assert self._inner.stdin and self._inner.stdout
        try:
            self._inner.stdin.write(request.sent(body))
            await self._inner.stdin.drain()
            line = await self._inner.stdout.readline()
            if not line:
                raise Died
            header = json.loads(line)
            data = await self._inner.stdout.readexactly(header["size"])
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Died from error
        return Answer(header["status"], data, header["type"])

    def nice(self) -> None:
        """Let others go first."""
        with contextlib.suppress(OSError):  # it has ended, or the system does not allow it: then it goes on as it is
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def worked(self) -> float | None:
        """Return the seconds that the processor has given it so far, or None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self.alive:
            self._inner.kill()
        await self._inner.wait()
