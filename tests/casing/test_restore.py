"""Text in capitals comes back as it is usually written, each character in its place; usual text stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.casing.capitals import any_capitals, lines_of
from kg.casing.restore import restored


def one(text: str, language: str) -> str:
    [found] = restored([text], language)
    assert len(found) == len(text)
    return found


@pytest.mark.parametrize(
    "usual",
    [
        "Perdana Menteri Norwegia mengunjungi Kenya dan bertemu Presiden Ghana di Nairobi.",
        "Presiden Joko Widodo mendesak PBB dan NATO menekan Israel, kata juru bicara KPK.",
        "Wakil Presiden Ma'ruf Amin menerima Menteri Luar Negeri Turki pada 5 Mei 2021.",
    ],
)
def test_an_indonesian_line_in_capitals(usual):
    assert one(usual.upper(), "id") == usual


@pytest.mark.parametrize(
    "usual",
    [
        "The US and Turkey said on May 5 they wouldn't attack Iran's troops, NATO officials said.",
        "U.S. troops left Kenya on Tuesday.",
        "Prime Minister Keir Starmer met Ursula von der Leyen in Brussels.",
        "On Tuesday, they may meet J. Smith of the IAEA.",
    ],
)
def test_an_english_line_in_capitals(usual):
    assert one(usual.upper(), "en") == usual


def test_signs_tell_how_a_word_is_written():
    found = one("MR O'BRIEN OF THE UNION OF WESTERN ZEBRAS (UWZ) MET AL-QORANI'S ENVOY.", "en")
    assert all(part in found for part in ("O'Brien", "(UWZ)", "al-Qorani's envoy"))


@pytest.mark.parametrize(
    ("text", "usual", "language"),
    [
        ("AMERIKA Serikat (AS) mengecam Iran.", "Amerika Serikat (AS) mengecam Iran.", "id"),
        ("PERDANA MENTERI Norwegia tiba di Kenya.", "Perdana Menteri Norwegia tiba di Kenya.", "id"),
        ("THE United States condemned Iran.", "The United States condemned Iran.", "en"),
        ("The crowd shouted STOP THE WAR IN YEMEN NOW before the embassy.", None, "en"),
    ],
)
def test_a_lead_or_a_passage_in_capitals(text, usual, language):
    found = one(text, language)
    assert found == usual if usual else "stop the war in Yemen now" in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("KPK menahan seorang bupati.", "id"),
        ("TNI AL Kirim Kapal ke Natuna", "id"),
        ("AS dan PBB bertemu.", "id"),
        ("JAKARTA, SUARA BARU - Presiden Ghana tiba.", "id"),
        ("NATO leaders met.", "en"),
        ("WHO says the virus spreads.", "en"),
        ("US forces left Yemen.", "en"),
        ("QXZT leaders met.", "en"),  # nothing knows it
        ("He met leaders of NATO, OSCE and the IMF.", "en"),
    ],
)
def test_acronyms_and_datelines_stay(text, language):
    assert one(text, language) == text


def test_the_article_tells_how_it_writes_a_word():
    body = "Menteri Orvanta bertemu FRAKSO di Lembora. Kata Orvanta, pihak tervani dari FRAKSO setuju."
    head, rest = restored(["ORVANTA TEMUI FRAKSO DAN TERVANI", body], "id")
    assert head == "Orvanta temui FRAKSO dan tervani"
    assert rest == body


def test_labels_of_a_transcript_stay():
    texts = ["SECRETARY OLDHAM: We met.", "MINISTER PRYCE: We did.", "THE MINISTER LEFT FOR KENYA ON MONDAY."]
    assert restored(texts, "en")[:2] == texts[:2]
    assert restored(texts, "en")[2].endswith("left for Kenya on Monday.")


def test_what_changes_length_keeps_it():
    assert one("İRAN VE STRAẞE ﬁN BERTEMU DI JAKARTA", "id").endswith("bertemu di Jakarta")


def test_a_language_without_counts_is_left():
    assert restored(["O PRESIDENTE CHEGOU"], "pt") == ["O PRESIDENTE CHEGOU"]


@given(st.text(), st.sampled_from(["id", "en"]))
def test_any_text_keeps_its_length_and_its_letters(text, language):
    [found] = restored([text, "The Usual Line"], language)[:1]
    assert len(found) == len(text)
    assert all(a == b or a.lower() == b.lower() or a == "İ" for a, b in zip(text, found, strict=True))
    if not any_capitals([text]):
        assert found == text


def test_what_is_in_capitals_is_told_with_its_place():
    [line] = lines_of(["PRESIDEN GHANA tiba di Kenya."])
    assert [(line.words[p.first].start(), line.words[p.end - 1].end(), p.lead) for p in line.capitals] == [
        (0, 14, True)
    ]
    assert not any_capitals(["Presiden Ghana tiba di Kenya.", "", "12 (3)"])
