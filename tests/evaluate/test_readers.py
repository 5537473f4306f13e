"""What is measured is the default reading, or the fast one; a stand-in for the encoder says what it is told to."""

import json

import numpy
import pytest
from samples import ENTITIES, gold, write_gold

from kg import encoder
from kg.cli import main
from kg.encoder import Passage
from kg.encoder.pairs import PairScores, questions
from kg.evaluate import explain, read_gold, run, score
from kg.evaluate.reduced import PARTS, reduced
from kg.evaluate.run import extracted

pytestmark = pytest.mark.weights
TEXT = "Ada Orn met Bo Lund in Oslo. Bo Lund spoke of Ada Orn.\n\nNobody came.\n"
RELATIONS = ["meets", "supports"]
NAMES = {"Ada": "Person", "Bo": "Person", "Oslo": "Place"}


class StandIn:
    """Finds its names, a meeting (probability 0.88) and support of Bo for Ada (0.27)."""

    def __init__(self):
        self.settings = {
            "relations": RELATIONS,
            "votes": [0.0, 0.0],
            "calibration": [[1.0, 1.0], [0.0, 0.0]],
            "threshold": 0.5,
            "doubted": dict.fromkeys(RELATIONS, 0.06),
            "offices": 0.9,
        }

    def __reduce_ex__(self, protocol):
        raise TypeError("an encoder is never copied")

    def passages(self, words, spaced, blocks, starts):
        self.words = words
        places = list(range(1, len(words) + 1))
        return [Passage(0, len(words), [0, *places, 2], places, places)]

    def names(self, passage):
        found = [(i, NAMES[word]) for i, word in enumerate(self.words) if word in NAMES]
        return [(i, i + 2 if type_ == "Person" else i + 1, type_) for i, type_ in found]

    def pairs(self, passage, mentions):
        pairs, _ = questions(passage, mentions)
        relations = numpy.full((len(pairs), 2), -9.0)
        near = [abs(mentions[i].start - mentions[j].start) == 3 and mentions[i].start < 4 for i, j in pairs]
        first = {mentions[i].start for i, _ in pairs}
        for row, (i, j) in enumerate(pairs):
            if near[row] and {mentions[i].type, mentions[j].type} == {"Person"}:
                relations[row, 0] = 2.0
                relations[row, 1] = -1.0 if mentions[i].start > min(first) else -9.0
        return PairScores(pairs, relations, numpy.zeros((len(pairs), 3)))


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(encoder, "bundled", StandIn)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d.txt").write_text(TEXT)
    entities = ENTITIES | {"o": {"type": "Place", "iso": None, "names": {"en": ["Oslo"]}}}
    statements = [gold("meets", "a", "b"), gold("supports", "b", "a"), gold("visits", "a", "o")]
    write_gold(tmp_path / "gold.jsonl", entities=entities, d=statements)
    return tmp_path


def told(said):
    return {(one.relation, one.confidence) for one in said["d"]}


def test_the_default_reading_is_the_encoder_s_and_fast_is_without(made):
    assert told(run(made / "texts", "en").said) == {("meets", 0.88)}
    assert told(run(made / "texts", "en", min_confidence=0.2).said) == {("meets", 0.88), ("supports", 0.27)}
    for fast in (run(made / "texts", "en", fast=True), run(made / "texts", "en", without=["encoder"])):
        assert "encoder" not in fast.docs["d"].user_data
        assert told(fast.said) == {("meets", None)}


def test_parts_can_be_taken_from_what_the_encoder_has_read(made):
    doc = run(made / "texts", "en").docs["d"]
    before = doc.to_bytes(exclude=["user_data"]), dict(doc.user_data)
    for part in PARTS:
        extracted([doc], without=[part])
    assert (doc.to_bytes(exclude=["user_data"]), doc.user_data) == before
    assert "encoder" not in reduced(doc, PARTS).user_data


def test_what_is_too_improbable_is_told_with_its_confidence(made):
    ran = run(made / "texts", "en", unsure=True)
    assert told(ran.unsure) == {("meets", 0.88), ("supports", 0.27)}
    found = {one.relation: one for one in explain(score(read_gold(made / "gold.jsonl"), ran.said, "en"), ran)}
    assert found["supports"].cause == "too improbable"
    assert found["supports"].notes[1] == "confidence: 0.27, which is too little"
    assert found["visits"].cause != "too improbable"


def test_the_curve_shows_what_the_tables_leave_out(made, capsys):
    paths = [str(made / "gold.jsonl"), str(made / "texts")]
    page = made / "c.html"
    assert main(["evaluate", *paths, "--curve", str(page), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [point["threshold"] for point in found["curve"]] == [0.88, 0.27]
    assert found["events"]["right"] == 1
    assert "read with, 0.5." in page.read_text()
    assert main(["evaluate", *paths, "--min-confidence", "0.2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"]["right"] == 2
    assert main(["evaluate", *paths, "--fast", "--curve", str(page)]) == 1


def test_only_the_texts_that_gold_has_are_read(made, capsys):
    (made / "texts" / "other.txt").write_text("Ada Orn met Bo Lund.\n")
    assert set(run(made / "texts", "en", only={"d"}).docs) == {"d"}
    assert set(run(made / "texts", "en").docs) == {"d", "other"}
