"""A process of its own for what others ask: `python -m kg.worker.main MEMORY` answers requests until its input ends.

The server keeps some of these. One that reads opens a snapshot; the one that writes owns the store. Each may be killed
at any moment: a snapshot does not change, and what a store writes it writes in one transaction.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from kg.errors import JudgementError, KGError, QueryError, StoreError
from kg.graph.store import Store
from kg.graph.store_errors import explained
from kg.worker import reads, writes
from kg.worker.messages import Answer, Request
from kg.worker.sandbox import confine

Read = Callable[[Store, Request], Answer]
Write = Callable[[Store, Request, bytes], Answer]
READS: dict[str, Read] = {
    "query": reads.query,
    "named": reads.named,
    "graph": reads.graph,
    "describe": reads.describe,
    "ask": reads.alive,
}
WRITES: dict[str, Write] = {
    "update": writes.update,
    "put": writes.put,
    "post": writes.post,
    "delete": writes.delete,
    "snapshot": writes.snapshot,
}


class Worker:
    """The store that is open at the moment, and what is asked of it."""

    def __init__(self, reads: Mapping[str, Read] = READS, writes: Mapping[str, Write] = WRITES) -> None:
        self.reads, self.writes = reads, writes
        self.store: Store | None = None
        self.opened: tuple[str, bool] | None = None

    def answer(self, request: Request, body: bytes) -> Answer:
        """Answer one request; what goes wrong becomes a status and one line."""
        try:
            if request.op == "ready":
                return Answer(200)
            if request.op == "copy":
                return copy(Path(request.store), Path(request.folder))
            if request.op in self.writes:
                return self.writes[request.op](self.open(request.store, read_only=False), request, body)
            return self.reads[request.op](self.open(request.store, read_only=True), request)
        except QueryError as error:
            return Answer(400, _elsewhere(str(error), request))
        except reads.TooLarge as error:
            return Answer(400, str(error).encode())
        except JudgementError as error:
            return Answer(409 if request.op in self.writes else 404, _elsewhere(str(error), request))
        except KGError as error:
            return Answer(500, _elsewhere(str(error), request))
        except MemoryError:
            return Answer(400, b"the query needs more memory than it may have: narrow it")
        except (OSError, RuntimeError) as error:
            return Answer(500, _elsewhere(str(explained(Path(request.store), error)), request))

    def open(self, path: str, *, read_only: bool) -> Store:
        """Return the store or snapshot, opened once for as long as it is the one that is asked for."""
        if self.store is None or self.opened != (path, read_only):
            self.store = None  # the lock goes before the next is taken
            self.store = Store.open(path, read_only=read_only)
            self.opened = (path, read_only)
        return self.store


def _elsewhere(message: str, request: Request) -> bytes:
    """Return a message for who asks; where files lie is for those alone who start the server."""
    told = message if request.op in ("copy", "snapshot") else message.replace(request.store, "the store")
    return told.encode()


def copy(path: Path, folder: Path) -> Answer:
    """Take a snapshot of a store that this process does not own.

    What a builder that was killed has left in the store's log reaches a snapshot only through opening for writing;
    where somebody writes at this moment, or nobody may, the snapshot has what was flushed. It is taken afterwards, of
    the tables as they stay on disk: the next one of the same store has the same.
    """
    if any(log.stat().st_size for log in path.glob("*.log")):
        with suppress(StoreError):
            Store.open(path).close()
    Store.open(path, read_only=True).snapshot(folder)
    return Answer(200)


def main(reads: Mapping[str, Read] = READS, writes: Mapping[str, Write] = WRITES) -> None:
    """Read requests from standard input and write answers to standard output, one at a time."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not become an answer
    confine(int(sys.argv[1]))
    worker = Worker(reads, writes)
    while asked := Request.received(requests):
        answer = worker.answer(*asked)
        replies.write(answer.header)
        replies.write(answer.body)
        replies.flush()


if __name__ == "__main__":
    main()
