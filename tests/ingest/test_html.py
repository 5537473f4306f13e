"""HTML pages → articles with the page's own metadata."""

from pathlib import Path

import pytest

from kg.ingest import read
from kg.ingest.html import fragment_text

SENTENCES = (
    "Menteri Luar Negeri Turki bertemu dengan Menteri Luar Negeri Azerbaijan di Baku pada Selasa.",
    "Keduanya membahas gencatan senjata yang disepakati Armenia dan Azerbaijan di Moskwa.",
    "Rusia mendesak kedua negara untuk menghentikan pertempuran di Nagorno-Karabakh.",
    "Presiden Azerbaijan mengatakan negaranya siap berunding apabila Armenia menarik pasukannya.",
)
PAGE = """<html><head><title>Menlu Turki di Baku - Contoh</title>{head}</head><body>
<div id="cookie">Situs ini menggunakan cookie.</div><nav><a href="/">Beranda</a></nav>
<article><h1>Menlu Turki Temui Menlu Azerbaijan di Baku</h1>{top}
<p>BAKU, CONTOH.com – {0}</p><p>Baca juga: <a href="/read/2">Lima Fakta tentang Nagorno-Karabakh</a></p>
<p>{1}</p><p>ADVERTISEMENT</p><p>{2}</p><p>{3}</p></article>
<aside><h3>Berita Terkait</h3>
<ul><li><a href="https://contoh.example/read/3">Siapa Itu Ilham Aliyev Sebenarnya?</a></li></ul></aside>
<footer>Copyright 2020 Contoh</footer></body></html>"""


def page(tmp_path: Path, head: str = "", top: str = ""):
    path = tmp_path / "menlu-turki.html"
    path.write_text(PAGE.format(*SENTENCES, head=head, top=top))
    (article,) = read([path])
    return article


def test_the_headline_and_the_paragraphs_are_the_blocks(tmp_path: Path) -> None:
    article = page(tmp_path)
    assert article.id == "menlu-turki"
    assert [article.text[slice(*block)] for block in article.blocks] == [article.headline, *SENTENCES]
    assert (article.dateline, article.language) == ("BAKU", "id")


def test_related_headlines_with_their_addresses(tmp_path: Path) -> None:
    article = page(tmp_path, '<link rel="canonical" href="https://contoh.example/read/1">')
    assert article.url == "https://contoh.example/read/1"
    assert article.related == (
        "Lima Fakta tentang Nagorno-Karabakh", "https://contoh.example/read/2",
        "Siapa Itu Ilham Aliyev Sebenarnya?", "https://contoh.example/read/3",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta property="article:published_time" content="2020-10-06T07:06:00Z">', ""),
        ('<meta name="content_PublishedDate" content="2020-10-06 14:06:00">', ""),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2020-10-06T14:06+07:00"}]}</script>', ""),
        ("", '<time datetime="2020-10-06T14:06:00+07:00">kemarin</time>'),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="2020-10-06 14:06">', ""),
    ],
)
def test_the_time_of_publication(head: str, top: str, tmp_path: Path) -> None:
    published = page(tmp_path, head, top).published
    assert published is not None
    assert published.astimezone().timestamp() == 1_601_967_960


def test_a_page_that_names_another_encoding_than_its_own_and_a_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.xhtml"
    path.write_text('<?xml version="1.0" encoding="utf-16"?>\n' + PAGE.format(*SENTENCES, head="", top=""))
    assert next(read([path])).text.endswith(SENTENCES[-1])


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><script>var article = "Menteri Luar Negeri Turki tiba di Baku.";</script>',
        "".join(f'<div><a href="/{n}">Judul berita nomor {n} tentang perang di Karabakh</a></div>' for n in range(60)),
    ],
)
def test_a_page_without_an_article(body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(f"<!doctype html><html><title>Berita</title><body>{body}</body></html>")
    skipped: list[tuple[str, str]] = []
    assert list(read([tmp_path / "a.html"], on_skip=lambda *skip: skipped.append(skip))) == []
    assert skipped[0][1].startswith("HTML without an article")
    assert capsys.readouterr().err == ""


def test_lines_without_paragraphs_and_metadata(tmp_path: Path) -> None:
    body = "<br><br>".join([*SENTENCES, 'Baca juga: <a href="/1">Lima Fakta tentang Karabakh</a>', "(abc/def)"])
    top = "<title>Menlu Turki di Baku</title></head><body><div>Menu</div><h1>Menlu Turki di Baku</h1>"
    when = "<div>Selasa, 06/10/2020 14:06 WIB</div>"
    (tmp_path / "a.html").write_text(f"<html><head>{top}{when}<div>{body}</div></body></html>")
    (article,) = read([tmp_path / "a.html"])
    assert [article.text[slice(*block)] for block in article.blocks] == ["Menlu Turki di Baku", *SENTENCES]
    assert (article.related, article.authors) == (("Lima Fakta tentang Karabakh",), ())
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"


def test_nesting_without_end_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 50_000 + "x")
    skipped: list[tuple[str, str]] = []
    assert list(read([tmp_path / "deep.html"], on_skip=lambda *skip: skipped.append(skip))) == []
    assert len(skipped) == 1


def test_fragments() -> None:
    assert fragment_text("<p>A &amp; B<br>C</p><script>x()</script><ul><li>D <b>E</b></li></ul>") == "A & B\nC\nD E"
