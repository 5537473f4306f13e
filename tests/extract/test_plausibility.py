"""Names within an article: what is no name becomes no actor, titles are read whole, two names stay two."""

from __future__ import annotations

import pytest
from handmade import as_article, vocab
from spacy.tokens import Doc, Span

from kg.extract.agreement import agree
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Mention
from kg.extract.names import find_names
from kg.extract.plausibility import apart, common, person_like
from kg.extract.titles import TitleReader


def read(text: str, lang: str, *marked: tuple[str, str]) -> list[tuple[str, str | None, str]]:
    """Return (title, holder, names) as a recogniser's `marked` names, (text, label), lead the rules to."""
    words = text.split()
    starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    pos = ["PROPN" if word[0].isupper() else "ADP" if word == "di" else "VERB" for word in words]
    doc = as_article(Doc(vocab(lang), words=words, sent_starts=starts, pos=pos), lang)
    spans = []
    for name, label in marked:
        parts = name.split()
        spans += [
            Span(doc, i, i + len(parts), label=label)
            for i in range(len(words))
            if words[i : i + len(parts)] == parts and not any(i < s.end and s.start < i + len(parts) for s in spans)
        ]
    doc.set_ents(sorted(spans, key=lambda span: span.start))
    mentions = find_names(doc, lexicon(lang))
    offices = TitleReader(doc, lexicon(lang), mentions).read()
    agree(doc, mentions, offices)
    names = ", ".join(doc[m.start : m.end].text for m in mentions if m.type == "Person")
    return [(o.title, o.holder and doc[o.holder.start : o.holder.end].text, names) for o in offices]


@pytest.mark.parametrize(
    ("text", "lang", "marked", "title", "holder"),
    [
        (
            "Menteri Desa dan Pembangunan Daerah Tertinggal Mira Osei tiba .",
            "id",
            [("Mira Osei", "PER")],
            "Menteri Desa dan Pembangunan Daerah Tertinggal",
            "Mira Osei",
        ),
        (
            "Menteri Pendidikan Dasar dan Menengah Mira Osei tiba .",
            "id",
            [("Mira Osei", "PER")],
            "Menteri Pendidikan Dasar dan Menengah",
            "Mira Osei",
        ),
        (  # a field that no list holds: the "dan" tells
            "Menteri Kelanjutusiaan dan Persawahan Mira Osei tiba .",
            "id",
            [("Mira Osei", "PER")],
            "Menteri Kelanjutusiaan dan Persawahan",
            "Mira Osei",
        ),
        ("Menteri ESDM Mira Osei tiba .", "id", [("Mira Osei", "PER")], "Menteri ESDM", "Mira Osei"),
        ("Wakil Menteri Pangan ( Wamenpan ) Osei tiba .", "id", [("Osei", "PER")], "Wakil Menteri Pangan", "Osei"),
        (
            "Menteri Kehutanan Raja Juli Osei tiba .",
            "id",
            [("Raja Juli Osei", "PER")],
            "Menteri Kehutanan",
            "Raja Juli Osei",
        ),
        ("Presiden Nomor 66 terbit .", "id", [], "Presiden", None),
        ("Panglima No TR/442/2025 terbit .", "id", [], "Panglima", None),
        ("Menteri Perubahan terbit .", "id", [], "Menteri", None),
        ("Prime Minister Theodora May spoke .", "en", [("Theodora May", "PER")], "Prime Minister", "Theodora May"),
    ],
)
def test_a_title_ends_where_its_holder_begins(
    text: str, lang: str, marked: list[tuple[str, str]], title: str, holder: str | None
) -> None:
    assert [(found[0], found[1]) for found in read(text, lang, *marked)][:1] == [(title, holder)]


def test_a_month_behind_a_name_is_a_date_where_a_number_follows() -> None:
    assert read("Presiden Mira Osei Juli 12 tiba .", "id", ("Mira Osei Juli", "PER"))[0][1] == "Mira Osei"


def test_two_names_with_a_hyphen_stay_two() -> None:
    doc = Doc(vocab("id"), words=["Osei", "-", "Varga", "kalah", ".", "Osei", "diam", ".", "Varga", "diam", "."])
    assert apart(doc, 1)
    assert not apart(Doc(vocab("id"), words=["Osei", "-", "Varga", "kalah", ".", "Osei", "diam", "."]), 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mira Osei tiba", True),
        ("Mira Osei 66", False),  # a number behind it
        ("Mira 5X tiba", False),
        ("Penindakan Khusus tiba", False),  # shape of a common noun
        ("Mira Sawah tiba di sawah", False),  # the article writes it small
    ],
)
def test_what_can_be_a_persons_name(text: str, *, expected: bool) -> None:
    doc = as_article(Doc(vocab("id"), words=["Kapolsek", *text.split()]), "id")
    assert person_like(doc, 1, 3, lexicon("id")) == expected


def test_common_nouns_by_class_shape_and_article() -> None:
    doc = Doc(vocab("id"), words=["Bidang", "Penindakan", "Osei"])
    assert [common(doc, i, lexicon("id")) for i in range(3)] == [True, True, False]


def test_a_name_has_one_type_and_who_is_listed_is_that() -> None:
    doc = Doc(vocab("id"), words=["Osei", "Osei", "Osei", "Agam", "Agam"])
    mentions = [
        Mention(0, 1, "name", "Person"),
        Mention(1, 2, "name", "Organization"),
        Mention(2, 3, "name", "Person"),
        Mention(3, 4, "name", "Person"),
        Mention(4, 5, "name", "Place", source="region"),
    ]
    agree(doc, mentions, [])
    assert [m.type for m in mentions] == ["Person", "Person", "Person", "Place", "Place"]
