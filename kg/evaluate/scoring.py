"""Statements against gold → precision, recall and F1, and what of the matched ones is right besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.gold import GoldDocument, GoldStatement, Said
from kg.evaluate.intervals import Intervals, intervals
from kg.evaluate.matching import is_office, normal, pairs_match
from kg.evaluate.tally import Share, Tally

SHARES = ("factuality", "date", "place", "source", "office")


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement that gold asks for and that was found, or one that it does not know, with its confidence."""

    relation: str
    confidence: float | None
    right: bool


@dataclass(slots=True)
class Score:
    """The tallies by document and relation, the shares, and the statements behind them with their documents."""

    documents: dict[str, dict[str, Tally]] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    misses: list[tuple[GoldDocument, GoldStatement]] = field(default_factory=list)
    extras: list[tuple[GoldDocument, Said]] = field(default_factory=list)
    wrongs: list[tuple[GoldDocument, GoldStatement, Said, str]] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    @property
    def relations(self) -> dict[str, Tally]:
        """The tally of each relation."""
        names = dict.fromkeys(name for rows in self.documents.values() for name in rows)
        return {name: Tally.total(d[name] for d in self.documents.values() if name in d) for name in sorted(names)}

    @property
    def overall(self) -> Tally:
        """The tally over all relations: the micro average."""
        return Tally.total(_of(rows, offices=True) for rows in self.documents.values())

    @property
    def events(self) -> Tally:
        """The tally over all relations but offices, which are many and easy, and hide the rest."""
        return Tally.total(_of(rows, offices=False) for rows in self.documents.values())

    @property
    def intervals(self) -> dict[str, Intervals | None]:
        """How far the figures of `events` and of `all` would differ on other articles like these."""
        return {
            name: intervals(_of(rows, offices=name == "all") for rows in self.documents.values())
            for name in ("events", "all")
        }

    @property
    def judged_events(self) -> list[Judged]:
        """The judged statements but offices."""
        return [one for one in self.judged if not is_office(one.relation)]

    def to_json(self) -> dict[str, Any]:
        """Return the tables."""
        return {
            "relations": {name: tally.to_json() for name, tally in self.relations.items()},
            "events": self.events.to_json(),
            "overall": self.overall.to_json(),
            "intervals": {name: found and found.to_json() for name, found in self.intervals.items()},
            "shares": {name: self.shares[name].to_json() for name in SHARES if name in self.shares},
        }


def _of(rows: Mapping[str, Tally], *, offices: bool) -> Tally:
    return Tally.total(tally for name, tally in rows.items() if offices or not is_office(name))


def score(documents: Iterable[GoldDocument], said: Mapping[str, list[Said]], language: str) -> Score:
    """Compare statements with the gold documents of a language; other documents' statements do not count."""
    result = Score()
    for document in documents:
        if language in document.languages:
            _compare(result, document, said.get(document.id, []), language)
    return result


def merged(scores: Iterable[Score]) -> Score:
    """Return several scores as one; what was counted of a document in two languages is one document's."""
    result = Score()
    for one in scores:
        for document, rows in one.documents.items():
            known = result.documents.setdefault(document, {})
            known |= {name: Tally.total((tally, known.get(name, Tally()))) for name, tally in rows.items()}
        for name, share in one.shares.items():
            result.shares[name].right += share.right
            result.shares[name].of += share.of
        result.misses += one.misses
        result.extras += one.extras
        result.wrongs += one.wrongs
        result.judged += one.judged
    return result


def _compare(result: Score, document: GoldDocument, said: list[Said], language: str) -> None:
    shared = document.shared_words
    tallies: dict[str, Tally] = defaultdict(Tally)
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
            tallies[gold.relation].right += 1
            found = [said[i] for i in hits]
            surest = max((one.confidence for one in found if one.confidence is not None), default=None)
            result.judged.append(Judged(gold.relation, surest, right=True))
            for name, right in _attributes(gold, found, language, shared):
                result.shares[name].of += 1
                result.shares[name].right += right
                if not right:
                    result.wrongs.append((document, gold, found[0], name))
        else:
            tallies[gold.relation].missed += 1
            result.misses.append((document, gold))
    for i, one in enumerate(said):
        if i not in taken:
            tallies[one.relation].extra += 1
            result.extras.append((document, one))
            result.judged.append(Judged(one.relation, one.confidence, right=False))
    result.documents[document.id] = dict(tallies)


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
