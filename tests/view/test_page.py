"""The page as text: safe, self-contained, the same on every run."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

import networkx as nx
import pytest

from kg.view import Actor, Row, data, page, served_page
from kg.view.layout import positions
from kg.view.network import network
from kg.view.packing import LINE
from kg.view.rows import newest_first, pairs
from kg.view.strings import STRINGS
from view.made import LABELS, rows

TURKEY = Actor("e/country/TR", "Turki", "Country", ("Türkiye",))
BAKU = Actor("e/place/baku", "Baku", "Place")


def block(html: str, name: str = "data"):
    """Return a data block of the page as the browser's JSON.parse would."""
    found = json.loads(re.search(rf'<script type="application/json" id="kg-{name}">(.*?)</script>', html, re.S)[1])
    return json.loads(gzip.decompress(base64.b64decode(found["gzip"]))) if "gzip" in found else found


def test_same_rows_give_the_same_bytes_in_any_order():
    made = rows(40)
    assert page(made, labels=LABELS) == page(list(reversed(made)), labels=LABELS)


def test_nothing_is_asked_of_the_network():
    html = page(rows(30))
    assert not re.search(r"""(?:src|srcset|data|action|poster)\s*=\s*["']?https?:""", html)
    assert not re.search(r"<(?:link|iframe|img|object|embed|base)\b", html.partition("<script>")[0])
    assert "default-src 'none'" in html.replace("&#39;", "'") and "connect-src" not in html


def test_the_policy_names_every_script_and_style_by_hash():
    for html in (page(rows(5)), served_page()):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
        inline = re.findall(r"<script>(.*?)</script>", html, re.S) + re.findall(r"<style>(.*?)</style>", html, re.S)
        assert len(inline) == 3
        for text in inline:
            assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
        assert "unsafe" not in policy
        markup = html.partition("<script>")[0]
        assert " style=" not in markup
        assert not re.search(r"<[^>]* on\w+=", markup)


def test_the_script_writes_text_only():
    script = page([]).rpartition("<script>")[2]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function", script)


def test_the_served_page_asks_its_own_server_only():
    html = served_page(base="/g").replace("&#39;", "'")
    assert "connect-src 'self';" in html and block(html, "settings")["base"] == "/g"


def test_hostile_text_stays_text():
    nasty = "<img src=x onerror=alert(1)></script></noscript><!--"
    actor = Actor(f"e/{nasty}", nasty, nasty, (nasty,))
    html = page(
        [
            Row(
                actor,
                nasty,
                BAKU,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                "javascript:alert(1)",
                nasty,
                nasty,
                nasty,
            )
        ],
        title=nasty,
    )
    assert "<img" not in html
    assert "javascript:" not in html.partition("<script>")[0]
    assert sorted(block(html)["actors"]["name"]) == sorted((nasty, "Baku"))
    assert block(html)["articles"]["url"] == [""]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        (" https://a.example", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, linked):
    html = page([Row(TURKEY, "visits", BAKU, url=url)])
    assert ('rel="noopener noreferrer"' in html.partition("<script>")[0]) == linked
    assert bool(block(html)["articles"]["url"][0]) == linked


def test_rows_of_two_actors_are_one_pair_the_strongest_first():
    other = Actor("e/x", "Moskwa", "Place")
    between = [Row(TURKEY, "visits", other), Row(TURKEY, "meets", BAKU), Row(BAKU, "urges", TURKEY)]
    found = pairs(between)
    assert [pair.rows for pair in found] == [(1, 2), (0,)]
    drawn = network(between).edges
    assert [edge["rows"] for edge in drawn] == [[1, 2], [0]] and drawn[0]["width"] > drawn[1]["width"]


def test_rows_are_newest_first():
    dates = [row.published for row in newest_first(rows(30))]
    assert dates == sorted(dates, reverse=True)


def test_every_statement_is_in_the_page_once_as_columns():
    made = rows(25)
    said = block(page(made, labels=LABELS))
    assert sorted(said["rows"]["sentence"]) == sorted(row.sentence for row in made)
    names = [said["actors"]["name"][number] for number in said["rows"]["from"]]
    assert sorted(names) == sorted(row.subject.name for row in made)


def test_a_large_block_is_compressed_and_the_same(monkeypatch):
    made = rows(25)
    plain = page(made)
    monkeypatch.setattr(data, "LARGE", 100)
    packed = page(made)
    assert '{"gzip":' in packed and len(packed) < len(plain) and block(packed) == block(plain)


def test_a_reader_without_javascript_gets_a_table():
    table = page(rows(25), labels=LABELS).partition("<noscript><tbody>")[2].partition("</tbody>")[0]
    assert table.count("<tr>") == 25


def test_names_do_not_overprint():
    made = rows(30)
    names = {actor.iri: actor.name for row in made for actor in (row.subject, row.object)}
    graph = nx.Graph((row.subject.iri, row.object.iri) for row in made)
    where = positions(graph, names)
    ordered = sorted(where)
    for number, one in enumerate(ordered):
        for other in ordered[:number]:
            (x1, y1), (x2, y2) = where[one], where[other]
            assert abs(x1 - x2) > 30 or abs(y1 - y2) > LINE - 6, (names[one], names[other])


def test_a_large_network_is_laid_out_by_communities_without_symbols_on_each_other():
    graph = nx.relabel_nodes(nx.connected_caveman_graph(40, 10), str)
    where = positions(graph, {node: node for node in graph})
    assert where == positions(graph, {node: node for node in graph})
    assert len(set(where.values())) == 400
    own = max(abs(where["0"][axis] - where["5"][axis]) for axis in (0, 1))
    assert own < max(abs(where["0"][axis] - where["205"][axis]) for axis in (0, 1))


def test_actors_beyond_the_strongest_pairs_stand_beside_whom_they_know():
    graph = nx.path_graph([str(number) for number in range(10)])
    where = positions(graph, {node: node for node in graph}, ["0", "1", "2"])
    assert len(set(where.values())) == 10


def test_an_empty_graph_and_an_unknown_type_have_a_page():
    assert STRINGS["id"]["empty"] in page([], language="id")
    assert "Alien" in page([Row(Actor("e/x", "Alien", "Being"), "meets", BAKU)])


def test_both_languages_have_the_same_words():
    assert STRINGS["en"].keys() == STRINGS["id"].keys()
    for key, text in STRINGS["en"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", STRINGS["id"][key])), key


def test_every_word_that_the_page_asks_for_exists():
    html = page(rows(5))
    asked = set(re.findall(r'data-t(?:-label|-hint)?="([^"]+)"', html)) | set(re.findall(r'kg\.t\("(\w+)"', html))
    assert asked <= STRINGS["en"].keys()
