"""Real page texts, which lie beside the repository and are no part of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ingest import read
from kg.model import Article

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts in ../shared are not part of the project")


def blocks(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.blocks]


def test_the_seed_page() -> None:
    (article,) = read([SHARED / "seeds"])
    body = "\n".join(blocks(article))
    for furniture in ("Baca juga", "Kompas.com+", "Telegram", "KOMPAS.com", "Login", "Penulis", "Komentar"):
        assert furniture not in body
    assert len(article.blocks) == 14
    assert len(article.related) == 3
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert (article.dateline, article.agency, article.publisher) == ("ANKARA", "Anadolu Agency", "Kompas.com")
    assert (article.headline, len(article.authors), article.language) == (None, 1, "id")


def texts(language: str, prefix: str) -> Iterator[Path]:
    return iter(sorted((SHARED / "gold" / "dev" / "text" / language).glob(f"{prefix}*.txt")))


@pytest.mark.parametrize("language", ["id", "en"])
def test_plain_texts_lose_nothing(language: str) -> None:
    for article in read(texts(language, "panl")):
        assert article.language == language
        assert article.headline is None
        assert blocks(article) == [line.strip() for line in article.text.splitlines() if line.strip()]


def test_detik_pages() -> None:
    for article in read(texts("id", "detik")):
        assert article.headline == article.text.split("\n")[0]
        assert article.publisher == "detikcom"
        assert article.published is not None
        assert "SCROLL" not in "".join(blocks(article))
        assert "onton juga" not in "".join(blocks(article))
