"""Store → statement rows with the actors and articles that they are about, each once: what becomes sheets and nodes."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kg.export.rows import ArticleRef, Node, StatementRow, statements
from kg.graph.store import Store


@dataclass
class Gathered:
    """Statements in their order; actors (by IRI, with every name that articles use) and articles in that of mention."""

    rows: list[StatementRow]
    actors: dict[str, Node] = field(default_factory=dict)
    articles: dict[str, ArticleRef] = field(default_factory=dict)
    statements_about: dict[str, int] = field(default_factory=dict)
    statements_in: dict[str, int] = field(default_factory=dict)


def gather(store: Store, language: str) -> Gathered:
    """Return what is in the store. An actor is an end, a source or a place of some statement.

    `statements_about` counts for each actor the statements whose subject or object it is, `statements_in` those of
    each article.
    """
    found = Gathered(list(statements(store, language=language)))
    names: dict[str, set[str]] = {}
    for row in found.rows:
        found.articles.setdefault(row.article.iri, row.article)
        found.statements_in[row.article.iri] = found.statements_in.get(row.article.iri, 0) + 1
        for node in mentioned(row):
            found.actors.setdefault(node.iri, node)
            names.setdefault(node.iri, set()).update(node.names)
        for iri in {row.subject.iri, row.object.iri}:
            found.statements_about[iri] = found.statements_about.get(iri, 0) + 1
    for iri, node in found.actors.items():
        ordered = tuple(sorted(names[iri], key=lambda name: (-len(name), name)))
        found.actors[iri] = replace(node, names=ordered, name=None)
    return found


def mentioned(row: StatementRow) -> list[Node]:
    """Return the entities of a statement: its ends, who says so, where it was."""
    return [row.subject, row.object, *row.attribution, *([row.place] if row.place else [])]


def days(told: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a date as statements have it: a day, a month (2020-10) or a year (1994)."""
    try:
        match (told or "").split("-"):
            case [year] if len(year) == 4:
                return date(int(year), 1, 1), date(int(year), 12, 31)
            case [year, month] if len(year) == 4:
                last = calendar.monthrange(int(year), int(month))[1]
                return date(int(year), int(month), 1), date(int(year), int(month), last)
            case _:
                day = date.fromisoformat(told or "")
                return day, day
    except ValueError:  # a graph that others wrote, or no date
        return None


def moment(told: str | None) -> datetime | date | None:
    """Return when an article came out: a day, or the time on the clocks of where it did."""
    try:
        if told and len(told) == 10:
            return date.fromisoformat(told)
        return datetime.fromisoformat(told or "").replace(tzinfo=None)
    except ValueError:
        return None
