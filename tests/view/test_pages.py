"""The pages that are read in the network's place, and what is taken along: citations, paper, stories."""

from __future__ import annotations

import dataclasses
import json
import re
from urllib.parse import parse_qs

import pytest

from kg.graph.offices import HeldOffice
from kg.view import Actor, Row
from view.made import rows, until

pytestmark = pytest.mark.browser

NASTY = '<img src=x onerror="window.__xss=1"></script><script>window.__xss=1</script>'
LESTARI = Actor("e/person/lestari", "Wulan Lestari", "Person", ("Lestari",))
BRAM = Actor("e/person/bram", "Bram Otto", "Person")
NORWAY = Actor("e/country/NO", "Norway", "Country", (), (("id", "Norwegia"),))
PERU = Actor("e/country/PE", "Peru", "Country")
OSLO = Actor("e/place/oslo", "Oslo", "Place")


def said(subject, relation, object_, day, *, language="en", factuality="asserted", office="", **more) -> Row:
    sentence = f"{subject.name} {relation} {object_.name} on {day}."
    return Row(
        subject, relation, object_, factuality, day, sentence=sentence, article=f"a/{day}/{language}", office=office,
        headline=f"100% of {object_.name} & co", url=f"https://news.example/{day}_x", publisher="Kabar_Pagi",
        published=f"{day}T08:00:00", language=language, symmetric=relation == "meets",
        event=f"https://w3id.org/newskg/event/{subject.name[0]}{object_.name[0]}{day.replace('-', '')}", **more,
    )  # fmt: skip


SMALL = [
    said(LESTARI, "visits", NORWAY, "2024-01-10", place="Norway", local=(("Norway", "id", "Norwegia"),)),
    said(LESTARI, "meets", BRAM, "2024-02-11"),
    said(BRAM, "meets", LESTARI, "2024-03-12", language="id", confidence=0.4),
    said(BRAM, "accuses", NORWAY, "2024-03-20", factuality="negated"),
    said(BRAM, "visits", OSLO, "2024-03-21"),
    said(
        LESTARI, "holdsOffice", PERU, "2024-03-22", office="Foreign Minister",
        local=(("Foreign Minister", "id", "Menteri Luar Negeri"),),
    ),
    said(LESTARI, "holdsOffice", PERU, "2024-04-01", office="Foreign Minister"),
    said(LESTARI, "meets", NORWAY, "2024-04-02", language="id"),
]  # fmt: skip
OFFICES = {
    LESTARI.iri: [
        HeldOffice({"en": "Mayor", "id": "Wali Kota"}, {"en": "Lima", "id": "Lima"}, "2015", "2019-06-30"),
        HeldOffice({"en": "Senator", "id": "Senator"}, {"en": "Peru", "id": "Peru"}, "2020"),
    ]
}
OVER = """() => { const view = kg.drawing.view(), ctx = kg.drawing.canvas().getContext("2d"), { actors } = kg.scene;
  const symbols = actors.map((at) => ({ ...view.screen(kg.scene.places.get(at)), r: kg.size(at) * view.scale }));
  const names = kg.names.place(ctx, view, kg.lit()).filter(({ kind }) => kind === "actor");
  const apart = (symbol, name) => Math.hypot(Math.max(0, Math.abs(symbol.x - name.x) - name.half + 3),
    Math.max(0, Math.abs(symbol.y - name.y) - name.size * 0.5)) >= symbol.r;
  const over = names.filter((name) => !symbols.every((symbol) => apart(symbol, name)));
  return { over: over.map(({ text }) => text), names: names.map(({ text }) => text),
    best: actors.slice(0, 3).map((at) => kg.name(at)) }; }"""


@pytest.mark.parametrize("width", [400, 1300])
@pytest.mark.parametrize("count", [60, 1300])
def test_at_first_sight_no_name_lies_on_a_symbol(opened, count, width):
    tab = opened(rows(count))
    tab.set_viewport_size({"width": width, "height": 850})
    tab.wait_for_timeout(250)
    found = tab.evaluate(OVER)
    assert found["over"] == [] and len(found["names"]) > 12
    assert set(found["best"]) <= set(found["names"])  # from further off, where there is no room beside them


def table(tab, label: str) -> list[list[str]]:
    lines = tab.locator(f"#reading table[aria-label='{label}'] tbody tr").all()
    return [line.locator("td").all_inner_texts() for line in lines]


