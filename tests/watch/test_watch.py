"""Feeds over a server of our own: what is asked twice, what is not, and who is left alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import SourceError
from kg.graph.store import Store
from kg.ingest import robots, web
from kg.watch import Watch, addresses, rounds

BODY = "".join(
    f"<p>The talks were the {n}th that both sides held there, and they will be held again.</p>" for n in range(4, 9)
)


def page(title: str, lead: str) -> bytes:
    return f"<!doctype html><html><body><article><h1>{title}</h1><p>{lead}</p>{BODY}</article></body></html>".encode()


class Site:
    """Answers by path: (status, headers, body); counts who asked what."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        self.slow: set[str] = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path in site.slow:
                    time.sleep(1.5)
                status, headers, body = site.answers.get(self.path, (404, {}, b""))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                if headers.get("Last-Modified") and self.headers.get("If-Modified-Since") == headers["Last-Modified"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def feed(self, path: str, *entries: tuple[str, str], text: str = "", **headers: str) -> str:
        """Serve a feed of (path, title); return its address."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.at(of)}</link><guid>{self.at(of)}</guid>"
            f"<pubDate>Tue, 08 Sep 2020 07:06:00 GMT</pubDate><description>{text}</description></item>"
            for of, title in entries
        )
        told = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Ours</title>{items}</channel></rss>'
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": "application/rss+xml", **named}, told.encode())
        return self.at(path)

    def article(self, path: str, title: str, lead: str) -> None:
        self.answers[path] = (200, {}, page(title, lead))

    def since(self) -> list[str]:
        """Return what was asked since one last looked, but for robots.txt."""
        asked, self.asked = [path for path in self.asked if path != "/robots.txt"], []
        return asked


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(robots, "PAUSE", 0.0)
    site = Site()
    site.article("/a/first-visit", "A visit", "The president of Turkey visited Armenia on Monday.")
    site.article("/a/second-visit", "Another", "The president of Turkey visited Georgia on Tuesday.")
    yield site
    site.server.shutdown()
    site.server.server_close()


class Heard:
    """A watch that reads fast, what it complained of, and a clock of its own."""

    def __init__(self, store: Path, *feeds: str, **options: object) -> None:
        self.said: list[tuple[str, str]] = []
        self.time = 1_600_000_000.0
        self.watch = Watch(
            feeds, store, fast=True, on_skip=lambda *what: self.said.append(what), now=lambda: self.time, **options
        )
        self.round = self.watch.round


FIRST, SECOND = ("/a/first-visit", "A visit"), ("/a/second-visit", "Another")


def urls(store: Path) -> list[str]:
    with Store.open(store, read_only=True) as opened:
        answer = opened.query("SELECT ?u { ?a schema:url ?u ; schema:datePublished ?d } ORDER BY ?u")
        return [row[0].value.rpartition("/")[2] for row in answer.rows]


@pytest.mark.weights
def test_only_what_changed_is_fetched_again(site: Site, tmp_path: Path) -> None:
    store = tmp_path / "s"
    feed = site.feed("/feed", FIRST, ETag='"one"')
    told = Heard(store, feed).round()
    assert (told.articles, told.unchanged) == (1, 0) and told.statements > 0
    assert site.since() == ["/feed", "/a/first-visit"]
    told = Heard(store, feed).round()  # as another process would, by what stands beside the store
    assert (told.articles, told.unchanged) == (0, 1)
    assert site.since() == ["/feed"]
    site.feed("/feed", SECOND, FIRST, ETag='"two"')
    told = Heard(store, feed).round()
    assert (told.articles, told.known) == (1, 0)
    assert site.since() == ["/feed", "/a/second-visit"]
    site.feed("/feed", SECOND, ("/a/first-visit", "A visit, corrected"), ETag='"three"')
    assert Heard(store, feed).round().known == 1  # the page is as it was
    assert site.since() == ["/feed", "/a/first-visit"]
    assert urls(store) == ["first-visit", "second-visit"]
    (tmp_path / "s").rename(tmp_path / "gone")
    assert Heard(store, feed).round().articles == 2  # a store that is not there has seen nothing


@pytest.mark.weights
def test_a_feed_that_fails_stops_no_other(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.3)
    site.answers["/broken"] = (200, {"Content-Type": "application/xml"}, b"<rss><channel><item><title>x")
    site.answers["/empty"] = (200, {"Content-Type": "text/html"}, b"<html><body>No feed</body></html>")
    site.answers["/private/feed"] = site.answers["/broken"]
    site.answers["/robots.txt"] = (200, {}, b"User-agent: newskg\nDisallow: /private*\nAllow: /\n")
    site.feed("/slow", SECOND)
    site.slow.add("/slow")
    good = site.feed("/feed", FIRST, ("/private/page", "Not for us"), Last_Modified="Tue, 06 Oct 2020 08:00:00 GMT")
    bad = [site.at(path) for path in ("/empty", "/private/feed", "/slow", "/gone")]
    heard = Heard(tmp_path / "s", *bad, good, "http://127.0.0.1:9/feed")
    told = heard.round()
    assert (told.feeds, told.failed, told.articles, told.skipped) == (6, 5, 1, 1)
    reasons = dict(heard.said)
    assert set(reasons) == {*bad, "http://127.0.0.1:9/feed", site.at("/private/page")}
    assert robots.FORBIDDEN in reasons[site.at("/private/feed")] and "404" in reasons[site.at("/gone")]
    assert "/private/feed" not in site.asked and "/private/page" not in site.asked
    site.since()
    told = heard.round()  # at once: those that failed are left alone, longer each time
    assert (told.resting, told.unchanged, site.since()) == (5, 1, ["/feed"])
    heard.time += 15 * 60
    assert heard.round().failed == 5
    heard.time += 15 * 60
    assert heard.round().resting == 5


@pytest.mark.weights
@pytest.mark.parametrize("wish", ["7200", "Sun, 13 Sep 2020 14:26:40 GMT"])
def test_who_wants_rest_gets_it(site: Site, tmp_path: Path, wish: str) -> None:
    feed = site.feed("/feed", FIRST, SECOND, ETag='"one"')
    site.answers["/a/first-visit"], was = (429, {"Retry-After": wish}, b""), site.answers["/a/first-visit"]
    told = Heard(tmp_path / "s", feed).round()
    assert (told.articles, told.later, told.skipped) == (0, 2, 0)
    assert site.since() == ["/feed", "/a/first-visit"]  # and not the second page of the same site
    heard = Heard(tmp_path / "s", feed)
    heard.time += 7000
    assert heard.round().resting == 1 and site.since() == []
    heard.time += 201
    site.answers["/a/first-visit"] = was
    assert heard.round().articles == 2


@pytest.mark.weights
def test_a_page_that_fails_for_now_is_tried_again(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/feed", FIRST, SECOND, ETag='"one"')
    site.answers["/a/first-visit"] = (500, {}, b"")
    heard = Heard(tmp_path / "s", feed)
    told = heard.round()
    assert (told.articles, told.later) == (1, 1)
    site.since()
    for _ in range(4):
        told = heard.round()
        assert site.since() == ["/feed", "/a/first-visit"]  # by the whole feed, without its ETag
    assert (told.later, told.skipped) == (0, 1)
    assert heard.round().unchanged == 1 and site.since() == ["/feed"]


@pytest.mark.weights
def test_the_feeds_own_text(site: Site, tmp_path: Path) -> None:
    text = "The president of Turkey visited Armenia on Monday. " + "Both sides spoke of trade and of the border. " * 10
    feed = site.feed("/feed", FIRST, ("/a/gone", "Gone"), text=text)
    told = Heard(tmp_path / "s", feed, pages=False).round()
    assert told.articles == 2 and site.since() == ["/feed"]
    told = Heard(tmp_path / "t", feed).round()
    assert told.articles == 2 and site.since() == ["/feed", "/a/first-visit", "/a/gone"]
    assert urls(tmp_path / "t") == urls(tmp_path / "s") == ["first-visit", "gone"]


@pytest.mark.weights
def test_a_page_that_two_feeds_have_is_fetched_once(site: Site, tmp_path: Path) -> None:
    feeds = site.feed("/all", FIRST, SECOND), site.feed("/politics", SECOND, FIRST)
    told = Heard(tmp_path / "s", *feeds).round()
    assert (told.articles, told.later) == (2, 0)
    assert site.since() == ["/all", "/politics", "/a/first-visit", "/a/second-visit"]
    told = Heard(tmp_path / "s", *feeds).round()
    assert told.articles == 0 and site.since() == ["/all", "/politics"]
    site.answers["/a/first-visit"] = (500, {}, b"")
    told = Heard(tmp_path / "t", *feeds).round()
    assert (told.articles, told.later) == (1, 2)  # of both feeds
    site.since()
    Heard(tmp_path / "t", *feeds).round()
    assert site.since() == ["/all", "/politics", "/a/first-visit"]


@pytest.mark.weights
def test_a_feed_without_end_takes_its_turn(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "MOST_NEW", 1)
    feed = site.feed("/feed", FIRST, SECOND, ETag='"one"')
    told = Heard(tmp_path / "s", feed).round()
    assert (told.articles, told.later) == (1, 1)
    told = Heard(tmp_path / "s", feed).round()  # it tells of the rest again
    assert (told.articles, told.later) == (1, 0)
    assert site.since() == ["/feed", "/a/first-visit", "/feed", "/a/second-visit"]
    assert Heard(tmp_path / "s", feed).round().unchanged == 1


@pytest.mark.weights
def test_a_feed_that_is_quiet_for_months_is_not_fetched_anew(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/feed", FIRST, ETag='"one"')
    heard = Heard(tmp_path / "s", feed)
    heard.round()
    for _ in range(3):
        heard.time += 20 * 24 * 3600
        assert heard.round().unchanged == 1
    site.since()
    site.feed("/feed", SECOND, FIRST, ETag='"two"')
    assert heard.round().articles == 1 and site.since() == ["/feed", "/a/second-visit"]


@pytest.mark.weights
def test_where_an_address_leads_has_its_own_rules(site: Site, tmp_path: Path) -> None:
    other = Site()
    other.article("/a/first-visit", "A visit", "The president of Turkey visited Armenia on Monday.")
    other.article("/shut/page", "Shut", "The president of Turkey visited Georgia on Monday.")
    other.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /shut/\n")
    site.answers["/go/1"] = (302, {"Location": other.at("/a/first-visit")}, b"")
    site.answers["/go/2"] = (301, {"Location": other.at("/shut/page")}, b"")
    site.answers["/moved"] = (301, {"Location": other.at("/shut/feed")}, b"")
    heard = Heard(tmp_path / "s", site.feed("/feed", ("/go/1", "A visit"), ("/go/2", "Shut")), site.at("/moved"))
    told = heard.round()
    assert (told.articles, told.skipped, told.failed) == (1, 1, 1)
    assert other.since() == ["/a/first-visit"]
    assert dict(heard.said) == {site.at("/go/2"): robots.FORBIDDEN, site.at("/moved"): robots.FORBIDDEN}
    other.server.shutdown()
    other.server.server_close()


@pytest.mark.weights
def test_a_feed_that_lies(site: Site, tmp_path: Path) -> None:
    site.article("/a/caf%C3%A9", "Caf\u00e9", "The president of Turkey visited Armenia on Monday.")
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>1</guid>"
        f"<pubDate>Tue, 06 Oct {year} 07:06:00 GMT</pubDate><description>{text}</description></item>"
        for title, link, year, text in (
            ("Caf\u00e9", "/a/caf\u00e9", 2020, ""),  # no host, and a letter that addresses do not have
            ("A visit", "/a/first-visit", 2020, ""),  # the same id as the others
            ("Tomorrow", "/a/gone", 2199, "The president of Turkey visited Peru. " * 20),
            ("Nowhere", "http://[", 2020, ""),
            ("Here", "file:///etc/hostname", 2020, ""),
            ("Far", "http://127.0.0.1:99999/", 2020, ""),
        )
    )
    told = f'<rss version="2.0"><channel><title>Ours</title>{items}</channel></rss>'
    site.answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, told.encode())
    heard = Heard(tmp_path / "s", site.at("/feed"))
    found = heard.round()
    assert (found.articles, found.skipped, found.later) == (3, 2, 1)
    assert "/a/caf%C3%A9" in site.asked and "/a/first-visit" in site.asked
    with Store.open(tmp_path / "s", read_only=True) as store:
        days = {str(row[0].value)[:4] for row in store.query("SELECT ?d { ?a schema:datePublished ?d }").rows}
    assert "2199" not in days


def test_lists_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("# ours\nhttps://a.example/rss  # the first\n\nhttps://b.example/rss#top\n")
    (tmp_path / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="x"><outline xmlUrl="https://c.example/rss"/></outline></body></opml>'
    )
    given = [str(tmp_path / "feeds.txt"), str(tmp_path / "feeds.opml"), "https://a.example/rss"]
    assert addresses(given) == ["https://a.example/rss", "https://b.example/rss#top", "https://c.example/rss"]
    (tmp_path / "none.txt").write_text("\n")
    (tmp_path / "page.html").write_text("<html>")
    for wrong in ("none.txt", "page.html", "missing.txt"):
        with pytest.raises(SourceError, match=wrong):
            addresses([str(tmp_path / wrong)])
    with pytest.raises(SourceError, match="ftp://a"):
        addresses(["ftp://a.example/rss"])


@pytest.mark.weights
def test_the_command(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, store = site.feed("/feed", FIRST, ETag='"one"'), str(tmp_path / "s")
    assert main(["watch", feed, site.at("/gone"), "--store", store, "--once", "--fast"]) == 0
    said = capsys.readouterr().err
    assert f"kg: skipped {site.at('/gone')}: the server answers 404" in said
    assert "2 feeds (1 failed): 1 article, " in said
    assert main(["watch", site.at("/gone"), "--store", store, "--once", "--fast"]) == 1
    (tmp_path / "s.watch.json").write_text("{}")
    assert main(["watch", feed, "--store", store, "--once", "--fast"]) == 1
    assert "s.watch.json: not what a watch" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.weights
def test_ctrl_c_says_what_is_kept(site: Site, tmp_path: Path) -> None:
    feed, store = site.feed("/feed", FIRST, ETag='"one"'), tmp_path / "s"
    command = [sys.executable, "-m", "kg", "watch", feed, "--store", str(store), "--fast"]
    for end in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert process.stderr is not None
        assert "1 feed" in process.stderr.readline()
        process.send_signal(end)
        said = process.stderr.read()
        assert process.wait(60) == 130
        assert "stopped: " in said and str(store) in said
    assert "nothing new" in said
    assert json.loads(tmp_path.joinpath("s.watch.json").read_text())["feeds"][feed]["etag"] == '"one"'
