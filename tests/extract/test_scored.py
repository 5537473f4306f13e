"""What extraction makes of the encoder's scores: a stand-in gives them, so that each step can be seen by itself."""

from __future__ import annotations

import numpy
import pytest

from kg import extract, nlp
from kg.encoder import Passage
from kg.encoder.pairs import PairScores, questions
from kg.model import Article

pytestmark = pytest.mark.weights
RELATIONS = ["meets", "accuses", "visits", "holdsOffice"]
LOW = -8.0


class StandIn:
    """An encoder that is told what to find: (subject's word, object's word) → relation and logit."""

    def __init__(self, doc, told, factuality=0, votes=0.0, calibration=(1.0, 0.0)):
        self.doc, self.told, self.factuality = doc, told, factuality
        slope, intercept = calibration
        self.settings = {
            "relations": RELATIONS,
            "votes": [votes] * 4,
            "calibration": [[slope] * 4, [intercept] * 4],
            "threshold": 0.5,
            "doubted": dict.fromkeys(RELATIONS, 0.06) | {"visits": 0.3},
            "offices": 0.9,
        }

    def pairs(self, passage, mentions):
        pairs, _ = questions(passage, mentions)
        relations = numpy.full((len(pairs), 4), LOW)
        for row, (i, j) in zip(relations, pairs, strict=True):
            ends = tuple(self.doc[passage.start + mentions[k].start].text for k in (i, j))
            for relation, logit in self.told.get(ends, {}).items():
                row[RELATIONS.index(relation)] = logit
        status = numpy.zeros((len(pairs), 3))
        status[:, self.factuality] = 3.0
        return PairScores(pairs, relations, status)


def read(text, told=None, lang="id", least=None, **more):
    article = Article("one", text, lang, blocks=((0, len(text)),))
    (doc,) = nlp.parse([article])
    words = list(range(1, len(doc) + 1))
    doc.user_data["passages"] = [Passage(0, len(doc), [0, *words, 2], words, words)]
    doc.user_data["encoder"] = StandIn(doc, told or {}, **more)
    return extract.statements(doc, min_confidence=least)


def events(statements):
    return [
        (s.relation, s.subject.name, s.object.name, s.factuality, s.confidence)
        for s in statements
        if s.relation != "holdsOffice"
    ]


TEXT = "Rusia dan Turki membahas Suriah di Ankara."


def test_a_relation_needs_no_word_that_frames_know():
    found = read(TEXT, {("Rusia", "Turki"): {"meets": 2.0}})
    assert events(found) == [("meets", "Rusia", "Turki", "asserted", 0.79)]  # both ways: log((e² + e⁻⁸)/2) = 1.31
    assert found[0].evidence[0].sentence == TEXT


def test_direction_and_factuality_are_the_encoders():
    assert events(read(TEXT, {("Turki", "Rusia"): {"accuses": 3.0}}, factuality=2)) == [
        ("accuses", "Turki", "Rusia", "negated", 0.95)
    ]


def test_what_is_less_sure_than_the_threshold_is_left_out():
    assert events(read(TEXT, {("Turki", "Rusia"): {"accuses": -0.1}})) == []


def test_only_what_the_ontology_allows_is_written():
    assert events(read("Rusia dan Vladimir Orlov.", {("Rusia", "Vladimir"): {"visits": 5.0}})) == []


def test_a_capital_that_cannot_act_is_its_state():
    assert events(read(TEXT, {("Rusia", "Ankara"): {"accuses": 5.0}})) == [
        ("accuses", "Rusia", "Turki", "asserted", 0.99)
    ]


def test_what_frames_find_is_a_reason_and_keeps_its_own_factuality():
    text = "Rusia tidak akan bertemu Turki."
    (unsure,), (sure,) = events(read(text, votes=5.5)), events(read(text, votes=9.0))
    assert unsure[:4] == sure[:4] == ("meets", "Rusia", "Turki", "negated")
    assert unsure[4] < 0.1 and sure[4] > 0.5


def test_what_frames_find_goes_where_the_encoder_all_but_excludes_it():
    assert events(read("Rusia bertemu Turki.", votes=0.0)) == []
    assert len(events(read("Rusia bertemu Turki.", votes=5.5))) == 1


def test_some_relations_are_doubted_sooner():
    both = "Rusia bertemu Turki. Vladimir Orlov mengunjungi Turki."
    assert [e[0] for e in events(read(both, votes=6.0))] == ["meets"]  # each at 0.21, and visits asks 0.3
    assert [e[0] for e in events(read(both, votes=8.0))] == ["meets", "visits"]


def test_what_the_encoder_was_never_taught_is_left_to_frames():
    assert [e[0] for e in events(read("Rusia mendukung Turki."))] == ["supports"]  # none of the stand-in's relations


def test_who_asks_for_confidence_loses_what_only_frames_find():
    assert events(read("Rusia bertemu Turki.", least=0.5)) == []
    assert events(read("Rusia bertemu Turki.", {("Rusia", "Turki"): {"meets": 4.0}}, least=0.5)) != []


def test_each_sentence_of_a_statement_is_evidence():
    found = read("Rusia bertemu Turki. Turki bertemu Rusia.", {("Rusia", "Turki"): {"meets": 4.0}})
    assert [len(s.evidence) for s in found] == [2]


def test_calibration_is_applied():
    ((*_, confidence),) = events(read(TEXT, {("Turki", "Rusia"): {"accuses": 3.0}}, calibration=(0.5, 1.0)))
    assert confidence == round(1 / (1 + numpy.exp(-2.5)), 2)


def test_offices_are_read_by_their_titles_not_by_scores():
    found = read("Presiden Rusia Vladimir Orlov tiba.", {("Vladimir", "Rusia"): {"holdsOffice": 9.0}})
    (office,) = [s for s in found if s.relation == "holdsOffice"]
    assert (office.office, office.confidence) == ("Presiden", 0.9)


def offices(statements):
    return [(s.subject.name, s.object.name, s.office) for s in statements if s.relation == "holdsOffice"]


SURE = {("Maria", "Fenwick"): {"holdsOffice": 4.0}, ("Jensen", "Fenwick"): {"holdsOffice": 4.0}}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Maria Jensen, the bursar of Fenwick Academy, met reporters in Norway.", "bursar"),
        ("The bursar of Fenwick Academy, Maria Jensen, met reporters in Norway.", "bursar"),
        ("Fenwick Academy archivist Maria Jensen met reporters in Norway.", "archivist"),
    ],
)
def test_a_title_that_no_list_knows_is_read_where_the_encoder_tells_an_office(text, title):
    assert offices(read(text, lang="en")) == []
    assert offices(read(text, SURE, lang="en")) == [("Maria Jensen", "Fenwick Academy", title)]


def test_no_office_without_words_that_read_like_a_title():
    assert offices(read("Maria Jensen left Fenwick Academy for Norway.", SURE, lang="en")) == []


def test_who_holds_an_office_by_title_gets_no_other():
    text = "Norway's President Maria Jensen met the bursar of Fenwick Academy."
    assert offices(read(text, SURE, lang="en")) == [("Maria Jensen", "Norway", "President")]
