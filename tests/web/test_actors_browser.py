"""The page of who is who in a browser: review by keyboard, merge, split, undo; narrow, in both languages, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.actors.judgements import Judgements
from kg.pipeline.who import judgements_file
from web.running import served
from web.who_store import made

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("who") / "news")


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with served(folder, "--write", "--token", "secret") as address:
        yield address


@pytest.fixture
def tab(browser, url: str):
    """A page that must raise no error and ask nobody else."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: request.url.startswith((url, "data:")) or wrong.append(request.url))
    yield page
    page.close()
    assert [text for text in wrong if "401" not in text and "409" not in text] == []


def sign(tab, token: str = "secret") -> None:
    tab.fill("#token", token)
    tab.press("#token", "Enter")


def verdicts(folder: Path) -> list[str]:
    return [one.verdict for one in Judgements.read(judgements_file(folder))]


def test_doubtful_pairs_are_reviewed_by_keyboard(tab, url: str, folder: Path) -> None:
    tab.goto(f"{url}/actors")
    tab.wait_for_selector(".pair .side:nth-child(2) mark")
    left = tab.inner_text("#left")
    assert left.startswith("2 ") and tab.is_disabled("[data-answer=same]")
    tab.keyboard.press("y")  # without the token nothing happens
    assert tab.inner_text("#left") == left
    sign(tab)
    assert tab.is_enabled("[data-answer=same]")
    tab.locator("h1").click()  # out of the field
    first = tab.inner_text(".pair")
    tab.keyboard.press("s")
    assert tab.inner_text(".pair") != first
    tab.keyboard.press("y")
    tab.locator("#status", has_text="1 judged").wait_for()
    assert verdicts(folder) == ["same"]
    tab.locator("#left", has_text="skipped").wait_for()
    tab.click("#pair button")
    tab.wait_for_selector(".pair")
    assert tab.inner_text(".pair") == first
    tab.keyboard.press("n")
    tab.locator("#left", has_text="No doubtful pair").wait_for()
    tab.locator("#status", has_text="1 judged").wait_for()
    assert verdicts(folder) == ["same", "different"]
    tab.keyboard.press("u")
    tab.locator("#status", has_text="Undone: 1").wait_for()
    assert tab.inner_text(".pair") == first and verdicts(folder) == ["same"]
    tab.click("[data-view=judged]")
    tab.locator("#judged td", has_text="Same").wait_for()
    tab.click("#judged button")
    tab.locator("#judged", has_text="Nothing has been judged").wait_for()
    assert verdicts(folder) == []


def test_actors_are_merged_split_and_undone(tab, url: str, folder: Path) -> None:
    tab.goto(f"{url}/actors#actors")
    sign(tab)
    tab.wait_for_selector("#list td")
    tab.fill("#q", "wibis")
    tab.locator("#list p", has_text="1 of 1").wait_for()
    tab.click("#list a")
    tab.locator("#actor td", has_text="Tarok Wibisana = Tarok Wibisna").first.wait_for()
    tab.fill("#with", "Lalang Zelanskyy")
    tab.press("#with", "Enter")
    tab.locator("#actor td", has_text="judged the same").first.wait_for()
    assert "Lalang Zelansky" in tab.inner_text("#actor")
    assert verdicts(folder) and set(verdicts(folder)) == {"same"}
    tab.click("[data-view=judged]")
    tab.click("#judged button")
    tab.locator("#judged", has_text="Nothing has been judged").wait_for()
    tab.go_back()
    tab.locator("#actor h2", has_text="Tarok Wibisana").wait_for()
    assert "Zelansky" not in tab.inner_text("#actor")
    tab.check("#actor input[value='Tarok Wibisna']")
    tab.click("#actor button.judge >> nth=0")
    tab.locator("#status", has_text="Split from").wait_for()
    assert "different" in verdicts(folder)
    assert tab.locator("#actor input[value='Tarok Wibisna']").count() == 0
    tab.fill("#with", "Nobody At All")
    tab.press("#with", "Enter")
    tab.locator("#status.error", has_text="Nobody At All").wait_for()
    tab.click("[data-view=judged]")
    tab.click("#judged button")
    tab.locator("#judged", has_text="Nothing has been judged").wait_for()


def test_a_wrong_token_is_said_and_asked_again(tab, url: str, folder: Path) -> None:
    tab.goto(f"{url}/actors")
    tab.wait_for_selector(".pair")
    sign(tab, "wrong")
    tab.click("[data-answer=different]")
    tab.locator("#status.error", has_text="wrong").wait_for()
    tab.wait_for_selector("#sign")
    tab.locator("#left", has_text="2 ").wait_for()  # the pair came back
    assert verdicts(folder) == []


def test_a_telephone_and_both_languages(tab, url: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    for address in ("", "#actors", "#judged"):
        for lang, title in (("en", "Who is who"), ("id", "Siapa itu siapa")):
            tab.goto("about:blank")
            tab.goto(f"{url}/actors?lang={lang}{address}")
            assert tab.inner_text("h1") == title
            tab.wait_for_selector("section:not([hidden]) :is(.side, td, p)")
            assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.goto(f"{url}/actors?lang=id")
    tab.locator(".why", has_text="Karena").wait_for()
    assert "(bunyi)" in tab.inner_text(".why")
    tab.click("#other")
    tab.locator(".why", has_text="(sound)").wait_for()


def test_a_reader_sees_all_and_judges_nothing(browser, tmp_path: Path) -> None:
    with served(made(tmp_path / "news")) as address:
        page = browser.new_page()
        page.goto(f"{address}/actors")
        page.wait_for_selector(".pair")
        assert page.is_visible("#read-only") and not page.is_visible("#sign")
        assert page.is_disabled("[data-answer=same]") and page.is_enabled("[data-answer=skip]")
        page.close()
