"""Passages over the edges of others."""

from kg.encoder import bridges
from kg.encoder.passages import BEGIN, END, MOST, PLACES, Pieces, passages

VOCABULARY = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("a", -1.0), ("b", -1.0), (".", -1.0)]
CUT = Pieces(VOCABULARY)


def made(sentences, block):
    """Return the words of sentences of these lengths, each `block` of them a block, with their passages and starts."""
    words = [w for n in sentences for w in "ab" * (n // 2 - 1) + "a."]
    edges = [0]
    for n in sentences:
        edges.append(edges[-1] + n)
    starts = [i in edges for i in range(len(words))]
    blocks = list(zip(edges[:-1:block], [*edges[block::block], edges[-1]], strict=False))
    return words, list(passages(words, [False] * len(words), blocks, starts, CUT)), starts


def test_a_bridge_has_the_last_sentences_of_one_passage_and_the_first_of_the_next():
    words, found, starts = made([40] * 8, 2)
    assert [(p.start, p.end) for p in found] == [(0, 160), (160, 320)]
    (bridge,) = bridges(found, starts)
    assert (bridge.start, bridge.end) == (80, 240)  # two sentences from either side are at most half a passage
    assert bridge.pieces[0] == BEGIN and bridge.pieces[-1] == END
    pieces = [bridge.pieces[f : last + 1] for f, last in zip(bridge.first, bridge.last, strict=True)]
    assert pieces == [CUT(word, spaced=False) for word in words[80:240]]


def test_a_long_sentence_at_the_edge_is_taken_whole_if_both_fit():
    _, found, starts = made([20, MOST - 40, 30], 1)
    assert [p.end - p.start for p in found] == [MOST - 20, 30]
    (bridge,) = bridges(found, starts)
    assert (bridge.start, bridge.end) == (20, MOST + 10)
    _, found, starts = made([MOST - 2, MOST - 2], 1)
    assert len(found) == 2 and 2 * MOST > PLACES
    assert list(bridges(found, starts)) == []


def test_one_passage_has_no_edges():
    _, found, starts = made([10, 10], 1)
    assert len(found) == 1 and list(bridges(found, starts)) == []
