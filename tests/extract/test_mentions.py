"""Small functions on bare tokens: reduplicated plurals, headlines, lists of states that have no such office."""

from __future__ import annotations

import pytest
from handmade import as_article, vocab
from spacy.tokens import Doc

from kg.extract.grammar import once
from kg.extract.lexicon import lexicon
from kg.extract.mentions import headline_end, title_cased
from kg.specs import languages


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pejabat-pejabat", "pejabat"),
        ("negara-negaranya", "negara"),  # with its possessor
        ("pejabat", "pejabat"),
        ("sayur-mayur", "sayur-mayur"),  # the second half is no repetition
        ("anti-AS", "anti-AS"),
        ("-", "-"),
        ("", ""),
        ("-nya", "-nya"),
    ],
)
def test_reduplicated_plurals_are_one_word(word: str, expected: str) -> None:
    assert once(word) == expected


def sentences(*texts: str) -> Doc:
    words = [text.split() for text in texts]
    flat = [word for sentence in words for word in sentence]
    starts = [i == 0 for sentence in words for i, _ in enumerate(sentence)]
    return Doc(vocab("en"), words=flat, sent_starts=starts)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Osei Meets Varga Before Talks Begin", True),
        ("Osei Meets Varga Before Talks Begin .", False),  # a full stop closes prose
        ("Osei meets Varga before talks begin", False),
        ("Osei Meets Him", False),  # too short to tell
    ],
)
def test_headlines_in_title_case(text: str, *, headline: bool) -> None:
    assert bool(title_cased(sentences(text))) == headline


def test_only_the_headlines_tokens_are_marked() -> None:
    doc = sentences("Osei Meets Varga Before Talks Begin", "Osei met Varga before talks began .")
    assert title_cased(doc) == frozenset(range(6))


def test_where_the_headline_ends() -> None:
    doc = sentences("Osei meets Varga", "They talked .")
    assert headline_end(as_article(doc, "en", headline=True)) == 3
    assert headline_end(as_article(sentences("Osei meets Varga"), "en")) == 0


@pytest.mark.parametrize("language", languages())
def test_kings_and_presidents_share_no_state(language: str) -> None:
    words = lexicon(language)
    king, president = ("raja", "presiden") if language == "id" else ("king", "president")
    assert words.only_in[king] <= words.none_in[president]
    assert "US" not in words.only_in[king] | words.none_in[president]


def test_a_secretary_of_state_is_american() -> None:
    assert lexicon("en").only_in["secretary of state"] == {"US"}
    assert "US" in lexicon("en").none_in["foreign minister"]
