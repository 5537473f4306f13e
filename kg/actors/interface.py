"""What resolution asks of a base of actors: `kg.actors.base` is one, a test's table another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol


class KnownOffice(Protocol):
    """An office that an actor holds: title by language, IRI or code of its body, ISO dates."""

    @property
    def title(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def of(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> str | None: ...  # noqa: D102
    @property
    def end(self) -> str | None: ...  # noqa: D102


class KnownActor(Protocol):
    """An actor of the base, with its names by language and its further spellings."""

    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def iso(self) -> str | None: ...  # noqa: D102
    @property
    def names(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def wikidata(self) -> str | None: ...  # noqa: D102
    @property
    def offices(self) -> Iterable[KnownOffice]: ...  # noqa: D102
    def iri(self) -> str: ...  # noqa: D102


class Known(Protocol):
    """A base: `named` returns all actors that a name may mean, and iterating gives all of them."""

    def get(self, iri: str) -> KnownActor | None: ...  # noqa: D102
    def named(self, name: str, type: str | None = None) -> Iterable[KnownActor]: ...  # noqa: D102
    def __iter__(self) -> Iterator[KnownActor]: ...
    def __hash__(self) -> int: ...
