"""The explorer as `kg serve` serves it: data by address, the page in a browser, a hostile store."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from explore.newsroom import fill
from graph.examples import ENGLISH, entity
from view.made import until

from kg.graph.store import Store
from kg.model import Article, Evidence, Statement
from web.running import answered, served

TURKEY = "https://w3id.org/newskg/entity/country/TR"
ARMENIA = "https://w3id.org/newskg/entity/country/AM"


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A read-only server of sixty articles."""
    folder = tmp_path_factory.mktemp("news") / "store"
    with Store.open(folder) as store:
        fill(store)
    with served(folder) as url, httpx.Client(base_url=url, timeout=180) as client:
        answered(client, "/explore.json")
        yield client


@pytest.mark.parametrize("path", ["/explore", "/explore?lang=id"])
def test_the_page_has_a_policy_of_its_own(reader, path):
    answer = reader.client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 200 and "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_its_data_comes_by_address(news):
    overview = news.get("/explore/overview.json").json()
    assert overview == news.get("/explore.json").json() and overview["total"]["statements"] > 100
    actor, other = overview["actors"]["id"][:2]
    assert actor in news.get("/explore/node.json", params={"id": actor}).json()["actors"]["id"]
    assert news.get("/explore/evidence.json", params={"first": actor}).json()["rows"]["sentence"]
    found = news.get("/explore/search.json", params={"q": overview["actors"]["name"][0]}).json()["actors"]
    assert actor in [each["id"] for each in found]
    assert "pairs" in news.get("/explore/path.json", params={"from": actor, "to": other}).json()


