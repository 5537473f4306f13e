"""Live blogs: each update is an article of its own, with its own time and address."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Store
from kg.ingest import read
from kg.ingest.liveblog import records

PAGE = "https://news.example/live/talks-in-prague"
FIRST = {
    "@type": "BlogPosting",
    "headline": "Talks begin",
    "datePublished": "2020-10-06T09:00:00+02:00",
    "url": f"{PAGE}?post=1",
    "author": [{"@type": "Person", "name": "Ana Writer"}],
    "articleBody": "<p>The president of Turkey met the prime minister of Armenia in Prague.</p><p>They left.</p>",
}
SECOND = {
    "@type": "BlogPosting",
    "datePublished": "2020-10-07T11:30:00+02:00",
    "url": PAGE,
    "articleBody": "Both sides &amp; their guests left the city on Wednesday.\n\nThe talks will be held again in May.",
}
BARE = {"@type": "BlogPosting", "@id": "#bare", "headline": "Georgia's president arrives in Prague for the talks"}


def page(*updates: Any, **more: Any) -> str:
    posting = {
        "@type": ["LiveBlogPosting"],
        "headline": "Talks in Prague: live",
        "datePublished": "2020-10-06T08:00:00+02:00",
        "publisher": {"@type": "Organization", "name": "The Example Post"},
        "liveBlogUpdate": list(updates),
        **more,
    }
    text = (
        "<p>The talks between the two sides in Prague go on, and what is said there can be followed on this page.</p>"
    )
    data = json.dumps({"@graph": [{"@type": "WebSite"}, posting]})
    return (
        f'<!doctype html><html><head><link rel="canonical" href="{PAGE}"></head><body><article><h1>Talks: live</h1>'
        f'{text * 3}</article><script type="application/ld+json">{data}</script></body></html>'
    )


def test_each_update_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "live.html").write_text(page(FIRST, SECOND, BARE, url=PAGE))
    first, second, bare = read([tmp_path / "live.html"])
    assert first.text.startswith("Talks begin\n\nThe president of Turkey met")
    assert second.text.startswith("Both sides & their guests left")
    assert [one.published and one.published.day for one in (first, second, bare)] == [6, 7, 6]
    assert first.url == f"{PAGE}?post=1"
    assert second.url == f"{PAGE}#20201007T1130000200"  # the page's address is no update's own
    assert bare.url == f"{PAGE}#bare"
    assert first.publisher == "The Example Post" and first.authors == ("Ana Writer",)
    assert {one.id.rpartition("-")[0] for one in (first, second, bare)} == {"live"}
    assert len({one.id for one in (first, second, bare)}) == 3


def test_an_update_keeps_its_id_as_others_come(tmp_path: Path) -> None:
    path, store = tmp_path / "live.html", Store.open(tmp_path / "store")
    path.write_text(page(FIRST, SECOND, url=PAGE))
    for article in read([path], id_for=store.id_for):
        store.add(article, [])
    path.write_text(page(BARE, {**FIRST, "articleBody": FIRST["articleBody"] + "<p>And left.</p>"}, SECOND, url=PAGE))
    outcomes = [store.add(article, []) for article in read([path], id_for=store.id_for)]
    assert outcomes == ["new", "changed", "same"]
    store.close()


@pytest.mark.parametrize(
    "broken",
    [
        page(),
        page(BARE),
        page("text", 7, None),
        page({**FIRST, "articleBody": None}),
        page(FIRST, liveBlogUpdate="x"),
    ],
)
def test_without_texts_the_page_is_read_as_a_whole(broken: str, tmp_path: Path) -> None:
    assert records(broken, "x", "x") == []
    (tmp_path / "live.html").write_text(broken)
    (article,) = read([tmp_path / "live.html"])
    assert article.id == "live" and article.text.startswith("Talks")


def test_by_its_address_when_it_is_known() -> None:
    one, two = records(page(FIRST, {**SECOND, "url": "http://["}), "x", "x", url=PAGE)
    assert one.id != two.id and one.id.startswith("talks-in-prague-")
    assert two.url == f"{PAGE}#20201007T1130000200"
