"""Article → Doc: blocks, offsets, labels, names."""

import numpy
import pytest
import spacy
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from kg.model import Article
from kg.nlp import parse, reading
from kg.nlp.consistency import unify_names
from kg.nlp.labels import ENTITIES, LABELS

ID = (
    "Menlu Oslandia Tiba di Jakarta\n\nPresiden  Rusia menerima Menteri Luar Negeri Turki di Moskow.\n"
    "Mereka membahas perang itu."
)
EN = "Envoy arrives in Ankara\n\nThe president of Chad was received by Turkey's foreign minister."


def article(text: str, language: str, **changes) -> Article:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return Article(id="a", text=text, language=language, blocks=changes.get("blocks", tuple(blocks)))


@pytest.mark.weights
@pytest.mark.parametrize(("text", "lang"), [(ID, "id"), (EN, "en")])
def test_every_token_has_its_place_and_analysis(text, lang):
    (doc,) = parse([article(text, lang)])
    offsets = doc.user_data["offsets"]
    assert doc.user_data["article"].text == text
    assert [text[o : o + len(t)] for o, t in zip(offsets, doc, strict=True)] == [t.text for t in doc]
    assert {t.dep_ for t in doc} <= LABELS | {"ROOT"}
    assert all(t.pos_ and t.lemma_ for t in doc)
    assert {e.label_ for e in doc.ents} <= ENTITIES
    starts = {text.rfind("\n", 0, o) for o, t in zip(offsets, doc, strict=True) if t.is_sent_start}
    assert len(list(doc.sents)) == text.count(".") + 1
    assert starts == {text.rfind("\n", 0, o) for o in offsets}


@pytest.mark.weights
@pytest.mark.parametrize("alike", [True, False])
def test_same_text_gives_the_same_analysis_whatever_stands_beside_it(alike, monkeypatch):
    if not alike:  # on a machine whose sums of floats depend on the batch
        monkeypatch.setattr(reading, "rows_stand_alone", lambda: False)
    texts = [(ID, "id"), (EN, "en"), (ID.replace("\n", " ") * 9, "id"), (EN[:9], "en"), (EN * 5, "en"), ("Ya.", "id")]
    articles = [article(*text) for text in texts]
    alone = [doc.to_bytes(exclude=["user_data"]) for one in articles for doc in parse([one])]
    for order in ((0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (2, 0, 4, 1, 3, 5)):
        mixed = [doc.to_bytes(exclude=["user_data"]) for doc in parse([articles[i] for i in order], batch_size=4)]
        assert mixed == [alone[i] for i in order]


@pytest.mark.weights
@pytest.mark.parametrize(("alike", "read_ahead"), [(True, 3), (False, 1)])
def test_articles_share_a_batch_only_where_a_row_is_the_same_in_every_matrix(alike, read_ahead, monkeypatch):
    monkeypatch.setattr(reading, "rows_stand_alone", lambda: alike)
    articles = iter([article(EN, "en")] * 4)
    next(parse(articles, batch_size=3))
    assert len(list(articles)) == 4 - read_ahead


def test_a_product_that_depends_on_the_matrix_size_is_noticed(monkeypatch):
    class Sized(NumpyOps):
        def gemm(self, x, y, **how):
            return super().gemm(x, y, **how) + numpy.float32(len(x) > 100) * numpy.float32(1e-6)

    monkeypatch.setattr(reading, "get_current_ops", Sized)
    assert not reading.rows_stand_alone.__wrapped__()


@pytest.mark.weights
def test_article_without_blocks_gives_an_empty_document():
    (doc,) = parse([article("", "id", blocks=())])
    assert len(doc) == 0
    assert doc.user_data["offsets"] == []
    assert [len(d) for d in parse([article("  \n ", "en", blocks=((0, 3),))])] == [0]


def test_surname_follows_the_full_name_and_a_name_has_one_type():
    words = "Ana Roelin tiba . Roelin dan Roelin pulang ke Oslandia Baru , Oslandia Baru , Oslandia Baru"
    doc = Doc(spacy.blank("xx").vocab, words=words.split())
    doc.ents = [
        Span(doc, 0, 2, label="PER"), Span(doc, 4, 5, label="ORG"), Span(doc, 9, 11, label="LOC"),
        Span(doc, 12, 14, label="ORG"), Span(doc, 15, 17, label="LOC"),
    ]  # fmt: skip
    names = [(e.text, e.label_) for e in unify_names(doc).ents]
    assert names == [("Ana Roelin", "PER"), ("Roelin", "PER"), ("Roelin", "PER"), *[("Oslandia Baru", "LOC")] * 3]