ADDRESSES = [
    "/explore",
    "/explore/overview",
    f"/explore/node?id={quote(TURKEY)}",
    "/explore/search?q=turk",
    f"/explore/evidence?first={quote(TURKEY)}",
    f"/explore/path?from={quote(TURKEY)}&to={quote(ARMENIA)}",
    f"/explore/compare?first={quote(TURKEY)}&second={quote(ARMENIA)}",
    "/explore/new?since=2021-06-01",
    f"/explore/node?id={quote(TURKEY)}&relation=visits&no-factuality=negated",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_data_at_the_same_address(news, address):
    path, _, query = address.partition("?")
    for ending, kind in (("json", "application/json"), ("ttl", "text/turtle")):
        by_ending = news.get(f"{path}.{ending}?{query}")
        by_header = news.get(address, headers={"accept": kind})
        assert by_ending.status_code == by_header.status_code == 200, by_ending.text
        assert by_ending.headers["content-type"].startswith(kind) and by_ending.content == by_header.content
        if ending == "ttl":
            assert len(list(ox.parse(by_ending.content, format=ox.RdfFormat.TURTLE))) >= 3
    page = news.get(address, headers={"accept": "text/html,*/*;q=0.1"})
    assert page.status_code in (200, 303)
    assert page.status_code == 200 or page.headers["location"].startswith("/explore")


def test_turtle_holds_what_the_filters_leave_and_no_denial(news):
    visits, rdf = ox.NamedNode("https://w3id.org/newskg/ontology#visits"), ox.RdfFormat.TURTLE
    data = news.get("/explore/overview.json?relation=visits").json()
    ids, rows = data["actors"]["id"], data["rows"]
    stated = {
        (ids[one], ids[other])
        for one, other, said in zip(rows["from"], rows["to"], rows["factuality"], strict=True)
        if data["strings"][said] != "negated"
    }
    parsed = list(ox.parse(news.get("/explore/overview.ttl?relation=visits").content, format=rdf))
    assert {(str(t.subject.value), str(t.object.value)) for t in parsed if t.predicate == visits} == stated
    assert not [t for t in parsed if t.predicate.value.endswith(("#meets", "#supports", "#accuses"))]


@pytest.mark.parametrize("path", ["/entity/country/TR", "/article/a0", "/"])
def test_the_other_pages_are_data_too(news, path):
    for kind in ("application/json", "text/turtle"):
        answer = news.get(path, headers={"accept": kind})
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)
    assert list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    page = news.get(path, headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html" if path == "/" else "application/json")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("node.json?id=no+iri", 400),
        ("node.json", 400),
        ("evidence.json?first=%3Cx%3E", 400),
        ("path.json?from=x", 400),
        ("node.json?id=https://x.example/&start=yesterday", 400),
        ("nothing.json", 404),
        ("node.exe", 404),
        ("overview.json?%ff=1", 400),
        ("overview.ttl?start=2020-13-99'", 400),
        ("../explore/x", 404),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(news, asked, status):
    answer = news.get(f"/explore/{asked}")
    assert answer.status_code == status and "\n" not in answer.text.strip()


@pytest.mark.parametrize(
    "asked",
    [
        "text=" + "a%20" * 5000,
        "&".join(["relation=x"] * 900),
        "no-type=%00&source=%F0%9F",
        "limit=99999999&offset=99999999",
        "text=.*[(",
        "by=never&lang=xx",
    ],
)
def test_odd_filters_are_answered(news, asked):
    answer = news.get(f"/explore/evidence.json?{asked}")
    assert answer.status_code in (200, 400) and len(answer.content) < 1_000_000


@pytest.mark.slow
def test_a_store_that_is_written_is_shown_anew_and_never_half(tmp_path):
    with Store.open(tmp_path / "store") as store:
        fill(store, 5)
    with served(tmp_path / "store") as url, httpx.Client(base_url=url, timeout=180) as client:
        before = answered(client, "/explore.json").json()["all"]
        made = {path.name for path in (tmp_path / ".store-explored").iterdir()}
        with Store.open(tmp_path / "store") as store:
            fill(store, 30)
        end = time.monotonic() + 120  # seconds that it takes where others leave hardly any processor
        while time.monotonic() < end:
            now = answered(client, "/explore.json").json()["all"]
            if now != before:
                break
            time.sleep(0.1)
        assert now["statements"] > before["statements"]
        kept = {path.name for path in (tmp_path / ".store-explored").iterdir()}
        assert len(kept) == 1 and not kept & made
    with served(tmp_path / "store") as url, httpx.Client(base_url=url, timeout=180) as client:  # kept: nothing is read
        assert answered(client, "/explore.json").json()["all"] == now
    assert {path.name for path in (tmp_path / ".store-explored").iterdir()} == kept


def test_until_an_index_is_there_the_page_hears_how_far_it_is(monkeypatch):
    from kg.web import index_views

    class Source:
        current, store = "1", Path("store")

        @contextlib.asynccontextmanager
        async def reading(self):
            yield self.current

    made: list[str] = []

    async def run(self, snapshot, folder):
        self.done = 3
        await asyncio.sleep(0.2)
        made.append(folder)

    monkeypatch.setattr(index_views, "PATIENCE", 0.02)
    monkeypatch.setattr(index_views.IndexViews, "_run", run)
    monkeypatch.setattr(index_views.index_cache, "place", lambda store, snapshot: f"index-{snapshot}")
    monkeypatch.setattr(index_views.index_cache, "read", lambda folder, snapshot: folder if folder in made else None)

    async def visit() -> list[object]:
        read, source, seen = index_views.IndexViews(), Source(), []

        async def look() -> object:
            try:
                async with read.view(source) as view:
                    return view.index
            except index_views.NotYet as waiting:
                return waiting.done

        seen.append(await look())
        await asyncio.sleep(0.3)
        seen.append(await look())
        source.current = "2"  # a large store that was written: the one before is shown until the new one is read
        seen.append(await look())
        await asyncio.sleep(0.3)
        seen.append(await look())
        await read.close()
        return seen

    assert asyncio.run(visit()) == [3, "index-1", "index-1", "index-2"]


# ---- in the browser


@pytest.fixture
def page(browser, news):
    tab, wrong = browser.new_page(reduced_motion="reduce"), []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(f"{news.base_url}/explore")
    tab.wait_for_selector("body[data-ready]")
    until(tab, "document.querySelectorAll('#rows tr').length > 0")
    yield tab
    tab.close()
    assert wrong == []


def settled(tab, condition: str) -> None:
    until(tab, f"!document.body.classList.contains('busy') && ({condition})")


@pytest.mark.browser
def test_at_first_sight_it_says_what_there_is(page):
    assert "statements" in page.inner_text("#counts") and "pairs" in page.inner_text("#status")
    assert page.locator(".brief").count() == 12 and "Best connected" in page.inner_text("#panel")
    total = page.evaluate("kg.data.raw.total.statements")
    assert f"of {total}" in page.inner_text("#range")
    page.click("#next")
    until(page, "document.querySelector('#range').textContent.startsWith('51–100')")


@pytest.mark.browser
def test_the_pages_beside_the_network_count_what_the_server_counts(page, news):
    page.evaluate(f"kg.open('actor', ['{TURKEY}'])")
    page.locator("#reading .card").first.wait_for()
    about = news.get("/explore/node.json", params={"id": TURKEY}).json()["about"][TURKEY]
    assert f"{about['statements']} statements · {about['articles']} articles" in page.inner_text("#reading-note")
    counts = page.locator("#reading table[aria-label='Relations by partner'] td:nth-child(3)").all_inner_texts()
    assert sum(map(int, counts)) == about["statements"] and len(counts) == about["partners"]
    assert page.locator("#reading .card").count() == 20
    page.locator("#reading .cards + .wide").click()
    until(page, "document.querySelectorAll('#reading .card').length === 40")
    page.evaluate(f"kg.open('compare', ['{TURKEY}', '{ARMENIA}'])")
    settled(page, "document.querySelector('#reading').dataset.page === 'compare'")
    page.locator("#reading h3", has_text="Tied to both (5)").wait_for()
    page.evaluate("kg.open('new', [], { since: '2021-11-01' })")
    page.locator("#reading-title", has_text="New since 2021-11-01").wait_for()
    found = news.get("/explore/new.json?since=2021-11-01").json()["news"]
    assert f"{found['statements']} statements" in page.inner_text("#reading-note")
    heading = page.locator("#reading h3", has_text="Known pairs, new relation")
    assert heading.inner_text() == f"Known pairs, new relation ({found['total']['ties']})"
    page.locator("#reading .card").first.wait_for()
    page.click("#leave")
    settled(page, "kg.state.page === '' && kg.scene.lines.length > 0")


@pytest.mark.browser
def test_search_finds_sentences_of_the_whole_store(page):
    page.keyboard.press("/")
    page.keyboard.type("secret visits")
    page.locator("#found .group", has_text="Statements").wait_for()
    page.locator("#found .name", has_text="in secret.").first.click()
    settled(page, "kg.state.select.length === 3 && kg.scene.kind === 'focus'")


@pytest.mark.browser
@pytest.mark.parametrize("facet", ["relation", "type", "factuality", "agreement", "publisher", "source", "language"])
def test_each_filter_asks_the_server_and_is_in_the_address(page, facet):
    page.click("#toggle-filters")
    if not page.locator(f"[data-facet={facet}]").evaluate("(e) => e.open"):
        page.click(f"[data-facet={facet}] summary")
    tick = page.locator(f"[data-facet={facet}] input").nth(1)
    value, before = tick.get_attribute("data-value"), page.evaluate("kg.data.raw.total.statements")
    tick.click()
    settled(page, f"kg.data.raw.total.statements < {before}")
    left = page.evaluate("kg.data.raw.total.statements")
    assert f"no-{facet}=" in page.url and page.evaluate("document.activeElement.dataset.value") == value
    assert f"{left} statements matching" in page.inner_text("#status")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    settled(page, f"kg.data.raw.total.statements === {left}")
    if facet != "type":  # a type says how many actors
        page.click("#toggle-filters")
        group = page.locator(f"[data-facet={facet}]")
        group.evaluate("(e) => { e.open = true; }")
        item = group.locator("li", has=page.locator(f"input[data-value='{value}']"))
        item.hover()
        item.locator(".only").click()
        settled(page, f"kg.data.raw.total.statements === {before - left}")


@pytest.mark.browser
def test_the_confidence_slider_asks_the_server_and_counts_what_has_none(page):
    page.click("#toggle-filters")
    everything = page.evaluate("kg.data.raw.total.statements")
    page.focus("#confidence")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    settled(page, f"kg.state.confidence === 0.5 && kg.data.raw.total.statements < {everything}")
    left, (known, without) = page.evaluate("[kg.data.raw.total.statements, kg.data.raw.rated]")
    assert 0 < left < known == everything - without and "confidence=0.5" in page.url
    assert f"{without} without a confidence" in page.inner_text("#unrated")
    assert f"{left} statements matching" in page.inner_text("#status")
    until(page, "document.querySelectorAll('.brief').length === 12")
    shown = page.evaluate("kg.data.raw.rows.confidence.filter((each, row) => !kg.data.weight[row])")
    assert shown and min(shown) >= 0.5
    page.reload()
    page.wait_for_selector("body[data-ready]")
    settled(page, f"kg.data.raw.total.statements === {left}")
    assert page.evaluate("kg.at('confidence').value") == "0.5"


@pytest.mark.browser
def test_words_dates_and_kind_of_date_ask_the_server(page):
    page.click("#toggle-filters")
    everything = page.evaluate("kg.data.raw.total.statements")
    page.fill("#text", "secret turkey")
    settled(page, f"kg.data.raw.total.statements < {everything} && kg.state.text === 'secret turkey'")
    some = page.evaluate("kg.data.raw.total.statements")
    assert "secret" in page.locator(".brief").first.inner_text()
    page.focus("#handle-from")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    settled(page, f"kg.data.raw.total.statements < {some}")
    page.select_option("#by", "published")
    settled(page, "kg.state.by === 'published' && Object.keys(kg.data.raw.days).length > 5")
    page.click("#reset")
    settled(page, f"kg.data.raw.total.statements === {everything}")


@pytest.mark.browser
def test_nothing_left_says_so_and_leads_back(page):
    page.evaluate("kg.go({ text: 'nothing of the kind' })")
    settled(page, "kg.data.raw.total.statements === 0")
    assert page.locator("#no-lines").is_visible() and page.locator("#no-match").is_visible()
    page.click("#panel .wide")
    settled(page, "kg.data.raw.total.statements > 0")
    assert page.locator("#no-lines").is_hidden() and "#" not in page.url


@pytest.mark.browser
def test_the_served_page_looks_around(page):
    page.type("#search", "turk")
    page.wait_for_selector("#found b")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    assert page.inner_text("#around") == "Around Türkiye" and "Ankara" in page.inner_text(".also")
    assert "visits" in page.inner_text("#panel")
    page.click("#steps [data-steps='2']")
    settled(page, "kg.state.steps === 2")
    page.click("#whole")
    settled(page, "kg.scene.kind === 'whole'")
    page.evaluate(f"kg.selectPair(kg.data.index.get('{TURKEY}'), kg.data.index.get('{ARMENIA}'))")
    page.wait_for_selector(".card .mark")
    page.evaluate(f"kg.go({{ path: ['{TURKEY}', '{ARMENIA}'], select: [] }}, true)")
    settled(page, "kg.scene.kind === 'path'")
    assert "tied directly" in page.inner_text("#panel-title")
    page.wait_for_selector("#panel-body .card")  # the sentences come after the title
    marks = page.evaluate("kg.data.raw.rows.disputed.some(Boolean)")
    assert page.locator(".mark.disputed").count() > 0 or not marks


@pytest.mark.browser
def test_what_is_looked_at_again_is_held_once(page):
    page.evaluate(f"kg.focusId('{TURKEY}')")
    settled(page, "kg.scene.kind === 'focus'")

    def look() -> str:
        for act in (f"selectPair(kg.data.index.get('{TURKEY}'), kg.data.index.get('{ARMENIA}'))", "clear()"):
            page.evaluate(f"kg.{act}")
            settled(page, "document.querySelectorAll('#panel-body .card').length")
        return page.evaluate("JSON.stringify([kg.data.count, kg.data.raw.articles.iri.length])")

    seen = look()
    assert [look(), look()] == [seen, seen]


@pytest.mark.browser
def test_by_keyboard_one_hears_how_many_statements_an_actor_has(page):
    page.focus("#network")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        heard = page.inner_text("#live")
        until(page, "document.querySelector('.card')")
        read = page.locator("#panel-body > .hint").last.inner_text()
        assert read.endswith("statements") and heard.endswith(f", {read}")


@pytest.mark.browser
def test_the_server_gives_all_statements_to_export(page):
    page.evaluate(f"kg.focusId('{TURKEY}')")
    settled(page, "kg.scene.kind === 'focus'")
    total = page.evaluate("kg.data.raw.total.statements")
    page.click("#export-box > summary")
    with page.expect_download() as download:
        page.click("#export-csv")
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == total + 1 > 41 and lines[0].startswith("subject,subject_type")
    page.click("#export-box > summary")
    with page.expect_response(lambda answer: "node.ttl" in answer.url) as answer:
        page.click("#export-ttl")
    assert answer.value.status == 200


@pytest.mark.browser
def test_a_hostile_store_runs_nothing(browser, tmp_path):
    nasty = '<img src=x onerror="window.__xss=1"></script><script>window.__xss=1</script>'
    evil = entity(nasty, "Person", nasty, "=cmd|' /C calc'!A0")
    text = f"{nasty} visits =HYPERLINK(1)."
    other = entity("=HYPERLINK(1)", "Organization", "=HYPERLINK(1)", "__proto__")
    said = Statement("x", "visits", evil, other, attribution=(evil,), evidence=(Evidence(text, 0, len(text)),))
    article = Article("x", text, "en", headline=nasty, publisher=nasty, url="javascript:window.__xss=1")
    with Store.open(tmp_path / "store") as store:
        store.add(article, [said])
        store.add(ENGLISH, [])
    with served(tmp_path / "store") as url:
        tab, asked = browser.new_page(), []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{url}/explore#focus={quote(evil.iri or '')}&text=visits")
        tab.wait_for_selector("body[data-ready]")
        tab.wait_for_selector(".card")
        tab.click("#toggle-filters")
        for summary in tab.locator("#facets summary:visible").all():
            summary.click()
        tab.fill("#search", "<img")
        tab.wait_for_selector("#found b")
        tab.keyboard.press("Enter")
        tab.click("#export-box > summary")
        with tab.expect_download() as download:
            tab.click("#export-csv")
        table = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert "'=HYPERLINK(1)" in table and ",=HYPERLINK" not in table
        assert tab.evaluate("window.__xss") is None and tab.locator("img, iframe, object").count() == 0
        assert tab.locator(".card a, #rows a").count() == 0
        assert [each for each in asked if not each.startswith((url, "blob:"))] == []
        tab.close()
