"""What hands do that scripts do not: follow a link within the page, type a date, scroll by touch, go on by keyboard."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from view.made import rows, until
from view.test_pages import LESTARI, NORWAY, OFFICES, SMALL

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement"


@pytest.mark.parametrize("link", [".jump", ".skip"])
def test_links_within_the_page_leave_the_view_as_it_is(opened, link):
    tab = opened(rows(60), "text=Indonesia&no-factuality=planned")
    before, left = tab.evaluate("location.hash"), tab.evaluate("kg.left")
    tab.locator(link).focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == before
    assert tab.evaluate("kg.left") == left < 60
    assert tab.evaluate(f"{FOCUSED}.id") == "statements"
    assert tab.evaluate("scrollY") > 200


def test_another_actors_page_begins_at_its_top(opened):
    tab = opened(rows(60), urlencode({"page": "actor", "about": "https://kg.example/Country/Indonesia"}))
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert tab.evaluate("scrollY") > 300
    tab.evaluate("document.querySelector(\"#reading table[aria-label='Relations by partner'] .relation\").click()")
    until(tab, "kg.at('reading-title').textContent !== 'Indonesia'")
    assert tab.evaluate("scrollY") == 0 and tab.evaluate(f"{FOCUSED}.id") == "reading"


def test_a_date_can_be_typed_part_by_part(opened):
    tab = opened(SMALL, "page=new")
    field = "#reading input[type=date]"
    tab.locator(field).focus()
    tab.keyboard.type("02012024")
    assert tab.evaluate(f"{FOCUSED}.type") == "date" and tab.evaluate("kg.state.since") == ""
    tab.keyboard.press("Enter")
    until(tab, "kg.state.since === '2024-02-01'")
    until(tab, "kg.at('reading-title').textContent === 'New since 2024-02-01'")
    assert tab.evaluate(f"{FOCUSED}.type") == "date"


def test_a_page_that_is_written_anew_keeps_the_keyboard_where_it_was(opened):
    tab = opened(SMALL, "page=new")
    tab.get_by_role("button", name="30 days").focus()
    tab.keyboard.press("Enter")
    until(tab, "kg.at('reading-title').textContent === 'New since 2024-03-03'")
    assert tab.evaluate(f"{FOCUSED}.textContent") == "30 days"


def test_what_plays_stops_where_a_page_is_read(opened):
    tab = opened(SMALL)
    tab.click("#play")
    until(tab, "kg.state.from || kg.state.to")
    tab.keyboard.press("n")
    until(tab, "kg.state.page === 'new'")
    seen = tab.evaluate("kg.state.from + kg.state.to")
    tab.wait_for_timeout(1600)
    assert tab.evaluate("kg.state.from + kg.state.to") == seen
    tab.click("#leave")
    until(tab, "!kg.state.page")
    assert tab.inner_text("#play") == "▶"


def test_a_touch_that_scrolls_what_was_found_chooses_nothing(opened):
    tab = opened(SMALL)
    tab.fill("#search", "o")
    option = tab.locator("#found [role=option]").first
    option.wait_for()
    option.dispatch_event("pointerdown", {"pointerType": "touch", "isPrimary": True})
    option.dispatch_event("pointercancel", {"pointerType": "touch", "isPrimary": True})
    assert tab.evaluate("kg.state.focus") == "" and option.is_visible()
    option.click()
    until(tab, "kg.state.focus !== ''")


def test_the_header_takes_nothing_of_the_view_away(opened):
    tab = opened(rows(60))
    for width in (1280, 1000, 830):
        tab.set_viewport_size({"width": width, "height": 800})
        until(tab, "Math.abs(document.querySelector('main').getBoundingClientRect().bottom - innerHeight) <= 1")


def test_of_many_new_actors_it_says_how_many_are_not_listed(opened):
    tab = opened(rows(1300), "page=new&since=2020-01-01")
    listed = tab.locator("#reading .part").filter(has_text="Actors not named before")
    assert listed.locator(".ties li").count() == 60
    assert "The 60 most frequent of" in listed.inner_text()


def test_on_paper_marks_are_dark_in_the_dark_theme_too(opened):
    tab = opened(
        rows(60), urlencode({"theme": "dark", "page": "actor", "about": "https://kg.example/Country/Indonesia"})
    )
    mark = tab.locator("#reading .card .mark.planned").first
    mark.wait_for()
    tab.emulate_media(media="print")
    colours = mark.evaluate("(one) => getComputedStyle(one).color")
    tab.emulate_media(media="screen")
    assert sum(int(part) for part in colours.removeprefix("rgb(").removesuffix(")").split(",")) < 360, colours


def test_an_opened_story_takes_the_place_of_another_only_when_one_agrees(opened, tmp_path):
    path = tmp_path / "story.html"
    path.write_text('<pre id=\'kg-story\'>{"title": "Other", "items": []}</pre>', encoding="utf-8")
    tab = opened(SMALL, f"select={NORWAY.iri}")
    tab.evaluate("localStorage.clear()")
    tab = opened.view(f"select={NORWAY.iri}")
    tab.locator("#panel .card").get_by_role("button", name="+ Story").first.click()
    tab.keyboard.press("s")
    tab.locator(".item").wait_for()
    asked = []

    def answer(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    tab.once("dialog", answer)
    tab.set_input_files("#reading input[type=file]", path)
    until(tab, "!document.querySelector('#reading input[type=file]').value")
    assert asked and tab.locator(".item").count() == 1
    tab.once("dialog", lambda dialog: dialog.accept())
    tab.set_input_files("#reading input[type=file]", path)
    until(tab, "!document.querySelector('.item')")
    tab.evaluate("localStorage.clear()")


def test_a_story_grows_in_two_tabs(opened):
    tab = opened(SMALL, f"select={LESTARI.iri}")
    tab.evaluate("localStorage.clear()")
    tab = opened.view(f"select={LESTARI.iri}")
    with tab.expect_popup() as opens:
        tab.evaluate("void open(location.href)")
    other = opens.value
    other.wait_for_selector("body[data-ready]")
    adders = "#panel .card .acts button:last-child"
    other.locator(adders).nth(0).click()
    until(tab, "kg.at('story').textContent === 'Story (1)'")
    tab.locator(adders).nth(1).click()
    until(other, "kg.at('story').textContent === 'Story (2)'")
    other.close()
    tab.evaluate("localStorage.clear()")


def test_the_keys_are_told_by_key_and_by_button(opened):
    tab = opened(SMALL)
    for act in (lambda: tab.keyboard.press("?"), lambda: tab.click("#keys-help")):
        tab.evaluate("kg.at('help-list').replaceChildren()")
        act()
        assert tab.locator("#help-list dt").count() > 8
        tab.click("#help-close")


def test_regions_have_names_of_their_own_and_columns_a_head_or_none(opened):
    tab = opened(SMALL, f"page=actor&about={LESTARI.iri}", offices={LESTARI.iri: OFFICES[LESTARI.iri]})
    regions = tab.evaluate("""() => [...document.querySelectorAll(
        '[role=region], section[aria-label], section[aria-labelledby], aside')]
        .map((one) => one.getAttribute('aria-label') || kg.at(one.getAttribute('aria-labelledby')).textContent)""")
    assert len(regions) == len(set(regions)) > 3
    tab.locator("#reading table").first.wait_for()
    heads = tab.locator("#reading th").all_inner_texts()
    assert len(heads) > 5 and all(heads)
