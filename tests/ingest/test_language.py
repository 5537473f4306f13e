"""Which language a text is in."""

import pytest

from kg.ingest.language import canonical, detect
from kg.ingest.records import Skipped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presiden Indonesia bertemu dengan perdana menteri Jepang di Tokyo untuk membahas kerja sama.", "id"),
        ("The president of Indonesia met the prime minister of Japan in Tokyo to talk about defence.", "en"),
        ("Jokowi temui Zelensky di Kyiv", "id"),
        ("Widodo meets Putin in Moscow", "en"),
        ("Perdana Menteri Malaysia bertemu rakan sejawatnya kerana isu Laut China Selatan di Kuala Lumpur.", "id"),
        ("Aliyev", "id"),
        # leads that are mostly names, which read as the names' own languages
        ("Serbia condemned the attack. President Petrus Malvandor met Prime Minister Ulrik Stavsen on Tuesday.", "en"),
        ("Kanselir Friedrich Malvandor bertemu Perdana Menteri Mette Fredriksholm Kamis", "id"),
    ],
)
def test_detects(text: str, expected: str) -> None:
    assert detect(text) in {expected} if len(text.split()) > 1 else {"id", "en"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le président français a rencontré le chancelier allemand à Paris pour parler de la guerre.", "French"),
        ("De premier heeft vandaag in Den Haag met de Duitse bondskanselier over de oorlog gesproken.", "Dutch"),
        ("الرئيس المصري يلتقي نظيره التركي في القاهرة لبحث العلاقات الثنائية بين البلدين", "Arabic"),
        ("Bundeskanzler Friedrich Malvandor traf gestern den Präsidenten Ulrik Stavsen in Paris.", "German"),
        ("Statsminister Petrus Malvandor besökte Stavanger på fredagen för samtal med Ulrik Stavsen.", "Swedish"),
        ("Nakipagkita ang pangulo ng Pilipinas sa punong ministro ng Hapon upang pag-usapan ang kasunduan.", "Tagalog"),
    ],
)
def test_another_language_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(Skipped, match=f"{name}, not one of en, id; force one with --lang"):
        detect(text)


def test_no_words() -> None:
    with pytest.raises(Skipped, match="no words"):
        detect("123 – 456")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("id", "id"), ("in", "id"), ("id-ID", "id"), ("Bahasa Indonesia", "id"), ("en_US", "en"), ("fr", "fr")],
)
def test_tags(tag: str, code: str) -> None:
    assert canonical(tag) == code
