"""Printed lines become paragraphs again; the hyphen of a broken word goes, that of a word written with one stays."""

import pytest

from kg.ingest.paragraphs import Printed, joined


def column(*texts: str, top: float = 700) -> list[Printed]:
    return [Printed(text, 72, top - 12 * n, 10) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Both ministers said that the agree-", "ment will hold.", "Both ministers said that the agreement will hold."),
        ("Both ministers said that the agree\u00ad", "ment holds.", "Both ministers said that the agreement holds."),
        ("Para menteri itu bertemu anak-", "anak di sana.", "Para menteri itu bertemu anak-anak di sana."),
        ("Pembahasan rancangan undang-", "undangnya ditunda.", "Pembahasan rancangan undang-undangnya ditunda."),
        ("Delegasi itu baru akan ber-", "KTT di Jenewa.", "Delegasi itu baru akan ber- KTT di Jenewa."),
        ("Well-known envoys and a well-", "known minister met.", "Well-known envoys and a well-known minister met."),
        ("They spoke of the agenda –", "and of nothing else.", "They spoke of the agenda – and of nothing else."),
    ],
)  # fmt: skip
def test_words_that_were_broken(first: str, second: str, whole: str) -> None:
    assert list(joined(column(first, second))) == [whole]


def test_another_font_a_gap_and_an_indent_begin_a_paragraph() -> None:
    lines = column("The talks in Prague ended on Monday, and", "nobody was told why.")
    title = Printed("Talks end", 72, 720, 18)
    gap = column("The ministers left the town by train, and", "nobody saw them go.", top=lines[-1].y - 20)
    indent = [Printed("In Ankara the president was silent, too, as", 84, gap[-1].y - 12, 10)]
    end = [Printed("he is on Mondays.", 72, indent[0].y - 12, 10)]
    assert list(joined([title, *lines, *gap, *indent, *end])) == [
        "Talks end",
        "The talks in Prague ended on Monday, and nobody was told why.",
        "The ministers left the town by train, and nobody saw them go.",
        "In Ankara the president was silent, too, as he is on Mondays.",
    ]


def test_the_points_of_a_list_are_parted_and_a_comma_ends_nothing() -> None:
    lines = column(
        "Both sides agreed on these points:", "• The border is opened for", "all.", "• Envoys are sent,", "Ali too."
    )
    assert list(joined(lines)) == [
        "Both sides agreed on these points:",
        "• The border is opened for all.",
        "• Envoys are sent, Ali too.",
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_a_new_one_begins_there() -> None:
    first = column("The talks in Prague ended on Monday, and it is", "said that", top=100)
    second = [Printed("nobody was told why.", 300, 700, 10)]
    assert list(joined([*first, *second])) == [
        "The talks in Prague ended on Monday, and it is said that nobody was told why."
    ]
    ended = [*column("The talks in Prague ended on Monday, and nobody", "was told why they did so.", top=100)]
    assert len(list(joined([*ended, *second]))) == 2
