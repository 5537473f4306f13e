"""The bundled articles are read whole, without their furniture."""

from pathlib import Path

import pytest

import kg.model
from kg.ingest import read
from kg.model import Article

FOLDER = Path(kg.model.__file__).parent / "demo" / "articles"
EXPECTED = {  # publisher, dateline, agency, publication, related headlines, blocks
    "arab-saudi-iran-beijing": ("MandalaNews", "Jakarta", "Xinhua", "2023-03-11T08:20:00+07:00", 3, 10),
    "asean-labuan-bajo": ("WartaLintas.id", "LABUAN BAJO", "ANTARA", "2023-05-11T16:45:00+07:00", 3, 9),
    "jokowi-kyiv-moscow": ("Meridian Courier", "MOSCOW", "TASS", "2022-06-30T18:05:00+01:00", 3, 9),
    "jokowi-kyiv-moskwa": ("WartaLintas.id", "MOSKWA", "Ukrinform", "2022-06-30T20:15:00+07:00", 2, 10),
    "karabakh-gencatan-senjata": ("MandalaNews.co.id", "Jakarta", "Reuters", "2023-09-22T09:05:00+07:00", 4, 11),
    "saudi-iran-beijing": ("Meridian Courier", "BEIJING", "Xinhua", "2023-03-10T18:40:00+00:00", 3, 9),
}
FURNITURE = ("aca juga", "ead also", "SCROLL", "ADVERT", "Gambas", "WhatsApp", "newsletter", "cookie", "Koment", "Foto")


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.id: article for article in read([FOLDER])}


def test_all_are_there_in_both_languages(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(EXPECTED)
    assert sorted(article.language for article in articles.values()) == ["en", "en", "id", "id", "id", "id"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_each_page_tells(name: str, articles: dict[str, Article]) -> None:
    article = articles[name]
    assert article.published is not None
    headlines = [line for line in article.related if not line.startswith("http")]
    names = (article.publisher, article.dateline, article.agency)
    assert (*names, article.published.isoformat(), len(headlines), len(article.blocks)) == EXPECTED[name]
    assert article.headline == article.text[slice(*article.blocks[0])]


@pytest.mark.parametrize("name", EXPECTED)
def test_no_block_holds_furniture(name: str, articles: dict[str, Article]) -> None:
    article = articles[name]
    body = "\n".join(article.text[start:end] for start, end in article.blocks)
    assert not [word for word in FURNITURE if word in body]
