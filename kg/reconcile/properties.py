"""What is told of an actor beside its name: values to refine a match by, and columns that a table is extended by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from kg.graph.results import plain
from kg.graph.store import Store
from kg.labels import LANGUAGES
from kg.reconcile.read import Actor
from kg.reconcile.words import words
from kg.vocab import KG, ontology

MOST = 50  # values of a property: a hub visits hundreds of places
Value = str | int | tuple[str, str]  # a text, a number, or an actor: its IRI and label
# Those that an actor has by itself; what they are called is in words.json.
OWN: dict[str, Callable[[Actor], Sequence[Value]]] = {
    "label_en": lambda actor: [actor.label["en"]],
    "label_id": lambda actor: [actor.label["id"]],
    "alias": lambda actor: [name for name in actor.names if name not in actor.label.values()],
    "type": lambda actor: [actor.type],
    "iso": lambda actor: [actor.iso] if actor.iso else [],
    "wikidata": lambda actor: [actor.wikidata] if actor.wikidata else [],
    "articles": lambda actor: [actor.articles],
}
OFFICE = "office"


@cache
def known(language: str = "en") -> dict[str, str]:
    """Return the name of each property by its id: an actor's own, the offices it holds, and what it does to whom."""
    own: dict[str, str] = words(language)["properties"]
    return own | {name: ontology().label(name, language) for name in sorted(ontology().relations)}


@cache
def types(language: str = "en") -> dict[str, str]:
    """Return the name of each type by its id."""
    kinds = {name for relation in ontology().relations.values() for name in relation.domain | relation.range}
    return {name: ontology().label(name, language) for name in sorted(kinds)}


def type_of(text: str) -> str:
    """Return the id of a type that is given as id, IRI, or name in either language; the text itself where unknown."""
    local = text.strip().rpartition("#")[2].rpartition("/")[2]
    for language in LANGUAGES:
        for name, label in types(language).items():
            if local.casefold() in (name.casefold(), label.casefold()):
                return name
    return text


def of(store: Store, actor: Actor, name: str, label: Callable[[str], str]) -> list[Value]:
    """Return an actor's values of a property, `MOST` at most; `label` names another actor by its IRI."""
    if name in OWN:
        return list(OWN[name](actor))
    if name == OFFICE:
        asked = (
            f"SELECT DISTINCT ?v WHERE {{ ?e {KG.subject} <{actor.iri}> ; {KG.office} ?v }} ORDER BY ?v LIMIT {MOST}"
        )
        return [plain(row[0]) or "" for row in store.query(asked).rows]
    if name in ontology().relations:
        asked = f"SELECT DISTINCT ?v WHERE {{ <{actor.iri}> {KG[name]} ?v }} ORDER BY ?v LIMIT {MOST}"
        return [(iri, label(iri)) for row in store.query(asked).rows if (iri := plain(row[0]) or "")]
    return []


def texts(values: Sequence[Value]) -> list[str]:
    """Return values as they are compared with what a table says."""
    return [text for value in values for text in (value if isinstance(value, tuple) else (str(value),))]
