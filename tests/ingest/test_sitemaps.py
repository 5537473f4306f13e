"""Sitemaps: the pages of their own site, at the pace and within the rules that it sets."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.ingest import read, robots, sitemaps
from kg.model import Article

TWO = "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to meet again."
BODY = "".join(f"<p>{TWO} It was the {n}th time that they spoke there.</p>" for n in range(4, 9))
RULES = "User-agent: *\nDisallow: /private\n"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n'
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def page(title: str) -> bytes:
    return f"<!doctype html><html><body><article><h1>{title}</h1>{BODY}</article></body></html>".encode()


def sitemap(*addresses: str, day: str = "2020-10-06T14:06:00+07:00") -> str:
    news = f"<news:news><news:publication_date>{day}</news:publication_date><news:title>x</news:title></news:news>"
    urls = "".join(f"<url><loc> {address} </loc><lastmod>2024-01-01</lastmod>{news}</url>" for address in addresses)
    return f"{HEAD}<urlset {SPACES}>{urls}</urlset>"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Serve pages on the loopback interface; return the address of one, or take answers: site({path: bytes})."""
    monkeypatch.setattr(robots, "PAUSE", 0.0)
    answers: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in answers else 503 if "/broken" in answers else 404)
            kind = "application/x-gzip" if self.path.endswith(".gz") else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(answers.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def at(what: str | dict[str, bytes]) -> str:
        if isinstance(what, dict):
            answers.update(what)
        return f"http://127.0.0.1:{server.server_port}{what if isinstance(what, str) else ''}"

    yield at
    server.shutdown()
    server.server_close()


def gather(source: str | Path) -> tuple[list[Article], list[tuple[str, str]]]:
    skipped: list[tuple[str, str]] = []
    return list(read([source], on_skip=lambda *what: skipped.append(what))), skipped


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_sitemap(packed: bool, site: Callable[..., str]) -> None:
    addresses = [site(path) for path in ("/2020/first-talks", "/private/talks", "/gone", "/2020/first-talks")]
    text = sitemap(*addresses, "http://other.example/talks", "http://[")
    name = "/sitemap.xml.gz" if packed else "/sitemap.xml"
    data = gzip.compress(text.encode()) if packed else text.encode()
    site({name: data, "/2020/first-talks": page("First talks"), "/robots.txt": RULES.encode()})
    (article,), skipped = gather(site(name))
    assert (article.headline, article.url) == ("First talks", addresses[0])
    assert article.id.startswith("first-talks-")
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert [source for source, _ in skipped] == [site(name), addresses[1], addresses[2]]
    assert skipped[0][1] == sitemaps.OTHER_SITE.format(2)
    assert skipped[1][1] == robots.FORBIDDEN
    assert "answers 404" in skipped[2][1]


def test_a_sitemap_in_a_file(tmp_path: Path, site: Callable[..., str]) -> None:
    site({"/talks": page("Talks in Prague")})  # and no robots.txt, which lets all be read
    path = tmp_path / "sitemap.xml"
    path.write_text(sitemap(site("/talks"), "file:///etc/passwd", "http://["))
    (article,), skipped = gather(path)
    assert article.headline == "Talks in Prague"
    assert [source for source, _ in skipped] == ["file:///etc/passwd", "http://["]


def test_a_site_whose_rules_cannot_be_told_is_not_read(site: Callable[..., str]) -> None:
    site({"/sitemap.xml": sitemap(site("/talks"), site("/more")).encode(), "/talks": page("Talks"), "/broken": b""})
    articles, skipped = gather(site("/sitemap.xml"))
    assert articles == []
    assert all("answers 503" in reason for _, reason in skipped) and len(skipped) == 2


def test_the_pace_is_the_sites_within_bounds(site: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    for rules, expected in ((b"User-agent: *\nCrawl-delay: 7", 7), (b"User-agent: *\nCrawl-delay: 900", 30), (b"", 1)):
        monkeypatch.setattr(robots, "PAUSE", 1.0)
        site({"/robots.txt": rules})
        found = robots.Robots(site(""))
        waited.clear()
        found.wait(site("/a"))
        assert waited == []
        found.wait(site("/b"))
        assert expected - 1 < waited[0] <= expected


def test_a_sitemap_is_not_followed_into_another(site: Callable[..., str]) -> None:
    site({"/sitemap.xml": sitemap(site("/sitemap.xml")).encode()})
    articles, skipped = gather(site("/sitemap.xml"))
    assert articles == [] and "another one lists" in skipped[0][1]


def test_no_more_pages_than_a_news_sitemap_has(site: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 1)
    site({"/sitemap.xml": sitemap(site("/a"), site("/b")).encode(), "/a": page("Talks a"), "/b": page("Talks b")})
    (article,), skipped = gather(site("/sitemap.xml"))
    assert article.headline == "Talks a"
    assert skipped == [(site("/sitemap.xml"), sitemaps.TOO_MANY)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{HEAD}<urlset {SPACES}></urlset>", sitemaps.NO_PAGES),
        (f"{HEAD}<urlset {SPACES}><url>", sitemaps.BROKEN),
        (
            f"{HEAD}<sitemapindex {SPACES}><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>",
            sitemaps.INDEX.format(1, "https://a.example/1.xml"),
        ),
    ],
)
def test_sitemaps_without_pages(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text(text)
    assert gather(tmp_path / "sitemap.xml") == ([], [(str(tmp_path / "sitemap.xml"), reason)])