def test_an_actors_page_tells_offices_partners_days_and_sentences(opened):
    tab = opened(SMALL, "page=actor&about=e/person/lestari", offices=OFFICES)
    tab.locator("#reading .card").first.wait_for()
    assert tab.inner_text("#reading-title") == "Wulan Lestari" and tab.locator("#network").is_hidden()
    assert "6 statements · 6 articles · 3 partners" in tab.inner_text("#reading-note")
    offices = [(title, body, when) for title, body, when, *_ in table(tab, "Offices over time")]
    assert offices == [
        ("Mayor", "Lima", "2015 – 2019-06-30"),
        ("Senator", "Peru", "2020 – present"),
        ("Foreign Minister", "Peru", "2024-03-22 – 2024-04-01"),
    ]
    partners = {line[0].split("\n")[0]: line[1:] for line in table(tab, "Relations by partner")}
    assert partners["Norway"][1:] == ["2", "2024-01-10 – 2024-04-02"]
    assert "→ visits 1" in partners["Norway"][0] and "– meets 1" in partners["Norway"][0]
    assert set(partners) == {"Norway", "Bram Otto", "Peru"}
    assert tab.locator("#reading .card").count() == 6 and tab.locator("#reading .bars rect.in").count() > 5
    tab.click("#interface")
    tab.locator("#reading td", has_text="Wali Kota").wait_for()
    assert "Menteri Luar Negeri" in tab.inner_text("#reading") and "Norwegia" in tab.inner_text("#reading")
    tab.get_by_role("button", name="→ mengunjungi 1").click()  # to the sentences behind it
    until(tab, "!kg.state.page && kg.state.select.length === 3")
    assert tab.locator("#panel .card").count() == 1
    tab.go_back()
    until(tab, "kg.state.page === 'actor'")


def test_filters_hold_on_an_actors_page(opened):
    tab = opened(SMALL, "page=actor&about=e/person/lestari&relation=visits")
    tab.locator("#reading .card").wait_for()
    assert "1 statement" in tab.inner_text("#reading-note") and "filters are on" in tab.inner_text("#reading-note")


def test_two_actors_are_compared(opened):
    tab = opened(SMALL)
    tab.keyboard.press("c")
    tab.type("#path-from", "lestari")
    tab.keyboard.press("Enter")
    tab.type("#path-to", "bram")
    tab.keyboard.press("Enter")
    tab.click("#compare")
    tab.locator("#reading .card").first.wait_for()
    assert parse_qs(tab.url.partition("#")[2])["about"] == [LESTARI.iri, BRAM.iri]
    counted = {line[0]: [cell.split("\n")[0] for cell in line[1:]] for line in table(tab, "Relations")}
    assert counted["meets"] == ["3", "2"] and counted["holds office"] == ["2", "0"] and counted["accuses"] == ["0", "1"]
    assert [line[0] for line in table(tab, "Tied to both")] == ["Norway"]
    assert [line[0] for line in table(tab, "Only with Wulan Lestari")] == ["Peru"]
    assert [line[0] for line in table(tab, "Only with Bram Otto")] == ["Oslo"]
    assert tab.locator("#reading .card").count() == 2  # what is between the two
    tab.keyboard.press("Escape")
    until(tab, "!kg.state.page && kg.scene.lines.length > 0")


@pytest.mark.parametrize("hash", ["page=compare&about=e/person/bram", "page=actor", "page=nothing", "page=__proto__"])
def test_an_address_of_no_page_shows_the_network(opened, hash):
    tab = opened(SMALL, hash)
    assert tab.locator("#network").is_visible() and tab.locator("#reading").is_hidden()


def test_an_address_of_an_unknown_actor_says_so(opened):
    tab = opened(SMALL, "page=actor&about=e/person/nobody")
    tab.locator("#reading-title", has_text="Nothing of this name").wait_for()


def test_what_is_new_since_a_day(opened):
    tab = opened(SMALL, "page=new&since=2024-03-20")
    tab.locator("#reading .card").first.wait_for()
    assert tab.inner_text("#reading-title") == "New since 2024-03-20"
    assert "5 statements" in tab.inner_text("#reading-note")
    assert tab.locator("#reading .ties button").all_inner_texts() == ["Peru 2", "Oslo 1"]
    fresh = {line[0]: line[1] for line in table(tab, "Actors not tied before")}
    assert set(fresh) == {"Wulan Lestari – Peru", "Bram Otto – Norway", "Bram Otto – Oslo"}
    assert [line[1] for line in table(tab, "Known pairs, new relation")] == ["– meets 1"]
    tab.get_by_role("button", name="1 day").click()  # the newest is of April 2
    until(tab, "kg.state.since === '2024-04-01'")
    tab.locator("#reading-note", has_text="2 statements").wait_for()


