"""The explorer over each engine, in a browser: the served page, and the page in a file."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from web.running import answered, served

from endpoint.engines import Engine
from kg.endpoint import Address
from kg.pipeline import remote

pytestmark = pytest.mark.browser


def test_the_explorer_shows_an_endpoint_and_what_is_new_there(browser, engine: Engine, two: Path, tmp_path: Path):
    address = Address.parse(engine.url)
    remote.load(two, address)
    with served(f"sparql+{engine.url}") as url, httpx.Client(base_url=url, timeout=180) as client:
        there = answered(client, "/explore/overview.json").json()
        assert "Azerbaijan" in there["actors"]["name"]
        rows = client.get("/queries/visits", headers={"Accept": "text/csv"}).text
        assert "Cavusoglu" in rows
        tab = browser.new_page()
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto(f"{url}/explore#focus={there['actors']['id'][there['actors']['name'].index('Azerbaijan')]}")
        tab.locator("#panel", has_text="Azerbaijan").wait_for()
        tab.screenshot(path=str(tmp_path / "served.png"))
        assert wrong == []
        tab.close()


def test_a_page_of_an_endpoint_opens_without_a_network(browser, engine: Engine, two: Path, tmp_path: Path):
    address = Address.parse(engine.url)
    remote.load(two, address)
    page = tmp_path / "page.html"
    graph = remote.read(address)
    graph.explore(page, title=address.name)
    graph.close()
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.locator("#panel", has_text="Azerbaijan").wait_for()
    tab.close()
