"""The page as text: safe, self-contained, the same on every run."""
from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from made import LABELS, rows

from kg.view import Actor, Row, page
from kg.view.layout import LINE, positions
from kg.view.network import network
from kg.view.rows import edges, newest_first
from kg.view.strings import STRINGS

TURKEY = Actor("e/country/TR", "Turki", "Country", ("Türkiye",))
BAKU = Actor("e/place/baku", "Baku", "Place")


def block(html: str, name: str):
    """Return a data block of the page as the browser's JSON.parse would."""
    return json.loads(re.search(rf'<script type="application/json" id="kg-{name}">(.*?)</script>', html, re.S)[1])


def test_same_rows_give_the_same_bytes_in_any_order():
    made = rows(40)
    assert page(made, labels=LABELS) == page(list(reversed(made)), labels=LABELS)


def test_nothing_is_asked_of_the_network():
    html = page(rows(30))
    assert not re.search(r"""(?:src|srcset|data|action|poster)\s*=\s*["']?https?:""", html)
    assert not re.search(r"<(?:link|iframe|img|object|embed|base)\b", html.partition("<script>")[0])
    assert "default-src 'none'" in html.replace("&#39;", "'")


def test_the_policy_names_every_script_and_style_by_hash():
    html = page(rows(5))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    inline = re.findall(r"<script>(.*?)</script>", html, re.S) + re.findall(r"<style>(.*?)</style>", html, re.S)
    assert len(inline) == 3
    for text in inline:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert "unsafe" not in policy
    markup = html.partition("<script>")[0]
    assert " style=" not in markup
    assert not re.search(r"<[^>]* on\w+=", markup)


def test_hostile_text_stays_text():
    nasty = "<img src=x onerror=alert(1)></script><!--"
    actor = Actor(f"e/{nasty}", nasty, nasty, (nasty,))
    html = page([Row(actor, nasty, BAKU, nasty, nasty, nasty, nasty, nasty, nasty, nasty, nasty, "javascript:alert(1)",
                     nasty, nasty, nasty)], title=nasty)
    assert "<img" not in html
    assert "javascript:" not in html.partition("<script>")[0]
    assert block(html, "nodes")[0]["label"] in (nasty, "Baku")
    assert block(html, "statements")[0]["url"] == ""


@pytest.mark.parametrize(("url", "linked"), [
    ("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False),
    ("data:text/html,x", False), ("file:///etc/passwd", False), (" https://a.example", False), ("", False)])
def test_only_web_addresses_become_links(url, linked):
    html = page([Row(TURKEY, "visits", BAKU, url=url)])
    assert ('rel="noopener noreferrer"' in html.partition("<script>")[0]) == linked
    assert bool(block(html, "statements")[0]["url"]) == linked


def test_a_symmetric_relation_is_one_edge_without_an_arrow():
    both = [Row(TURKEY, "meets", BAKU, symmetric=True), Row(BAKU, "meets", TURKEY, symmetric=True),
            Row(BAKU, "urges", TURKEY)]
    drawn = network(both, {}).edges
    seen = [(edge["relation"], edge["arrows"], len(edge["rows"])) for edge in drawn]
    assert seen == [("meets", "", 2), ("urges", "to", 1)]


def test_planned_is_dashed_negated_is_marked_and_both_views_are_disputed():
    one, two, three = (network([Row(TURKEY, "visits", BAKU, factuality) for factuality in said], {}).edges[0]
                       for said in (["planned"], ["negated"], ["negated", "asserted"]))
    assert one["dashes"] and not two["dashes"] and two["color"] != one["color"]
    assert three["disputed"] and three["factuality"] == "asserted"


def test_parallel_edges_bend_apart_whatever_their_direction():
    between = [Row(TURKEY, "visits", BAKU), Row(BAKU, "urges", TURKEY), Row(TURKEY, "attacks", BAKU)]
    sides = set()
    for edge in network(between, {}).edges:
        smooth = edge["smooth"] or {"type": "", "roundness": 0}
        turn = {"curvedCW": 1, "curvedCCW": -1, "": 0}[smooth["type"]] * smooth["roundness"]
        sides.add(turn if edge["from"] == TURKEY.iri else -turn)
    assert len(sides) == 3


def test_rows_are_newest_first():
    dates = [row.published for row in newest_first(rows(30))]
    assert dates == sorted(dates, reverse=True)


def test_names_do_not_overprint():
    made = rows(30)
    names = {actor.iri: actor.name for row in made for actor in (row.subject, row.object)}
    import networkx as nx

    graph = nx.Graph((line.subject, line.object) for line in edges(made))
    where = positions(graph, names)
    ordered = sorted(where)
    for number, one in enumerate(ordered):
        for other in ordered[:number]:
            (x1, y1), (x2, y2) = where[one], where[other]
            assert abs(x1 - x2) > 30 or abs(y1 - y2) > LINE - 6, (names[one], names[other])


def test_a_large_network_is_laid_out_by_communities():
    import networkx as nx

    graph = nx.relabel_nodes(nx.connected_caveman_graph(40, 10), str)
    where = positions(graph, {node: node for node in graph})
    assert len(where) == 400 and len(set(where.values())) > 380


def test_an_empty_graph_and_an_unknown_type_have_a_page():
    assert STRINGS["id"]["empty"] in page([], language="id")
    assert "Alien" in page([Row(Actor("e/x", "Alien", "Being"), "meets", BAKU)])


def test_every_statement_is_in_the_table():
    made = rows(25)
    table = page(made, labels=LABELS).partition("<tbody")[2].partition("</tbody>")[0]
    assert table.count("<tr") == 25


def test_both_languages_have_the_same_words():
    assert STRINGS["en"].keys() == STRINGS["id"].keys()
