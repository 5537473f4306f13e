"""How good extraction is: statements against gold, what was missed or added and why, floors that only rise.

    gold ─────────────────────────────┐
    texts ─run→ Run (docs, statements) ─scoring→ Score ─floors→ what fell
                                      └─explain→ Miss and Extra with their causes ← trace

What counts as right is the annotation guide that the gold files follow; `matching` and `scoring` are its rules.
"""

from kg.evaluate.explain import Explained, explain
from kg.evaluate.gold import GoldDocument, read_gold
from kg.evaluate.run import LEARNED, Run, common, run, said
from kg.evaluate.scoring import Agreement, Score, agreement, score

__all__ = [
    "LEARNED",
    "Agreement",
    "Explained",
    "GoldDocument",
    "Run",
    "Score",
    "agreement",
    "common",
    "explain",
    "read_gold",
    "run",
    "said",
    "score",
]
