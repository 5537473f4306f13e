"""Words in pieces, and an article in passages."""

import numpy
import pytest

from kg.encoder.passages import BEGIN, END, LONGEST, MOST, PLACES, UNKNOWN, Pieces, dequantise, passages

VOCABULARY = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
VOCABULARY += [("\u2581Pres", -2.0), ("iden", -2.0), ("\u2581", -3.0), ("bertemu", -2.0), (".", -1.0)]
VOCABULARY += [("Presiden", -9.0)]


@pytest.fixture(scope="module")
def cut():
    return Pieces(VOCABULARY)


def test_a_word_after_a_space_is_cut_other_than_one_without(cut):
    assert cut("Presiden", spaced=True) == [4, 5]
    assert cut("Presiden", spaced=False) == [9]


def test_unknown_signs_are_one_piece(cut):
    assert cut("漢", spaced=False) == [UNKNOWN]


def one(cut, words, blocks, starts=None):
    starts = starts or [i in {a for a, _ in blocks} for i in range(len(words))]
    return list(passages(words, [word != "." for word in words], blocks, starts, cut))


def test_blocks_share_a_passage_until_it_is_full(cut):
    words = ["Presiden", "bertemu", "."] * 2
    (only,) = one(cut, words, [(0, 3), (3, 6)])
    assert (only.start, only.end) == (0, 6)
    assert only.pieces[0] == BEGIN and only.pieces[-1] == END
    assert [only.pieces[i] for i in only.first] == [4, 6, 8, 4, 6, 8]
    assert [only.pieces[i] for i in only.last] == [5, 7, 8, 5, 7, 8]


def test_a_block_that_does_not_fit_opens_the_next(cut):
    size = MOST // 2 - 10  # pieces: two a word
    words = ["Presiden"] * (size * 2)
    found = one(cut, words, [(0, size), (size, size * 2)])
    assert [(p.start, p.end) for p in found] == [(0, size), (size, size * 2)]


def test_a_long_block_is_cut_at_sentences_and_a_long_sentence_anyhow(cut):
    words = ["Presiden"] * 200
    starts = [i in (0, 40) for i in range(200)]
    found = one(cut, words, [(0, 200)], starts)
    assert (found[0].start, found[0].end) == (0, 40)
    assert found[1].end == 40 + PLACES // 2 and found[-1].end == 200  # pieces: two a word
    assert sum(p.end - p.start for p in found) == 200
    words = ["."] * 1000
    assert one(cut, words, [(0, 1000)])[0].end == LONGEST


def test_no_passage_is_longer_than_the_model_has_places_for(cut):
    words = ["Presiden", "?" * 1000, "."] * 60
    assert all(len(p.pieces) <= PLACES + 2 for p in one(cut, words, [(0, len(words))]))


def test_four_bit_blocks_give_the_numbers_back():
    values = numpy.arange(-8, 8, dtype=numpy.float32).repeat(2) * 0.5  # 32 numbers: one block
    quantised = (values / 0.5 + 8).astype(numpy.uint8)
    packed = quantised[:16] | (quantised[16:] << 4)
    block = numpy.concatenate([numpy.array([0.5], "<f2").view(numpy.uint8), packed])
    assert numpy.array_equal(dequantise(block[None, None], [0, 0]), numpy.stack([values, values]))
