"""What the page shows of one statement, and how statements fold into drawn pairs.

`Row` is the view's own record: a table line, an entry of the evidence panel. Rows about the same two actors, whatever
their relation and direction, are one `Pair`: one line of the drawing, unfolded by the page where there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from babel import Locale

from kg.actors.base import titles
from kg.export.rows import Node, StatementRow
from kg.gazetteer import codes_of
from kg.graph.store import Store
from kg.labels import LANGUAGES, pick
from kg.vocab import ontology

KINDS = ("skos:altLabel", "rdfs:label", "skos:prefLabel")
Names = Mapping[str, Iterable[tuple[str, str]]]  # IRI → (language, name), any number
Local = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """A drawn actor: its IRI, the name to show, its type, other names, the names to show per language, codes."""

    iri: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    local: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()


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
    origin: str = ""  # what prints of one text have in common; nothing: the article stands for itself
    confidence: float | None = None  # how probable it is that the article states it, 0 to 1
    event: str = ""  # the statement's own IRI
    local: tuple[Local, ...] = ()  # place, source and office by language: as shown here, language, name there


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two actors (by IRI, in order) and the numbers of the rows about both."""

    first: str
    second: str
    rows: tuple[int, ...]


def from_statements(
    statements: Iterable[StatementRow],
    language: str = "en",
    *,
    names: Names | None = None,
    origins: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return the store's statements as the page's rows.

    `names` are the graph's names per language, for showing and searching; countries have theirs without it. `origins`
    tell of articles that print a text of others (`agreement.shared_texts`).
    """
    make = Actors(language, names or {})
    return [_row(statement, make, (origins or {}).get(statement.article.iri, "")) for statement in statements]


def names(store: Store) -> dict[str, list[tuple[str, str]]]:
    """Return every name of every entity with its language; the one to show is the last of its language."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        asked = store.query(f"SELECT ?entity ?name (LANG(?name) AS ?language) WHERE {{ ?entity {kind} ?name }}")
        rows = [tuple(value or "" for value in row.values()) for row in asked.dicts()]
        for entity, name, language in sorted(rows, key=lambda row: (row[0], len(row[1]), row)):
            found.setdefault(entity, []).append((language, name))
    return found


def names_of(store: Store, iri: str) -> list[tuple[str, str]]:
    """Return every name of one entity with its language, the one to show last of its language."""
    kinds = [f"<{iri}> {kind} ?name BIND ({rank} AS ?rank)" for rank, kind in enumerate(KINDS)]
    asked = " UNION ".join(f"{{ {kind} }}" for kind in kinds)
    rows = store.query(f"SELECT ?rank ?name (LANG(?name) AS ?language) WHERE {{ {asked} }}").dicts()
    found = [(row["rank"] or "", len(row["name"] or ""), row["name"] or "", row["language"] or "") for row in rows]
    return [(language, name) for *_, name, language in sorted(found)]


def labels() -> dict[str, dict[str, str]]:
    """Return the relations' names in both languages."""
    known = ontology()
    return {each: {name: known.label(name, each) for name in known.relations} for each in LANGUAGES}


def _row(statement: StatementRow, make: Actors, origin: str) -> Row:
    first, *more = (evidence.sentence for evidence in statement.evidence)
    article = statement.article
    beside = [make(node) if node else None for node in (statement.place, statement.source)]
    place, source = (actor.name if actor else "" for actor in beside)
    local = [(actor.name, *name) for actor in beside if actor for name in actor.local]
    local += [(statement.office or "", *name) for name in titles().get(statement.office or "", {}).items()]
    return Row(
        make(statement.subject),
        statement.relation,
        make(statement.object),
        statement.factuality,
        statement.date or "",
        place,
        source,
        statement.office or "",
        first,
        article.iri,
        article.headline or "",
        article.url or "",
        article.publisher or "",
        article.published or "",
        statement.language or "",
        tuple(more),
        statement.symmetric,
        origin,
        statement.confidence,
        statement.iri,
        tuple(local),
    )


class Actors:
    """Makes actors of nodes: a country's names come from CLDR, another's from the graph."""

    def __init__(self, language: str, names: Names) -> None:
        self.language = language
        self.names = names
        self.countries = {each: Locale.parse(each).territories for each in LANGUAGES}
        self.made: dict[Node, Actor] = {}

    def __call__(self, node: Node) -> Actor:
        """Return the actor of a node."""
        if node not in self.made:
            known = list(self.names.get(node.iri, ()))
            usual = [(each, found[node.iso]) for each, found in self.countries.items() if node.iso in found]
            local = {each: name for each, name in known if each in LANGUAGES} | dict(usual)
            shown = pick([usual], self.language) or node.label  # a page calls a country as atlases do
            names = dict.fromkeys([node.label, *node.names, *(name for _, name in known), *local.values()])
            self.made[node] = Actor(
                node.iri,
                shown,
                node.type,
                tuple(names),
                tuple(sorted((each, name) for each, name in local.items() if name != shown)),
                (*codes_of(node.iso), *filter(None, [node.wikidata])),
            )
        return self.made[node]


def actors(rows: Iterable[Row]) -> dict[str, Actor]:
    """Return the rows' actors by IRI, each with the names of all articles."""
    found: dict[str, Actor] = {}
    names: dict[str, set[str]] = {}
    for row in rows:
        for actor in (row.subject, row.object):
            names.setdefault(actor.iri, set()).update(actor.names)
            if found.get(actor.iri) != actor:
                found[actor.iri] = min(actor, found.get(actor.iri, actor))
    return {iri: replace(actor, names=tuple(sorted(names[iri] - {actor.name, ""}))) for iri, actor in found.items()}


def web_link(url: str) -> str:
    """Return `url` where it is http or https, else nothing: a page never links to `javascript:` or `file:`."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """Sort by the article's publication, newest first, then by what makes the order the same on every run."""
    ordered = sorted(rows, key=lambda row: (row.article, row.sentence, row.subject, row.relation, row.object))
    return sorted(ordered, key=lambda row: (row.published or row.date, row.date), reverse=True)


def pairs(rows: list[Row]) -> list[Pair]:
    """Fold rows into pairs, the strongest first, among equals those of the best connected."""
    numbers: dict[tuple[str, str], list[int]] = {}
    degree: dict[str, int] = {}
    for number, row in enumerate(rows):
        one, other = row.subject.iri, row.object.iri
        numbers.setdefault((min(one, other), max(one, other)), []).append(number)
        for iri in (one, other):
            degree[iri] = degree.get(iri, 0) + 1
    found = [Pair(*pair, tuple(about)) for pair, about in numbers.items()]
    return sorted(found, key=lambda pair: (-len(pair.rows), -degree[pair.first] - degree[pair.second], pair))
