"""How far two versions of the same articles, in two languages, give the same statements."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluate.gold import By
from kg.evaluate.matching import pairs_match


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


def common(first: By, second: By) -> tuple[By, By]:
    """Return of two folders' statements those of the articles that both have."""
    ids = {*first} & {*second}
    return {key: first[key] for key in ids}, {key: second[key] for key in ids}
