"""Named queries: the questions that people ask first, as .rq files.

A file begins with its titles (`# en: …`, `# id: …`) and its parameters (`# actor: …`). A parameter is bound by a line
like `VALUES ?actor { UNDEF }`, or a default in its place, so that the file runs as it stands in any SPARQL engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, SpecError
from kg.labels import LANGUAGES
from kg.likeness import likeness, nearest
from kg.vocab import prefixes

_FOLDER = Path(__file__).parent
_HEADER = re.compile(r"# (\w+): (.+)")
# Who the actor is that a name or IRI means; an engine may join this by hash, and walk over all events for one actor.
_LOOKUP = re.compile(r"\{ (SELECT DISTINCT \?who WHERE \{.*?\n +\}) \}", re.DOTALL)
DAYS = ("on", "from", "to")  # parameters that take a day, month or year
NEAR = 0.6  # how alike a name must be to be suggested
_SLOT = r"VALUES \?{} \{{ (?:UNDEF|\"[^\"]*\") \}}"


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: titles by language, parameters with what they mean, and the SPARQL text (also as `str`)."""

    name: str
    titles: dict[str, str]
    parameters: dict[str, str]
    text: str

    def __str__(self) -> str:
        return self.text

    def narrowed(self, ask: Callable[[str], Iterable[Sequence[object]]]) -> str:
        """Return the text with the actors themselves, whom `ask` finds, in the place of the look-up by name.

        The answer is the same. pyoxigraph begins with what is given, so that one actor's events are all it reads.
        """
        lookup = _LOOKUP.search(self.text)  # the same wherever it stands
        if not lookup:
            return self.text
        actor = re.search(r"VALUES \?actor \{ (.*?) \}", lookup[1])
        known = actor[1] if actor else ""
        if known == "UNDEF":
            given = ""  # everyone
        elif known.startswith("<"):
            given = f"VALUES ?who {{ {known} }}"
        else:
            actors = [row[0] for row in ask(lookup[1])]
            if not all(isinstance(one, ox.NamedNode) for one in actors):
                return self.text  # blank nodes, which others wrote, have no name that a query could say
            given = f"VALUES ?who {{ {' '.join(map(str, actors))} }}"
        return self.text.replace(lookup[0], given)

    def bind(self, **values: str | Sequence[str] | None) -> Query:
        """Return the query with parameters set: names become literals, IRIs and known prefixed names IRIs.

        Several values of a parameter are alternatives.

        The values are written as RDF terms by pyoxigraph, so that no value can end its string and go on as SPARQL.
        """
        text = self.text
        for name, value in values.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise QueryError(
                    f"{self.name} has no parameter {name[:80]!r}; {meant(name, self.parameters)}its parameters: {known}"
                )
            if value is not None:
                _check(name, value)
                terms = " ".join(str(_term(one)) for one in ([value] if isinstance(value, str) else value))
                bound = f"VALUES ?{name} {{ {terms} }}"
                text = re.sub(_SLOT.format(name), lambda _, bound=bound: bound, text)  # type: ignore[misc]
        return Query(self.name, self.titles, self.parameters, text)


def names() -> list[str]:
    """Return the names of the named queries."""
    return sorted(path.stem for path in _FOLDER.glob("*.rq"))


def load(name: str, **values: str | Sequence[str] | None) -> Query:
    """Return a named query, with its parameters set: `load("about", actor="Turkey")`."""
    if name not in names():
        raise QueryError(f"no query is named {name!r}; {meant(name, names())}there are {', '.join(names())}")
    return _read(name).bind(**values)


@cache
def _read(name: str) -> Query:
    return parse(name, (_FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Query:
    """Return the query that a file's text holds."""
    titles: dict[str, str] = {}
    parameters: dict[str, str] = {}
    for line in text.splitlines():
        header = _HEADER.fullmatch(line)
        if not header:
            break
        is_parameter = re.search(_SLOT.format(header[1]), text) is not None
        (parameters if is_parameter else titles)[header[1]] = header[2]
    if "en" not in titles:
        raise SpecError(f"{name}.rq needs its title as a first line: # en: …")
    return Query(name, titles, parameters, text)


def meant(name: str, known: Collection[str]) -> str:
    """Return "did you mean …? " with the known name that a misspelt one is nearest to, or nothing."""
    near = [one for one in nearest(name, list(known), 1) if likeness(name, one) >= NEAR or one.startswith(name)]
    return f"did you mean {near[0]}? " if near else ""


def _check(name: str, value: str | Sequence[str]) -> None:
    """Raise QueryError for a day or language that is none: it would be compared letter by letter, and fit nothing."""
    for one in [value] if isinstance(value, str) else value:
        if name in DAYS and not is_day(one):
            raise QueryError(f"{name}={one[:80]} is no day; give one such as 2020-10-06, a month or a year")
        if name == "lang" and one not in LANGUAGES:
            raise QueryError(f"lang={one[:80]} is none of the names' languages: {', '.join(LANGUAGES)}")


def is_day(text: str) -> bool:
    """Say whether a text is a day, month or year that is in the calendar."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}(-\d\d){0,2}", text) is not None


def _term(value: str) -> ox.NamedNode | ox.Literal:
    prefix, colon, local = value.partition(":")
    iri = prefixes()[prefix] + local if colon and prefix in prefixes() else value
    if re.match(r"https?://", iri):
        try:
            return ox.NamedNode(iri)
        except ValueError:
            pass  # not an IRI after all: then it is a name that nothing has
    return ox.Literal(value.encode("utf-8", "replace").decode("utf-8"))
