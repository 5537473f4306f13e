"""The grammar of titles: what stands between a title, its body and its holder; who holds two at once."""

from __future__ import annotations

import pytest
from handmade import as_article, vocab
from spacy.tokens import Doc, Span

from kg.extract.lexicon import lexicon
from kg.extract.names import find_names
from kg.extract.titles import TitleReader

LABELS = {"P": "PER", "O": "ORG", "L": "LOC"}
SMALL = {"of": "ADP", "to": "ADP", "for": "ADP", "untuk": "ADP", "di": "ADP", "the": "DET", "tiba": "VERB"}


def read(text: str, lang: str) -> list[tuple[str, str | None, str | None]]:
    """Return (title, holder, body) of each office of a text with names as [P Mira Osei], [O Badan Air], [L Peru]."""
    words, spans, label = [], [], None
    for piece in text.replace("]", " ]").split():
        if piece.startswith("["):
            label, start = LABELS[piece[1:]], len(words)
        elif piece == "]":
            spans.append((start, len(words), label))
        else:
            words.append(piece)
    pos = [SMALL.get(w.lower(), "PROPN" if w[0].isupper() else "NOUN" if w.isalpha() else "PUNCT") for w in words]
    doc = as_article(Doc(vocab(lang), words=words, sent_starts=[i == 0 for i in range(len(words))], pos=pos), lang)
    doc.set_ents([Span(doc, a, b, label=name) for a, b, name in spans])
    doc.user_data["passages"] = []  # an encoder's edges stand
    offices = TitleReader(doc, lexicon(lang), find_names(doc, lexicon(lang))).read()
    return [(o.title, *(None if m is None else doc[m.start : m.end].text for m in (o.holder, o.body))) for o in offices]


@pytest.mark.parametrize(
    ("text", "lang", "office"),
    [
        ("[P Mira Osei] , head of [L Peru] 's armed wing , smiled .", "en", ("head", "Mira Osei", "Peru")),
        ("The envoy of [O Badan Air] to [L Peru] , [P Mira Osei] , left .", "en", ("envoy", "Mira Osei", "Badan Air")),
        ("Governor [P Mira Osei] of [L Texas] smiled .", "en", ("Governor", "Mira Osei", "Texas")),
        ("[O Badan Air] Director ( BA ) [P Mira Osei] left .", "en", ("Director", "Mira Osei", "Badan Air")),
        ("Sekretaris Jenderal ( Sekjen ) [O Badan Air] [P Mira Osei] tiba .", "id", (None, "Mira Osei", "Badan Air")),
        ("Ketua DPP [O Partai Air] [P Mira Osei] tiba .", "id", (None, "Mira Osei", "Partai Air")),
        ("Ketua [O DPP Partai Air] [P Mira Osei] tiba .", "id", ("Ketua DPP", "Mira Osei", "Partai Air")),
        ("Ketua Fraksi [O Partai Air] [P Mira Osei] tiba .", "id", ("Ketua Fraksi", "Mira Osei", "Fraksi Partai Air")),
        ("Plt Kepala [O Badan Air] [P Mira Osei] tiba .", "id", ("Plt Kepala", "Mira Osei", "Badan Air")),
        ("Presiden ke-7 [L Peru] [P Mira Osei] tiba .", "id", ("Presiden", "Mira Osei", "Peru")),
        ("Presiden [L Peru] ke-7 [P Mira Osei] tiba .", "id", ("Presiden", "Mira Osei", "Peru")),
        ("Penasihat [O Keamanan Nasional Peru] , [P Mira Osei] , tiba .", "id", (None, "Mira Osei", "Peru")),
        ("[P Mira Osei] yang juga Ketua [O Badan Air] tiba .", "id", ("Ketua", "Mira Osei", "Badan Air")),
        ("Kapolri Jenderal [P Mira Osei] tiba .", "id", ("Kapolri", "Mira Osei", None)),
        ("Republican Senator [P Mira Osei] smiled .", "en", (None, "Mira Osei", None)),
    ],
)
def test_a_title_finds_body_and_holder(text: str, lang: str, office: tuple[str | None, str | None, str | None]) -> None:
    title, *rest = office
    found = read(text, lang)
    assert [(t if title else None, *more) for t, *more in found][:1] == [(title, *rest)]


def test_two_joined_titles_have_one_holder() -> None:
    found = read("Ketua [O Badan Air] sekaligus Bupati [L Sleman] [P Mira Osei] tiba .", "id")
    assert found == [("Ketua", "Mira Osei", "Badan Air"), ("Bupati", "Mira Osei", "Sleman")]


def test_an_office_of_whom_somebody_is_the_staff_is_not_his() -> None:
    assert [title for title, *_ in read("Staf Khusus Presiden [P Mira Osei] tiba .", "id")] != ["Presiden"]
