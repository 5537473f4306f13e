"""Why an actor's names are one actor's: told once for each pair of names, in both languages, in the panel."""

from __future__ import annotations

import pytest

from kg.graph.namings import Merged
from kg.view.merges import MOST, reasons
from view.made import rows

MERGES = [
    Merged(("Tarok Wibisana", "Wibisana"), "wibisana +2.5; the same office +3.0", 5.5),
    Merged(("Tarok Wibisana", "Wibisana"), "wibisana +2.5", 2.5),
    Merged(("Lalang", "Tarok Wibisana"), "judged the same", 99.0),
]


def test_a_pair_of_names_is_told_once_by_its_least_sure_merge() -> None:
    first, judged = reasons(MERGES)
    assert (first["names"], first["score"]) == (["Tarok Wibisana", "Wibisana"], 2.5)
    assert judged["because"] == {"en": "judged the same", "id": "dinilai sama"}
    assert len(reasons(Merged((f"A {n}", "B"), "a +1.0", 1.0) for n in range(100))) == MOST


def test_a_reason_is_told_in_both_languages() -> None:
    (told, _) = reasons(MERGES[:1] + MERGES[2:])
    assert told["because"]["id"] == "wibisana +2.5; jabatan yang sama +3.0"


@pytest.mark.browser
def test_the_panel_says_why_and_nothing_where_nothing_was_merged(opened) -> None:
    made = rows(25)
    actor, other = made[0].subject, made[0].object
    tab = opened(made, merges={actor.iri: MERGES})
    tab.evaluate(f"kg.select(kg.data.index.get({actor.iri!r}))")
    tab.wait_for_selector("#panel-body .why li")
    assert "Tarok Wibisana = Wibisana, because wibisana +2.5 (score 2.5)" in tab.inner_text("#panel-body")
    assert "because judged the same\n" in tab.inner_text("#panel-body") + "\n"
    tab.evaluate(f"kg.select(kg.data.index.get({other.iri!r}))")
    tab.locator("#panel-title", has_text=other.name).wait_for()
    assert tab.locator("#panel-body .why").count() == 0
    tab = opened(made, merges={actor.iri: MERGES}, language="id")
    tab.evaluate(f"kg.select(kg.data.index.get({actor.iri!r}))")
    tab.locator(".why", has_text="karena dinilai sama").wait_for()
    assert "Mengapa nama-nama ini satu" in tab.inner_text("#panel-body")
