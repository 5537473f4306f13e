"""Sources → articles, and what is skipped with which reason."""

import csv
import hashlib
import io
import json
import os
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.ingest import read
from kg.model import Article

ONE = "Presiden Prabowo bertemu dengan Perdana Menteri Anwar Ibrahim di Kuala Lumpur pada Senin.\n"
TWO = "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to meet again.\n"


def gather(*sources: str | Path, lang: str | None = None) -> tuple[list[Article], list[tuple[str, str]]]:
    """Return the articles of sources and what was skipped."""
    skipped: list[tuple[str, str]] = []
    articles = list(read(sources, lang=lang, on_skip=lambda source, reason: skipped.append((source, reason))))
    for article in articles:
        assert article.sha256 == hashlib.sha256(article.text.encode()).hexdigest()
        assert all(0 <= start < end <= len(article.text) for start, end in article.blocks)
    assert all("\n" not in reason for _, reason in skipped)
    return articles, skipped


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "kunjungan.txt"
    path.write_bytes(b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode())
    (article,), skipped = gather(path)
    assert (article.id, article.language, article.path, skipped) == ("kunjungan", "id", str(path), [])
    assert article.text == ONE.replace("\n", "\r\n")
    assert [article.text[slice(*block)] for block in article.blocks] == [ONE.strip()]


def test_a_folder_is_read_in_order_without_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden.txt", ".git/d.txt", "notes.doc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{ONE}{name}\n")
    articles, skipped = gather(tmp_path)
    assert ([article.id for article in articles], skipped) == (["b", "c"], [])


def test_an_empty_folder(tmp_path: Path) -> None:
    assert gather(tmp_path)[1][0][1].startswith("a folder without articles")


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "picture.txt": (b"\x89PNG\x00\x01\x02" * 50, "binary file"),
    "french.txt": ("Le président a rencontré son homologue allemand à Paris hier soir.".encode(), "French, not one of"),
    "menu.html": (b"<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>", "HTML without an article"),
    "ads.txt": (b"ADVERTISEMENT\nBaca juga: Lima Fakta tentang Selat Hormuz\nBagikan\n", "no article text"),
    "broken.json": (b'{"text": "x"', "broken JSON"),
    "number.json": (b"[1, 2]", "int instead of an object"),
    "notes.csv": (b"name,age\nA,1\n", "no text field"),
    "two.csv": (b"body,content\nx,y\n", "several text fields (body, content)"),
    "page.xml": (b"<?xml version='1.0'?><root><a/></root>", "no RSS or Atom feed"),
    "bomb.xml": (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"l" * 999 + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(20)) + b"]><rss>&u;</rss>",
        "no RSS or Atom feed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_article_is_skipped_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(ONE)
    articles, skipped = gather(tmp_path / name, tmp_path / "zz.txt")
    assert [article.id for article in articles] == ["zz"]
    assert skipped
    assert reason in skipped[0][1]
    assert skipped[0][0] == str(tmp_path / name)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("no/such/file.txt", "no such file or folder"),
        ("ftp://example.org/a.txt", "ftp addresses are not read"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("nul\0.txt", "no usable path"),
    ],
)
def test_names_of_nothing(source: str, reason: str) -> None:
    articles, skipped = gather(source)
    assert (articles, skipped[0][0]) == ([], source)
    assert reason in skipped[0][1]


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_text(ONE)
    os.truncate(path, 50_000_000)  # sparse: a reader that looked inside would find it binary
    assert "larger than 8 MB" in gather(path)[1][0][1]
    path.write_text(ONE * 30_000)
    assert "larger than 2,000,000 characters" in gather(path)[1][0][1]


