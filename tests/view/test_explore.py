"""Looking around in the browser: filters, search, focus, path, the address, exports."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kg.view import Actor, Row
from view.made import rows, until

pytestmark = pytest.mark.browser


def country(name: str, iso: str) -> Actor:
    return Actor(f"e/country/{iso}", name, "Country", (name,))


TURKEY = Actor("e/country/TR", "Turkey", "Country", ("Ankara government",), (("id", "Turki"),))
AZERBAIJAN, ARMENIA, RUSSIA, FRANCE = (
    country(*each) for each in (("Azerbaijan", "AZ"), ("Armenia", "AM"), ("Russia", "RU"), ("France", "FR"))
)
LAVROV = Actor("e/person/lavrov", "Sergey Lavrov", "Person", ("Lavrov",))
BAKU = Actor("e/place/baku", "Baku", "Place")


def said(
    subject: Actor,
    relation: str,
    object_: Actor,
    factuality: str,
    date: str,
    source: str,
    publisher: str,
    language: str,
) -> Row:
    sentence = f"{subject.name} {relation} {object_.name} {date}."
    return Row(
        subject,
        relation,
        object_,
        factuality,
        date,
        source=source,
        sentence=sentence,
        article=f"{publisher}/{date}",
        headline=f"About {object_.name}",
        url=f"https://news.example/{date}",
        publisher=publisher,
        published=f"{date or '2021-05-01'}T08:00:00",
        language=language,
        symmetric=relation == "meets",
    )


SMALL = [
    said(TURKEY, "supports", AZERBAIJAN, "asserted", "2020-10-01", "", "Kompas.com", "id"),
    said(TURKEY, "meets", AZERBAIJAN, "planned", "2020-11-01", "Anadolu", "Antara", "id"),
    said(AZERBAIJAN, "clashesWith", ARMENIA, "asserted", "2020-12-01", "", "Reuters", "en"),
    said(ARMENIA, "accuses", AZERBAIJAN, "negated", "2021-01-01", "Anadolu", "Reuters", "en"),
    said(LAVROV, "visits", BAKU, "planned", "2021-02-01", "TASS", "Kompas.com", "id"),
    said(LAVROV, "holdsOffice", RUSSIA, "asserted", "", "", "Reuters", "en"),
    said(RUSSIA, "supports", ARMENIA, "asserted", "2021-03-01", "", "Reuters", "en"),
]


def left(tab) -> set[str]:
    """Return the relations of the statements left; the drawing and the table agree on them."""
    table = {text.split("\n")[0] for text in tab.locator("#rows button").all_inner_texts()}
    drawn = set(tab.evaluate("kg.scene.lines.map((line) => kg.relation(line.relation))"))
    assert table == drawn
    return table


def tick(tab, facet: str, value: str) -> None:
    if not tab.locator(f"[data-facet={facet}]").evaluate("(e) => e.open"):
        tab.click(f"[data-facet={facet}] summary")
    tab.click(f"[data-facet={facet}] input[data-value='{value}']")


@pytest.fixture
def small(opened):
    tab = opened(SMALL)
    tab.click("#toggle-filters")
    return tab


@pytest.mark.parametrize(
    ("facet", "value", "gone"),
    [
        ("relation", "supports", {"supports"}),
        ("type", "Person", {"visits", "holds office"}),
        ("factuality", "planned", {"meets", "visits"}),
        ("publisher", "Reuters", {"clashes with", "accuses", "holds office"}),
        ("source", "Anadolu", {"meets", "accuses"}),
        ("language", "id", {"meets", "visits"}),
    ],
)
def test_each_filter_acts_on_drawing_and_table_and_is_in_the_address(small, opened, facet, value, gone):
    everything = left(small)
    tick(small, facet, value)
    assert everything - left(small) == gone
    assert facet in small.url
    again = opened.view(small.url.partition("#")[2])
    assert everything - left(again) == gone


def test_filters_combine_and_reset(small):
    tick(small, "relation", "supports")
    tick(small, "language", "id")
    small.fill("#text", "armenia azerbaijan")
    until(small, "kg.state.text === 'armenia azerbaijan'")
    assert left(small) == {"clashes with", "accuses"}
    small.locator("[data-facet=factuality] li", has_text="denied").hover()
    small.get_by_role("button", name="only: denied").click()
    assert left(small) == {"accuses"}
    assert "1 statement matching" in small.inner_text("#status")
    small.click("#reset")
    assert len(left(small)) == 6 and "#" not in small.url


def test_free_text_that_nothing_has_says_so(small):
    small.fill("#text", "nothing like it")
    small.locator("#no-match").wait_for()
    assert small.locator("#no-lines").is_visible()


def test_the_time_handles_move_by_keys_and_pointer(small):
    handle = small.locator("#handle-from")
    handle.focus()
    for _ in range(4):
        small.keyboard.press("PageUp")
    assert int(handle.get_attribute("aria-valuenow")) > 0
    start = small.evaluate("kg.state.from")
    assert start > "2020-10-01" and start in handle.get_attribute("aria-valuetext")
    assert "1 without a date" not in small.inner_text("#undated")  # the office has its article's date
    kept = small.evaluate("[...document.querySelectorAll('#rows tr td:nth-child(5)')].map((e) => e.textContent)")
    assert kept and all(not date or date >= start for date in kept)
    box, track = small.locator("#handle-to").bounding_box(), small.locator("#track").bounding_box()
    small.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    small.mouse.down()
    small.mouse.move(track["x"] + track["width"] * 0.7, box["y"] + 10, steps=4)
    small.mouse.up()
    until(small, "kg.state.to !== ''")
    assert small.evaluate("kg.state.to") < "2021-05-01"
    handle.focus()
    small.keyboard.press("Home")
    assert small.evaluate("kg.state.from") == ""


@pytest.mark.parametrize(
    ("count", "far"),
    [
        (100, {"1945-08-17", "1492-10-12"}),
        (40, {"1945-08-17"}),
        (40, {"1945-08-17", "1955-04-18", "1955-04-19", "2190"}),
        (40, set()),
    ],
)
def test_far_off_dates_do_not_squeeze_the_rest(opened, count, far):
    made = [said(LAVROV, "visits", BAKU, "asserted", date, "", "Reuters", "en") for date in sorted(far)]
    tab = opened([*rows(count), *made])  # of 2020
    bars = tab.evaluate("[...document.querySelectorAll('#bars .in')].map((bar) => bar.height.baseVal.value > 0)")
    assert len(bars) > 40 and sum(bars) > 25
    dates = "kg.filters.rows().map((at) => kg.row(at).date)"
    told = [text.partition(": ")[2].split()[0] for text in tab.locator("#bars title").all_text_contents()]
    assert sum(map(int, told)) == count + len(far)
    assert far <= set(tab.evaluate(dates)) and "and earlier" in tab.inner_text("#span")
    tab.focus("#handle-from")
    while min(tab.evaluate(dates)) < "2020":
        tab.keyboard.press("ArrowRight")
    assert set(tab.evaluate(dates)) >= {row.date for row in rows(count) if row.date > "2020-02-01"}
    assert tab.evaluate("kg.state.from") <= "2020-02-01"


def test_few_dates_keep_what_lies_between_them(opened):
    tab = opened(
        [said(LAVROV, "visits", BAKU, "asserted", date, "", "R", "en") for date in ("1998", "2025-07-07", "2025-10-20")]
    )
    assert tab.locator("#bars .in").count() > 10 and tab.locator("#bars .gap").count() == 1


def test_dates_of_a_shared_address_are_told_as_they_are(opened):
    tab = opened(rows(100), "from=2020-03-04&to=2020-09-10")  # a week's bins begin and end on other days
    assert tab.inner_text("#span") == "2020-03-04 – 2020-09-10"


def test_dates_of_events_or_of_publication(small):
    small.select_option("#by", "published")
    assert "by=published" in small.url


def test_play_moves_a_window_through_time(small):
    small.click("#play")
    until(small, "kg.state.from !== '' || kg.state.to !== ''")
    first = small.evaluate("kg.state.from + kg.state.to")
    until(small, f"kg.state.from + kg.state.to !== '{first}'")
    small.click("#play")
    assert small.get_attribute("#play", "aria-label") == "Play"


def test_play_ends_where_the_dates_are_set_by_hand(small):
    small.click("#play")
    until(small, "kg.state.from !== '' || kg.state.to !== ''")
    small.click("#reset")
    until(small, "document.querySelector('#play').getAttribute('aria-label') === 'Play'")
    assert small.evaluate("kg.state.from + kg.state.to") == ""


@pytest.mark.parametrize("typed", ["cavusoglu", "Çavuşoğlu", "kilic", "KILIÇ"])
def test_search_and_words_need_no_accents(opened, typed):
    name = "Mevlüt Kılıç Çavuşoğlu"
    tab = opened([*SMALL, said(Actor("e/x", name, "Person"), "visits", BAKU, "asserted", "2021-03-02", "", "R", "en")])
    tab.click("#toggle-filters")
    tab.fill("#text", typed)
    until(tab, "kg.left === 1")
    tab.type("#search", typed)
    tab.wait_for_selector("#found b")
    assert tab.locator("#found b").all_inner_texts() == [name]


@pytest.mark.parametrize("typed", ["turki", "turkey", "ankara gov"])
def test_search_suggests_by_every_name_in_both_languages(small, typed):
    small.type("#search", typed)
    small.wait_for_selector("#found:not([hidden])")
    assert small.get_attribute("#search", "aria-expanded") == "true"
    small.keyboard.press("ArrowDown")
    option = small.locator("#found [aria-selected=true]")
    assert "Turkey" in option.inner_text() and option.get_attribute("id") == small.get_attribute(
        "#search", "aria-activedescendant"
    )
    small.keyboard.press("Enter")
    small.wait_for_selector("#where:not([hidden])")
    assert small.inner_text("#panel-title") == "Turkey"


def test_search_closes_by_escape_and_says_when_nobody_is_found(small):
    small.type("#search", "zzz")
    small.wait_for_selector("#found .none")
    small.keyboard.press("Escape")
    assert small.locator("#found").is_hidden()


def test_focus_shows_one_or_two_steps_with_relations_apart(small):
    small.evaluate("kg.focus(kg.data.index.get('e/country/TR'))")
    names = "kg.scene.actors.map((actor) => kg.name(actor)).sort()"
    assert small.evaluate(names) == ["Azerbaijan", "Turkey"]
    lines = small.evaluate("kg.scene.lines.map(({ relation, arrow, bend }) => [relation, arrow, bend !== 0])")
    assert sorted(lines) == [["meets", False, True], ["supports", True, True]]
    small.click("#steps [data-steps='2']")
    assert small.evaluate(names) == ["Armenia", "Azerbaijan", "Turkey"]
    assert "steps=2" in small.url
    small.click("#whole")
    assert len(small.evaluate(names)) == 6


def test_a_crowded_neighbourhood_says_which_ties_are_left_out(opened):
    tab = opened(rows(900))
    tab.evaluate("kg.focus(kg.data.byDegree[0])")
    own = tab.evaluate("kg.pairsOf(kg.data.byDegree[0]).length")
    assert tab.inner_text("#status").startswith(f"{own} of ")
    assert tab.inner_text("#status").endswith("pairs; ties among the neighbours are left out")
    tab = opened(rows(900), drawn=20)
    tab.evaluate("kg.focus(kg.data.byDegree[0])")
    assert "20 of" in tab.inner_text("#status") and tab.inner_text("#status").endswith("the strongest are drawn")


def test_escape_in_a_field_empties_it_and_goes_back_only_then(small):
    small.evaluate("kg.focus(kg.data.index.get('e/country/AM'))")
    small.fill("#text", "azerbaijan")
    until(small, "kg.left === 4")
    small.keyboard.press("Escape")
    until(small, "kg.left === 7")
    assert small.input_value("#text") == "" and small.evaluate("kg.scene.kind") == "focus"
    small.keyboard.press("Escape")
    until(small, "kg.scene.kind === 'whole'")


def test_double_click_focuses(small):
    small.wait_for_timeout(250)  # the filters have made the drawing narrower
    at = small.evaluate("kg.drawing.screen(kg.data.index.get('e/place/baku'))")
    box = small.locator("#network").bounding_box()
    small.mouse.dblclick(box["x"] + at["x"], box["y"] + at["y"])
    small.wait_for_selector("#where:not([hidden])")
    assert small.inner_text("#around") == "Around Baku"


def test_the_shortest_path_between_two_actors(small):
    small.click("#path-box > summary")
    small.type("#path-from", "turkey")
    small.keyboard.press("Enter")
    small.type("#path-to", "lavrov")
    small.keyboard.press("Enter")
    small.click("#path-form button[type=submit]")
    small.wait_for_selector(".card")
    assert small.inner_text("#panel-title") == "Turkey to Sergey Lavrov: 4 steps"
    assert small.evaluate("kg.scene.path.actors.map((actor) => kg.name(actor))") == [
        "Turkey",
        "Azerbaijan",
        "Armenia",
        "Russia",
        "Sergey Lavrov",
    ]
    tick(small, "relation", "holdsOffice")  # the filters hold for paths too
    assert small.inner_text("#panel-title") == "No path joins Turkey and Sergey Lavrov under these filters."
    assert small.locator("#no-lines").is_hidden()  # both ends stand there


def test_where_no_path_is_at_all_no_filter_is_blamed(opened):
    tab = opened(SMALL, "path=e/country/TR&path=e/place/baku&no-relation=holdsOffice")
    assert "under these filters" in tab.inner_text("#panel-title")
    tab = opened(
        [*SMALL, said(FRANCE, "visits", Actor("e/place/x", "X", "Place"), "asserted", "2021", "", "R", "en")],
        "path=e/country/TR&path=e/country/FR",
    )
    assert tab.inner_text("#panel-title") == "No path joins Turkey and France."


def test_going_back_and_forth_in_the_browser(small):
    small.evaluate("kg.focus(kg.data.index.get('e/country/TR'))")
    small.evaluate("kg.focus(kg.data.index.get('e/country/AM'))")
    small.go_back()
    until(small, "kg.scene.centre === kg.data.index.get('e/country/TR')")
    assert small.inner_text("#around") == "Around Turkey"


def test_everything_that_is_looked_at_comes_back_from_the_address(small, opened):
    small.evaluate("""kg.go({
        off: { ...kg.state.off, relation: new Set(["visits"]), publisher: new Set(["Antara", "Kompas.com"]) },
        text: "armenia & co = #1", confidence: 0.35, from: "2020-10-02", to: "2021-04-01", by: "published",
        focus: "e/country/AM", steps: 2, select: ["e/country/AM", "e/country/AZ", "accuses"],
        lang: "id", theme: "dark" })""")
    read = """[JSON.stringify(kg.state, (key, value) => value instanceof Set ? [...value].sort() : value),
        kg.scene.lines.length, document.documentElement.lang, document.documentElement.dataset.theme]"""
    before, address = small.evaluate(read), small.url.partition("#")[2]
    assert opened.view(address).evaluate(read) == before
    assert before[2:] == ["id", "dark"]


def test_a_shared_address_with_filters_shows_that_there_are_some(opened):
    mark = "getComputedStyle(document.querySelector('#toggle-filters'), '::after').content"
    tab = opened(SMALL, "no-relation=supports")
    assert tab.locator("#filters").is_hidden() and "●" in tab.evaluate(mark)
    tab.evaluate("kg.at('reset').click()")
    until(tab, f"{mark} === 'none'")


def test_an_address_that_names_nothing_known_shows_everything(opened):
    wrong = "focus=nobody&select=x&select=y&path=a&path=b&from=never&steps=9&lang=xx&theme=red&relation=none"
    tab = opened(SMALL, wrong)
    assert tab.inner_text("#panel-title") == "Evidence"


def test_language_and_theme(small):
    small.click("#interface")
    box = "(e) => e.scrollWidth <= e.clientWidth && e.clientHeight < 32"  # one line, and all of it
    assert small.locator("#filters h2").evaluate(box) and small.locator("#reset").evaluate(box)
    assert small.locator("#filters .head").evaluate("(e) => e.scrollWidth <= e.clientWidth")
    assert small.get_attribute("html", "lang") == "id" and small.inner_text("#filters h2") == "Saringan"
    assert "Turki" in small.inner_text("#rows") and "mengunjungi" in small.inner_text("#rows")
    back = "getComputedStyle(document.body).backgroundColor"
    light = small.evaluate(back)
    small.click("#theme")
    assert small.evaluate(back) != light
    assert "Orang" in small.inner_text("#legend")


def test_the_theme_follows_the_system_until_one_is_chosen(small):
    theme = "document.documentElement.dataset.theme"
    try:
        for scheme in ("dark", "light"):
            small.emulate_media(color_scheme=scheme)
            until(small, f"{theme} === '{scheme}'")
    finally:
        small.emulate_media(color_scheme="null", reduced_motion="reduce")


def test_counts_are_written_as_in_the_language(opened):
    tab = opened(rows(1200), language="id")
    assert tab.inner_text("#counts").startswith("1.200 pernyataan")
    tab.click("#interface")
    assert tab.inner_text("#counts").startswith("1,200 statements")


def saved(tab, kind: str) -> bytes:
    tab.click("#export-box > summary")
    with tab.expect_download() as download:
        tab.click(f"#export-{kind}")
    assert download.value.suggested_filename == f"Knowledge-graph.{kind}"
    return Path(download.value.path()).read_bytes()


def test_pictures_are_exported(small):
    png = saved(small, "png")
    assert png.startswith(b"\x89PNG") and len(png) > 5000
    root = ET.fromstring(saved(small, "svg"))
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Turkey", "Armenia", "Baku"} <= texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= 13
    lines = small.evaluate("kg.names.place(kg.drawing.canvas().getContext('2d'), kg.drawing.view(), null).length") - 6
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == 1 + lines > 1  # behind the relations' names


def test_statements_are_exported_as_filtered_and_cells_are_no_formulas(opened):
    evil = Actor("e/x", '=HYPERLINK("http://evil.example")', "Person")
    row = said(evil, "urges", BAKU, "asserted", "2021-03-02", "@SUM(1)", "+1", "en")
    tab = opened([*SMALL, row], "no-relation=supports")
    table = list(csv.DictReader(io.StringIO(saved(tab, "csv").decode("utf-8-sig"))))
    relations = {"meets", "clashesWith", "accuses", "visits", "holdsOffice", "urges"}
    assert {row["relation"] for row in table} == relations
    row = next(row for row in table if row["relation"] == "urges")
    assert row["subject"].startswith("'=") and row["source"].startswith("'@") and row["publisher"] == "'+1"
    records = json.loads(saved(tab, "json"))
    assert len(records) == 6
    assert next(r for r in records if r["relation"] == "urges")["subject"].startswith("=")
    accusal = next(r for r in records if r["relation"] == "accuses")
    assert accusal["sentence"] == "Armenia accuses Azerbaijan 2021-01-01."


def test_only_the_strongest_pairs_are_drawn_and_the_page_says_so(opened):
    tab = opened(rows(300), drawn=40)
    total = tab.evaluate("kg.data.pairs.length")
    assert f"40 of {total} pairs" in tab.inner_text("#status")
    counts = tab.evaluate("kg.scene.pairs.map((pair) => kg.counts[pair])")
    assert counts == sorted(counts, reverse=True) and len(counts) == 40
    rest = tab.evaluate("Math.max(...kg.counts.filter((_, pair) => !kg.scene.pairs.includes(pair)))")
    assert rest <= counts[-1]


def test_parallel_relations_are_one_line_where_many_are_drawn_and_apart_where_few(opened):
    tab = opened(rows(900))
    assert tab.evaluate("!kg.scene.unfolded && kg.scene.lines.length === kg.scene.drawn")
    wide = tab.evaluate("kg.scene.lines.map(({ count, width }) => [count, width])")
    assert max(wide)[1] > min(wide)[1]
    pair = tab.evaluate("kg.data.ids[kg.data.byDegree.at(-1)]")
    tab.evaluate("(id) => kg.focusId(id)", pair)
    assert tab.evaluate("kg.scene.unfolded && kg.scene.lines.every(({ relation }) => relation)")


@pytest.mark.parametrize("count", [100, 900])
def test_no_name_lies_on_another(opened, count):
    tab = opened(rows(count))
    overlaps = tab.evaluate("""(() => {
        const names = kg.names.place(kg.drawing.canvas().getContext("2d"), kg.drawing.view(), null);
        const hit = (a, b) => Math.abs(a.x - b.x) < a.half + b.half - 2 && Math.abs(a.y - b.y) < (a.size + b.size) / 2;
        const over = names.flatMap((a, i) => names.slice(0, i).filter((b) => hit(a, b)).map((b) => [a.text, b.text]));
        return [names.length, over];
    })()""")
    assert overlaps[0] >= 20 and overlaps[1] == []
    best = tab.evaluate("kg.name(kg.scene.actors[0])")
    assert tab.evaluate("kg.names.place(kg.drawing.canvas().getContext('2d'), kg.drawing.view(), null)[0].text") == best


def test_a_compressed_page_shows_the_same(opened, monkeypatch):
    from kg.view import data

    plain = opened(SMALL).inner_text("#rows")
    monkeypatch.setattr(data, "LARGE", 100)
    assert opened(SMALL).inner_text("#rows") == plain


AGREED = [
    said(RUSSIA, "supports", ARMENIA, "asserted", "2021-03-01", "", "Antara", "id"),
    said(FRANCE, "visits", ARMENIA, "asserted", "2021-03-01", "", "Antara", "id"),
    said(FRANCE, "visits", ARMENIA, "negated", "2021-03-01", "", "Reuters", "en"),
]


def test_what_several_sources_report_and_what_is_disputed_is_marked_and_filtered(opened):
    tab = opened([*SMALL, *AGREED])
    tab.evaluate("kg.selectPair(kg.data.index.get('e/country/RU'), kg.data.index.get('e/country/AM'))")
    assert tab.locator(".card .several").all_inner_texts() == ["2 sources"] * 2
    assert tab.locator(".card .several").first.get_attribute("title").startswith("Reported by independent sources")
    labels = tab.evaluate("kg.scene.lines.map((line) => kg.lines.label(line))")
    assert "supports ×2 (2 sources)" in labels and "visits ×2 (disputed)" in labels
    assert {"several sources", "disputed"} <= set(tab.inner_text("#legend").split("\n"))
    tab.click("#toggle-filters")
    counted = tab.evaluate("kg.filters.values('agreement').map(({ value, count }) => [value, count])")
    assert sorted(counted) == [["disputed", 2], ["several", 2], ["single", 6]]
    tick(tab, "agreement", "single")
    assert left(tab) == {"supports", "visits"}
    tab.click("#interface")
    assert "beberapa sumber" in tab.inner_text("#facets") and "2 sumber" in tab.inner_text("#rows")
    tab.evaluate("kg.clear()")
    records = json.loads(saved(tab, "json"))
    assert sorted({(r["relation"], r["sources"], r["disputed"]) for r in records}) == [
        ("supports", 2, False),
        ("visits", 1, True),
    ]


def test_prints_of_one_text_are_one_source(opened):
    one, other = (row for row in (SMALL[-1], AGREED[0]))
    tab = opened([dataclasses.replace(row, origin="text") for row in (one, other)])
    assert tab.evaluate("kg.data.raw.rows.sources") == [1, 1]


def test_the_counts_of_a_filter_are_under_the_others_and_ticking_the_last_one_brings_all_back(small):
    tick(small, "language", "id")
    counts = "Object.fromEntries(kg.filters.values('relation').map(({ value, count }) => [value, count]))"
    assert small.evaluate(counts) == {
        "supports": 1,
        "meets": 0,
        "clashesWith": 1,
        "accuses": 1,
        "visits": 0,
        "holdsOffice": 1,
    }
    shown = dict(text.split("\n")[:2] for text in small.locator("[data-facet=relation] label").all_inner_texts())
    assert shown["meets"] == "0" and shown["supports"] == "1"
    small.click("#reset")
    small.locator("[data-facet=language] li").first.hover()
    small.get_by_role("button", name="only: English").click()
    assert "language=en" in small.url
    tick(small, "language", "en")
    assert "#" not in small.url and len(left(small)) == 6


def test_at_first_sight_there_are_the_best_connected_and_the_newest(opened):
    tab = opened(SMALL)
    assert tab.locator(".ties button").first.inner_text() in ("Azerbaijan", "Armenia")
    assert tab.locator(".brief").count() == 7
    tab.locator(".brief").first.click()
    tab.wait_for_selector(".card")
    assert "select=" in tab.url


def test_a_high_screen_gets_the_drawing_turned(opened):
    tab = opened(rows(100))
    shape = """(() => { const p = [...kg.scene.places.values()];
        const span = (k) => Math.max(...p.map((o) => o[k])) - Math.min(...p.map((o) => o[k]));
        return span("x") / span("y"); })()"""
    wide = tab.evaluate(shape)
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    assert tab.evaluate(shape) == pytest.approx(1 / wide)


RATED = [
    dataclasses.replace(row, confidence=sure)
    for row, sure in zip(SMALL, (0.95, 0.45, 0.7, None, 0.62, None, 0.8), strict=True)
]


def test_the_confidence_slider_is_moved_by_keys_and_leaves_what_is_probable(opened):
    tab = opened(RATED)
    tab.click("#toggle-filters")
    assert len(left(tab)) == 6 and tab.inner_text("#least") == "all" and tab.inner_text("#unrated") == ""
    slider = tab.get_by_role("slider", name="Confidence")
    slider.focus()
    for _ in range(13):
        tab.keyboard.press("ArrowRight")
    until(tab, "kg.state.confidence === 0.65")
    assert left(tab) == {"supports", "clashes with"}
    assert "3 statements matching" in tab.inner_text("#status")
    assert tab.inner_text("#least") == slider.get_attribute("aria-valuetext") == "0.65 or more"
    assert tab.inner_text("#unrated") == "2 without a confidence are not shown"
    for relation, count in (("supports", "2"), ("visits", "0")):
        item = tab.locator("[data-facet=relation] li", has=tab.locator(f"input[data-value={relation}]"))
        assert item.locator("small").inner_text() == count
    assert "confidence=0.65" in tab.url and tab.evaluate("document.activeElement.id") == "confidence"
    tab.keyboard.press("End")
    until(tab, "kg.state.confidence === 1")
    assert left(tab) == set() and tab.locator("#no-match").is_visible()
    tab.keyboard.press("Home")
    until(tab, "kg.state.confidence === 0")
    assert len(left(tab)) == 6 and "#" not in tab.url


def test_a_shared_address_sets_the_slider_and_the_reset_and_language_reach_it(opened):
    tab = opened(RATED, "confidence=0.7&lang=id")
    tab.click("#toggle-filters")
    assert tab.evaluate("[kg.left, kg.at('confidence').value]") == [3, "0.7"]  # 0.7 itself stays
    assert tab.get_by_role("slider", name="Keyakinan").get_attribute("aria-valuetext") == "0,7 ke atas"
    assert tab.inner_text("#unrated") == "2 tanpa keyakinan tidak ditampilkan"
    tab.click("#reset")
    assert tab.evaluate("[kg.left, kg.at('confidence').value]") == [7, "0"]
    assert tab.inner_text("#least") == "semua"
    for wrong in ("2", "-1", "x", "0.5.1", ""):
        assert opened.view(f"confidence={wrong}").evaluate("kg.left") == 7


def test_a_statement_tells_its_confidence_where_it_has_one(opened):
    tab = opened(RATED, "select=e/country/TR&select=e/country/AZ&select=supports")
    facts = tab.locator(".card dl").inner_text().split("\n")
    assert "Confidence" in " ".join(facts) and "0.95" in " ".join(facts)
    assert "Confidence 0.62" in tab.locator("#rows tr", has_text="visits").inner_text()
    assert "Confidence" not in tab.locator("#rows tr", has_text="accuses").inner_text()
    records = {row["relation"]: row["confidence"] for row in json.loads(saved(opened(RATED), "json"))}
    assert records["visits"] == 0.62 and records["accuses"] is None


def test_without_any_confidence_there_is_no_slider(small):
    assert small.locator("#rated").is_hidden()
