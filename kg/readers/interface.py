"""What a reader is, and what it may tell beside its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from kg.model import Article, Software, Statement

REASONS = ("form", "relation", "type", "name", "sentence", "office", "date", "factuality", "confidence", "itself")


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that a reader said and that is not taken: `reason` is one of REASONS, `what` a line for people."""

    reason: str
    what: str


@runtime_checkable
class Reader(Protocol):
    """Reads articles. The callable that an entry point names makes one from options, each a text by its name.

    `version` is all that what it says depends on, as its own version and its model: statements carry it in the graph,
    and a store reads an article again when it changes.
    """

    version: str

    def read(self, article: Article) -> Iterable[Statement | Rejected]:
        """Return what the article says. SourceError skips the article, ReaderError ends the run; both in one line.

        A statement has the names that the text uses, and quotes its sentences: `kg.nlp.lines` cuts an article into
        sentences, `kg.nlp.evidence` quotes the whole sentence around a place. `doc`, `language`, IRIs and codes of
        countries are set afterwards.
        """
        ...


@dataclass(slots=True)
class Usage:
    """What reading has taken so far: requests, answers found in the cache, tokens, and money where prices are known.

    `estimated` says that some server did not tell the tokens, and that they were counted from the characters.
    """

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be sent for an article: where to, and the body, unless the answer is in the cache.

    `tokens_in` is an estimate, `tokens_out` the most that may come back; `cost` is the most it may cost, where known.
    """

    url: str
    body: dict[str, Any]
    cached: bool
    tokens_in: int
    tokens_out: int
    cost: float | None


@runtime_checkable
class Sends(Protocol):
    """A reader that sends articles elsewhere: it can say what it would send, and counts what it did."""

    usage: Usage

    def prepare(self, article: Article) -> Prepared:
        """Return what would be sent; nothing is."""
        ...


@dataclass(frozen=True, slots=True)
class NamedReader:
    """A reader by the name by which it was asked for; `on_reject` hears of what it says and is not taken."""

    name: str
    reader: Reader
    on_reject: Callable[[Article, Rejected], None] | None = None

    @property
    def software(self) -> Software:
        """What the graph says of it."""
        return Software(self.name, self.reader.version)