def test_search_finds_sentences_filters_and_commands(opened):
    tab = opened(SMALL)
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    tab.keyboard.type("oslo on")
    tab.locator("#found [role=option]").wait_for()
    assert "Bram Otto visits Oslo on 2024-03-21." in tab.inner_text("#found")
    tab.keyboard.press("Enter")
    until(tab, "kg.state.select.length === 3")
    assert tab.inner_text("#panel-title") == "Bram Otto → visits → Oslo"
    tab.keyboard.press("Escape")
    tab.fill("#search", "kabar")
    tab.locator("#found .group", has_text="Filters").wait_for()
    tab.fill("#search", "denied")
    tab.locator("#found [role=option]", has_text="Status").click()
    until(tab, "kg.left === 1")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("what is n")
    tab.locator("#found [role=option]", has_text="key n").wait_for()
    tab.keyboard.press("ArrowDown")
    assert "What is new" in tab.locator("#found [aria-selected=true]").inner_text()
    tab.keyboard.press("Enter")
    until(tab, "kg.state.page === 'new'")
    tab.fill("#search", "")
    assert tab.locator("#found").is_hidden()
    tab.keyboard.press("ArrowDown")  # without a word, what can be done
    tab.locator("#found [role=option]", has_text="Bahasa Indonesia").wait_for()
    tab.fill("#search", "lstn?")  # letters in a field are no commands
    assert tab.evaluate("[kg.state.page, kg.state.lang, kg.state.theme]") == ["new", "en", ""]


def test_the_keys_are_told_and_work(opened):
    tab = opened(SMALL, "select=e/person/bram")
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible() and "What is new" in tab.inner_text("#help")
    tab.keyboard.press("Escape")
    assert tab.locator("#help").is_hidden() and tab.evaluate("kg.state.select.length") == 1
    tab.keyboard.press("p")
    until(tab, "kg.state.page === 'actor'")
    tab.keyboard.press("l")
    until(tab, "document.documentElement.lang === 'id'")
    tab.keyboard.press("Escape")
    until(tab, "kg.state.page === ''")


def test_one_language_is_kept_when_the_language_changes(opened):
    tab = opened(SMALL)
    tab.click("#toggle-filters")
    tab.check("#mono")
    until(tab, "kg.left === 6")
    tab.click("#interface")
    until(tab, "kg.left === 2 && kg.state.lang === 'id'")
    assert tab.is_checked("#mono") and "language=id" in tab.url
    assert set(tab.locator("#rows td [lang]").evaluate_all("all => all.map((each) => each.lang)")) == {"id"}
    tab.uncheck("#mono")
    until(tab, "kg.left === 8")


def test_places_and_offices_are_told_in_the_pages_language(opened):
    tab = opened(SMALL, "lang=id&select=e/person/lestari")
    tab.locator("#panel .card").first.wait_for()
    told = tab.inner_text("#panel")
    assert "Menteri Luar Negeri" in told and "Foreign Minister" not in told
    assert [text for text in tab.locator("#panel dd").all_inner_texts() if text.startswith("Norw")] == ["Norwegia"]


def test_a_statement_is_cited(opened):
    tab = opened(SMALL, "select=e/person/bram&select=e/place/oslo")
    tab.locator("#panel .card").get_by_role("button", name="Cite").click()
    note = tab.input_value("#cite-text")
    assert note.startswith(
        "“Bram Otto visits Oslo on 2024-03-21.” 100% of Oslo & co, Kabar_Pagi, 2024-03-21. "
        "https://news.example/2024-03-21_x (seen 20"
    )
    assert note.endswith("[Bram Otto visits Oslo; 2024-03-21; https://w3id.org/newskg/event/BO20240321]")
    tab.click("[data-form=bibtex]")
    entry = tab.input_value("#cite-text")
    assert re.match(r"@online\{[a-z0-9]+,\n", entry) and entry.count("{") == entry.count("}")
    assert r"title = {{100\% of Oslo \& co}}" in entry and r"organization = {Kabar\_Pagi}" in entry
    assert "url = {https://news.example/2024-03-21_x}" in entry
    tab.click("[data-form=view]")
    again = opened.view(tab.input_value("#cite-text").partition("#")[2])
    assert again.inner_text("#panel-title") == "Bram Otto → visits → Oslo"


def test_one_statement_and_one_page_are_printed(opened):
    tab = opened(SMALL, "select=e/person/bram&select=e/place/oslo")
    tab.evaluate("globalThis.print = () => {}")
    tab.locator("#panel .card").get_by_role("button", name="Print").click()
    tab.emulate_media(media="print")
    paper = tab.inner_text("body")
    assert "Bram Otto visits Oslo on 2024-03-21." in paper and "All statements" not in paper and "Lestari" not in paper
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "All statements" in tab.inner_text("body")
    tab.evaluate("kg.open('actor', ['e/person/lestari'])")
    tab.locator("#reading .card").first.wait_for()
    paper = tab.inner_text("body")
    assert "Relations by partner" in paper and "Back to the network" not in paper and "Cite" not in paper
    tab.emulate_media(media="screen")


