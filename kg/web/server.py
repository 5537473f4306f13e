"""Starts the server, and closes connections whose clients do not get on with their request, or leave its answer."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import StoreError
from kg.web.app import application
from kg.web.settings import Settings

SLOWEST = 20_000  # bytes a second that a client takes at least, or its answer is given up
UNTAKEN = 500_000_000  # bytes of answers that wait to be taken; beyond that, who has waited longest is cut off


def protocol(patience: float, untaken: int = UNTAKEN) -> type[asyncio.Protocol]:
    """Return uvicorn's HTTP protocol with limits on how long the head of a request, and taking the answer, may last."""
    taking: dict[Patient, None] = {}  # those that are behind, the oldest first

    class Patient(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None
        _taking: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._between_requests():
                self._wait()  # a head that is being sent, however slowly, has begun once
            elif self._waiting:
                self._waiting.cancel()
                self._waiting = None

        def connection_lost(self, exc: Exception | None) -> None:
            if self._waiting:
                self._waiting.cancel()
            self._taken()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._taken()
            taking[self] = None
            self._look_again()
            while taking and sum(map(_left, taking)) > untaken:
                next(iter(taking)).transport.abort()
                del taking[next(iter(taking))]

        def resume_writing(self) -> None:
            super().resume_writing()
            self._taken()

        def _taken(self) -> None:
            taking.pop(self, None)
            if self._taking:
                self._taking.cancel()
                self._taking = None

        def _look_again(self) -> None:
            self._taking = self.loop.call_later(patience, self._look, _left(self))

        def _look(self, before: int) -> None:
            if before - _left(self) < SLOWEST * patience:
                self.transport.abort()  # closing would wait until all is taken
            else:
                self._look_again()

        def _between_requests(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

        def _wait(self) -> None:
            if self._waiting is None:
                self._waiting = self.loop.call_later(patience, self._give_up)

        def _give_up(self) -> None:
            if self._between_requests() and not self.transport.is_closing():
                self.transport.close()

    return Patient


def _left(connection: H11Protocol) -> int:
    """Return how many bytes the client has not taken yet."""
    return int(connection.transport.get_write_buffer_size())


def serve(settings: Settings, ready: Callable[[int], None] | None = None) -> None:
    """Serve until interrupted; `ready` hears the port once it is held, which matters where 0 asked for any."""
    if not (settings.store / "CURRENT").is_file() and not settings.write:
        raise StoreError(f"{settings.store} holds no store: make one with `kg build … --store`")
    run(application(settings), settings, ready)


def run(app: Starlette, settings: Settings, ready: Callable[[int], None] | None = None) -> None:
    """Serve an application within the settings' limits; its state may have the `failure` for which it did not start."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        http=protocol(settings.patience),
        ws="none",
        server_header=False,
        timeout_keep_alive=int(settings.patience),
        limit_concurrency=settings.connections,
        h11_max_incomplete_event_size=70_000,
        timeout_graceful_shutdown=3,
    )
    with _bound(settings) as held:
        if ready:
            ready(held.getsockname()[1])
        with contextlib.suppress(SystemExit):  # uvicorn's way of saying that the start failed; why is kept below
            uvicorn.Server(config).run(sockets=[held])
    if failure := getattr(app.state, "failure", None):
        raise failure


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((settings.host.strip("[]"), settings.port))
        held.listen()  # who comes before the first snapshot waits, and is not turned away
    except OSError as error:
        held.close()
        raise StoreError(
            f"{settings.host}:{settings.port} cannot be served: {error.strerror or error}; "
            "name another --port or --host"
        ) from error
    return held
