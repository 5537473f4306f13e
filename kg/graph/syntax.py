"""What is wrong with SPARQL that does not parse, in words: pyoxigraph lists each letter that could have come next."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.graph.vet import Token, tokens
from kg.likeness import likeness, nearest
from kg.vocab import prefixes

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_PLACE = re.compile(r"error at (\d+):(\d+):")
_COMMA = re.compile(r"\bSELECT\b[^{]*[?$]\w+\s*,\s*[?$]", re.IGNORECASE)
ALIKE = 0.6  # how alike a prefix must be to be suggested
SHAPE = "each pattern has three terms, and a dot parts it from the next"
NEAR = 24  # letters of the query that are shown
_SAID = {  # what pyoxigraph says in words, and what that means
    "variable that is unbound": "SELECT has a variable that is neither in the pattern nor in GROUP BY",
    "IRI parsing failed": "an IRI in <…> is none: it has no blank, and begins with a scheme such as https:",
}


def explained(sparql: str, message: str) -> str:
    """Return one line that says what is wrong with a query, from its text and pyoxigraph's message."""
    return f"the query does not parse: {_cause(sparql, message)}"


def _cause(sparql: str, message: str) -> str:
    found = [token for token in tokens(sparql) if not token.text.startswith("#")]
    place = _PLACE.match(message)
    for cause in (_form(found), _prefix(found), _brackets(found), _filter(found)):
        if cause:
            return cause
    if _COMMA.search(sparql):
        return "the variables of SELECT stand without commas"
    for said, cause in _SAID.items():
        if said in message:
            return cause
    if not place:
        return " ".join(message.split())[:200]
    line, column = int(place[1]), int(place[2])
    lines = sparql.splitlines() or [""]
    before = " ".join("\n".join([*lines[: line - 1], *(text[: column - 1] for text in lines[line - 1 : line])]).split())
    return f"line {line}, column {column}; {SHAPE}; it breaks off after {'…' * (len(before) > NEAR)}{before[-NEAR:]!r}"


def _form(found: list[Token]) -> str:
    """Return what is wrong with how a query begins."""
    begins = next((token for token in found if token.kind != "iri" and token.text.upper() not in ("PREFIX", "BASE")
                   and token.kind != "name"), None)  # fmt: skip
    if begins is None:
        return f"it is empty; it begins with {', '.join(FORMS[:-1])} or {FORMS[-1]}"
    word = begins.text.upper()
    if word in UPDATES:
        return f"{word} is an update, and this only reads; begin with {', '.join(FORMS[:-1])} or {FORMS[-1]}"
    if begins.kind != "word" or word not in FORMS:
        near = nearest(begins.text, FORMS, 1)
        meant = f"did you mean {near[0]}?" if near else f"it begins with {', '.join(FORMS[:-1])} or {FORMS[-1]}"
        return f"it begins with {begins.text[:NEAR]!r}; {meant}"
    return ""


def _prefix(found: list[Token]) -> str:
    """Return which prefix is not known."""
    known = {*prefixes(), "_"}
    for before, token in zip([None, *found], found, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before and before.text.upper() == "PREFIX":
            known.add(prefix)
        elif prefix not in known:
            near = [one for one in nearest(prefix, [*prefixes()], 1) if likeness(prefix, one) >= ALIKE]
            meant = f"did you mean {near[0]}:? Else " if near else ""
            usual = " ".join(f"{name}:" for name in prefixes())
            return f"no prefix {prefix}: is known; {meant}declare it with PREFIX {prefix}: <…>, or use one of {usual}"
    return ""


def _brackets(found: list[Token]) -> str:
    """Return which bracket or quote has no other half."""
    open_: list[Token] = []
    for token in found:
        if token.kind == "stray":
            return f"a quotation mark is not closed: {token.text[:NEAR]}"
        if token.kind == "open":
            open_.append(token)
        elif token.kind == "close":
            if not open_ or _PAIRS[open_[-1].text] != token.text:
                return f"a {token.text!r} closes nothing" if not open_ else f"{token.text!r} closes {open_[-1].text!r}"
            open_.pop()
    return f"a {open_[-1].text!r} is not closed" if open_ else ""


def _filter(found: list[Token]) -> str:
    """Return that a FILTER has no brackets."""
    for token, after in pairwise(found):
        if token.kind == "word" and token.text.upper() == "FILTER" and after.text[:1] in "?$\"'<":
            return f"FILTER stands without brackets; write FILTER({after.text[:NEAR]} …)"
    return ""
