"""Errors are explained by what extraction found, and parts can be taken away."""

import json
import re

import pytest
from samples import gold, write_gold

from kg.evaluate import explain, read_gold, run, score
from kg.evaluate.causes import APART, FOUND, NO_ENTITY, NOT_CHOSEN, OTHER_WORD
from kg.evaluate.reduced import PARTS
from kg.evaluate.run import extracted

pytestmark = pytest.mark.weights

TEXT = """Turkish foreign minister visits Baku

Turkish Foreign Minister Kemal Aydin will visit Azerbaijan on Tuesday. He will meet President Ilham Guliyev.

Russia accused Armenia of breaking the truce. A dinner was cooked by France and Russia.
"""
ENTITIES = {
    "k": {"type": "Person", "iso": None, "names": {"en": ["Kemal Aydin"]}},
    "az": {"type": "Country", "iso": "AZ", "names": {"en": ["Azerbaijan"]}},
    "ru": {"type": "Country", "iso": "RU", "names": {"en": ["Russia"]}},
    "fr": {"type": "Country", "iso": "FR", "names": {"en": ["France"]}},
    "x": {"type": "Person", "iso": None, "names": {"en": ["Nobody Here"]}},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explain")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "d.txt").write_text(TEXT)
    statements = [
        gold("visits", "k", "az", lines=[2]),
        gold("supports", "fr", "ru", lines=[3]),
        gold("meets", "k", "x", lines=[2]),
    ]
    (folder / "gold.jsonl").write_text(
        json.dumps(
            {
                "doc": "d",
                "lang": ["en"],
                "lines": [1, 3],
                "published": None,
                "entities": ENTITIES,
                "statements": statements,
            }
        )
    )
    return folder


def test_misses_and_extras_come_with_their_sentence_and_cause(made):
    ran = run(made / "texts", "en", fast=True)
    before = ran.docs["d"].to_bytes(exclude=["user_data"])
    found = list(explain(score(read_gold(made / "gold.jsonl"), ran.said, "en"), ran))
    by = {(one.kind, one.relation, one.subject): one for one in found}
    assert by["miss", "supports", "France"].cause == "no trigger"
    assert by["miss", "meets", "Kemal Aydin"].cause == "object is no entity"
    accuses = by["extra", "accuses", "Russia"]
    assert any(note == "sentence: Russia accused Armenia of breaking the truce." for note in accuses.notes)
    assert any(note.startswith("trigger: accused") and "Russia = Russia" in note for note in accuses.notes)
    assert by["wrong", "visits", "Kemal Aydin"].notes[0] == "wanted: asserted, stated: planned"
    assert ran.docs["d"].to_bytes(exclude=["user_data"]) == before


def test_parts_can_be_taken_away_and_the_documents_stay(made):
    ran = run(made / "texts", "en", fast=True)
    doc = ran.docs["d"]
    before = doc.to_bytes(exclude=["user_data"])
    for part in PARTS:
        assert extracted([doc], without=[part])["d"] is not None
    assert doc.to_bytes(exclude=["user_data"]) == before
    assert len(extracted([doc], without=PARTS)["d"]) < len(ran.said["d"])


def test_the_command_prints_tables_and_explanations(made, capsys):
    from kg.cli import main

    paths = [str(made / "gold.jsonl"), str(made / "texts")]
    assert main(["evaluate", *paths, "--fast", "--explain"]) == 0
    printed = capsys.readouterr().out
    assert "MISS d supports: France -> Russia (no trigger)" in printed
    assert "likely cause" in printed
    assert main(["evaluate", *paths, "--format", "json", "--without", "names", "--without", "encoder"]) == 0
    assert json.loads(capsys.readouterr().out)["overall"]["missed"] >= 2
    assert main(["evaluate", "--agree", "--fast", paths[1], paths[1]]) == 0
    assert "1.000" in capsys.readouterr().out
    assert main(["evaluate", paths[0]]) == 2


CAUSED = """Kemal Aydin met Ilham Guliyev in Baku. Russia and France were named.

Russia accused Armenia of breaking the truce. Armenia is small. France visited nobody.
"""


def test_each_missed_event_has_one_first_cause(tmp_path, capsys):
    from kg.cli import main

    (tmp_path / "d.txt").write_text(CAUSED)
    people = {"i": {"type": "Person", "iso": None, "names": {"en": ["Ilham Guliyev"]}}}
    more = {"am": {"type": "Country", "iso": "AM", "names": {"en": ["Armenia"]}}}
    statements = [
        gold("meets", "k", "i"),  # found
        gold("accuses", "am", "ru", lines=[2]),  # the other way round: a word for it, and not chosen
        gold("supports", "am", "ru", lines=[2]),  # "accused" stands there, which is another relation's
        gold("meets", "fr", "ru"),  # together, but with no word for any relation
        gold("supports", "fr", "k", lines=[2]),  # never together
        gold("meets", "k", "x"),  # not named
        gold("holdsOffice", "k", "fr", office={"en": "King"}),  # no event
    ]
    path = write_gold(tmp_path / "gold.jsonl", entities=ENTITIES | people | more, d=statements)
    paths = [str(path), str(tmp_path / "d.txt"), "--fast", "--explain"]
    assert main(["evaluate", *paths, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sets"][0]["causes"] == {FOUND: 1, NOT_CHOSEN: 1, APART: 2, OTHER_WORD: 1, NO_ENTITY: 1}
    firsts = {(e["relation"], e["subject"]): e["first_cause"] for e in found["errors"] if e["kind"] == "miss"}
    assert firsts["holdsOffice", "Kemal Aydin"] is None
    assert firsts["supports", "Armenia"] == OTHER_WORD
    assert main(["evaluate", *paths]) == 0
    printed = capsys.readouterr().out
    assert re.search(rf"{APART} +2 +33%", printed)
