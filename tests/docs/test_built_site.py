"""The site as it is built: strictly, without a network, no link leading nowhere, its search working from a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kg.cli import app
from kg.graph import queries

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "kg" / "docs"
pytestmark = [pytest.mark.slow, pytest.mark.weights]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material is not installed: pip install -e '.[docs]'")
    made = tmp_path_factory.mktemp("site") / "site"
    command = ("build", "--strict", "-f", str(DOCS / "site" / "mkdocs.yml"), "-d", str(made))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *command],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "http_proxy": "http://127.0.0.1:9",
            "https_proxy": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return made


class Page(HTMLParser):
    """The addresses and anchors of a page, and its heading."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids |= {told["id"] or ""} if "id" in told else set()
        self.links += [told["href"] or ""] if tag == "a" and "href" in told else []
        self.loaded += [
            told[name] or "" for name in ("src", "href") if tag in ("script", "img", "link") and name in told
        ]


def test_every_document_has_its_page(site: Path) -> None:
    wanted = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md") if "site" not in path.parts}
    assert {path for path in wanted if not (site / path).exists()} == set()
    for command in app.registered_commands:
        assert f"Usage: kg {command.callback.__name__}" in (
            site / "commands" / f"{command.callback.__name__}.html"
        ).read_text("utf-8")
    cookbook = (site / "cookbook.html").read_text("utf-8")
    assert cookbook.count("<details") == len(queries.names()) and "???" not in cookbook
    assert 'lang="id"' in (site / "id" / "tutorial.html").read_text("utf-8")


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = {path: Page(path) for path in site.rglob("*.html")}
    assert len(pages) > 40
    for path, page in pages.items():
        if path.name == "404.html":  # its addresses are absolute: it stands for any
            continue
        elsewhere = [one for one in page.loaded if urlsplit(one).scheme not in ("", "data")]
        assert elsewhere == [], path
        for address in (*page.links, *page.loaded):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = there / "index.html" if there.is_dir() else there
            assert there.exists(), f"{path.relative_to(site)}: {address}"
            if parts.fragment and there in pages:
                assert unquote(parts.fragment) in pages[there].ids | {"__comments"}, (
                    f"{path.relative_to(site)}: {address}"
                )


def test_a_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    def others(path: str) -> list[str]:
        return re.findall(r'<a href="([^"]+)" hreflang="(?:id|en)"', (site / path).read_text("utf-8"))

    assert others("tutorial.html") == ["tutorial.html", "id/tutorial.html"]
    assert others("id/cookbook.html") == ["cookbook.html", "../cookbook.html"]
    assert others("commands/build.html") == ["build.html", "../id/index.html"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("start", "words", "found"),
    [("index.html", "reconcile", "reconcile"), ("id/index.html", "mengunjungi", "Ontologi")],
)
def test_the_search_works_from_a_file(site: Path, browser, start: str, words: str, found: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / start).as_uri())
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").press_sequentially(words)
    first = page.locator(".md-search-result__item").first
    first.wait_for()
    assert found in page.locator(".md-search-result__list").inner_text()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.close()


@pytest.mark.browser
def test_no_page_is_wider_than_a_phone(site: Path, browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    for name in (
        "index.html",
        "tutorial.html",
        "cookbook.html",
        "commands/build.html",
        "id/index.html",
        "id/tutorial.html",
        "id/ontology.html",
    ):
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.close()
