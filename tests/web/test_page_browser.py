"""The query page in a browser: it asks, shows a table and a graph, and its policy lets in what it needs and no more."""

from __future__ import annotations

import pytest

from web.conftest import Server

pytestmark = pytest.mark.browser


def test_the_page_asks_and_shows(browser, reader: Server) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reader.url)
    page.click("text=Run")
    page.wait_for_selector("#table td")
    assert "Azerbaijan" in page.inner_text("#table") or "AZ" in page.inner_text("#table")
    page.wait_for_selector("#named option[value=about]", state="attached")
    page.select_option("#named", "about")
    page.fill("#parameters input[name=actor]", "Turkey")
    page.click("text=Run")
    page.locator("#table", has_text="supports").wait_for()  # and no wait_for_function: the policy forbids eval
    page.click("#as-graph")
    page.wait_for_selector("#graph svg circle")
    assert "Armenia" in page.inner_html("#graph")
    page.fill("#query", "CONSTRUCT { ?a kg:visits ?b } WHERE { ?a kg:visits ?b }")
    page.click("text=Run")
    page.locator("#status", has_text="1 rows").wait_for()
    assert page.locator("#graph svg circle").count() == 2
    page.fill("#query", "SELECT ?x {")
    page.click("text=Run")
    page.wait_for_selector("#status.error")
    assert "parse" in page.inner_text("#status")
    assert all(url.startswith((reader.url, "data:")) for url in asked)
    assert [text for text in said if "400" not in text] == []
    page.close()


@pytest.mark.parametrize(
    "typed", ['" } } SELECT * { { FILTER("', "\\", '\\"', "$&", "a\nb", "<img src=x onerror=alert(1)>"]
)
def test_what_is_typed_stays_a_name(browser, reader: Server, typed: str) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(reader.url)
    page.wait_for_selector("#named option[value=about]", state="attached")
    page.select_option("#named", "about")
    page.fill("#parameters input[name=actor]", typed)
    page.click("text=Run")
    page.locator("#status", has_text="0 rows,").wait_for()
    assert page.query_selector("#status.error") is None
    page.close()
