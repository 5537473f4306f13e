"""Looks at SPARQL before pyoxigraph does, which cannot refuse SERVICE and LOAD and dies of deep nesting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import QueryError

# Comments, strings and IRIs are passed over, so that words inside them are not taken for keywords. Nothing is tried
# twice (`*+`), or a few kilobytes of digits or quotes would take seconds.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\r\n]*+
        |\"{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+\"{3}|'{3}[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'{3}
        |"[^"\\\n\r]*+(?:\\.[^"\\\n\r]*+)*+"|'[^'\\\n\r]*+(?:\\.[^'\\\n\r]*+)*+'|[?$]\w++)
      |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
      |(?P<name>[\w.-]*+:(?:(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*+)?+)
      |(?P<run>[\w.-]++)|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<operator>[!+*/|&^=])|(?P<stray>["'][^\r\n]*+)""",
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"(?P<word>[A-Za-z_]\w*+)|(?P<operator>-)")
# No space is needed around a keyword: pyoxigraph reads `1e0SERVICE:x {…}` and `SERVICESILENTe:x {…}` as calls.
_CALL = re.compile(r"(?:^|[^A-Z_]|TRUE|FALSE)SERVICE")
_NAMES_FOLLOW = frozenset({"PREFIX", "GRAPH", "WITH", "USING", "NAMED", "TO", "INTO"})
_SILENT = re.compile(r"(?:\s|#[^\r\n]*+)*+SILENT", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][\w+.-]*://")

# Measured: 2,300 nested braces or 20,000 operators overflow pyoxigraph's stack and kill the process. No query that a
# person writes comes near these.
MAX_DEPTH = 200
MAX_OPERATORS = 5_000
MAX_UNIONS = 1_000


@dataclass(frozen=True)
class Shape:
    """What matters of a query or update before it runs; `sources` are the IRIs that FROM names in full."""

    words: frozenset[str]
    depth: int
    operators: int
    unions: int
    sources: tuple[str, ...] = ()


class Token(NamedTuple):
    """A piece of a query: its kind as `_TOKEN` names it, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query or update; numbers, dots and commas are none."""
    for found in _TOKEN.finditer(sparql):
        if found.lastgroup != "run":
            yield Token(str(found.lastgroup), found[0], *found.span())
            continue
        for part in _PART.finditer(found[0]):
            yield Token(str(part.lastgroup), part[0], found.start() + part.start(), found.start() + part.end())


def shape(sparql: str) -> Shape:
    """Return the keywords of a query and how deep and long it is."""
    depth = deepest = operators = unions = 0
    words: set[str] = set()
    sources: list[str] = []
    ambiguous = glued = False
    before: tuple[str, ...] = ("", "")
    for kind, text, _, _ in tokens(sparql):
        if text.startswith("#"):
            continue
        found = text.upper()
        if glued and found == "{":
            words.add("SERVICE")
        prefix = found.partition(":")[0] if kind == "name" else ""
        glued = bool(_CALL.search(prefix))
        if kind == "word":
            words.add(found)
            words |= {
                word for word, there in (("SERVICE", _CALL.search(found)), ("LOAD", found.startswith("LOAD"))) if there
            }
            unions += found == "UNION"
        elif kind == "name":
            if prefix.startswith("LOAD") and not depth and before[-1] not in _NAMES_FOLLOW:
                words.add("LOAD")
            if prefix in ("FROM", "FROMNAMED"):
                words.add("FROM")
        elif kind == "iri":
            ambiguous |= _may_be_less_than(found)
            if "FROM" in (before[-1], before[-2] if before[-1] == "NAMED" else ""):
                sources.append(text[1:-1])
        elif kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "close":
            depth -= 1
        operators += kind == "operator"
        ambiguous |= kind == "stray"
        before = (before[-1], found)
    if ambiguous:  # what is a string or a comment then depends on the grammar, so each word counts wherever it stands
        words |= {word for word in ("SERVICE", "LOAD") if word in sparql.upper()}
    return Shape(frozenset(words), deepest, operators, unions, tuple(sources))


def _may_be_less_than(iri: str) -> bool:
    """Say whether `<…>` may as well be a comparison, `?a<'>'`, that begins or hides what another reading does not.

    A scheme and two slashes are no expression.
    """
    return not _ABSOLUTE.match(iri) and ("'" in iri or "#" in iri or "SERVICE" in iri)


def skeleton(sparql: str) -> str:
    """Return a query without comments, spaces and numbers: what tells it from others of its kind."""
    return " ".join(token.text for token in tokens(sparql) if not token.text.startswith("#"))


def vet(sparql: str, *, update: bool = False) -> Shape:
    """Return the query's shape, or raise QueryError for one that reaches out or that would end the process."""
    found = shape(sparql)
    if "SERVICE" in found.words:
        raise QueryError("SERVICE is refused: queries stay on this machine")
    if update and "LOAD" in found.words:
        raise QueryError("LOAD is refused: nothing is fetched; send the data itself")
    if found.depth > MAX_DEPTH or found.operators > MAX_OPERATORS or found.unions > MAX_UNIONS:
        raise QueryError("the query is nested too deeply or is too long: simplify it")
    return found


def using(update: str, default: Iterable[str], named: Iterable[str]) -> str:
    """Return the update with USING clauses in each of its WHERE operations; IRIs are given as checked, bare text.

    pyoxigraph's update takes no dataset, and the protocol's `using-graph-uri` wants one. An update that names its own
    dataset is refused, as the protocol says.
    """
    clauses = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named)
    if not clauses:
        return update
    pieces: list[str] = []
    at = depth = 0
    before = ""
    for token in tokens(update):
        kind, word = token.kind, token.text.upper()
        if kind == "word" and depth == 0:
            if word in ("USING", "WITH"):
                raise QueryError("the update names its own dataset (USING, WITH): leave out using-graph-uri")
            if word == "WHERE" and before == "DELETE":  # the short form, whose pattern is also what goes
                end = _closing(update, token.end)
                pattern = update[token.end : end]
                pieces += [update[at : token.start], pattern, clauses, " WHERE", pattern]
                at = end
            elif word == "WHERE":
                pieces += [update[at : token.start], clauses, " "]
                at = token.start
        depth += (kind == "open") - (kind == "close")
        before = before if word.startswith("#") else word
    return "".join(pieces) + update[at:]


def clear_silently(update: str) -> str:
    """Return the update with every CLEAR made CLEAR SILENT: to clear a graph that is not there is no failure.

    SPARQL leaves that to stores, which record empty graphs or do not; the W3C's protocol tests clear one that is not
    there.
    """
    pieces: list[str] = []
    at = depth = 0
    for token in tokens(update):
        if depth == 0 and token.kind == "word" and token.text.upper() == "CLEAR":
            pieces += [update[at : token.end], "" if _SILENT.match(update, token.end) else " SILENT"]
            at = token.end
        depth += (token.kind == "open") - (token.kind == "close")
    return "".join(pieces) + update[at:]


def _closing(text: str, start: int) -> int:
    """Return the place after the group that begins at or after `start`."""
    depth = 0
    for token in tokens(text[start:]):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "close" and depth == 0:
            return start + token.end
    raise QueryError("the update does not parse: a group is not closed")
