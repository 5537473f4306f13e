"""Looks at a SPARQL query before pyoxigraph does, which cannot refuse SERVICE and dies of deep nesting."""
from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import QueryError

# Comments, strings and IRIs are passed over, so that words inside them are not taken for keywords.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\r\n]*|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|<[^<>"{}|^`\\\x00-\x20]*>|[?$]\w+|[\w.-]*:[\w.:%\\-]*)
      |(?P<word>[A-Za-z_]\w*)|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<operator>[!+\-*/|&^=])""",
    re.VERBOSE | re.DOTALL)

# Measured: 2,300 nested braces or 20,000 operators overflow pyoxigraph's stack and kill the process. No query that a
# person writes comes near these.
MAX_DEPTH = 200
MAX_OPERATORS = 5_000
MAX_UNIONS = 1_000


@dataclass(frozen=True)
class Shape:
    """What matters of a query before it runs."""

    words: frozenset[str]
    depth: int
    operators: int
    unions: int


def shape(sparql: str) -> Shape:
    """Return the keywords of a query and how deep and long it is."""
    depth = deepest = operators = unions = 0
    words: set[str] = set()
    for token in _TOKEN.finditer(sparql):
        kind = token.lastgroup
        if kind == "word":
            words.add(token[0].upper())
            unions += token[0].upper() == "UNION"
        elif kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "close":
            depth -= 1
        elif kind == "operator":
            operators += 1
    return Shape(frozenset(words), deepest, operators, unions)


def vet(sparql: str) -> Shape:
    """Return the query's shape, or raise QueryError for one that reaches out or that would end the process."""
    found = shape(sparql)
    if "SERVICE" in found.words:
        raise QueryError("SERVICE is refused: queries stay on this machine")
    if found.depth > MAX_DEPTH or found.operators > MAX_OPERATORS or found.unions > MAX_UNIONS:
        raise QueryError("the query is nested too deeply or is too long: simplify it")
    return found
