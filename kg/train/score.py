"""A pipeline and gold documents → scores, from raw text: tokens that do not match count as wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

# A label with fewer words than this in a test says little.
RARE = 10


def _examples(nlp: Language, golds: Iterable[Doc]) -> list[Example]:
    golds = list(golds)
    return [Example(doc, gold) for doc, gold in zip(nlp.pipe(g.text for g in golds), golds, strict=True)]


def score_trees(nlp: Language, golds: Iterable[Doc]) -> dict[str, Any]:
    """Return POS accuracy, UAS and LAS in percent without punctuation, `las_base` with subtypes cut, F per label."""
    right = dict.fromkeys(("pos", "uas", "las", "las_base"), 0)
    words = predicted = tagged = 0
    labels: dict[str, list[int]] = {}
    for example in _examples(nlp, golds):
        doc, gold = example.predicted, example.reference
        place = {(t.idx, len(t)): t for t in doc}
        key = {t.i: (t.idx, len(t)) for t in gold}
        predicted += sum(t.dep_ != "punct" for t in doc)
        for token in gold:
            tagged += 1
            guess = place.get(key[token.i])
            right["pos"] += guess is not None and guess.pos_ == token.pos_
            want, got = token.dep_, guess.dep_ if guess is not None else ""
            same_head = guess is not None and (guess.head.idx, len(guess.head)) == key[token.head.i]
            if want != "punct":
                words += 1
                right["uas"] += same_head
                right["las"] += same_head and got == want
                right["las_base"] += same_head and got.split(":")[0] == want.split(":")[0]
            for label, field in ((want, 1), (got, 2)):
                labels.setdefault(label, [0, 0, 0])[field] += 1
            labels[want][0] += same_head and got == want
    scores: dict[str, Any] = {
        "pos": _percent(right["pos"], tagged),
        **{name: _percent(2 * right[name], words + predicted) for name in ("uas", "las", "las_base")},
    }
    common = {label: counts for label, counts in sorted(labels.items()) if label and counts[1] >= RARE}
    scores["labels"] = {label: _percent(2 * hit, want + got) for label, (hit, want, got) in common.items()}
    return scores


def score_names(nlp: Language, golds: Iterable[Doc]) -> dict[str, Any]:
    """Return precision, recall and F in percent of exact spans with their type, over all and per type."""
    counts: dict[str, list[int]] = {"all": [0, 0, 0]}
    for example in _examples(nlp, golds):
        want = {(e.start_char, e.end_char, e.label_) for e in example.reference.ents}
        got = {(e.start_char, e.end_char, e.label_) for e in example.predicted.ents}
        for label in ("all", "PER", "ORG", "LOC"):
            row = counts.setdefault(label, [0, 0, 0])
            for i, spans in enumerate((want & got, want, got)):
                row[i] += sum(label in ("all", span[2]) for span in spans)
    return {
        label: {"p": _percent(hit, got), "r": _percent(hit, want), "f": _percent(2 * hit, want + got)}
        for label, (hit, want, got) in counts.items()
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