def test_a_story_is_one_file_that_opens_without_script_and_again_here(opened, browser, tmp_path):
    tab = opened([dataclasses.replace(row, headline=NASTY) for row in SMALL], "select=e/person/bram")
    tab.evaluate("localStorage.clear()")
    tab = opened.view("select=e/person/bram")
    adders = tab.locator("#panel .card").get_by_role("button", name="+ Story")
    adders.first.click()
    adders.first.click()
    assert tab.inner_text("#story") == "Story (2)"
    tab.click("#export-box > summary")
    tab.click("#export-story")
    tab.fill(".story > input", f"Trip {NASTY}")
    tab.locator(".item textarea").nth(1).fill("Then\nthis")
    tab.locator(".item").nth(1).get_by_role("button", name="Move up").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as one file").click()
    path = tmp_path / "story.html"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text and "default-src 'none'" in text and "<img" not in text
    other = browser.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(path.as_uri())
    assert other.evaluate("[window.__xss ?? null, document.querySelectorAll('img, script').length]") == [None, 0]
    assert other.inner_text("main h1") == f"Trip {NASTY}" and other.locator("figure").count() == 3
    assert other.locator("figure svg path").count() > 3 and "Then\nthis" in other.inner_text("body")
    assert len(asked) == 1
    other.close()
    tab.evaluate("localStorage.clear()")
    tab = opened.view("page=story")
    assert tab.locator(".item").count() == 0
    tab.set_input_files("#reading input[type=file]", path)
    tab.locator(".item").nth(2).wait_for()
    assert tab.input_value(".story > input") == f"Trip {NASTY}"
    assert tab.locator(".item textarea").first.input_value() == "Then\nthis"
    assert opened.view("page=story").locator(".item").count() == 3  # kept
    tab.evaluate("localStorage.clear()")


def test_a_hostile_story_runs_nothing(opened, tmp_path):
    path_of = ["path", {"d": "M0 0", "fill": "url(https://evil.example/y)", "onclick": "window.__xss=1"}, [NASTY]]
    bad = [
        ["script", {}, ["window.__xss=1"]],
        ["foreignObject", {}, [NASTY]],
        ["image", {"href": "https://evil.example/x"}, []],
    ]
    svg = ["svg", {"onload": "window.__xss=1", "style": "x", "width": 7}, [*bad, path_of, None, 7]]
    story = {
        "title": {"__proto__": 1},
        "items": [
            {"kind": "picture", "picture": svg, "note": NASTY},
            {"kind": "picture", "picture": "<svg onload=window.__xss=1>"},
            {
                "kind": "statement",
                "subject": NASTY,
                "url": "javascript:window.__xss=1",
                "sentences": [NASTY, 7],
                "language": '" onload="x',
            },
            None,
            7,
        ],
    }
    path = tmp_path / "hostile.html"
    told = json.dumps(story).replace("&", "&amp;").replace("<", "&lt;")
    path.write_text(f"<script>window.__xss=1</script><pre id='kg-story'>{told}</pre>", encoding="utf-8")
    tab = opened(SMALL, "page=story")
    tab.set_input_files("#reading input[type=file]", path)
    tab.locator(".item").nth(4).wait_for()
    assert tab.evaluate("window.__xss") is None and tab.evaluate("({}).polluted") is None
    assert (
        tab.locator(
            ".item script, .item image, .item foreignObject, .item a, .item [onclick], .item [fill], .item svg[style]"
        ).count()
        == 0
    )
    assert NASTY in tab.inner_text(".story")
    (tmp_path / "none.html").write_text("<p>no story</p>")
    tab.set_input_files("#reading input[type=file]", tmp_path / "none.html")
    tab.locator("#reading-note", has_text="no story").wait_for()
    assert tab.locator(".item").count() == 5
    tab.evaluate("localStorage.clear()")


@pytest.mark.parametrize(
    "page",
    [
        "page=actor&about=e/country/Indonesia",
        "page=new",
        "page=story",
        "page=compare&about=e/country/NO&about=e/person/bram",
    ],
)
@pytest.mark.parametrize("width", [390, 820])
def test_pages_fit_a_narrow_screen(opened, page, width):
    tab = opened([*SMALL, *rows(60)], page)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.wait_for_timeout(100)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
