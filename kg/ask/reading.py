"""What a question was understood to ask, and the complaint where it was not."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ask.names import Found
from kg.ask.times import Span
from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the grammar reads it. Unknown ends are what is asked for, or anybody.

    `want` is subject, object, subjects and objects (how many), date, place, article, source, times, whether, all, acts,
    office, term (of office), about, changed or path. `pair` are two actors on either side, `either` actors on any side.
    `kind` is the class of actor that the want `kind_of` asks for; `order` is first or last; `past` offices are those of
    any time. `joined` are names with "and" between them, of which any is meant; `wider` are words with the relation
    that they are read as.
    """

    want: str
    relations: tuple[str, ...] = ()
    subject: tuple[Found, ...] = ()
    object: tuple[Found, ...] = ()
    pair: tuple[tuple[Found, ...], ...] = ()
    either: tuple[Found, ...] = ()
    place: Found | None = None
    source: Found | None = None
    span: Span | None = None
    factuality: str = ""
    kind: str = ""
    kind_of: str = ""
    titles: tuple[str, ...] | None = None
    title: str = ""
    order: str = ""
    past: bool = False
    joined: tuple[str, ...] = ()
    wider: tuple[tuple[str, str], ...] = ()

    @property
    def actors(self) -> tuple[Found, ...]:
        """Everybody whom the question names."""
        more = tuple(one for one in (self.place, self.source) if one)
        return (*self.subject, *self.object, *(one for side in self.pair for one in side), *self.either, *more)


@dataclass(frozen=True, slots=True)
class Item:
    """Some words of a question, and what they may be: tags with what belongs to them."""

    text: str
    meanings: tuple[tuple[str, object], ...] = ()

    def has(self, *tags: str) -> bool:
        """Say whether it may be one of these."""
        return any(name in tags for name, _ in self.meanings)

    def meant(self, tag: str) -> object:
        """Return what belongs to a tag, or None."""
        return next((value for name, value in self.meanings if name == tag), None)


class NotUnderstoodError(QueryError):
    """The question, or a part of it, has no place in the grammar or in the graph; the message says which."""
