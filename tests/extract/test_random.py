"""Extraction never raises, whatever the words and however wrong the parse, and keeps its promises on nonsense."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import as_article, vocab
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises import check
from spacy.tokens import Doc

from kg.extract import extract, statements
from kg.nlp.labels import LABELS
from kg.specs import ROOT, relations
from kg.specs.reading import read_toml

LANGUAGES = ["en", "id"]
POS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "VERB",
    "X",
]
TAGS = ["", "VBN", "VBD", "NN", "NNP"]
DEPS = sorted(LABELS - {"root"})
ODD = [
    "🎉",
    "👩‍👩‍👧",
    "العربية",
    "שלום",
    "\u202e",
    "\u200b",
    "北京",
    "''",
    "…",
    "—",
    "1/3/2021",
    "31/2/2020",
    "\n",
    "--",
]
MARKS = [*".,;:?!\"'()“”’-%&$/[]", "'s", "n't"]
NAMES = [
    "Turki",
    "Turkey",
    "Baku",
    "AS",
    "US",
    "Washington",
    "PBB",
    "UN",
    "Mira",
    "Osei",
    "Sari",
    "Wijaya",
    "Iraqi",
    "Chad",
]
NAMES += ["Oslo", "Hamas", "Bandung", "Front", "KDS", "Kedua", "Dia", "He", "She", "Palestina", "Komisi", "Commission"]


def words(language: str) -> list[str]:
    """Return words that mean something to extraction: triggers, titles, anchors, marks of factuality and speech."""
    found: set[str] = set()
    for relation in relations().values():
        for wording in relation.wordings.get(language, ()):
            found |= wording.words | wording.passive | wording.prepositions
    for facet in ("titles", "actors", "factuality", "speech", "grammar", "time"):
        found |= {
            word
            for text in _strings(read_toml(ROOT / "lang" / language / f"{facet}.toml"))
            for word in text.split()[:2]
        }
    return sorted(found)


def _strings(table: Any) -> list[str]:
    if isinstance(table, str):
        return [table]
    values = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return [text for value in values for text in _strings(value)]


WORDS = {code: words(code) for code in LANGUAGES}


@st.composite
def articles(draw: st.DrawFn) -> Doc:
    """Draw an article of one to four sentences whose parses are trees and otherwise nonsense."""
    language = draw(st.sampled_from(LANGUAGES))
    word = st.one_of(
        st.sampled_from(WORDS[language]),
        st.sampled_from(NAMES),
        st.sampled_from(MARKS),
        st.sampled_from(ODD),
        st.sampled_from(WORDS[language]).map(str.capitalize),
        st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=6),
    )
    texts: list[str] = []
    heads: list[int] = []
    for _ in range(draw(st.integers(1, 4))):
        sentence = draw(st.lists(word, min_size=1, max_size=14))
        first, size = len(texts), len(sentence)
        # each word hangs on one drawn before it in a drawn order: a tree, crossing or not
        order = draw(st.permutations(range(size)))
        above = {order[0]: order[0]}
        for place, child in enumerate(order[1:], 1):
            above[child] = order[draw(st.integers(0, place - 1))]
        texts += sentence
        heads += [first + above[i] for i in range(size)]
    size = len(texts)
    ents = draw(st.lists(st.sampled_from(["O", "O", "O", "B-PER", "B-ORG", "B-LOC"]), min_size=size, max_size=size))
    for i in range(1, size):
        if ents[i] == "O" and ents[i - 1] != "O" and draw(st.booleans()):
            ents[i] = "I" + ents[i - 1][1:]
    doc = Doc(
        vocab(language),
        words=texts,
        spaces=draw(st.lists(st.booleans(), min_size=size, max_size=size)),
        heads=heads,
        deps=["ROOT" if h == i else draw(st.sampled_from(DEPS)) for i, h in enumerate(heads)],
        pos=draw(st.lists(st.sampled_from(POS), min_size=size, max_size=size)),
        tags=draw(st.lists(st.sampled_from(TAGS), min_size=size, max_size=size)),
        lemmas=[text.lower() for text in texts],
        ents=ents,
    )
    published = datetime(2021, 3, 3, 12, tzinfo=UTC) if draw(st.booleans()) else None
    return as_article(doc, language, published)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(articles(), st.booleans())
def test_nonsense_never_raises_and_keeps_the_promises(doc: Doc, coreference: bool) -> None:
    check(doc, statements(doc, coreference=coreference))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_article_states_nothing(language: str) -> None:
    assert statements(as_article(Doc(vocab(language)), language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_word(language: str) -> None:
    doc = Doc(vocab(language), words=["Turki"], heads=[0], deps=["ROOT"], pos=["PROPN"], lemmas=["turki"])
    assert statements(as_article(doc, language)) == []


def test_extract_is_a_stream() -> None:
    docs = (as_article(Doc(vocab("id")), "id") for _ in iter(int, 1))
    article, found = next(extract(docs))
    assert article.id == "case" and found == []
