"""Other names in passages of articles."""

import random

from kg.encoder import Marked
from kg.encoder.passages import Pieces, passages
from kg.train.encoder.examples import Example
from kg.train.encoder.renamed import renamed
from kg.train.encoder.slots import Name

LETTERS = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
LETTERS += [(letter, -9.0) for letter in "\u2581abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."]
WORDS = ["Ana", "Roe", "met", "Norwegian", "envoys", ".", "Roe", "left"]
NAMES = {"Person": Name("Mira van Osei", "Osei"), "Country": Name("Ghana", "Ghanaian", "Accra")}
MENTIONS = [
    Marked(0, 2, "Person", "name", 0, False, 0),
    Marked(3, 4, "Country", "demonym", 1, True, 0),
    Marked(3, 5, "Country", "title", 1, False, 0),
    Marked(6, 7, "Person", "name", 0, False, 1),
]


def example(cut):
    starts = [i in (0, 6) for i in range(len(WORDS))]
    (passage,) = passages(WORDS, [True] * len(WORDS), [(0, len(WORDS))], starts, cut)
    return Example(passage, MENTIONS, {(1, 0, 1): 0}, article="made-up", language="en")


def text(passage, first, last):
    letters = [LETTERS[piece][0] for piece in passage.pieces[passage.first[first] : passage.last[last] + 1]]
    return "".join(letters).replace("\u2581", " ").strip()


def test_each_mention_gets_the_form_that_it_had():
    cut = Pieces(LETTERS)
    found = renamed(example(cut), NAMES.__getitem__, lambda type_: 1.0, cut, random.Random(1))
    assert text(found.passage, 0, 7) == "Mira van Osei met Ghanaian envoys . Osei left"
    assert [text(found.passage, m.start, m.end - 1) for m in MENTIONS] == [
        "Mira van Osei",
        "Ghanaian",
        "Ghanaian envoys",
        "Osei",
    ]
    assert (found.mentions, found.stated) == (MENTIONS, {(1, 0, 1): 0})


def test_types_that_are_spared_keep_their_names():
    cut = Pieces(LETTERS)
    found = renamed(example(cut), NAMES.__getitem__, lambda type_: float(type_ == "Country"), cut, random.Random(1))
    assert text(found.passage, 0, 7) == "Ana Roe met Ghanaian envoys . Roe left"


def test_a_passage_that_would_grow_too_long_stays():
    cut = Pieces(LETTERS)
    given = example(cut)
    found = renamed(given, lambda type_: Name("x" * 300, "x" * 300), lambda type_: 1.0, cut, random.Random(1))
    assert found is given
