"""The orders of tags in a language's file → rules: regular expressions over a question's tags.

A pattern is a row of tags; a letter in capitals is a part that is kept (en.toml tells which), and may be several words
with "or", "and" or commas between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.ask.words import words
from kg.errors import SpecError

# Sections of the file beside gaps and clauses, and what each asks for.
SECTIONS = {"offices": "office", "paths": "path", "happenings": "all", "changes": "changed", "abouts": "about"}
SECOND = "V"  # what a second W is taken as
_JOINED = "(?:(?:comma |or |and )+{0} )*"
_LETTERS = {
    "W": "(?P<W>(?:who |what |kind )+)",
    "T": "(?P<T>T )",
    **{letter: f"(?P<{letter}>a {_JOINED.format('a')})" for letter in "SOXY"},
    **{letter: f"(?P<{letter}>{letter} {_JOINED.format(letter)})" for letter in "RPNA"},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern, what it asks for, and the section that it is of; a bare `clause` asks by its words."""

    pattern: re.Pattern[str]
    want: str
    section: str


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """Return the rules of a language in the order in which they are tried."""
    return tuple(_written(language))


def _written(language: str) -> Iterator[Rule]:
    given = words(language).grammar
    for gap in given.gaps:
        yield Rule(_compiled(f"list? {gap.say}"), gap.want, "gaps")
    for clause in given.clauses:
        for head in given.heads:
            # "did Russia's attack" is no question
            if head.want == "whether" and not re.match("N|.*(R|P|light|in N)", clause):
                continue
            want = "clause" if head.want == "all" else head.want
            yield Rule(_compiled(f"{head.say} {clause}"), want, "clauses")
            yield Rule(_compiled(f"{clause} {head.say}"), want, "clauses")
        yield Rule(_compiled(clause), "clause", "clauses")
    for section, want in SECTIONS.items():
        for pattern in getattr(given, section):
            asked = "term" if section == "offices" and "when" in pattern.split() else want
            yield Rule(_compiled(pattern), asked, section)


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"[A-Za-z]+|[()|?]", pattern)
    made = "".join(_LETTERS.get(part) or (f"(?:{part} )" if part.isalpha() else part) for part in parts)
    taken: set[str] = set()

    def once(found: re.Match[str]) -> str:
        name = SECOND if found[1] == "W" and "W" in taken else found[1]  # "who met whom"
        if name in taken:
            raise SpecError(f"kg/ask: {pattern!r} takes {name} twice, and would lose one; write two patterns")
        taken.add(name)
        return f"(?P<{name}>"

    return re.compile(re.sub(r"\(\?P<(\w)>", once, made))
