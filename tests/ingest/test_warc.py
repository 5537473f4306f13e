"""Web archives: each page with an article, by its address; what is no page is passed over, and a break is told."""

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.ingest import read, warc
from kg.ingest.streams import GZIP, Unpacked

PARAGRAPH = (
    "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to meet again in spring."
)


def page(title: str) -> bytes:
    body = "".join(f"<p>{PARAGRAPH} {n}.</p>" for n in range(3))
    text = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return text.encode("iso-8859-9")


RECORDS = (  # address, content type, status, body
    ("https://news.example/robots.txt", "text/plain", "200 OK", b"User-agent: *"),
    ("https://news.example/2020/first-talks", "text/html; charset=iso-8859-9", "200 OK", page("First talks")),
    ("https://news.example/map.png", "image/png", "200 OK", b"\x89PNG"),
    ("https://news.example/gone", "text/html", "404 Not Found", page("Gone")),
    ("https://news.example/menu", "text/html", "200 OK", b"<html><body><nav>Home</nav></body></html>"),
    ("https://news.example/2020/second-talks", "text/html; charset=iso-8859-9", "200 OK", page("Second talks")),
)


def archive(*, packed: bool, records: tuple[tuple[str, str, str, bytes], ...] = RECORDS) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for address, kind, status, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return out.getvalue()


def gather(path: Path) -> tuple[list, list[tuple[str, str]]]:
    skipped: list[tuple[str, str]] = []
    return list(read([path], on_skip=lambda *what: skipped.append(what))), skipped


FORMS = {
    "a.warc": archive(packed=False),
    "a.warc.gz": archive(packed=True),
    "b.warc.gz": gzip.compress(archive(packed=False)),  # in one piece, which warcio alone refuses
    "noending": archive(packed=True),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_articles_of_an_archive(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[name])
    articles, skipped = gather(path)
    assert [article.url for article in articles] == [RECORDS[1][0], RECORDS[5][0]]
    assert [article.headline for article in articles] == ["First talks", "Second talks"]
    assert articles[0].id.startswith("first-talks-") and articles[0].path == str(path)
    assert PARAGRAPH in articles[0].text
    assert skipped == [(str(path), "1 of its 3 pages hold no article that could be read; -v tells which")]
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("packed", [False, True])
def test_what_stands_before_a_break_is_read(packed: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = archive(packed=packed)
    path = tmp_path / "a.warc"
    path.write_bytes(whole[: len(whole) - 60])
    articles, skipped = gather(path)
    assert [article.headline for article in articles] == ["First talks"]
    said = " ".join(reason for _, reason in skipped)
    assert ("breaks off (it is cut off)" if packed else "2 of its 3 pages") in said
    path.write_bytes(whole[: len(whole) // 3] + b"\0" * 5_000)
    assert gather(path)[1]
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive(packed=False, records=RECORDS[:1]), warc.NO_PAGE),
        (b"nothing of the kind", "no web archive that can be read"),
        (gzip.compress(b"nothing of the kind", mtime=0), "no web archive that can be read"),
        (GZIP + b"broken", "breaks off"),
        (b"WARC/1.0\r\n", "web archive"),
    ],
)
def test_what_is_no_archive_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    articles, skipped = gather(path)
    assert articles == [] and skipped
    assert reason in skipped[0][1] and "\n" not in skipped[0][1]


def test_texts_that_were_taken_out_of_pages(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            "https://news.example/a-text",
            "conversion",
            payload=io.BytesIO(f"{PARAGRAPH}\n".encode()),
            warc_content_type="text/plain",
        )
    )
    path = tmp_path / "x.warc.gz"
    path.write_bytes(out.getvalue())
    ((article,), skipped) = gather(path)
    assert (article.text, article.url, skipped) == (f"{PARAGRAPH}\n", "https://news.example/a-text", [])


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_gzip_in_pieces_is_unpacked_whole(size: int) -> None:
    parts = [b"a" * 300_000, b"", b"bc" * 70_000]
    stream = Unpacked(io.BytesIO(b"".join(map(gzip.compress, parts)) + b"\0" * 500))
    found = b"".join(iter(lambda: stream.read(size * 1_000), b""))
    assert (found, stream.broken) == (b"".join(parts), "")
