"""Errors are explained by what extraction found, and parts can be taken away."""

import json

import pytest
from samples import gold

from kg.evaluate import explain, read_gold, run, score
from kg.evaluate.run import PARTS, extracted

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
    ran = run(made / "texts", "en")
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
    ran = run(made / "texts", "en")
    doc = ran.docs["d"]
    before = doc.to_bytes(exclude=["user_data"])
    for part in PARTS:
        assert extracted([doc], without=[part])["d"] is not None
    assert doc.to_bytes(exclude=["user_data"]) == before
    assert len(extracted([doc], without=PARTS)["d"]) < len(ran.said["d"])


def test_the_command_prints_tables_and_explanations(made, capsys):
    from kg.cli import main

    paths = [str(made / "gold.jsonl"), str(made / "texts")]
    assert main(["evaluate", *paths, "--explain"]) == 0
    printed = capsys.readouterr().out
    assert "MISS d supports: France -> Russia (no trigger)" in printed
    assert "likely cause" in printed
    assert main(["evaluate", *paths, "--format", "json", "--without", "names"]) == 0
    assert json.loads(capsys.readouterr().out)["overall"]["missed"] >= 2
    assert main(["evaluate", "--agree", paths[1], paths[1]]) == 0
    assert "1.000" in capsys.readouterr().out
    assert main(["evaluate", paths[0]]) == 2
