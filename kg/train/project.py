"""An old treebank in a new treebank's terms: labels of a parser trained on the new one, where it agrees on the head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

# A pair (old, new) counts as a difference of convention, not an error, from this share of the old label's words on.
SHARE = 0.1
# What the frames of extraction stand on, and the new treebanks are too small to overrule.
KEPT = frozenset({"ROOT", "nsubj:pass", "obl:agent", "obj"})


def project(docs: Sequence[Doc], nlp: Language, *, share: float = SHARE) -> Iterator[Doc]:
    """Yield `docs` with tags and labels as `nlp` gives them wherever the two differ by convention; heads stay."""
    guesses = [nlp(doc.text) for doc in docs]
    pairs: dict[str, Counter[tuple[str, str]]] = {"pos": Counter(), "dep": Counter()}
    for doc, guess in zip(docs, guesses, strict=True):
        for a, b in zip(doc, guess, strict=True):
            pairs["pos"][a.pos_, b.pos_] += 1
            if a.head.i == b.head.i:
                pairs["dep"][a.dep_, b.dep_] += 1
    totals = {kind: Counter[str]() for kind in pairs}
    for kind, counts in pairs.items():
        for (old, _), n in counts.items():
            totals[kind][old] += n
    usual = {
        kind: {pair for pair, n in counts.items() if n >= share * totals[kind][pair[0]]} for kind, counts in pairs.items()
    }
    for doc, guess in zip(docs, guesses, strict=True):
        for a, b in zip(doc, guess, strict=True):
            if (a.pos_, b.pos_) in usual["pos"]:
                a.pos_ = a.tag_ = b.pos_
            if a.head.i == b.head.i and (a.dep_, b.dep_) in usual["dep"] and a.dep_ not in KEPT:
                a.dep_ = b.dep_
        yield doc
