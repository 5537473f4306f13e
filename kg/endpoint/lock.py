"""One load at a time: a mark at the endpoint that says who loads, and that changes for as long as he does.

Who finds another's mark waits; who sees it unchanged for `STALE` seconds, or knows its process to be gone, takes its
place, and knows that something broke off. Two who come at once see each other, and both step back.
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
import time
import uuid
from collections.abc import Iterator

import pyoxigraph as ox

from kg.endpoint.client import EndpointError
from kg.endpoint.remote import Remote
from kg.endpoint.state import state_graph
from kg.graph.terms import lexical
from kg.vocab import KG

STALE = 60.0  # seconds; a batch takes less than one
PAUSE = 2.0
_ACTIVE: set[str] = set()  # the marks of this process whose loads go on


class Lock:
    """The mark of this load."""

    def __init__(self, remote: Remote, *, stale: float = STALE, wait: float = 600.0) -> None:
        self.remote, self.stale, self.wait = remote, stale, wait
        self.broke_off = False  # another load that never ended left its mark
        self._own = f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"
        self._beat = 0

    @contextlib.contextmanager
    def held(self) -> Iterator[Lock]:
        """Hold the mark for the block; it stays where the block fails, for what is then half written."""
        _ACTIVE.add(self._own)
        try:
            self._take()
            yield self
            self.remote.client.update(f"DELETE DATA {{ {self._quad()} }}")
        finally:
            _ACTIVE.discard(self._own)

    def beat(self) -> str:
        """Return the update that shows that this load goes on."""
        old = self._quad()
        self._beat += 1
        return f"DELETE DATA {{ {old} }} ; INSERT DATA {{ {self._quad()} }}"

    def check(self) -> None:
        """Raise EndpointError where another has taken the place of this load."""
        if any(not mark.startswith(self._own) for mark in self._marks()):
            raise EndpointError(f"{self._url}: another load has taken the place of this one; give the command again")

    @property
    def _url(self) -> str:
        return self.remote.client.address.url

    def _quad(self, mark: str = "") -> str:
        graph = state_graph()
        return f"GRAPH {graph} {{ {graph} {KG.loading} {ox.Literal(mark or f'{self._own} {self._beat}')} }}"

    def _marks(self) -> list[str]:
        graph = state_graph()
        pattern = f"GRAPH {graph} {{ {graph} {KG.loading} ?mark }}"
        return sorted(lexical(row[0]) for row in self.remote.rows(("mark",), pattern))

    def _take(self) -> None:
        begun = time.monotonic()
        since: dict[str, float] = {}
        while True:
            others = self._marks()
            now = time.monotonic()
            since = {mark: since.get(mark, now) for mark in others}
            for mark in others:
                if _is_gone(mark) or now - since[mark] >= self.stale:
                    self.broke_off = True
                    self.remote.client.update(f"DELETE DATA {{ {self._quad(mark)} }}")
                    since.pop(mark)
            if not since:
                self.remote.client.update(f"INSERT DATA {{ {self._quad()} }}")
                if all(mark.startswith(self._own) for mark in self._marks()):
                    return
                self.remote.client.update(f"DELETE DATA {{ {self._quad()} }}")
            if now - begun > self.wait:
                raise EndpointError(f"{self._url}: another load has been writing for {self.wait:g} s; try later")
            time.sleep(PAUSE * random.uniform(0.5, 1.5))  # noqa: S311  no secret


def _is_gone(mark: str) -> bool:
    """Say whether the process of a mark ran on this machine and has ended."""
    host, _, rest = mark.partition(" ")
    pid = rest.partition(" ")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return not any(mark.startswith(own) for own in _ACTIVE)
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
