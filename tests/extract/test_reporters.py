"""A medium that an article names once, and then calls "the paper": it is the source of what it says."""

from __future__ import annotations

import pytest

from kg import encoder, nlp
from kg.extract import statements
from kg.model import Article

pytestmark = pytest.mark.weights

NAMED_ONCE = [
    (
        "en",
        "The Berga Tribune newspaper reported on Friday that talks were near. "
        "President Emmanuel Macron will meet Chancellor Olaf Scholz in Brussels, the paper said.",
        "Berga Tribune",
    ),
    (
        "id",
        "Harian Tribun Berga melaporkan pada Jumat bahwa perundingan sudah dekat. "
        "Presiden Emmanuel Macron akan bertemu Kanselir Olaf Scholz di Brussel, menurut harian itu.",
        "Tribun Berga",
    ),
]


def sources(language: str, text: str) -> set[str | None]:
    """Return the named sources of the meetings that a text tells."""
    article = Article("a", text, language, ((0, len(text)),))
    found = [s for doc in nlp.parse([article], encoder=encoder.bundled()) for s in statements(doc)]
    return {s.attribution[0].name if s.attribution else None for s in found if s.relation == "meets"}


@pytest.mark.parametrize(("language", "text", "medium"), NAMED_ONCE)
def test_the_paper_is_the_one_that_was_named(language, text, medium):
    (source,) = sources(language, text)
    assert source is not None and medium in source


@pytest.mark.parametrize(("language", "text", "medium"), NAMED_ONCE)
def test_a_paper_that_nobody_named_is_no_source(language, text, medium):
    assert sources(language, text.partition(". ")[2]) == {None}
