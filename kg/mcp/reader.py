"""The store as the tools ask it: a snapshot that follows the store, and workers that answer within the limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Self

from kg.vocab import base_iri
from kg.web.pool import Pool
from kg.web.settings import MB, Settings
from kg.web.source import Source
from kg.worker.messages import Answer, Request

RESULT = 5 * MB  # bytes of one answer before it is cut into pages: more than any model reads, little to keep


class RefusedError(Exception):
    """What was asked is not answered; the message is one line, for who asked."""


class Reader:
    """Asks the workers; entered before the first question, and left after the last."""

    def __init__(self, settings: Settings) -> None:
        self.settings = replace(settings, result=min(settings.result, RESULT))
        self._source, self._pool = Source(self.settings), Pool(self.settings)

    async def __aenter__(self) -> Self:
        """Take the first snapshot; raises StoreError where the store cannot be read."""
        try:
            await self._source.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the workers and take the snapshots away."""
        await self._pool.close()
        await self._source.close()

    async def answer(self, request: Request) -> Answer:
        """Return what a worker answers; raises RefusedError with its line where that is an error."""
        if len(request.query) > self.settings.text:
            raise RefusedError(f"the query is larger than {self.settings.text // 1000} kB")
        async with self._source.reading() as snapshot:
            found = await self._pool.run(replace(request, store=snapshot, base=base_iri(), limit=self.settings.result))
        if found.status >= 400:
            raise RefusedError(" ".join(found.message.split()))
        return found

    async def json(self, request: Request) -> dict[str, Any]:
        """Return what a worker answers in JSON."""
        found: dict[str, Any] = json.loads((await self.answer(request)).body)
        return found
