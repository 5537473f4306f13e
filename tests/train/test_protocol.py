"""Training asks the encoder's model what reading asks it: the same pairs and features for the same article."""

import string

import numpy
import pytest

from kg.encoder import PairScores
from kg.encoder.pairs import questions
from kg.encoder.passages import Pieces
from kg.errors import SourceError
from kg.extract import statements
from kg.train.encoder.annotated import Cutter, find_names, read_folder, set_names
from kg.train.encoder.recipe import recipe
from kg.vocab import ontology


@pytest.fixture(scope="module")
def cut():
    letters = [(letter, -9.0) for letter in dict.fromkeys(string.printable + "\u2581") if not letter.isspace()]
    return Pieces([("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *letters])


class Listener(Cutter):
    """An encoder that notes what it is asked and finds every relation unlikely."""

    def __init__(self, cut):
        super().__init__(cut)
        relations = list(recipe().relations)
        ones, zeros = [1.0] * len(relations), [0.0] * len(relations)
        self.settings = {
            "relations": relations, "votes": zeros, "calibration": [ones, zeros],
            "threshold": 0.5, "doubted": dict.fromkeys(relations, 0.06), "offices": 0.9,
        }  # fmt: skip
        self.asked = []

    def pairs(self, passage, mentions):
        pairs, inputs = questions(passage, mentions)
        self.asked.append((pairs, inputs, list(passage.pieces)))
        relations = len(self.settings["relations"])
        return PairScores(pairs, numpy.full((len(pairs), relations), -9.0), numpy.zeros((len(pairs), 3)))


@pytest.mark.weights
def test_training_s_features_are_reading_s(annotated_folder, cut):
    pytest.importorskip("torch", reason="training needs PyTorch: pip install 'newskg[train]'")
    from kg.train.encoder.batches import batch_of
    from kg.train.encoder.examples import article_examples

    ((doc, annotated),) = read_folder(annotated_folder, cut)
    set_names(doc, find_names(doc, annotated))
    listener = Listener(cut)
    doc.user_data["encoder"] = listener
    statements(doc)
    examples = [example for example in article_examples(doc, annotated) if example.asks]
    assert len(examples) == len(listener.asked) > 1  # the pieces are letters, so the article is several passages
    for example, (pairs, inputs, pieces) in zip(examples, listener.asked, strict=True):
        assert example.passage.pieces == pieces
        batch = batch_of([example])
        assert len(pairs) == len(batch.asked.subject) > 0
        for name in ("first", "last", "subject", "object", "features"):
            assert numpy.array_equal(getattr(batch.asked, name).numpy(), inputs[name]), name
        for name in ("marks", "kinds"):
            assert numpy.array_equal(getattr(batch.asked, name).numpy(), inputs[name]), name


@pytest.mark.weights
def test_statements_are_labels_where_their_line_is(annotated_folder, cut):
    from kg.train.encoder.examples import article_examples, number

    ((doc, annotated),) = read_folder(annotated_folder, cut)
    set_names(doc, find_names(doc, annotated))
    symmetric = {number(name) for name, known in ontology().relations.items() if known.symmetric}
    found = [(key, value) for e in article_examples(doc, annotated) for key, value in e.stated.items()]
    sure = {key for key, value in found if value is not None}
    assert {key[0] for key in sure} == {number("meets"), number("accuses")}
    assert all((r, o, s) in sure for r, s, o in sure if r in symmetric)
    # In other passages the same two are neither right nor wrong.
    assert all(value is None for key, value in found if key not in sure)


def test_a_folder_without_annotations_says_what_it_needs(tmp_path, cut):
    with pytest.raises(SourceError, match="annotation-guide"):
        list(read_folder(tmp_path, cut))
