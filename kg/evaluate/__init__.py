"""How good extraction is: statements against gold, what was missed or added and why, floors that only rise.

    gold ──sets→ GoldSet ─────────────┐
    texts ─run→ Run (docs, statements) ─scoring→ Score ─floors→ what fell
                                      │                └─intervals, confidence→ report
                                      └─explain→ Miss and Extra with their causes ← trace

What counts as right is the annotation guide that the gold files follow; `matching` and `scoring` are its rules.
"""

from kg.evaluate.agreement import Agreement, agreement, common
from kg.evaluate.causes import count_causes
from kg.evaluate.compare import Compared, compared
from kg.evaluate.confidence import Confidence, confidence
from kg.evaluate.explain import Explained, explain
from kg.evaluate.gold import GoldDocument, read_gold
from kg.evaluate.reduced import LEARNED, PARTS
from kg.evaluate.report import page
from kg.evaluate.run import Run, run, said
from kg.evaluate.scoring import Score, merged, score
from kg.evaluate.sets import GoldSet, LanguageUnclearError, Scored, gold_sets, score_sets

__all__ = [
    "LEARNED",
    "PARTS",
    "Agreement",
    "Compared",
    "Confidence",
    "Explained",
    "GoldDocument",
    "GoldSet",
    "LanguageUnclearError",
    "Run",
    "Score",
    "Scored",
    "agreement",
    "common",
    "compared",
    "confidence",
    "count_causes",
    "explain",
    "gold_sets",
    "merged",
    "page",
    "read_gold",
    "run",
    "said",
    "score",
    "score_sets",
]
