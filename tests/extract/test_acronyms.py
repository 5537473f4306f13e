"""Bodies that a text defines by their initials, on bare tokens: no parse is asked for."""

from __future__ import annotations

import pytest
from handmade import as_article, vocab
from spacy.tokens import Doc

from kg.extract.acronyms import LETTERS, defined
from kg.extract.lexicon import lexicon


def spans(text: str, language: str, ents: str = "") -> list[str]:
    """Return what is defined in a text of words with spaces between; `ents` are labels, one a word, "-" for none."""
    words = text.split()
    marks = [f"{'I' if i and ents.split()[i - 1] == e else 'B'}-{e}" if e != "-" else "O" for i, e in _labels(ents)]
    doc = Doc(vocab(language), words=words, pos=["PROPN"] * len(words), ents=marks or None)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = doc[token.i - 1].text == "."
    return [doc[m.start : m.end].text for m in defined(as_article(doc, language), lexicon(language))]


def _labels(ents: str) -> list[tuple[int, str]]:
    return list(enumerate(ents.split()))


@pytest.mark.parametrize(
    ("language", "text", "ents", "expected"),
    [
        # the long form, and its acronym wherever it stands
        ("en", "Zonal Water Council ( ZWC ) met . ZWC left", "", ["Zonal Water Council", "ZWC", "ZWC"]),
        ("id", "Badan Air Laut ( BAL ) bubar . Lalu BAL pergi", "", ["Badan Air Laut", "BAL", "BAL"]),
        # the recogniser's word that it is a body
        ("en", "Zonal Water Vanguard ( ZWV ) met", "ORG ORG ORG - - - -", ["Zonal Water Vanguard", "ZWV"]),
        # small words inside give no letter
        ("en", "Council of the Zonal Waters ( CZW ) met", "", ["Council of the Zonal Waters", "CZW"]),
        # what stands in front in lower case is no part of it
        ("en", "the Zonal Water Council ( ZWC ) met", "", ["Zonal Water Council", "ZWC"]),
    ],
)
def test_bodies_are_defined(language: str, text: str, ents: str, expected: list[str]) -> None:
    assert spans(text, language, ents) == expected


@pytest.mark.parametrize(
    ("language", "text", "ents"),
    [
        ("en", "Zonal Water Council ( ZWD ) met", ""),  # other initials
        ("en", "Zonal Water Council ( zwc ) met", ""),  # no capitals
        ("en", "Zonal Water Council ZWC met", ""),  # no brackets
        ("en", "Council ( C ) met", ""),  # one letter is an initial
        ("en", "Zonal Water Council ( ZWC met", ""),  # the bracket stays open
        ("en", "Zonal Lemon Water Council ( ZWC ) met", ""),  # a capital that gives no letter
        ("en", "Zonal irrigated Water Council ( ZWC ) met", ""),  # a long common word ends the name
        ("en", "Zonal , Water Council ( ZWC ) met", ""),  # no comma inside
        ("en", "Lotte Maria Brandvik ( LMB ) met", "PER PER PER - - - -"),  # a person's initials
        ("id", "Hutan Adat Lestari ( HAL ) rusak", ""),  # a thing, whose head is no body's
        ("en", "", ""),
    ],
)
def test_no_bodies(language: str, text: str, ents: str) -> None:
    assert spans(text or "Nothing", language, ents) == []


def test_a_sentence_before_gives_no_letters() -> None:
    assert spans("Zonal . Water Council ( ZWC ) met", "en") == []


def test_headlines_in_capitals_are_no_acronyms() -> None:
    letters = "Z" * LETTERS.stop
    assert spans(f"{'Zonal ' * LETTERS.stop}Council ( {letters} ) met", "en") == []


def test_another_texts_acronym_is_unknown() -> None:
    assert spans("Zonal Water Council ( ZWC ) met", "en")
    assert spans("ZWC met", "en") == []
