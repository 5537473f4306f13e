"""Rows of a query as people read them: names beside IRIs, and one row for what only labels of languages part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.labels import pick
from kg.vocab import RDFS, SKOS

Ask = Callable[[str], Any]  # a query → its Result
Row = tuple[Any, ...]  # of terms
AT_ONCE = 500  # IRIs whose names one query asks for
LABELS = f"{RDFS.label}|{SKOS.prefLabel}"


def names_of(rows: Iterable[Row], ask: Ask, language: str) -> dict[str, str]:
    """Return the name of each IRI in the rows that has one, in a language where there is a choice."""
    iris = dict.fromkeys(
        str(cell) for row in rows for cell in row if isinstance(cell, ox.NamedNode) and "#" not in cell.value
    )
    kinds: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}
    for some in _batches(list(iris)):
        asked = f"SELECT ?x ?p ?n {{ VALUES ?x {{ {' '.join(some)} }} ?x {LABELS} ?n . ?x ?p ?n }}"
        for iri, kind, name in ask(asked).rows:
            if isinstance(name, ox.Literal):
                labels, usual = kinds.setdefault(str(iri), ([], []))
                (labels if kind == RDFS.label else usual).append((name.language or "", name.value))
    return {iri: pick(found, language) for iri, found in kinds.items()}


def one_per_statement(rows: Sequence[Row], ask: Ask, language: str) -> tuple[list[Row], int]:
    """Return the rows without those that another one says with a label of another language, and how many these were.

    Two cells are one thing's where both are labels (`rdfs:label`, `skos:prefLabel`) of it, of different languages; what
    else the rows hold must be the same, and there must be something else. Of such rows the one stays whose labels are
    in the language that is asked for, in the place of the first.
    """

    @cache
    def labelled(label: ox.Literal) -> frozenset[str]:
        return frozenset(str(row[0]) for row in ask(f"SELECT DISTINCT ?x {{ ?x {LABELS} {label} }}").rows)

    tagged = [at for at in range(len(rows[0]) if rows else 0) if any(_tag(row[at]) for row in rows)]
    if not tagged or len(tagged) == len(rows[0]):
        return list(rows), 0
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, row in enumerate(rows):
        rest = tuple("" if at in tagged and isinstance(cell, ox.Literal) else cell for at, cell in enumerate(row))
        groups.setdefault(rest, []).append(number)
    kept = dict(enumerate(rows))
    for numbers in groups.values():
        if len(numbers) > 1 and any(cell is not None for at, cell in enumerate(rows[numbers[0]]) if at not in tagged):
            _merge(kept, numbers, tagged, labelled, language)
    return list(kept.values()), len(rows) - len(kept)


def _merge(
    kept: dict[int, Row],
    numbers: Sequence[int],
    tagged: Sequence[int],
    labelled: Callable[[ox.Literal], frozenset[str]],
    language: str,
) -> None:
    """Take those out of a group of rows that another one of them says in another language."""
    among: dict[object, list[int]] = {}  # of those that stay, by what the first label names

    def same(one: Any, other: Any) -> bool:
        if one == other:
            return True
        if not (isinstance(one, ox.Literal) and isinstance(other, ox.Literal)) or one.language == other.language:
            return False
        return bool(labelled(one) & labelled(other))

    for number in numbers:
        row, first = kept[number], kept[number][tagged[0]]
        things: Iterable[object] = (labelled(first) or [first]) if isinstance(first, ox.Literal) else [first]
        near = dict.fromkeys(at for thing in (*things, first) for at in among.get(thing, ()))
        match = next((at for at in near if all(same(row[k], kept[at][k]) for k in tagged)), None)
        if match is None:
            for thing in {*things, first}:
                among.setdefault(thing, []).append(number)
            continue
        kept[match] = min(kept[match], row, key=lambda one: [_rank(one[at], language) for at in tagged])
        del kept[number]


def _rank(cell: Any, language: str) -> tuple[int, str]:
    tag = _tag(cell)
    return (0 if tag == language else 2 if tag else 1), str(cell)


def _tag(cell: Any) -> str:
    return (cell.language or "") if isinstance(cell, ox.Literal) else ""


def _batches(iris: Sequence[str]) -> Iterable[Sequence[str]]:
    return (iris[at : at + AT_ONCE] for at in range(0, len(iris), AT_ONCE))
