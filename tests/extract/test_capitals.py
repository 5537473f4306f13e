"""An article in capitals says what its usual writing says, and is quoted as it stands."""

import pytest

from kg import nlp
from kg.casing.capitals import any_capitals
from kg.extract import extract
from kg.model import Article

TEXTS = {
    "id": "Presiden Kenya William Ruto mengunjungi Norwegia pada Senin. Norwegia mengecam Rusia, kata juru bicara PBB.",
    "en": "President William Ruto of Kenya visited Norway on Monday. Norway condemned Russia, officials of NATO said.",
}


def said(text: str, language: str, encoder=None) -> list[tuple[str, str, str, str]]:
    article = Article("a", text, language, ((0, len(text)),))
    [(_, found)] = extract(nlp.parse([article], encoder=encoder))
    for one in found:
        assert all(text[e.start : e.end] == e.sentence for e in one.evidence)
    return sorted((one.relation, one.subject.name, one.object.name, one.factuality) for one in found)


@pytest.mark.weights
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoded", [False, True])
def test_a_text_in_capitals_says_the_same(language, encoded):
    from kg.encoder import bundled

    encoder = bundled() if encoded else None
    usual = said(TEXTS[language], language, encoder)
    assert len(usual) >= 2
    assert said(TEXTS[language].upper(), language, encoder) == usual
    lead, rest = TEXTS[language].split(" ", 1)
    assert said(f"{lead.upper()} {rest}", language, encoder) == usual


@pytest.mark.weights
def test_the_small_example():
    assert said("AMERIKA Serikat (AS) mengecam Iran.", "id") == said("Amerika Serikat (AS) mengecam Iran.", "id") != []


def test_only_an_article_in_capitals_is_told_to_be_read_with_the_counts():
    from kg.pipeline.one_article import Reading

    for text in (TEXTS["en"], TEXTS["en"].upper()):
        article = Article("a", text, "en", ((0, len(text)),))
        named = {weights.partition("/")[0] for weights in Reading(fast=True).weights(article)}
        assert named == {"en", "circumstances"} | ({"casing"} if any_capitals([text]) else set())
