"""A question over a store → its answer: a sentence, rows, how it was understood, and the SPARQL that ran."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from kg.ask import sparql
from kg.ask.grammar import parse
from kg.ask.names import Names
from kg.ask.notes import notes
from kg.ask.offices import offices
from kg.ask.reading import NotUnderstoodError, Reading
from kg.ask.refusal import check, refused
from kg.ask.sentences import told, understood
from kg.ask.tagging import Tagged, tag
from kg.ask.times import Clock
from kg.ask.ways import ways
from kg.ask.words import LANGUAGES, words
from kg.graph.results import Result
from kg.graph.store import Store
from kg.specs import relations
from kg.vocab import ontology

# What tells of several kinds of statements shows who does what to whom in each row; else a row repeats no question.
EVERY = ("all", "acts", "about", "changed", "path")
NAMED = ("subject", "relation", "object")
STEPS = 3  # of a way between two actors: more connects everybody with everybody, and takes minutes in large stores


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was understood as, and what the store says; `rows` are plain texts under `columns`."""

    question: str
    language: str
    understood: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sparql: str
    notes: tuple[str, ...] = ()
    want: str = ""

    def shown(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return columns and rows as a table shows them: without columns that are empty, or that the question names."""
        told = [{row[at] for row in self.rows} for at in range(len(self.columns))]
        known = () if self.want in EVERY else NAMED
        keep = [
            at
            for at, name in enumerate(self.columns)
            if told[at] - {""} and (at == 0 or name not in known or len(told[at]) > 1)
        ]
        return tuple(self.columns[at] for at in keep), [tuple(row[at] for at in keep) for row in self.rows]

    def headings(self) -> tuple[str, ...]:
        """Return what the columns that are shown are called in the question's language."""
        called = words(self.language).columns
        return tuple(f"{called[name.rstrip(digits)]} {name.lstrip(ascii_letters)}".strip() for name in self.shown()[0])

    def cells(self) -> list[tuple[str, ...]]:
        """Return the rows that are shown, with the ontology's words for relations and how sure they are."""
        columns, rows = self.shown()
        return [tuple(map(self._told, columns, row)) for row in rows]

    def _told(self, column: str, cell: str) -> str:
        if column not in ("relation", "factuality") and not column.startswith("step"):
            return cell
        arrow, _, name = cell.rpartition(" ")
        return f"{arrow} {ontology().label(name, self.language)}".strip() if name else cell

    def to_json(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {
            "question": self.question,
            "language": self.language,
            "understood": self.understood,
            "answer": self.sentence,
            "notes": list(self.notes),
            "columns": list(self.columns),
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "sparql": self.sparql,
        }


def ask(
    store: Store,
    question: str,
    *,
    language: str | None = None,
    today: date | None = None,
    home: Path | None = None,
) -> Answer:
    """Answer a question; `language` is that of names in the answer, by default the question's.

    `home` is the folder of the store itself, where `store` is a snapshot of it that somebody took.

    Raises NotUnderstoodError where any word of the question has no place, an actor is unknown or is one of several.
    """
    day = today or date.today()
    spoken, reading = _read(Names(store, home), question, day)
    return _Asked(store, question, spoken, language or spoken, day).answer(reading)


def _read(names: Names, question: str, today: date) -> tuple[str, Reading]:
    """Return the language and the reading of a question: of the language that understands it."""
    failed: list[tuple[int, int, str, Tagged, NotUnderstoodError | None]] = []
    for language in LANGUAGES:
        tagged, error = tag(question, language, names, Clock(language, today)), None
        try:
            reading = None if tagged.unknown else parse(tagged, language)
        except NotUnderstoodError as wrong:
            reading, error = None, wrong
        if reading:
            check(reading, language)
            return language, reading
        failed.append((len(tagged.unknown), -tagged.spoken, language, tagged, error))
    _, _, language, tagged, error = min(failed, key=lambda one: one[:3])
    raise error or refused(question, tagged, names, language)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was understood: the language that it is in, that of the names to show, and the day."""

    store: Store
    question: str
    spoken: str
    shown: str
    today: date

    def answer(self, reading: Reading) -> Answer:
        """Return what the store says."""
        reading = _of_office(reading)
        if reading.want == "path":
            return self._path(reading)
        if reading.want in ("office", "term"):
            text = offices(reading, self.today.isoformat(), self.shown)
        else:
            text = sparql.statements(reading, self.shown)
        found = self.store.query(text)
        return self._made(reading, text, found, notes(self.store, reading, found, self.spoken, self.shown))

    def _path(self, reading: Reading) -> Answer:
        """Return what is said between the two, or else the shortest ways over others."""
        direct = replace(reading, want="all")
        text = sparql.statements(direct, self.shown)
        found = self.store.query(text)
        if found.rows:
            return self._made(direct, text, found)
        for steps in range(2, STEPS + 1):
            text = ways(reading, steps, self.shown)
            found = self.store.query(text)
            if found.rows:
                break
        return self._made(reading, text, found)

    def _made(self, reading: Reading, text: str, found: Result, more: Iterable[str] = ()) -> Answer:
        rows = tuple(found.table())
        sentence, how = told(reading, found.vars, rows, self.spoken, STEPS), understood(reading, self.spoken)
        return Answer(self.question, self.spoken, how, sentence, found.vars, rows, text, tuple(more), reading.want)


def _of_office(reading: Reading) -> Reading:
    """Return what a question about holding office asks: who holds it, or what somebody holds."""
    held = tuple(name for name, relation in relations().items() if relation.office)
    if reading.want != "office" and reading.relations != held:
        return reading
    who = reading.subject or reading.either
    if who and reading.want == "office" and reading.titles is None and all("Person" not in one.types for one in who):
        return replace(reading, want="about", either=who, subject=(), object=())
    asked = reading.want in ("subject", "object", "office")
    return replace(reading, want="office", relations=held) if asked else reading
