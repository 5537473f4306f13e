"""What speaks against a capitalised word being part of a name: its shape, its class, and the rest of the article."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import capitalised
from kg.gazetteer import fold

# Letters, with the signs that stand inside names: "Ma'ruf", "Jean-Marc", "A.".
_LETTERS = re.compile(r"[^\W\d_]+(?:['’ʼ`.-][^\W\d_]+)*\.?")


def written_small(doc: Doc) -> frozenset[str]:
    """Return the words that the article also writes without a capital: common nouns, whatever begins a title."""
    known: frozenset[str] | None = doc.user_data.get("written_small")
    if known is None:
        known = frozenset(word for word in surface_of(doc).text if word.islower())
        doc.user_data["written_small"] = known
    return known


def common(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Return whether a word is of a class that no personal name is: "Penindakan", "Perubahan", "Bidang"."""
    word = surface_of(doc).lower[i]
    return (
        word in written_small(doc)
        or word in lexicon.title_fields
        or word in lexicon.place_kinds
        or any(pattern.fullmatch(word) for pattern in lexicon.nominal)
    )


def sure(doc: Doc) -> bool:
    """Return whether an encoder found the names: its edges stand, widening or cutting them did more harm than good."""
    return "passages" in doc.user_data


def numbered(doc: Doc, end: int) -> bool:
    """Return whether a number stands behind a name: "Nomor | 66", "Pasal | 7", and no person."""
    return end < len(doc) and not doc[end].is_sent_start and doc[end].text[0].isdigit()


def person_like(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return whether capitals that no recogniser took for a name can be a person's."""
    if end < len(doc) and doc[end].text == ")" and doc[start - 1].text != "(":
        return False  # "Menteri Hukum (Menko Kumham)": the title's short form
    if sure(doc) and end - start == 1:
        return False  # a lone word that an encoder passed over is seldom a name
    if numbered(doc, end) or not all(_LETTERS.fullmatch(token.text) for token in doc[start:end]):
        return False
    first = doc[start].text
    if lexicon.org_first.match(doc, start) or lexicon.titles.match(doc, start) or fold(first) in lexicon.names:
        return False
    joined = end + 1 < len(doc) and doc[end].lower_ in lexicon.grammar.clause.and_words and capitalised(doc[end + 1])
    if joined and end - start == 1:
        return False  # "Deputi Penindakan dan Eksekusi": a field goes on
    return not any(common(doc, i, lexicon) for i in range(start, end))


def apart(doc: Doc, hyphen: int) -> bool:
    """Return whether the words around a hyphen are two names: the article has each of them elsewhere by itself."""
    words = surface_of(doc).text
    return all(
        any(word == side and "-" not in words[max(0, i - 1) : i + 2] for i, word in enumerate(words))
        for side in (words[hyphen - 1], words[hyphen + 1])
    )
