"""One article, one reading of a name: a surname follows its full name, and repeated names take one type."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy
from spacy.tokens import Doc, Span

_SHORTEST = 3  # letters; shorter last names ("Li", "Xi") are also words, initials and abbreviations


def unify_names(doc: Doc) -> Doc:
    """Return `doc` with entities that agree over the article, in place.

    After "Mira Osei", a lone "Osei" is a person, marked or not. A name of several words that was given several
    types keeps the most frequent one, a person on a tie.
    """
    surnames = {
        span[-1].text
        for span in doc.ents
        if span.label_ == "PER" and len(span) > 1 and len(span[-1]) >= _SHORTEST and span[-1].text[0].isupper()
    }
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in doc.ents:
        votes[span.text][span.label_] += 1
    # A surname that is also read as a place more often than as a person ("Washington") is left alone.
    surnames = {name for name in surnames if votes[name]["LOC"] <= 2 * votes[name]["PER"] + 1}
    spans: list[Span] = []
    taken: set[int] = set()
    for span in doc.ents:
        counts = votes[span.text]
        label = "PER" if span.text in surnames else max(counts, key=lambda x: (counts[x], x == "PER"))
        spans.append(Span(doc, span.start, span.end, label=label))
        taken.update(range(span.start, span.end))
    alone = numpy.isin(doc.to_array("ORTH"), [doc.vocab.strings[name] for name in surnames]) if surnames else ()
    spans += [
        Span(doc, i, i + 1, label="PER")
        for i in numpy.flatnonzero(alone).tolist()
        if i not in taken and not _in_longer_name(doc, i)
    ]
    if len(spans) > len(doc.ents) or any(one.label != other.label for one, other in zip(spans, doc.ents, strict=True)):
        doc.set_ents(sorted(spans, key=lambda span: span.start))
    return doc


def _in_longer_name(doc: Doc, i: int) -> bool:
    """Return whether a capitalised word follows: "Bush House" is not Mr Bush."""
    follower = doc[i + 1] if i + 1 < len(doc) else None
    return follower is not None and follower.text[:1].isupper() and not follower.is_sent_start
