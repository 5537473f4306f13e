"""The served page in the browser, its server played by the functions that the server calls."""
from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from made import LABELS, until

from kg.view import find, served, served_page
from kg.view.index import Index

IRI = "https://w3id.org/newskg/entity/"
TURKEY, BAKU, ARMENIA = IRI + "country/TR", IRI + "place/baku", IRI + "country/AM"


@pytest.fixture(scope="module")
def index(turtle):
    from kg.graph.store import Store

    return Index(Store.load(turtle))


def named(data, column: str) -> set[str]:
    rows = data["rows"]
    return {data["strings"][number] for number in rows[column]}


def test_an_overview_counts_the_strongest_pairs(index):
    data = served.overview(index)
    assert data["total"] == {"statements": 3, "pairs": 3, "actors": 4}
    assert data["weights"] == [1, 1, 1] and len(data["pairs"]) == 3
    assert len(served.overview(index, limit=1)["pairs"]) == 1
    assert len({*zip(data["actors"]["x"], data["actors"]["y"], strict=True)}) == 4


def test_a_neighbourhood_has_counts_first_and_a_cap(index):
    data = served.node(index, TURKEY)
    assert data["relations"] == {"visits": 1, "supports": 1, "attacks": 1} and data["months"] == {"2020-10": 3}
    assert len(served.node(index, TURKEY, limit=1)["pairs"]) == 1
    assert served.node(index, TURKEY, limit=1)["total"] == {"statements": 3, "pairs": 3}
    assert named(served.node(index, TURKEY, without=["visits"]), "relation") == {"supports", "attacks"}
    assert served.node(index, TURKEY, start="2020-10-07")["pairs"] == []
    assert len(served.node(index, BAKU, steps=2)["pairs"]) == 3
    assert served.node(index, IRI + "nobody")["pairs"] == []


def test_evidence_comes_in_pages(index):
    assert len(served.evidence(index, TURKEY)["rows"]["sentence"]) == 3
    page = served.evidence(index, TURKEY, limit=2)
    assert page["more"] and len(page["rows"]["sentence"]) == 2
    assert served.evidence(index, TURKEY, limit=2, offset=2)["more"] is False
    assert served.evidence(index, TURKEY, BAKU, relation="visits")["rows"]["sentence"] == [
        "Menteri Luar Negeri Turki akan mengunjungi Baku."]
    assert served.evidence(index, BAKU, TURKEY, relation="visits")["rows"]["sentence"] == []


def test_a_path_is_found_from_both_ends(index):
    assert len(served.path(index, BAKU, ARMENIA)["pairs"]) == 2
    assert served.path(index, BAKU, IRI + "nobody")["pairs"] == []
    assert served.path(index, BAKU, BAKU)["pairs"] == []


@pytest.mark.parametrize("wrong", ["", "no iri", "https://x/> } DROP ALL #"])
def test_what_is_no_iri_is_refused(index, wrong):
    with pytest.raises(ValueError, match="no IRI"):
        served.node(index, wrong)


def test_names_are_found_by_beginning_then_word_then_anywhere(index):
    names = find.Names(index)
    assert names.find("tur")[0] == TURKEY and names.find("baku") == [BAKU]
    assert names.find("zzz") == [] and names.find("") == []
    assert names.search("rmeni", language="id")["actors"][0]["name"] == "Armenia"


@pytest.fixture
def page(tab, index):
    names, wrong = find.Names(index), []

    def answer(route):
        address = urlsplit(route.request.url)
        asked = {key: values[0] for key, values in parse_qs(address.query).items()}
        lang = asked.pop("lang", "en")
        if address.path == "/explore":
            route.fulfill(body=served_page(labels=LABELS, base="/explore"), content_type="text/html; charset=utf-8")
            return
        data = {
            "overview": lambda: served.overview(index, language=lang),
            "node": lambda: served.node(index, asked["id"], language=lang, steps=int(asked["steps"]),
                                        start=asked.get("start", ""), end=asked.get("end", ""),
                                        without=parse_qs(address.query).get("without", [])),
            "evidence": lambda: served.evidence(index, asked["first"], asked.get("second", ""), language=lang,
                                                relation=asked.get("relation", "")),
            "path": lambda: served.path(index, asked["from"], asked["to"], language=lang),
            "search": lambda: names.search(asked["q"], language=lang),
        }[address.path.rpartition("/")[2].removesuffix(".json")]()
        route.fulfill(body=json.dumps(data), content_type="application/json")

    def hear(error):
        wrong.append(str(error))

    tab.on("pageerror", hear)
    tab.route("http://kg.test/**", answer)
    tab.goto("http://kg.test/explore")
    tab.wait_for_selector("body[data-ready]")
    yield tab
    tab.unroute("http://kg.test/**")
    tab.remove_listener("pageerror", hear)
    assert wrong == []


@pytest.mark.browser
def test_the_served_page_looks_around(page):
    assert "3 pairs" in page.inner_text("#status") and "3 statements" in page.inner_text("#counts")
    page.type("#search", "baku")
    page.wait_for_selector("#found b")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    assert page.inner_text("#around") == "Around Baku" and "akan mengunjungi Baku" in page.inner_text("#panel")
    assert "visits 1" in page.inner_text("#panel") and page.locator("#rows tr").count() == 1
    page.click("#steps [data-steps='2']")
    until(page, "kg.scene.drawn === 3")
    page.click("#whole")
    until(page, "kg.scene.kind === 'whole'")
    page.evaluate(f"kg.selectPair(kg.data.index.get('{TURKEY}'), kg.data.index.get('{ARMENIA}'))")
    page.wait_for_selector(".card .negated")
    page.evaluate(f"kg.go({{ path: ['{BAKU}', '{ARMENIA}'], select: [] }}, true)")
    until(page, "document.querySelectorAll('.card').length === 2")
    page.evaluate(f"kg.focusId('{TURKEY}')")
    until(page, "kg.scene.centre !== undefined && kg.scene.drawn === 3")
    page.click("#toggle-filters")
    page.click("[data-facet=relation] input[data-value=visits]")
    until(page, "kg.scene.drawn === 2")
    page.click("[data-facet=relation] input[data-value=visits]")
    until(page, "kg.scene.drawn === 3")
