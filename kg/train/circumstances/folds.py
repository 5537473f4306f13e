"""Questions → how often reading would be right about statements of articles that it did not learn from.

Counted as `kg evaluate` counts: of the required statements that have a date or a place, how many get the right
one; and of those that get any, how many get a right one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kg.extract.chooser import best, merged, odds
from kg.specs.circumstances import Kind
from kg.train.circumstances.asked import Asked
from kg.train.circumstances.fit import fitted

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """Statements that have one, that get one, and that get the right one."""

    wanted: int
    given: int
    right: int

    @property
    def scores(self) -> dict[str, float]:
        """The shares, in percent."""
        shares = {"found": self.right / max(self.wanted, 1), "right": self.right / max(self.given, 1)}
        return {"statements": self.wanted, **{name: round(100 * share, 1) for name, share in shares.items()}}


def crossed(questions: Sequence[Asked], threshold: float, picked: float) -> Counted:
    """Return what the questions of one kind show, each answered with the weights of the articles in other folds."""
    total = Counted(0, 0, 0)
    for fold in range(FOLDS):
        learnt = [q.question() for q in questions if fold_of(q.key[0]) != fold]
        kind = Kind(threshold, picked, fitted(learnt) if learnt else {})
        one = counted([q for q in questions if fold_of(q.key[0]) == fold], kind)
        total = Counted(total.wanted + one.wanted, total.given + one.given, total.right + one.right)
    return total


def counted(questions: Sequence[Asked], kind: Kind) -> Counted:
    """Return how the questions of one kind are answered, statement by statement."""
    statements: dict[tuple[str, str, int], list[Asked]] = defaultdict(list)
    for question in questions:
        if not question.optional:
            statements[question.key].append(question)
    answers = [
        (best(merged(odds(q.candidates, kind) for q in several), kind), several[0].given)
        for several in statements.values()
    ]
    wanted = sum(None not in right for _, right in answers)
    given = [value in right for value, right in answers if value is not None]
    return Counted(wanted, len(given), sum(given))


def fold_of(article: str) -> int:
    """Return the number of an article's fold, always the same one, in whatever language it is read."""
    return int.from_bytes(sha256(article.encode()).digest()[:4], "big") % FOLDS
