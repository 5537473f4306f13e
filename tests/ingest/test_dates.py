"""Page dates → datetimes with a zone."""

import pytest

from kg.ingest.dates import in_address, parse
from kg.ingest.header import date_line


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("06/10/2020, 14:06 WIB", "id", "2020-10-06T14:06:00+07:00"),
        ("Senin, 20 Okt 2025 13:34 WIB", "id", "2025-10-20T13:34:00+07:00"),
        ("Selasa, 6 Oktober 2020 | 15.06 WITA", "id", "2020-10-06T15:06:00+08:00"),
        ("1 Agustus 2023 pukul 07.00 WIT", "id", "2023-08-01T07:00:00+09:00"),
        ("14:06 WIB, 6 Oktober 2020", "id", "2020-10-06T14:06:00+07:00"),
        ("20/10/2025 13:34", "id", "2025-10-20T13:34:00+07:00"),
        ("17-08-2024", "id", "2024-08-17T00:00:00+07:00"),
        ("October 6, 2020 2:06 pm EDT", "en", "2020-10-06T14:06:00-04:00"),
        ("October 6, 2020 12:06 am", "en", "2020-10-06T00:06:00+00:00"),
        ("6th October 2020 at 14:06 GMT+3", "en", "2020-10-06T14:06:00+03:00"),
        ("Jan. 5, 2024 9:30 AM ET", "en", "2024-01-05T09:30:00-05:00"),
        ("Jul. 5, 2024 9:30 AM ET", "en", "2024-07-05T09:30:00-04:00"),
        ("2020-10-06T14:06:00Z", "en", "2020-10-06T14:06:00+00:00"),
        ("2020-10-06 14:06:00", "id", "2020-10-06T14:06:00+07:00"),
        ("2020-10-06T14:06:00.123+0700", "en", "2020-10-06T14:06:00+07:00"),
        ("2020-10-06", "en", "2020-10-06T00:00:00+00:00"),
        ("Tue, 06 Oct 2020 14:06:00 +0700", "en", "2020-10-06T14:06:00+07:00"),
        ("1601967960", "en", "2020-10-06T07:06:00+00:00"),
        ("10/20/2020 08:00", "en", "2020-10-20T08:00:00+00:00"),
        ("06/10/2020 2:06 PM EDT", "en", "2020-06-10T14:06:00-04:00"),
        ("06/10/2020 14:06 BST", "en", "2020-10-06T14:06:00+01:00"),
    ],
)
def test_formats(value: str, language: str, expected: str) -> None:
    found = parse(value, language)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("value", [None, "", "kemarin", "06/10/2020", "31/02/2020", "40 Oktober 2020", "99:99"])
def test_what_is_no_date_or_tells_no_order_is_not_guessed(value: str | None) -> None:
    assert parse(value, "en") is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Kompas.com - 06/10/2020, 14:06 WIB", "Kompas.com"),
        ("detikcom - 06/10/2020, 14:06 WIB", "detikcom"),
        ("CNN Indonesia | Selasa, 06/10/2020 14:06 WIB", "CNN Indonesia"),
        ("Diterbitkan: Selasa, 6 Oktober 2020 14:06 WIB", None),
        ("Siti Aminah - Selasa, 6 Okt 2020 14:06 WIB", None),
        ("Selasa, 6 Oktober 2020 14:06 WIB waktu baca 2 menit", None),
    ],
)
def test_date_lines(line: str, publisher: str | None) -> None:
    found = date_line(line, "id")
    assert found is not None
    assert (found[0].isoformat(), found[1], found[2]) == ("2020-10-06T14:06:00+07:00", "published", publisher)


def test_below_a_headline_a_name_and_a_day_are_a_date_line() -> None:
    found = date_line("Harian Contoh, 6 Oktober 2020", "id", below=True)
    assert found is not None
    assert (found[0].date().isoformat(), found[2]) == ("2020-10-06", None)
    assert date_line("Perang berakhir di Eropa, 8 Mei 1945", "id", below=True) is None
    assert date_line("Pearl Harbor, 7 Desember 1941", "id") is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("contoh-2020-10-06-3.txt", "2020-10-06"),
        ("/berita/2020/10/06/kunjungan", "2020-10-06"),
        ("2019-01-01_2020-10-06.txt", "2020-10-06"),
        ("berita-20201006.txt", None),
        ("laporan-2020-10.txt", None),
        ("x-2020-13-41.txt", None),
        ("article-120-2020-1-1000", None),
    ],
)
def test_the_day_in_an_address(address: str, day: str | None) -> None:
    found = in_address(address, "id")
    assert (found and found.date().isoformat()) == day


def test_an_update_is_told_from_publication() -> None:
    found = date_line("Last updated October 6, 2020 2:06 pm EDT", "en")
    assert found is not None
    assert found[1] == "updated"


@pytest.mark.parametrize(
    "line",
    [
        "Aliyev tiba di Moskwa pada 6 Oktober 2020.",
        "Kronologi Perang 27 September 2020 di Karabakh",
        "Pertemuan pada Selasa (6/10/2020) membahas gencatan senjata",
        "The talks opened on October 6, 2020 in Geneva.",
    ],
)
def test_a_date_in_a_sentence_or_headline_is_no_date_line(line: str) -> None:
    assert date_line(line, "id") is None
