"""What questions are made of in a language: ask/XX.toml, read and checked, as typed tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.specs.reading import AnyOrdered, Ordered, Where, bind, read_toml

_FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@dataclass(frozen=True, slots=True)
class Shape:
    """An order of tags that asks for something: `want` says for what."""

    say: str
    want: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The orders in which tags make a question; what the letters mean stands in en.toml."""

    heads: tuple[Shape, ...]
    clauses: Ordered
    gaps: tuple[Shape, ...]
    offices: Ordered
    paths: Ordered
    happenings: Ordered
    changes: Ordered
    abouts: Ordered


@dataclass(frozen=True, slots=True)
class Time:
    """Words that make a date the beginning, the end or the whole of a span."""

    at: Ordered
    since: Ordered
    after: Ordered
    until: Ordered
    before: Ordered
    between: tuple[Ordered, ...]
    year: Ordered
    month: Ordered
    this: Ordered
    last: Ordered
    today: Ordered
    yesterday: Ordered
    filler: Ordered


@dataclass(frozen=True, slots=True)
class More:
    """Words for a relation that only questions use; `bare` verbs go without a preposition where its object is asked."""

    verbs: AnyOrdered = ()
    bare: AnyOrdered = ()
    nouns: AnyOrdered = ()
    agents: AnyOrdered = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a language's file says."""

    spelling: tuple[Ordered, ...]
    examples: Ordered
    tags: dict[str, AnyOrdered]
    kinds: dict[str, Ordered]
    time: Time
    grammar: Grammar
    asks: dict[str, str]
    say: dict[str, str]
    columns: dict[str, str]
    counted: dict[str, Ordered]
    refusals: dict[str, str]
    past: AnyOrdered = ()
    contractions: dict[str, str] = field(default_factory=dict)
    irregular: dict[str, str] = field(default_factory=dict)
    relations: dict[str, More] = field(default_factory=dict)


def counted(number: int, what: str, language: str) -> str:
    """Return "1 article", "2 articles"; a language that has no plurals gives one form."""
    forms = words(language).counted[what]
    return f"{number} {forms[0 if number == 1 else -1]}"


@cache
def words(language: str) -> Words:
    """Return a language's words for questions; raises SpecError where its file is wrong."""
    file = _FOLDER / f"{language}.toml"
    return bind(read_toml(file), Words, Where(file))
