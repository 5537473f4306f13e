"""One load at a time: a mark at the endpoint that says who loads, and that changes for as long as he does.

A thread changes it, as deriving who is who over many articles takes minutes in which nothing is written. Who finds
another's mark waits; who sees it unchanged for `STALE` seconds, or knows its process to be gone, takes its place, and
knows that something broke off. Two who come at once see each other, and both step back.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pyoxigraph as ox

from kg.endpoint.client import Client, EndpointError
from kg.endpoint.remote import Remote
from kg.endpoint.state import state_graph
from kg.errors import KGError
from kg.graph.terms import lexical
from kg.vocab import KG

STALE = 60.0  # seconds
BEATS = 4  # changes of a mark in that time
PAUSE = 2.0
_ACTIVE: set[str] = set()  # the marks of this process whose loads go on
log = logging.getLogger("kg.endpoint")


class Lock:
    """The mark of this load."""

    def __init__(self, remote: Remote, *, stale: float = STALE, wait: float = 600.0) -> None:
        self.remote, self.stale, self.wait = remote, stale, wait
        self.broke_off = False  # another load that never ended left its mark
        self._own = f"{machine()} {os.getpid()} {uuid.uuid4().hex[:8]} "
        self._beat = 0
        self._turn = threading.Lock()  # an engine may show neither the old mark nor the new one between the two

    @contextlib.contextmanager
    def held(self) -> Iterator[Lock]:
        """Hold the mark for the block; it stays where the block fails, for what is then half written."""
        _ACTIVE.add(self._own)
        try:
            self._take()
            with self._beating():
                yield self
            self.remote.client.update(self._become(""))
        finally:
            _ACTIVE.discard(self._own)

    def check(self) -> None:
        """Raise EndpointError where another has taken the place of this load."""
        with self._turn:
            if not any(mark.startswith(self._own) for mark in self._marks()):
                raise EndpointError(
                    f"{self._url}: another load has taken the place of this one; give the command again"
                )

    @contextlib.contextmanager
    def _beating(self) -> Iterator[None]:
        ended = threading.Event()

        def go_on() -> None:
            with Client(self.remote.client.address, timeout=self.stale, tries=1) as own:  # the other one is in use
                while not ended.wait(self.stale / BEATS):
                    with self._turn:
                        self._beat += 1
                        try:
                            own.update(self._become(f"{self._own}{self._beat}"))
                        except KGError as error:
                            log.info("%s", error)

        thread = threading.Thread(target=go_on, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    @property
    def _url(self) -> str:
        return self.remote.client.address.url

    def _become(self, mark: str) -> str:
        """Return the update that changes this load's mark, or takes it away; it changes nothing where it is gone."""
        new = f"INSERT {{ {_quad(mark)} }} " if mark else ""
        found = f'{_quad()} FILTER(STRSTARTS(STR(?mark), "{self._own}"))'
        return f"DELETE {{ {_quad()} }} {new}WHERE {{ {found} }}"

    def _marks(self) -> list[str]:
        return sorted(lexical(row[0]) for row in self.remote.rows(("mark",), _quad()))

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
                    self.remote.client.update(f"DELETE DATA {{ {_quad(mark)} }}")
                    since.pop(mark)
            if not since:
                self.remote.client.update(f"INSERT DATA {{ {_quad(f'{self._own}{self._beat}')} }}")
                marks = self._marks()
                if not any(mark.startswith(self._own) for mark in marks):
                    raise EndpointError(
                        f"{self.remote.client.address.update} took an update that {self._url} does not show: "
                        "check the address of updates ($KG_ENDPOINT_UPDATE)"
                    )
                if all(mark.startswith(self._own) for mark in marks):
                    return
                self.remote.client.update(self._become(""))
            if now - begun > self.wait:
                raise EndpointError(f"{self._url}: another load has been writing for {self.wait:g} s; try later")
            time.sleep(PAUSE * random.uniform(0.5, 1.5))  # noqa: S311  no secret


def machine() -> str:
    """Return a name of this machine that another with the same host name does not have, and that tells nobody of it."""
    return hashlib.sha256(f"{socket.gethostname()} {uuid.getnode()}".encode()).hexdigest()[:12]


def _quad(mark: str = "") -> str:
    graph = state_graph()
    return f"GRAPH {graph} {{ {graph} {KG.loading} {ox.Literal(mark) if mark else '?mark'} }}"


def _is_gone(mark: str) -> bool:
    """Say whether the process of a mark ran on this machine and has ended."""
    host, _, rest = mark.partition(" ")
    pid = rest.partition(" ")[0]
    if host != machine() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return not any(mark.startswith(own) for own in _ACTIVE)
    if os.name == "nt":  # where signal 0 is Ctrl-C
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
