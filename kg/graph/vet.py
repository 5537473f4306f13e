"""Looks at SPARQL before pyoxigraph does, which cannot refuse SERVICE and LOAD and dies of deep nesting."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import QueryError

# Comments, strings and IRIs are passed over, so that words inside them are not taken for keywords.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\r\n]*|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$]\w+)
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<name>[\w.-]*:[\w.:%\\-]*)
      |(?P<word>[A-Za-z_]\w*)|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<operator>[!+\-*/|&^=])""",
    re.VERBOSE | re.DOTALL)
# No space is needed after a keyword: pyoxigraph reads `SERVICE:x {…}` as a call of the service `:x`.
_GLUED = re.compile(r"(?:^|[^A-Z_]|TRUE|FALSE)(SERVICE|LOAD)(?:SILENT)?:|^(FROM)(?:NAMED)?:")

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


def shape(sparql: str) -> Shape:
    """Return the keywords of a query and how deep and long it is."""
    depth = deepest = operators = unions = 0
    words: set[str] = set()
    sources: list[str] = []
    before: tuple[str, ...] = ("", "")
    for token in _TOKEN.finditer(sparql):
        kind, found = token.lastgroup, token[0].upper()
        if kind == "word":
            words.add(found)
            unions += found == "UNION"
        elif kind == "name":
            glued = _GLUED.search(found[:found.index(":") + 1])
            words |= {word for word in glued.groups() if word} if glued else set()
        elif kind == "iri" and "FROM" in (before[-1], before[-2] if before[-1] == "NAMED" else ""):
            sources.append(token[0][1:-1])
        elif kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "close":
            depth -= 1
        elif kind == "operator":
            operators += 1
        before = (before[-1], found)
    return Shape(frozenset(words), deepest, operators, unions, tuple(sources))


def skeleton(sparql: str) -> str:
    """Return a query without comments, spaces and numbers: what tells it from others of its kind."""
    return " ".join(token[0] for token in _TOKEN.finditer(sparql) if not token[0].startswith("#"))


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
    for token in _TOKEN.finditer(update):
        kind, word = token.lastgroup, token[0].upper()
        if kind == "word" and depth == 0:
            if word in ("USING", "WITH"):
                raise QueryError("the update names its own dataset (USING, WITH): leave out using-graph-uri")
            if word == "WHERE" and before == "DELETE":  # the short form, whose pattern is also what goes
                end = _closing(update, token.end())
                pattern = update[token.end():end]
                pieces += [update[at:token.start()], pattern, clauses, " WHERE", pattern]
                at = end
            elif word == "WHERE":
                pieces += [update[at:token.start()], clauses, " "]
                at = token.start()
        depth += (kind == "open") - (kind == "close")
        before = before if token[0].startswith("#") else word
    return "".join(pieces) + update[at:]


def clear_silently(update: str) -> str:
    """Return the update with every CLEAR made CLEAR SILENT: to clear a graph that is not there is no failure.

    SPARQL leaves that to stores, which record empty graphs or do not; the W3C's protocol tests clear one that is not
    there.
    """
    pieces: list[str] = []
    at = depth = 0
    for token in _TOKEN.finditer(update):
        if depth == 0 and token.lastgroup == "word" and token[0].upper() == "CLEAR":
            pieces += [update[at:token.end()],
                       "" if re.match(r"(?:\s|#[^\r\n]*)*SILENT", update[token.end():], re.IGNORECASE) else " SILENT"]
            at = token.end()
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
    return "".join(pieces) + update[at:]


def _closing(text: str, start: int) -> int:
    """Return the place after the group that begins at or after `start`."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if token.lastgroup == "close" and depth == 0:
            return token.end()
    raise QueryError("the update does not parse: a group is not closed")
