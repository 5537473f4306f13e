"""The shapes of relations are made from the ontology, and those in the project are the ones that it makes."""

import pytest

from kg.errors import SpecError
from kg.graph.shapes import BEGIN, END, made, main
from kg.vocab import ontology, ontology_file


def test_the_shapes_are_not_stale() -> None:
    assert main(["--check"]) == 0, "run python -m kg.graph.shapes"


def test_every_relation_has_its_two_shapes_and_the_rest_stays() -> None:
    text = ontology_file("shapes.ttl").read_text("utf-8")
    bare = text.partition(BEGIN)[0] + BEGIN + "kg:stale kg:stale kg:stale .\n" + END + text.partition(END)[2]
    assert made(bare, ontology()) == text
    for name, relation in ontology().relations.items():
        assert f"shape:{name} a sh:NodeShape" in text and f"shape:{relation.event_class} a sh:NodeShape" in text


def test_a_file_without_its_headings_is_not_overwritten() -> None:
    with pytest.raises(SpecError, match="a heading is gone"):
        made("", ontology())
