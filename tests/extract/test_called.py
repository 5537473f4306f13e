"""Names that an article says are one actor's, on bare tokens: no parse is asked for."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.called import abbreviates
from kg.extract.entities import Entities
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Mention

TYPES = {"P": "Person", "O": "Organization"}


def entities(text: str, language: str) -> dict[str, int]:
    """Return the entity of each name of a text, written as [P Mira Osei] or [O Badan Air]; of several the last."""
    words: list[str] = []
    mentions: list[Mention] = []
    for piece in text.replace("]", " ]").split():
        if piece.startswith("["):
            start, kind = len(words), TYPES[piece[1:]]
        elif piece == "]":
            mentions.append(Mention(start, len(words), "name", kind))
        else:
            words.append(piece)
    doc = Doc(spacy.blank(language).vocab, words)
    Entities(doc, lexicon(language)).add_all(mentions)
    return {doc[m.start : m.end].text: m.entity for m in mentions}


@pytest.mark.parametrize(
    ("text", "language", "one", "other"),
    [
        ("[P Mira Osei] ( [P MO] ) left", "en", "Mira Osei", "MO"),
        ("[P Nopalia] ( [O NOP] ) pergi", "id", "Nopalia", "NOP"),
        ("[P MO] ( [P Mira Osei] ) left", "en", "Mira Osei", "MO"),
        ("[P Mira Osei] alias [P Zuko] pergi", "id", "Mira Osei", "Zuko"),
        ("[P Mira Osei] , also known as [P Zuko] , left", "en", "Mira Osei", "Zuko"),
        ("[O Zonal Continental Water Area] ( [O ZoCWA] ) met", "en", "Zonal Continental Water Area", "ZoCWA"),
        # the recogniser took the bracket along, and has the acronym elsewhere
        ("[O Ikatan Doktor Air] ( DAI ) . [O DAI] pergi", "id", "Ikatan Doktor Air", "Ikatan Doktor Air"),
        ("[O Perkumpulan Doktor Ilmu Air] ( DIA ) . [O DIA] pergi", "id", "Perkumpulan Doktor Ilmu Air", "DIA"),
    ],
)
def test_one(text: str, language: str, one: str, other: str) -> None:
    found = entities(text, language)
    assert found[one] == found[other]


@pytest.mark.parametrize(
    ("text", "language", "one", "other"),
    [
        ("[P Mira Osei] ( [O PDI] ) left", "en", "Mira Osei", "PDI"),  # her party
        ("[P Mira Osei] ( [P Lalang] ) left", "en", "Mira Osei", "Lalang"),
        ("[P Mira Osei] and [P Zuko] left", "en", "Mira Osei", "Zuko"),
        ("[O Badan Air] ( XYZ ) . [O XYZ] pergi", "id", "Badan Air", "XYZ"),
        ("[O House] and its [O House Water Committee] met", "en", "House", "House Water Committee"),
    ],
)
def test_two(text: str, language: str, one: str, other: str) -> None:
    found = entities(text, language)
    assert found[one] != found[other]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[P Usman Osei] fled . [P Osei] hid . Mayor [P Sada Osei] spoke . [P Osei] fell", "Usman Osei"),
        ("[P Mira Osei] , her son [P Zuko Osei] , and again [P Mira Osei] : [P Osei] left", "Mira Osei"),
        ("[P Mira Osei] met [P Zuko Osei] . [P Osei] left", "Zuko Osei"),
        ("[P Osei] leaves . [P Mira Osei] left . [P Mira Osei] told [P Zuko Osei]", "Mira Osei"),
    ],
)
def test_a_part_of_two_names_is_whose_the_text_has_spoken_of(text: str, meant: str) -> None:
    found = entities(text, "en")
    assert found["Osei"] == found[meant]


def test_letters_in_order_from_the_beginning_of_a_word() -> None:
    assert abbreviates("ZoCWA", "Zonal Continental Water Area")
    assert not abbreviates("ZWC", "Zonal Continental Water Area")
    assert not abbreviates("ona", "Zonal Area")
