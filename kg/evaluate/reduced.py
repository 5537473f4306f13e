"""A parsed document → a copy without one of the things extraction builds on; the document stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What can be taken away to see what it brings.
PARTS = ("coreference", "parser", "names", "encoder")
# The parts that are learned, not written; parts of speech and lemmas stay.
LEARNED = ("parser", "names", "encoder")


def reduced(doc: Doc, without: Collection[str]) -> Doc:
    """Return a copy whose tree is flat (each word on its sentence's root), or without learned names, or unscored.

    Sentences stay without the parser, so that only what is read off the surface is left. Without the encoder no event
    is scored; the names that it has found stay, which are another recogniser's where it has not read at all.
    """
    if "parser" in without:
        numbers = doc.to_array(["HEAD", "DEP"])
        numbers[:, 1] = doc.vocab.strings.add("dep")
        for sentence in doc.sents:
            for token in sentence:
                numbers[token.i, 0] = (sentence.root.i - token.i) % 2**64  # negative offsets wrap
            numbers[sentence.root.i, 1] = doc.vocab.strings.add("ROOT")
        doc = copied(doc)
        doc.from_array(["HEAD", "DEP"], numbers)  # type: ignore[arg-type]
    if "names" in without:
        doc = copied(doc)
        doc.ents = ()
    if "encoder" in without and "encoder" in doc.user_data:
        doc = copied(doc)
        del doc.user_data["encoder"]
    return doc


def copied(doc: Doc) -> Doc:
    """Return a copy with the same user data: spaCy's would copy these in depth, the encoder too."""
    user, doc.user_data = doc.user_data, {}
    try:
        copy = doc.copy()
    finally:
        doc.user_data = user
    copy.user_data = dict(user)
    return copy
