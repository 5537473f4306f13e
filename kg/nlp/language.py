"""Indonesian for spaCy with lexical features as long as its affixes: me-, ber-, ter-, -kan, -nya."""

from __future__ import annotations

import spacy
from spacy.attrs import PREFIX, SUFFIX
from spacy.lang.id import Indonesian, IndonesianDefaults


def prefix(text: str) -> str:
    """Return the first three letters, lower-cased: "mendukung" and "Menteri" begin alike."""
    return text[:3].lower()


def suffix(text: str) -> str:
    """Return the last four letters, lower-cased: room for "-kan" and "-nya" with the letter before."""
    return text[-4:].lower()


class NewsIndonesianDefaults(IndonesianDefaults):
    """spaCy's Indonesian with longer prefixes and suffixes (stock: one and three characters, cased)."""

    lex_attr_getters = {**IndonesianDefaults.lex_attr_getters, PREFIX: prefix, SUFFIX: suffix}


@spacy.registry.languages("kg_id")
class NewsIndonesian(Indonesian):
    """Indonesian as the bundled pipeline reads it; its name in a config is ``kg_id``."""

    lang = "kg_id"
    Defaults = NewsIndonesianDefaults
