"""Statements against gold → precision, recall and F1, and what of the matched ones is right besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.gold import By, GoldDocument, GoldStatement, Said
from kg.evaluate.matching import is_office, normal, pairs_match

SHARES = ("factuality", "date", "place", "source", "office")


@dataclass(slots=True)
class Tally:
    """How many statements were right, added and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return counts and figures."""
        return {
            "right": self.right,
            "extra": self.extra,
            "missed": self.missed,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


@dataclass(slots=True)
class Share:
    """How many of the matched statements that have an attribute have the right one."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float:
        """The share."""
        return self.right / self.of if self.of else 0.0


@dataclass(slots=True)
class Score:
    """The tables, and the statements behind them with their documents."""

    relations: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    misses: list[tuple[GoldDocument, GoldStatement]] = field(default_factory=list)
    extras: list[tuple[GoldDocument, Said]] = field(default_factory=list)
    wrongs: list[tuple[GoldDocument, GoldStatement, Said, str]] = field(default_factory=list)

    @property
    def overall(self) -> Tally:
        """The tally over all relations: the micro average."""
        rows = self.relations.values()
        return Tally(sum(r.right for r in rows), sum(r.extra for r in rows), sum(r.missed for r in rows))

    def to_json(self) -> dict[str, Any]:
        """Return the tables."""
        return {
            "relations": {name: tally.to_json() for name, tally in sorted(self.relations.items())},
            "overall": self.overall.to_json(),
            "shares": {
                name: {
                    "right": self.shares[name].right,
                    "of": self.shares[name].of,
                    "share": round(self.shares[name].value, 4),
                }
                for name in SHARES
                if name in self.shares
            },
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two versions of the same articles give the same statements."""

    both: int
    first: int
    second: int

    @property
    def value(self) -> float:
        """The statements in both, as a share of all (Dice)."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else 0.0


def score(documents: Iterable[GoldDocument], said: Mapping[str, list[Said]], language: str) -> Score:
    """Compare statements with the gold documents of a language; other documents' statements do not count."""
    result = Score()
    for document in documents:
        if language in document.languages:
            _compare(result, document, said.get(document.id, []), language)
    return result


def _compare(result: Score, document: GoldDocument, said: list[Said], language: str) -> None:
    shared = document.shared_words
    taken: set[int] = set()
    wanted = [g for g in document.statements if language in g.languages or g.optional]
    for gold in sorted(wanted, key=lambda g: g.optional):  # a prediction that fits a required one is used up by it
        hits = [
            i
            for i, one in enumerate(said)
            if i not in taken
            and one.relation == gold.relation
            and pairs_match(gold.relation, gold.pair, one.pair, shared)
        ]
        taken.update(hits)  # a repeat of the same statement is not an error
        if gold.optional:
            continue
        if hits:
            result.relations[gold.relation].right += 1
            found = [said[i] for i in hits]
            for name, right in _attributes(gold, found, language, shared):
                result.shares[name].of += 1
                result.shares[name].right += right
                if not right:
                    result.wrongs.append((document, gold, found[0], name))
        else:
            result.relations[gold.relation].missed += 1
            result.misses.append((document, gold))
    for i, one in enumerate(said):
        if i not in taken:
            result.relations[one.relation].extra += 1
            result.extras.append((document, one))


def _attributes(
    gold: GoldStatement, found: list[Said], language: str, shared: Mapping[str, int]
) -> Iterator[tuple[str, bool]]:
    """Yield each attribute that gold has, and whether it is right: of repeats it suffices that one is."""
    yield "factuality", any(one.factuality == gold.factuality for one in found)
    if gold.date:
        yield "date", any(one.date == gold.date for one in found)
    if gold.place:
        yield "place", any(one.place and gold.place.same(one.place, shared) for one in found)
    if gold.source:
        yield "source", any(one.source and gold.source.same(one.source, shared) for one in found)
    if is_office(gold.relation) and gold.office.get(language):
        yield "office", any(normal(one.office) == normal(gold.office[language]) for one in found)


def agreement(first: By, second: By) -> Agreement:
    """Compare what two languages of the same articles give; each statement is paired at most once."""
    both = only_first = only_second = 0
    for document in sorted({*first, *second}):
        others = list(second.get(document, []))
        for one in first.get(document, []):
            match = next(
                (
                    other
                    for other in others
                    if other.relation == one.relation and pairs_match(one.relation, one.pair, other.pair)
                ),
                None,
            )
            if match is None:
                only_first += 1
            else:
                others = [other for other in others if other is not match]
                both += 1
        only_second += len(others)
    return Agreement(both, only_first, only_second)
