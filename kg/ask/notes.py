"""What an answer leaves out, or was asked more widely: the lines below its rows."""

from __future__ import annotations

from dataclasses import replace

from kg.ask import sparql
from kg.ask.reading import Reading
from kg.ask.times import Span
from kg.ask.words import words
from kg.graph.results import Result
from kg.graph.store import Store
from kg.specs import relations
from kg.vocab import ontology

DATED_BY = 10  # letters of a day's date: a month's or year's has fewer


def notes(store: Store, reading: Reading, found: Result, spoken: str, shown: str) -> list[str]:
    """Return the lines: wider words, either of two, plans and denials, and what lies outside of the time and place."""
    say = words(spoken).say
    told = [say["joined"].format(names=text) for text in reading.joined]
    told += [say["wider"].format(word=text, relation=ontology().label(name, spoken)) for text, name in reading.wider]
    if reading.want in ("office", "term", "changed", "about"):
        return told
    asked = replace(reading, want="all", order="")
    if reading.want not in sparql.OPEN and not reading.factuality:
        counts = {name: _count(store, replace(asked, factuality=name), shown) for name in ("planned", "negated")}
        parts = [f"{count} {ontology().label(name, spoken)}" for name, count in counts.items() if count]
        told += [say["further"].format(parts=", ".join(parts))] if parts else []
    factuality = reading.factuality or ("" if reading.want in sparql.OPEN else "asserted")
    asked = replace(asked, factuality=factuality)
    if reading.span and not reading.span.now:
        ever = store.query(sparql.statements(replace(asked, span=None), shown))
        at = ever.vars.index("date")
        vague = sum(1 for row in ever.table() if _may_be(row[at], reading.span))
        told += [say["vague"].format(count=vague)] if vague else []
        told += [say["outside"].format(count=len(ever.rows))] if ever.rows and not found.rows else []
    if reading.kind and not found.rows:
        anybody = _count(store, replace(asked, kind=""), shown)
        told += [say["unkind"].format(count=anybody)] if anybody else []
    states = [actor.text for actor in reading.object if "Country" in actor.types]
    known = relations()
    if states and not found.rows and any(name in known and known[name].place_as_such for name in reading.relations):
        told.append(say["within"].format(names=", ".join(states)))
    if reading.place and not found.rows:
        anywhere = _count(store, replace(asked, place=None), shown)
        told += [say["elsewhere"].format(count=anywhere)] if anywhere else []
    return told


def _count(store: Store, reading: Reading, shown: str) -> int:
    return len(store.query(sparql.statements(reading, shown)).rows)


def _may_be(date: str, span: Span) -> bool:
    """Say whether a date, or none, may lie in the span and is not sure to: a year in which the span begins."""
    if not date:
        return True
    first, last = (date + rest[len(date) - 4 :] for rest in ("-01-01", "-12-31"))
    within = span.first <= first and last <= span.last
    return len(date) < DATED_BY and not within and first <= span.last and last >= span.first