def test_language_given_or_said_by_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le président a rencontré son homologue allemand à Paris hier soir.")
    assert gather(tmp_path / "a.txt", lang="en")[0][0].language == "en"
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps({"text": ONE, "lang": tag}) for tag in ("in", "fr")))
    articles, skipped = gather(tmp_path / "b.jsonl")
    assert articles[0].language == "id"
    assert "line 2: its language field says 'fr'" in skipped[0][1]
    with pytest.raises(SourceError, match="not a supported language"):
        read([], lang="fr")


def test_ids_are_unique_and_a_text_met_again_is_skipped(tmp_path: Path) -> None:
    for folder, text in (("a", ONE), ("b", TWO), ("c", ONE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(text)
    articles, skipped = gather(tmp_path)
    assert articles[0].id == "index"
    assert articles[1].id == f"index-{articles[1].sha256[:8]}"
    assert "the same text as index" in skipped[0][1]


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    record = {
        "id": 7, "judul": "Prabowo Temui Anwar", "isi": ONE, "tanggal": "2024-05-01 10:00:00",
        "penulis": "Siti Aminah; Budi", "sumber": {"name": "Contoh"}, "url": "https://contoh.example/a",
    }  # fmt: skip
    surrogate = json.dumps({"text": TWO + "\ud800"})
    path.write_text("\n".join([json.dumps(record), '{"text": "half', "", '{"no": "text"}', surrogate, "[" * 99_999]))
    (first, second), skipped = gather(path)
    assert (first.id, first.language, first.headline, first.publisher) == ("7", "id", "Prabowo Temui Anwar", "Contoh")
    assert first.authors == ("Siti Aminah", "Budi")
    assert first.published is not None
    assert first.published.isoformat() == "2024-05-01T10:00:00+07:00"
    assert (first.url, first.text) == ("https://contoh.example/a", ONE)
    assert (len(second.id), second.language) == (16, "en")
    assert [reason.split(":")[0] for _, reason in skipped] == ["line 2", "line 4", "line 6"]


def test_a_file_of_other_json_lines_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text('{"level": "info"}\n' * 500)
    skipped = gather(tmp_path / "log.jsonl")[1]
    assert len(skipped) == 21
    assert "no article in its first 20 lines" in skipped[-1][1]


def test_json(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(
        json.dumps({"text": ONE, "url": "https://contoh.example/2024/kunjungan-anwar.html"})
    )
    (tmp_path / "many.json").write_text(json.dumps({"articles": [{"body": f"<p>{TWO}</p><p>It was their first.</p>"}]}))
    articles, skipped = gather(tmp_path)
    assert ([article.id for article in articles][1], skipped) == ("one", [])
    assert articles[0].text == f"{TWO.strip()}\nIt was their first."


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv(name: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
    out = io.StringIO()
    table = csv.writer(out, delimiter=delimiter)
    table.writerow(["Title", "Content", "URL", "Date"])
    table.writerow(["Talks", TWO, "https://a.example/2024/the-prague-talks/", "2024-05-01"])
    table.writerow(["Empty", "", "", ""])
    (tmp_path / name).write_bytes(out.getvalue().encode(encoding))
    (article,), skipped = gather(tmp_path / name)
    assert article.id.startswith("the-prague-talks-")
    assert (article.text, article.headline) == (TWO, "Talks")
    assert "row 2" in skipped[0][1]


def test_an_open_quote_in_a_csv_ends_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\n1,{TWO.strip()!r}\n2,"' + "x" * 4_100_000)
    assert "perhaps an open quote" in gather(tmp_path / "a.csv")[1][-1][1]


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh Dunia</title>
<item><title>Prabowo Temui Anwar</title><link>https://contoh.example/read/prabowo-temui-anwar</link>
<pubDate>Tue, 06 Oct 2020 14:06:00 +0700</pubDate><author>Siti Aminah</author>
<description>&lt;p&gt;JAKARTA, CONTOH.com – {ONE.strip()}&lt;/p&gt;
&lt;p&gt;Baca juga: &lt;a href="x"&gt;Lima Fakta Selat Hormuz&lt;/a&gt;&lt;/p&gt;
</description></item>
<item><title>Kosong</title></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example World</title>
<entry><title>Talks in Prague</title><id>tag:example,1</id><published>2024-05-01T10:00:00+02:00</published>
<content type="html">&lt;p&gt;{TWO.strip()}&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    (article,), skipped = gather(tmp_path)
    assert article.id.startswith("prabowo-temui-anwar-")
    assert (article.publisher, article.dateline) == ("Contoh Dunia", "JAKARTA")
    assert article.related == ("Lima Fakta Selat Hormuz",)
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert [article.text[slice(*block)] for block in article.blocks] == ["Prabowo Temui Anwar", ONE.strip()]
    assert "entry 2: no text" in skipped[0][1]


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "feed.atom").write_text(ATOM)
    (article,), _ = gather(tmp_path)
    assert (article.id, article.language, article.headline) == ("tag:example,1", "en", "Talks in Prague")
    assert article.published is not None
    assert article.published.isoformat() == "2024-05-01T10:00:00+02:00"


class Pipe:
    """A standard input with bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "count"),
    [(ONE.encode(), 1), (TWO.encode("utf-16"), 1),
     (f'{json.dumps({"text": ONE})}\n{json.dumps({"text": TWO})}'.encode(), 2),
     (json.dumps([{"text": ONE}], indent=1).encode(), 1), (RSS.encode(), 1), (b"", 0)],
)  # fmt: skip
def test_standard_input_is_sniffed(data: bytes, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(data))
    assert len(gather("-")[0]) == count


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE)
    stream = read(iter([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]), on_skip=lambda *_: None)
    assert next(stream).id == "a"
    (tmp_path / "b.txt").write_text(TWO)
    assert next(stream).id == "b"


PARAGRAPHS = "".join(f"<p>{TWO} It was the {n}th time that they spoke there.</p>" for n in range(4, 9))
PAGE = f"""<!doctype html><html><head><title>Talks | Example</title>
<meta property="og:site_name" content="Example World"></head>
<body><article><h1>Leaders meet in Prague</h1>{PARAGRAPHS}
</article></body></html>"""


@pytest.fixture
def site() -> Callable[[str], str]:
    """Serve pages on the loopback interface; return the address of one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/talks": ("text/html; charset=iso-8859-9", PAGE.encode("iso-8859-9")),
                "/feed": ("application/rss+xml", RSS.encode()),
                "/big": ("text/plain", b"x" * 11_000_000),
                "/film": ("video/mp4", b"\0" * 10),
            }
            if self.path.startswith("/to?"):
                self.send_response(302)
                self.send_header("Location", self.path[4:])
                self.end_headers()
            elif self.path in answers:
                kind, data = answers[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(data)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    server.shutdown()
    server.server_close()


def test_addresses(site: Callable[[str], str]) -> None:
    (page, entry), skipped = gather(site("/to?/talks"), site("/feed"))
    assert [source for source, _ in skipped] == [site("/feed")]  # its second entry
    assert page.id.startswith("talks-")
    assert page.headline is not None
    assert "Türkiye" in page.text
    assert page.url == site("/talks")
    assert entry.headline == "Prabowo Temui Anwar"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "answers 404"),
        ("/big", "larger than 10,000,000 bytes"),
        ("/film", "video/mp4 is no article"),
        ("/to?file:///etc/passwd", "answers 302"),
        ("/to?ftp://127.0.0.1/a", "redirects to what is no web page"),
        ("/to?/to?/to?", "answers 404"),
    ],
)
def test_addresses_that_are_no_article(path: str, reason: str, site: Callable[[str], str]) -> None:
    articles, skipped = gather(site(path))
    assert articles == []
    assert reason in skipped[0][1]


def test_an_address_where_nobody_listens() -> None:
    assert "cannot be reached" in gather("http://127.0.0.1:9/a")[1][0][1]
