"""Expressions of time in words and digits, against the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.dates import find_dates
from kg.extract.times import shifted

WEDNESDAY = date(2021, 3, 3)
WEEK = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
}


def values(text: str, language: str, published: date | None = WEDNESDAY) -> list[str | None]:
    return [span.value for span in find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2 March 2021", "2021-03-02"),
        ("on March 2, 2021", "2021-03-02"),
        ("on March 2nd, 2021", "2021-03-02"),
        ("on Sept. 2, 2019", "2019-09-02"),
        ("on 2021-03-01", "2021-03-01"),
        ("from 5-7 May 2020", "2020-05-05"),
        ("in May 2020", "2020-05"),
        ("in 1994", "1994"),
        ("on March 2", "2021-03-02"),
        ("on December 30", "2020-12-30"),
        ("on Tuesday", "2021-03-02"),
        ("on Wednesday", "2021-03-03"),
        ("on Thursday", "2021-02-25"),
        ("yesterday", "2021-03-02"),
        ("tomorrow", "2021-03-04"),
        ("last May", "2020-05"),
        ("next May", "2021-05"),
        ("in February", "2021-02"),
        ("last month", "2021-02"),
        ("next year", "2022"),
        ("this morning", "2021-03-03"),
        ("last night", "2021-03-02"),
        ("the 1950-53 war", "1950"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert values(text, "en") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pada 2 Maret 2021", "2021-03-02"),
        ("pada 2 Pebruari 1999", "1999-02-02"),
        ("Selasa (2/3/2021)", "2021-03-02"),
        ("Ahad (28/2/2021)", "2021-02-28"),
        ("Selasa (2/3)", "2021-03-02"),
        ("Senin, 1 Maret 2021", "2021-03-01"),
        ("pada 5-7 Mei 2020", "2020-05-05"),
        ("pada Mei 2020", "2020-05"),
        ("pada 1994", "1994"),
        ("pada 2 Maret", "2021-03-02"),
        ("pada Selasa", "2021-03-02"),
        ("pada Jum'at", "2021-02-26"),
        ("pada Minggu", "2021-02-28"),
        ("kemarin", "2021-03-02"),
        ("besok", "2021-03-04"),
        ("hari ini", "2021-03-03"),
        ("Mei lalu", "2020-05"),
        ("Mei mendatang", "2021-05"),
        ("bulan depan", "2021-04"),
        ("tahun lalu", "2020"),
        ("siang ini", "2021-03-03"),
        ("tadi malam", "2021-03-02"),
        ("esok hari", "2021-03-04"),
        ("lusa", "2021-03-05"),
    ],
)
def test_indonesian(text: str, expected: str) -> None:
    assert values(text, "id") == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He may march on Rome", "en"),
        ("1,994 people in the 1990s", "en"),
        ("2020 troops", "en"),
        ("1.994 orang pada 1998-an", "id"),
        ("dua minggu lalu", "id"),  # weeks, no Sunday
        ("senin kamis", "id"),  # days are written with a capital
        ("", "id"),
    ],
)
def test_no_dates(text: str, language: str) -> None:
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"), [("31/2/2020", "id"), ("31 February 2021", "en"), ("February 29, 2021", "en")]
)
def test_days_that_never_were(text: str, language: str) -> None:
    assert values(text, language) == [None]


@pytest.mark.parametrize("text", ["Tuesday", "last May", "next month", "this year", "6 October", "yesterday"])
def test_without_a_day_of_publication_what_needs_one_is_open(text: str) -> None:
    assert values(text, "en", None) == [None]


def test_digits_win_over_a_weekday_that_contradicts_them() -> None:
    assert values("Senin (2/3/2021)", "id") == ["2021-03-02"]
    assert values("on Friday, March 2, 2021", "en") == ["2021-03-02"]


def test_spans_are_the_expressions() -> None:
    text = "Met on 2 March 2021 and in May 2020."
    assert [text[s.start : s.end] for s in find_dates(text, "en", None)] == ["2 March 2021", "May 2020"]


def test_leap_day_without_a_year() -> None:
    assert values("on 29 February", "en", date(2020, 2, 28)) == ["2020-02-29"]


@pytest.mark.parametrize(("text", "language"), [("two days ago", "en"), ("dua hari lalu", "id")])
def test_days_ago(text: str, language: str) -> None:
    assert values(text, language) == ["2021-03-01"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("four years ago", "en", "2017"),
        ("a year ago", "en", "2020"),
        ("12 years ago", "en", "2009"),
        ("four months ago", "en", "2020-11"),
        ("3 months ago", "en", "2020-12"),
        ("a month ago", "en", "2021-02"),
        ("2 days earlier", "en", "2021-03-01"),
        ("lima tahun lalu", "id", "2016"),
        ("15 tahun yang lalu", "id", "2006"),
        ("delapan tahun silam", "id", "2013"),
        ("empat bulan lalu", "id", "2020-11"),
        ("2 bulan yang lalu", "id", "2021-01"),
        ("dua hari yang lalu", "id", "2021-03-01"),
        ("dua puluh tahun lalu", "id", None),
        ("beberapa bulan lalu", "id", None),
        ("lima tahun sebelumnya", "id", None),  # than what was told before
        ("several years ago", "en", None),
        ("three years earlier", "en", None),
        ("5000 tahun lalu", "id", None),
        ("satu juta tahun lalu", "id", None),
    ],
)
def test_months_and_years_ago(text: str, language: str, expected: str | None) -> None:
    assert values(text, language) == [expected]


def test_the_null_date_of_some_sites() -> None:
    assert values("on Sunday", "en", date(1, 1, 1)) == [None]


@pytest.mark.parametrize(("text", "published"), [("last year", date(1, 1, 1)), ("next year", date(9999, 12, 31))])
def test_years_beyond_the_calendar(text: str, published: date) -> None:
    assert values(text, "en", published) == [None]


CHARACTERS = list("0123456789/-.,()' ")
WORDS = "May Mei March Jumat Friday last lalu next depan ago 2020 29 February Februari year tahun besok tomorrow in 🎉"
PARTS = st.sampled_from([*CHARACTERS, *WORDS.split(), " ", " "])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PARTS, max_size=25).map("".join),
    st.sampled_from(["en", "id"]),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_any_text_gives_dates_of_the_calendar(text: str, language: str, published: date | None) -> None:
    end = 0
    for span in find_dates(text, language, published):
        assert end <= span.start < span.end <= len(text)
        end = span.end
        if span.value is not None:
            year, *rest = map(int, span.value.split("-"))
            date(year, *rest, *[1] * (2 - len(rest)))  # raises where there is no such day


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 8), date(2100, 1, 1)), st.sampled_from(["en", "id"]), st.integers(0, 6))
def test_a_weekday_is_within_the_week_up_to_publication(published: date, language: str, day: int) -> None:
    (value,) = values(WEEK[language].split()[day], language, published)
    assert value is not None
    found = date.fromisoformat(value)
    assert found.weekday() == day and timedelta(0) <= published - found < timedelta(7)


@pytest.mark.parametrize(
    ("text", "language", "shift"),
    [
        ("the same day", "en", 0),
        ("A day later", "en", 1),
        ("the previous day", "en", -1),
        ("that same day", "en", 0),
        ("pada hari yang sama", "id", 0),
        ("Sehari kemudian", "id", 1),
        ("sehari sebelumnya", "id", -1),
    ],
)
def test_days_counted_from_the_one_named_before(text: str, language: str, shift: int) -> None:
    """They say nothing of the day of publication: the text before has to name a day."""
    (span,) = find_dates(text, language, WEDNESDAY)
    assert (span.kind, span.value, span.shift) == ("same", None, shift)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("in May last year", "en", "2020-05"),
        ("in May next year", "en", "2022-05"),
        ("in May this year", "en", "2021-05"),
        ("Mei tahun lalu", "id", "2020-05"),
        ("Mei tahun depan", "id", "2022-05"),
        ("Mei tahun ini", "id", "2021-05"),
    ],
)
def test_a_month_of_another_year(text: str, language: str, expected: str) -> None:
    assert values(text, language) == [expected]
    assert values(text, language, None) == [None]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2020-05-31", 1, "2020-06-01"),
        ("2020-03-01", -1, "2020-02-29"),
        ("2020-12-31", 1, "2021-01-01"),
        ("2020-05-31", 0, "2020-05-31"),
        (None, 1, None),
    ],
)
def test_shifted_over_the_ends_of_months(day: str | None, days: int, expected: str | None) -> None:
    assert shifted(day, days) == expected
