"""Which name is shown."""

import pytest

from kg.labels import pick

ARTICLES = [("id", "PBB"), ("id", "Perserikatan Bangsa-Bangsa"), ("", "UNO")]
USUAL = [("en", "United Nations"), ("id", "P.B.B.")]


@pytest.mark.parametrize(
    ("kinds", "language", "shown"),
    [
        ([ARTICLES, USUAL], "id", "Perserikatan Bangsa-Bangsa"),  # of several the fullest, of what articles say first
        ([ARTICLES, USUAL], "en", "United Nations"),  # the language goes before the kind
        ([ARTICLES, []], "en", "UNO"),  # no language goes before another one
        ([[("id", "PBB")], []], "en", "PBB"),
        ([[], USUAL], "id", "P.B.B."),
        ([[("id", "")], []], "id", ""),
        ([], "en", ""),
    ],
)
def test_pick(kinds, language, shown) -> None:
    assert pick(kinds, language) == shown
