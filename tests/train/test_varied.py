"""What varies from pass to pass of the training."""

import random

from kg.encoder import Marked, Passage
from kg.encoder.passages import UNKNOWN
from kg.train.encoder.examples import Example
from kg.train.encoder.varied import one_cut, unseen


def example(article, over_edge=False):
    passage = Passage(0, 4, [0, 10, 11, 12, 13, 14, 2], [1, 2, 4, 5], [1, 3, 4, 5])
    return Example(passage, [Marked(1, 2, "Person", "name", 0, False, 0)], {}, article=article, over_edge=over_edge)


def test_an_article_is_cut_one_way_or_the_other():
    examples = [example("one"), example("one", True), example("two"), example("one")]
    kept = [(e.article, e.over_edge) for e in one_cut(examples, 0.0, random.Random(1))]
    assert kept == [("one", False), ("two", False), ("one", False)]
    kept = [(e.article, e.over_edge) for e in one_cut(examples, 1.0, random.Random(1))]
    assert kept == [("one", True), ("two", False)]


def test_words_outside_mentions_may_be_unseen():
    given = example("one")
    found = unseen(given, 1.0, random.Random(1))
    assert found.passage.pieces == [0, UNKNOWN, 11, 12, UNKNOWN, UNKNOWN, 2]
    assert given.passage.pieces[1] == 10 and found.mentions == given.mentions
    assert unseen(given, 0.0, random.Random(1)) == given
