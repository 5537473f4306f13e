"""Doc → the same Doc with the encoder's names as its entities, and the encoder's passages for extraction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

from spacy.tokens import Doc, Span

from kg.encoder import Encoder

# Extraction knows countries by the gazetteer, whatever the recogniser calls them.
ENTITY_LABELS = {"Person": "PER", "Organization": "ORG", "Place": "LOC", "Country": "LOC"}


def mark_names(doc: Doc, lengths: Iterable[int], encoder: Encoder) -> None:
    """Give `doc` the names that the encoder finds; `lengths` are the numbers of tokens of its blocks, in order."""
    edges = [0, *accumulate(lengths)]
    openings = frozenset(edges)  # asked for every token
    starts = [bool(token.is_sent_start) for token in doc]
    passages = encoder.passages(
        [token.text for token in doc],
        [token.i in openings or bool(doc[token.i - 1].whitespace_) for token in doc],
        list(pairwise(edges)),
        starts,
    )
    names = [Span(doc, start, end, ENTITY_LABELS[type_]) for p in passages for start, end, type_ in encoder.names(p)]
    doc.set_ents(names)
    doc.user_data["encoder"], doc.user_data["passages"] = encoder, passages
