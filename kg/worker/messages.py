"""What the server asks of a worker and what it answers: declared once, with the way each takes through a pipe.

Either goes as a line of JSON, whose `size` counts the bytes that follow it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Literal, NamedTuple

Listing = Literal["overview", "find", "statements", "article"]
Read = Literal[  # over a snapshot
    "query", "named", "graph", "describe", "ask", "actors", "actor", "review", "judged", "words", Listing
]
Write = Literal["update", "put", "post", "delete", "snapshot", "judge"]  # by the one worker that owns the store
Operation = Literal[Read, Write, "copy", "ready"]


class Part(NamedTuple):
    """One of the graphs that a body holds, one after the other: its media type, and how many bytes it has."""

    type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Request:
    """One thing that is asked; what an operation does not need stays as it is here."""

    op: Operation
    store: str = ""  # the folder of the store, or of a snapshot
    accept: str = ""  # the Accept header; nothing: whatever is usual
    base: str | None = None  # the IRI that relative ones are relative to
    limit: int = 0  # bytes that an answer may have
    query: str = ""  # SPARQL, or a question in words
    update: str = ""
    # the dataset as the protocol names it: None where it does not, which is not the same as no graphs
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    name: str = ""  # of a named query, or of what is done to actors
    parameters: Mapping[str, str] = field(default_factory=dict)
    graph: str = ""  # the IRI of a graph; nothing: the default graph
    parts: tuple[Part, ...] = ()
    iri: str = ""  # of the node to describe, or of an actor
    ending: str = ""  # "ttl", "json" …; nothing: as `accept` says
    folder: str = ""  # for a new snapshot; of judgements: the store's own

    def sent(self, body: bytes = b"") -> bytes:
        """Return what goes through the pipe."""
        return json.dumps({**vars(self), "size": len(body)}).encode() + b"\n" + body

    @classmethod
    def received(cls, stream: IO[bytes]) -> tuple[Request, bytes] | None:
        """Read the next request and its body; None at the end of the input."""
        line = stream.readline()
        if not line:
            return None
        told: dict[str, Any] = json.loads(line)
        size: int = told.pop("size")
        for name in ("default", "named"):
            told[name] = None if told[name] is None else tuple(told[name])
        told["parts"] = tuple(Part(*part) for part in told["parts"])
        return cls(**told), stream.read(size) if size else b""


@dataclass(frozen=True)
class Answer:
    """A status of HTTP, the bytes, and their media type; `location` is the address of what was made."""

    status: int
    body: bytes = b""
    type: str = "text/plain"
    location: str = ""

    @property
    def message(self) -> str:
        """The one line of an answer that is an error."""
        return self.body.decode("utf-8", "replace")

    @property
    def header(self) -> bytes:
        """The line that goes through the pipe before the bytes."""
        return json.dumps({"status": self.status, "type": self.type, "size": len(self.body)}).encode() + b"\n"
