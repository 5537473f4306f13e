"""Article → Doc: blocks, offsets, labels, names."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.model import Article
from kg.nlp import parse
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
def test_same_text_gives_the_same_analysis_whatever_stands_beside_it():
    one, two = article(ID, "id"), article(EN, "en")
    alone = [d.to_json() for d in parse([one])]
    mixed = [d.to_json() for d in parse([two, one, two])]
    assert mixed[1] == alone[0]


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
