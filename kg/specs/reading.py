"""A table of a .toml file → a frozen dataclass, by its annotations; what does not fit is a SpecError of one line.

The line names file, key and value, and says what to do. Besides plain types, dataclasses, `dict[str, …]` and
`tuple[…, ...]` of these, annotations may be the kinds of lists below.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kg.errors import SpecError

T = TypeVar("T")
SHOWN = 60  # characters of a wrong value


@dataclass(frozen=True, slots=True)
class Each:
    """What a list's entries must be: `some` at all, one lower-case `token` each, a `pattern` each that compiles.

    `blank` lets "" stand for no word, as where there is no preposition.
    """

    some: bool = True
    token: bool = False
    pattern: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """From which to which a number may be."""

    low: int
    high: int


Month = Annotated[int, Within(1, 12)]
Weekday = Annotated[int, Within(0, 6)]  # Monday is 0
Words = Annotated[frozenset[str], Each()]
AnyWords = Annotated[frozenset[str], Each(some=False)]  # what one language has no word for
Ordered = Annotated[tuple[str, ...], Each()]  # where the first counts, or the order of alternatives
AnyOrdered = Annotated[tuple[str, ...], Each(some=False)]
Tokens = Annotated[frozenset[str], Each(token=True)]  # asked one lower-cased token, or one lemma, at a time
AnyTokens = Annotated[frozenset[str], Each(some=False, token=True)]
Cases = Annotated[frozenset[str], Each(token=True, blank=True)]
Patterns = Annotated[tuple[str, ...], Each(some=False, pattern=True)]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file, for complaints."""

    file: Path
    key: str = ""

    def at(self, key: str) -> Where:
        """Return the place of a key below this one."""
        return Where(self.file, f"{self.key}.{key}" if self.key else key)

    def wrong(self, problem: str, remedy: str, value: object = None) -> SpecError:
        """Return the error, in one line; `value` is what stands there, where anything does."""
        text = "" if value is None else " = " + json.dumps(value, ensure_ascii=False, default=str)
        text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
        place = f"{self.file}: {self.key}{text}".removesuffix(": ")
        return SpecError(" ".join(f"{place}: {problem}; {remedy}".split()))


def read_toml(file: Path) -> dict[str, Any]:
    """Return the table of a TOML file; raises SpecError, naming it, where it is missing or does not parse."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SpecError(f"{file}: missing from the package; reinstall newskg, or write the file") from error
    except OSError as error:
        raise SpecError(f"{file}: cannot be read ({error.strerror}); put a file there that can") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SpecError(f"{file}: {error}; correct the file") from error


def bind(table: object, kind: type[T], where: Where) -> T:
    """Return a table as a dataclass of a kind; raises SpecError where a key is missing, unknown or of another type.

    A field of a name that Python reserves ends in an underscore: the key `as` is the field `as_`.
    """
    given = _typed(table, dict, where, "a table")
    made: Any = kind
    hints, fields = _hints(made), {_key(field.name): field for field in dataclasses.fields(made)}
    for key in given:
        if key not in fields:
            raise where.at(key).wrong("unknown key", meant(key, fields), given[key])
    values = {}
    for key, field in fields.items():
        if key in given:
            values[field.name] = _value(given[key], hints[field.name], where.at(key))
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise where.at(key).wrong("missing key", f"add {key} = {_example(hints[field.name])}")
    return kind(**values)


def meant(word: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown word: the known one that is like it, or all of them."""
    names = sorted(known)
    like = difflib.get_close_matches(word, names, 1)
    return f"did you mean {like[0]}?" if like else f"known are {', '.join(names)}"


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _key(name: str) -> str:
    return name.removesuffix("_")


def _value(value: object, hint: Any, where: Where) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated and isinstance(arguments[1], Within):
        return _number(value, arguments[1], where)
    if origin is Annotated:
        return _list(value, arguments[1], get_origin(arguments[0]), where)
    if origin in (Union, UnionType):  # X | None: no TOML value is null
        return _value(value, next(one for one in arguments if one is not type(None)), where)
    if origin is Literal:
        if value not in arguments:
            raise where.wrong("unknown value", meant(str(value), map(str, arguments)), value)
        return value
    if origin is tuple:
        rows = _typed(value, list, where, "a list")
        return tuple(_value(row, arguments[0], where.at(str(n))) for n, row in enumerate(rows, 1))
    if origin is dict:
        table = _typed(value, dict, where, "a table")
        return {key: _value(one, arguments[1], where.at(key)) for key, one in table.items()}
    if dataclasses.is_dataclass(hint):
        return bind(value, cast("type[Any]", hint), where)
    return _typed(value, hint, where, _CALLED[hint])


_CALLED = {str: "a text in quotes", bool: "true or false", int: "a number", float: "a number with a point"}


def _typed(value: object, kind: type[T], where: Where, called: str) -> T:
    if type(value) is not kind:  # and not isinstance: in Python, true is a number
        raise where.wrong(f"must be {called}", f"write {_example(kind)}", value)
    return value


def _number(value: object, within: Within, where: Where) -> int:
    number = _typed(value, int, where, "a number")
    if not within.low <= number <= within.high:
        raise where.wrong("is out of range", f"write a number from {within.low} to {within.high}", value)
    return number


def _list(value: object, each: Each, made: Any, where: Where) -> object:
    entries = _typed(value, list, where, "a list")
    if each.some and not entries:
        raise where.wrong("is empty", "list at least one", value)
    seen: set[str] = set()
    for entry in entries:
        text = _typed(entry, str, where, "a list of texts in quotes")
        if (not text and not each.blank) or (text != text.strip() and not each.pattern):
            raise where.wrong("has an entry that is empty or has spaces around it", "take them away", text)
        if text in seen:
            raise where.wrong("stands there twice", "keep one", text)
        if each.token and (text != text.lower() or " " in text):
            raise where.wrong("never matches", "write one lower-case token", text)
        if each.pattern:
            _compiles(text, where)
        seen.add(text)
    return made(entries)


def _compiles(pattern: str, where: Where) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise where.wrong(f"is no regular expression ({error})", "correct it", pattern) from error


def _example(hint: Any) -> str:
    if get_origin(hint) is Annotated or get_origin(hint) is tuple or hint is list:
        return '["…"]'
    return {str: '"…"', bool: "true", int: "1", float: "1.0"}.get(hint, "{ … }")
