"""The page in a real browser, opened from disk: evidence, keyboard, widths, safety."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.view import Actor, Row
from view.made import rows

pytestmark = pytest.mark.browser
NASTY = '<img src=x onerror="window.__xss=1"></script><script>window.__xss=1</script>{{7*7}}'
TURKEY = Actor("e/country/TR", "Turki", "Country", ("Türkiye", "Turki"), (("en", "Turkey"), ("id", "Turki")))
BAKU = Actor("e/place/baku", "Baku", "Place", ("Baku",))
VISIT = Row(
    TURKEY,
    "visits",
    BAKU,
    "planned",
    "2020-10-06",
    "Azerbaijan",
    "Anadolu",
    "",
    "Turki akan mengunjungi Baku.",
    "a",
    "Kunjungan ke Baku",
    "https://news.example/baku",
    "Kompas.com",
    "2020-10-07T14:06:00+07:00",
    "id",
)
DENIAL = Row(
    TURKEY,
    "visits",
    BAKU,
    "negated",
    "",
    "",
    "",
    "",
    "Turki tidak mengunjungi Baku.",
    "b",
    "Bantahan",
    "",
    "Antara",
    "2020-10-09",
    "id",
)


def test_hovering_and_clicking_an_edge_show_its_sentence(opened):
    tab = opened([VISIT])
    canvas = tab.locator("#network").bounding_box()
    x, y = tab.evaluate("(() => { const v = kg.drawing.view(), p = v.screen(v.middle(0, 0.7)); return [p.x, p.y]; })()")
    tab.mouse.move(canvas["x"] + x, canvas["y"] + y)
    tab.mouse.move(canvas["x"] + x + 1, canvas["y"] + y)
    tab.wait_for_selector("#tip:not([hidden])")
    assert "Turki akan mengunjungi Baku." in tab.inner_text("#tip")
    tab.mouse.click(canvas["x"] + x, canvas["y"] + y)
    tab.wait_for_selector(".card")
    card = tab.inner_text(".card")
    for shown in (
        "Turkey visits Baku",
        "Turki akan mengunjungi Baku.",
        "Kunjungan ke Baku",
        "2020-10-06",
        "planned",
        "Kompas.com",
        "published 2020-10-07",
        "Anadolu",
        "Azerbaijan",
    ):
        assert shown in card
    link = tab.locator(".card a")
    assert link.get_attribute("href") == "https://news.example/baku"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert tab.locator(".card mark").all_inner_texts() == ["Turki", "Baku"]
    assert "select=e%2Fcountry%2FTR" in tab.url


def test_evidence_is_newest_first_and_says_what_is_disputed(opened):
    tab = opened([VISIT, DENIAL], "select=e/country/TR")
    assert tab.inner_text("#panel-title") == "Turkey"
    assert [text.split("\n")[0] for text in tab.locator(".card blockquote").all_inner_texts()] == [
        "Turki tidak mengunjungi Baku.",
        "Turki akan mengunjungi Baku.",
    ]
    assert tab.locator(".card .disputed").count() == 2 and tab.locator(".card .negated").count() == 1
    assert "Türkiye" in tab.inner_text(".also")


@pytest.mark.parametrize("text", ["TUR", "tr", "Q43", "e/country/TR"])
def test_an_actor_is_found_by_code_or_id(opened, text):
    tab = opened([replace(VISIT, subject=replace(TURKEY, codes=("TR", "TUR", "Q43")))])
    assert tab.evaluate("text => kg.findActors(text).map((actor) => actor.id)", text)[0] == "e/country/TR"
    assert tab.evaluate("kg.findActors('Q4')") == []


def test_clicking_an_actor_shows_it_and_the_background_leaves_it(opened):
    tab = opened([VISIT, DENIAL])
    canvas = tab.locator("#network").bounding_box()
    at = tab.evaluate("kg.drawing.screen(kg.data.index.get('e/place/baku'))")
    tab.mouse.click(canvas["x"] + at["x"], canvas["y"] + at["y"])
    tab.wait_for_selector(".card")
    assert tab.inner_text("#panel-title") == "Baku"
    tab.mouse.click(canvas["x"] + 5, canvas["y"] + 5)
    tab.wait_for_selector(".card", state="detached")


def test_the_table_leads_to_the_evidence(opened):
    tab = opened(rows(130))
    assert tab.locator("#rows tr").count() == 50 and "1–50 of 130" in tab.inner_text("#pager")
    tab.click("#next")
    tab.locator("#rows tr").nth(3).locator("button").click()
    tab.wait_for_selector(".card")
    sentence = tab.locator("#rows tr").nth(3).locator("td").nth(5).inner_text()
    assert sentence.split("\n")[0] in tab.inner_text("#panel")


def test_the_whole_way_by_keyboard(opened):
    tab = opened([*rows(30), VISIT])
    tab.focus("#network")
    tab.keyboard.press("ArrowRight")  # the best connected
    first = tab.inner_text("#panel-title")
    assert first in tab.inner_text("#live")
    moved = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        tab.keyboard.press(key)
        moved.add(tab.inner_text("#panel-title"))
    assert len(moved | {first}) > 1
    chosen = tab.inner_text("#panel-title")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#where:not([hidden])")
    assert chosen in tab.inner_text("#around")
    tab.keyboard.press("e")
    assert tab.evaluate("document.activeElement.id") == "panel-body"
    tab.keyboard.press("Escape")  # back to the drawing
    assert tab.evaluate("document.activeElement.id") == "network"
    tab.keyboard.press("Escape")  # out of the focus
    tab.wait_for_selector("#where", state="hidden")
    assert tab.inner_text("#panel-title") == "Evidence"


def test_tab_reaches_every_control_and_each_has_a_name_and_a_role(opened):
    tab = opened([*rows(30), VISIT])
    reached = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.id"))
        if reached[-1] == "panel-body":
            break
    wanted = (
        "search",
        "toggle-filters",
        "interface",
        "theme",
        "network",
        "zoom-in",
        "play",
        "handle-from",
        "handle-to",
        "by",
        "panel-body",
    )
    assert [one for one in wanted if one not in reached] == []
    unnamed = tab.evaluate("""[...document.querySelectorAll("button, input, select, [role], [tabindex]")]
        .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length
                         || e.getAttribute("aria-labelledby") || e.placeholder || e.id === "live" || e.id === "status"))
        .map((e) => e.outerHTML.slice(0, 90))""")
    assert unnamed == []
    roles = tab.evaluate("[...document.querySelectorAll('[role]')].map((e) => e.getAttribute('role'))")
    assert {"application", "combobox", "listbox", "slider", "search", "status", "region"} <= set(roles)


@pytest.mark.parametrize("width", [390, 820])
def test_a_narrow_screen_fits(opened, width):
    tab = opened(rows(60))
    tab.set_viewport_size({"width": width, "height": 844})
    for act in ("", "#toggle-filters", "#path-box > summary", "#export-box > summary"):
        if act:
            tab.click(act)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, act
    tab.keyboard.press("Escape")
    tab.fill("#search", "a")
    tab.wait_for_selector("#found:not([hidden])")
    assert tab.locator("#found").bounding_box()["width"] <= width
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".card")


def test_on_a_narrow_screen_the_tables_sentences_are_in_sight(opened):
    tab = opened([VISIT, DENIAL])
    tab.set_viewport_size({"width": 390, "height": 844})
    for cell in tab.locator("#rows td:visible").all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert tab.get_by_role("table").get_by_role("row").count() == 3
    assert tab.get_by_role("columnheader", name="Sentence").count() == 1
    assert tab.get_by_role("cell", name="Turki tidak mengunjungi Baku.").is_visible()


def test_a_hostile_graph_runs_nothing_and_asks_for_nothing(opened):
    hostile = [
        NASTY,
        "javascript:window.__xss=1",
        "href",
        "'\"><svg onload=window.__xss=1>",
        "__proto__",
        "constructor",
        "</noscript><img src=http://evil.example/x>",
        "=cmd|' /C calc'!A0",
        "\u202egpj.exe",
        "]]>",
        "${7*7}",
    ]
    made = []
    for number, text in enumerate(hostile):
        actor = Actor(f"e/{text}", text, text, (text, NASTY), (("en", text), ("__proto__", text)))
        for url in (text, f"https://evil.example/{text}"):
            made.append(
                Row(
                    actor,
                    text,
                    BAKU if number % 2 else TURKEY,
                    text,
                    text,
                    text,
                    text,
                    text,
                    text,
                    text,
                    text,
                    url,
                    text,
                    text,
                    text,
                    (text,),
                )
            )
    tab = opened(made, title=NASTY)
    assert tab.title() == NASTY
    for query in ("img", "__proto__", "href"):
        tab.fill("#search", query)
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".card")
    tab.keyboard.press("e")
    tab.click("#toggle-filters")
    for summary in tab.locator("#facets summary:visible").all():
        summary.click()
    tab.click("#interface")
    tab.click("#theme")
    tab.mouse.move(300, 400)
    tab.mouse.move(420, 380)
    tab.evaluate("document.querySelectorAll('noscript').forEach((e) => e.textContent)")
    assert "</script>" in tab.evaluate("kg.svg().replaceAll('&lt;', '<').replaceAll('&gt;', '>')")
    assert tab.evaluate("window.__xss") is None and tab.evaluate("({}).polluted") is None
    assert tab.locator("img, iframe, object, embed").count() == 0
    links = tab.evaluate("[...document.querySelectorAll('#rows a, .card a')].map((a) => [a.protocol, a.rel])")
    assert links and all(link == ["https:", "noopener noreferrer"] for link in links)


def test_an_empty_graph_says_so(opened):
    assert opened([]).locator(".empty").first.is_visible()


def test_a_notebooks_sandboxed_frame_draws_the_page(browser, turtle, tmp_path):
    import kg

    (tmp_path / "cell.html").write_text(kg.Graph.load(turtle)._repr_html_(), encoding="utf-8")
    tab = browser.new_page()
    tab.goto((tmp_path / "cell.html").as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.locator("#search").fill("Armenia")
    frame.locator("#search").press("Enter")
    frame.locator(".card").first.wait_for()
    assert "Armenia tidak menyerang Turki." in frame.locator("#panel").inner_text()
    assert frame.locator(".mark.negated").first.is_visible()
    tab.close()
