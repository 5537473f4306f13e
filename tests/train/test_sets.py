"""Treebanks and name sets → training documents. All sentences are our own."""

import pytest
import spacy

from kg.nlp.language import NewsIndonesian  # noqa: F401  (registers kg_id)
from kg.train.augment import augmented, curly_quotes, headline, without_stop
from kg.train.conllu import Sentence, Word, read_columns, read_conllu, read_uner
from kg.train.countries import mark_places
from kg.train.data import detokenise, name_docs, name_spans, tree_docs
from kg.train.normalise import normalise
from kg.train.practice import Names, fill, lines, read_lists, sentences
from kg.train.transfer import transferred

NLP = spacy.blank("kg_id")


def tree(*rows: str) -> Sentence:
    """Each row is "word POS head-number dep", heads counted from 1, 0 the root."""
    parts = [row.split() for row in rows]
    words = [Word(p[0], True, p[1], head=int(p[2]) - 1 if p[2] != "0" else i, dep=p[3]) for i, p in enumerate(parts)]
    return Sentence(words)


CONLLU = """# sent_id = s1
# text = Kunjungannya selesai.
1-2\tKunjungannya\t_\t_\t_\t_\t_\t_\t_\t_
1\tKunjungan\tkunjung\tNOUN\t_\t_\t3\tnsubj\t_\t_
2\tnya\tnya\tPRON\t_\t_\t1\tnmod:poss\t_\t_
3\tselesai\tselesai\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""


def test_multiword_token_is_one_word_with_its_heads_analysis(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU)
    (sentence,) = read_conllu(path)
    assert sentence.text == "Kunjungannya selesai."
    assert [(w.text, w.head, w.dep) for w in sentence.words] == [
        ("Kunjungannya", 1, "nsubj"), ("selesai", 1, "root"), (".", 1, "punct"),
    ]  # fmt: skip
    (apart,) = read_conllu(path, join=False)
    assert [w.text for w in apart.words] == ["Kunjungan", "nya", "selesai", "."]
    assert apart.text == "Kunjungannya selesai."


def test_old_labels_become_todays():
    sentence = normalise(
        tree(
            "Duta NOUN 4 nsubj:pass", "besar ADJ 1 amod", "Oslandia PROPN 1 flat", "diterima VERB 0 root",
            "oleh ADP 6 case",
            "menteri NOUN 4 obl", "luar NOUN 6 compound", "Ana PROPN 6 flat", "Maria PROPN 8 flat", "Roe PROPN 9 flat",
            "yang PRON 12 nsubj", "tiba VERB 6 acl", "akan ADV 12 advmod",
        ),
        old=True,
    )  # fmt: skip
    analysis = {w.text: (sentence.words[w.head].text, w.dep) for w in sentence.words}
    assert analysis["Oslandia"] == ("Duta", "nmod")
    assert analysis["menteri"] == ("diterima", "obl:agent")
    assert analysis["luar"] == ("menteri", "nmod")
    assert analysis["Maria"] == analysis["Roe"] == ("Ana", "flat")
    assert analysis["tiba"] == ("menteri", "acl:relcl")
    assert analysis["akan"] == ("tiba", "aux")


def test_reduplication_cut_in_three_is_joined():
    sentence = tree("anak NOUN 4 nsubj", "- PUNCT 3 punct", "anak NOUN 1 compound:plur", "tidur VERB 0 root")
    for word in sentence.words[:2]:
        word.space = False
    sentence.words[1].dep = "compound"
    words = normalise(sentence, old=True).words
    assert [(w.text, w.head) for w in words] == [("anak-anak", 1), ("tidur", 1)]


def test_tree_follows_the_tokenizer_where_it_cuts_otherwise():
    sentence = tree(
        "Perang NOUN 0 root",
        "Oslandia-Norlandia PROPN 1 nmod",
        "Dr PROPN 1 appos",
        ". PUNCT 3 punct",
        "Roe PROPN 3 flat",
    )
    sentence.words[2].space = False
    (doc,) = tree_docs([sentence], NLP)
    assert [t.text for t in doc] == ["Perang", "Oslandia", "-", "Norlandia", "Dr.", "Roe"]
    arcs = [(t.head.text, t.dep_) for t in doc]
    assert arcs[1:4] == [("Perang", "nmod"), ("Oslandia", "punct"), ("Oslandia", "flat")]
    assert doc[5].head.text == "Dr."


def test_faulty_tree_is_left_out():
    assert list(tree_docs([tree("a NOUN 2 nmod", "b NOUN 1 nmod", "c VERB 0 root")], NLP)) == []


def test_columns_get_their_spaces_and_names(tmp_path):
    path = tmp_path / "x.txt"
    words = ['"', "Ya", ",", '"', "kata", "Ana B-PERSON", "Roe I-PERSON", "(", "PBB B-ORG", ")"]
    path.write_text("\n".join(w if " " in w else f"{w} X O" for w in words) + "\n\n")
    (sentence,) = map(detokenise, read_columns(path))
    assert sentence.text == '"Ya," kata Ana Roe (PBB)'
    (doc,) = name_docs([sentence], NLP)
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana Roe", "PER"), ("PBB", "ORG")]


COUNTRIES = "Serangan Rusia ke Sudan Selatan dalam bahasa Jepang"


def test_countries_are_places_also_where_they_act():
    sentence = Sentence([Word(w, True) for w in COUNTRIES.split()])
    mark_places(sentence, {"Rusia", "Sudan", "Sudan Selatan", "Jepang"})
    assert name_spans(sentence) == [(1, 2, "LOC"), (3, 5, "LOC")]


def test_variants_keep_the_tree():
    sentence = tree(
        '" PUNCT 2 punct', "Menteri NOUN 5 nsubj", '" PUNCT 2 punct', "akan AUX 5 aux", "tiba VERB 0 root",
        ". PUNCT 5 punct",
    )  # fmt: skip
    assert [w.text for w in curly_quotes(sentence).words][:3] == ["“", "Menteri", "”"]
    assert [w.text for w in headline(sentence).words] == ['"', "Menteri", '"', "Akan", "Tiba"]
    assert len(without_stop(sentence).words) == 5
    assert len(list(augmented([sentence], share=1.0))) == 4
    assert list(augmented([sentence], share=0.0)) == [sentence]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_practice_sentences_are_the_same_each_time_and_tagged(lang):
    def made() -> list[Sentence]:
        lists = read_lists(lang)
        names = Names(lists, ["Oslandia"], ["Norstad"], lang=lang, seed=3)
        return list(sentences(lines(lists["sentences"]["plain"]), names, 1))

    first = made()
    assert [s.text for s in first] == [s.text for s in made()]
    assert all("{" not in s.text and "  " not in s.text for s in first)
    assert {label for s in first for _, _, label in name_spans(s)} == {"PER", "ORG", "LOC"}


def test_pattern_is_filled():
    names = Names(read_lists("id"), ["Oslandia"], ["Norstad"])
    sentence = fill("Warga {C}-{C} pergi.", names)
    assert sentence.text == "Warga Oslandia-Oslandia pergi."
    assert name_spans(sentence) == [(1, 2, "LOC"), (3, 4, "LOC")]


UNER = """# sent_id = 1
# text = Ana Roe left France.
1\tAna\tB-PER
2\tRoe\tI-PER
3\tleft\tO
4\tFrance\tB-LOC
5\t.\tO

"""


def plain(text: str) -> Sentence:
    return Sentence([Word(w, True) for w in text.split()], "a")


def test_names_are_carried_over_to_a_translation(tmp_path):
    path = tmp_path / "x.iob2"
    path.write_text(UNER)
    english = plain("Ana Roe left France .")
    (tagged,) = transferred(read_uner(path), [english], [plain("Ana Roe meninggalkan Prancis .")])
    assert name_spans(tagged) == [(0, 2, "PER"), (3, 4, "LOC")]
    assert list(transferred(read_uner(path), [english], [plain("Dia pergi .")])) == []
