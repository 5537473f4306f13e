"""The first cause of each missed event: where on the way from names to statements it was lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.evaluate.gold import GoldStatement
from kg.evaluate.scoring import Score

if TYPE_CHECKING:
    from kg.evaluate.explain import Explained
    from kg.evaluate.trace import Trace

FOUND = "found"
NOT_CHOSEN = "both ends and a word for it in one sentence, but not chosen"
APART = "the ends never together in a sentence with such words"
OTHER_WORD = "only a word for another relation"
NO_ENTITY = "an end is no entity"
# In the order in which they are told.
CAUSES = (FOUND, NOT_CHOSEN, APART, OTHER_WORD, NO_ENTITY)


def first_cause(gold: GoldStatement, seen: Trace, shared: Mapping[str, int]) -> str:
    """Return why an event was missed; any sentence of the document may have told it, whatever lines gold names."""
    ends = seen.numbers(gold.subject, dict(shared)), seen.numbers(gold.object, dict(shared))
    if not all(ends):
        return NO_ENTITY
    relations = [seen.relations(sentence) for sentence in seen.doc.sents if _together(seen.entities(sentence), ends)]
    if any(gold.relation in here for here in relations):
        return NOT_CHOSEN
    return OTHER_WORD if any(relations) else APART


def _together(here: set[int], ends: tuple[set[int], set[int]]) -> bool:
    return bool(here & ends[0] and here & ends[1])


def count_causes(score: Score, errors: Iterable[Explained]) -> dict[str, int]:
    """Return how many of the events that gold asks for were found, and how many were missed for each first cause."""
    counts = dict.fromkeys(CAUSES, 0)
    counts[FOUND] = score.events.right
    for error in errors:
        if error.first:
            counts[error.first] += 1
    return counts
