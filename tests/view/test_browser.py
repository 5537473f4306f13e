"""The page in a real browser, opened from disk."""
from __future__ import annotations

import pytest
from made import LABELS, rows

from kg.view import Actor, Row, page

pytestmark = pytest.mark.browser
NASTY = "<img src=x onerror=\"window.__xss=1\"></script><script>window.__xss=1</script>{{7*7}}"
TURKEY = Actor("e/country/TR", "Turki", "Country", ("Türkiye", "Turki"))
BAKU = Actor("e/place/baku", "Baku", "Place", ("Baku",))
VISIT = Row(TURKEY, "visits", BAKU, "planned", "2020-10-06", sentence="Turki akan mengunjungi Baku.", article="a",
            headline="Kunjungan ke Baku", url="https://news.example/baku", publisher="Kompas.com",
            published="2020-10-06T14:06:00+07:00", language="id")


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens rows as a page, and fails on a script error or any request but the page itself."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, wrong = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)

    def open_(given, **options):
        path = tmp_path / "page.html"
        path.write_text(page(given, labels=LABELS, **options), encoding="utf-8")
        tab.goto(path.as_uri())
        tab.wait_for_selector("#network canvas")
        tab.wait_for_timeout(150)  # the first frame
        return tab

    yield open_
    address = tab.url
    tab.close()
    assert [url for url in asked if url != address] == []
    assert wrong == []


def test_hovering_and_clicking_an_edge_show_its_sentence(opened):
    tab = opened([VISIT])
    canvas = tab.locator("#network").bounding_box()
    middle = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2 - 22
    tab.mouse.move(*middle)
    tab.mouse.move(middle[0] + 1, middle[1])
    tab.wait_for_selector("#tip:not([hidden])")
    assert "Turki akan mengunjungi Baku." in tab.inner_text("#tip")
    tab.mouse.click(*middle)
    tab.wait_for_selector(".card")
    card = tab.inner_text(".card")
    for shown in ("visits", "Turki akan mengunjungi Baku.", "Kunjungan ke Baku", "2020-10-06", "planned", "Kompas.com"):
        assert shown in card
    link = tab.locator(".card a")
    assert link.get_attribute("href") == "https://news.example/baku"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert tab.locator(".card mark").all_inner_texts() == ["Turki", "Baku"]


def test_search_focuses_an_actor_by_any_of_its_names_and_escape_leaves(opened):
    tab = opened([*rows(30), VISIT])
    tab.fill("#search", "türkiye")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel-title") == "Turki"
    tab.keyboard.press("Escape")
    assert tab.inner_text("#panel-title") == "Evidence"


def test_the_table_leads_to_the_evidence(opened):
    tab = opened(rows(30))
    tab.locator("#rows tr").nth(3).locator("button").click()
    sentence = tab.locator("#rows tr").nth(3).locator("td").nth(5).inner_text()
    assert sentence.split("\n")[0] in tab.inner_text("#panel")


def test_typing_filters_the_table(opened):
    tab = opened([*rows(20), VISIT])
    tab.fill("#search", "akan mengunjungi baku")
    assert tab.locator("#rows tr:visible").count() == 1
    tab.fill("#search", "nothing like it")
    assert tab.locator("#no-match").is_visible()


def test_hostile_text_runs_nowhere(opened):
    actor = Actor(f"e/{NASTY}", NASTY, NASTY, (NASTY, "href"))
    tab = opened([Row(actor, NASTY, BAKU, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY,
                      "javascript:window.__xss=1", NASTY, NASTY, NASTY)], title=NASTY)
    tab.fill("#search", "img")
    tab.keyboard.press("Enter")
    tab.mouse.move(300, 400)
    assert tab.inner_text("#panel-title") == NASTY
    assert tab.evaluate("window.__xss") is None
    assert tab.locator("img").count() == 0 and tab.locator(".card a").count() == 0
    assert tab.title() == NASTY


def test_a_narrow_screen_fits(opened):
    tab = opened(rows(30))
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_empty_graph_says_so(opened):
    assert opened([]).locator(".empty").first.is_visible()


def test_a_notebooks_sandboxed_frame_draws_the_page(browser, turtle, tmp_path):
    import kg

    (tmp_path / "cell.html").write_text(kg.Graph.load(turtle)._repr_html_(), encoding="utf-8")
    tab = browser.new_page()
    tab.goto((tmp_path / "cell.html").as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("#network canvas").wait_for()
    frame.locator("#search").fill("Armenia")
    frame.locator("#search").press("Enter")
    assert "Armenia tidak menyerang Turki." in frame.locator("#panel").inner_text()
    assert frame.locator(".mark.negated").first.is_visible()
    tab.close()
