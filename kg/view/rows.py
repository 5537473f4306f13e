"""What the page shows of one statement, and how statements fold into drawn edges.

`Row` is the view's own record: a table line, an entry of the evidence panel. Rows that share subject, relation and
object become one `Edge`; both directions of a symmetric relation become the same one.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from babel import Locale

from kg.export.rows import Node, StatementRow


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """A drawn actor: its IRI, the name to show, every other name, its type."""

    iri: str
    name: str
    type: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One statement, flat, as the page shows it; `further` are more sentences of the article that state it."""

    subject: Actor
    relation: str
    object: Actor
    factuality: str = "asserted"
    date: str = ""
    place: str = ""
    source: str = ""
    office: str = ""
    sentence: str = ""
    article: str = ""
    headline: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    further: tuple[str, ...] = ()
    symmetric: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the row for the page's data block: actors by IRI, a link only where it is an http(s) one."""
        flat = asdict(self)
        flat["subject"], flat["object"] = self.subject.iri, self.object.iri
        flat["url"] = web_link(self.url)
        return flat


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the drawing: an ordered pair of actors, a relation, and the numbers of its rows."""

    subject: str
    relation: str
    object: str
    factuality: str
    disputed: bool
    symmetric: bool
    rows: tuple[int, ...]


def from_statements(statements: Iterable[StatementRow], language: str = "en") -> list[Row]:
    """Return the store's statements as the page's rows; countries have their names in the page's language."""
    countries = Locale.parse(language).territories
    return [_row(statement, countries) for statement in statements]


def _row(statement: StatementRow, countries: Mapping[str, str]) -> Row:
    first, *more = (evidence.sentence for evidence in statement.evidence)
    article = statement.article
    subject, object_ = _actor(statement.subject, countries), _actor(statement.object, countries)
    place, source = (_actor(node, countries).name if node else "" for node in (statement.place, statement.source))
    return Row(
        subject, statement.relation, object_, statement.factuality,
        statement.date or "", place, source, statement.office or "", first, article.iri,
        article.headline or "", article.url or "", article.publisher or "", article.published or "",
        statement.language or "", tuple(more), statement.symmetric)


def _actor(node: Node, countries: Mapping[str, str]) -> Actor:
    return Actor(node.iri, countries.get(node.iso or "", node.label), node.type, (node.label, *node.names))


def actors(rows: Iterable[Row]) -> dict[str, Actor]:
    """Return the rows' actors by IRI, each with the names of all articles."""
    found: dict[str, Actor] = {}
    for row in rows:
        for actor in (row.subject, row.object):
            names = {*actor.names, *(found[actor.iri].names if actor.iri in found else ())}
            found[actor.iri] = replace(min(actor, found.get(actor.iri, actor)), names=tuple(sorted(names)))
    return found


def web_link(url: str) -> str:
    """Return `url` where it is http or https, else nothing: a page never links to `javascript:` or `file:`."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """Sort by the article's publication, newest first, then by what makes the order the same on every run."""
    ordered = sorted(rows, key=lambda row: (row.article, row.sentence, row.subject, row.relation, row.object))
    return sorted(ordered, key=lambda row: (row.published or row.date, row.date), reverse=True)


def edges(rows: list[Row]) -> list[Edge]:
    """Fold rows into edges; an edge is as factual as its most factual row, and disputed where another row denies it."""
    numbers: dict[tuple[str, str, str], list[int]] = {}
    for number, row in enumerate(rows):
        pair = (row.subject.iri, row.object.iri)
        first, second = sorted(pair) if row.symmetric else pair
        numbers.setdefault((first, row.relation, second), []).append(number)
    return [_edge(key, found, rows) for key, found in sorted(numbers.items())]


def _edge(key: tuple[str, str, str], numbers: list[int], rows: list[Row]) -> Edge:
    said = {rows[number].factuality for number in numbers}
    factuality = next((value for value in ("asserted", "planned", "negated") if value in said), "asserted")
    subject, relation, object_ = key
    disputed = "negated" in said and len(said) > 1
    return Edge(subject, relation, object_, factuality, disputed, rows[numbers[0]].symmetric, tuple(numbers))
