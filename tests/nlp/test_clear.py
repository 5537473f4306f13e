"""ClearNLP → Universal Dependencies on hand-built documents; no pipeline is loaded."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.clear import clear_to_ud

VOCAB = spacy.blank("en").vocab


def convert(*rows: str, person: tuple[int, int] | None = None) -> dict[str, tuple[str, str]]:
    """Each row is "word POS head-word dep [lemma]"; return word → (head, label) after the conversion."""
    parts = [row.split() for row in rows]
    words = [p[0] for p in parts]
    doc = Doc(
        VOCAB,
        words=words,
        pos=[p[1] for p in parts],
        heads=[words.index(p[2]) for p in parts],
        deps=[p[3] for p in parts],
        lemmas=[p[4] if len(p) > 4 else p[0].lower() for p in parts],
    )
    if person:
        doc.ents = [Span(doc, *person, label="PERSON")]
    return {t.text: (t.head.text, t.dep_) for t in clear_to_ud(doc)}


def test_preposition_hangs_from_its_object():
    tree = convert("Minister NOUN flew nsubj", "flew VERB flew ROOT", "to ADP flew prep", "Ankara PROPN to pobj")
    assert tree["Ankara"] == ("flew", "obl")
    assert tree["to"] == ("Ankara", "case")


def test_preposition_under_a_noun_gives_nmod():
    tree = convert("visit NOUN ended nsubj", "of ADP visit prep", "Erdan PROPN of pobj", "ended VERB ended ROOT")
    assert tree["Erdan"] == ("visit", "nmod")


def test_passive_has_subject_auxiliary_and_agent():
    tree = convert(
        "Kars PROPN shelled nsubjpass", "was AUX shelled auxpass be", "shelled VERB shelled ROOT",
        "by ADP shelled agent", "troops NOUN by pobj",
    )  # fmt: skip
    assert tree["Kars"] == ("shelled", "nsubj:pass")
    assert tree["was"] == ("shelled", "aux:pass")
    assert tree["troops"] == ("shelled", "obl:agent")
    assert tree["by"] == ("troops", "case")


def test_copula_hangs_from_the_predicate():
    tree = convert("Lira PROPN is nsubj", "is AUX is ROOT be", "envoy NOUN is attr", ". PUNCT is punct")
    assert tree["Lira"] == ("envoy", "nsubj")
    assert tree["is"] == ("envoy", "cop")
    assert tree["envoy"] == ("envoy", "ROOT")
    assert tree["."] == ("envoy", "punct")


def test_there_is_keeps_its_verb_and_gets_a_subject():
    tree = convert("There PRON is expl", "is VERB is ROOT be", "war NOUN is attr")
    assert tree["war"] == ("is", "nsubj")
    assert tree["is"] == ("is", "ROOT")


def test_conjuncts_hang_from_the_first_and_and_from_the_next():
    tree = convert(
        "France PROPN agreed nsubj", ", PUNCT France punct", "Italy PROPN France conj", "and CCONJ Italy cc",
        "Malta PROPN Italy conj", "agreed VERB agreed ROOT",
    )  # fmt: skip
    assert tree["Italy"] == tree["Malta"] == ("France", "conj")
    assert tree["and"] == ("Malta", "cc")


def test_coordinated_prepositions():
    tree = convert(
        "met VERB met ROOT", "in ADP met prep", "Rome PROPN in pobj", "and CCONJ in cc", "near ADP in conj",
        "Pisa PROPN near pobj",
    )  # fmt: skip
    assert tree["Rome"] == ("met", "obl")
    assert tree["Pisa"] == ("Rome", "conj")
    assert tree["near"] == ("Pisa", "case")


def test_two_prepositions_share_an_object():
    tree = convert("went VERB went ROOT", "out ADP went prep", "of ADP out prep", "Oslo PROPN of pobj")
    assert tree["Oslo"] == ("went", "obl")
    assert tree["out"] == tree["of"] == ("Oslo", "case")


def test_clause_after_a_preposition_is_adverbial():
    tree = convert("left VERB left ROOT", "after ADP left prep", "meeting VERB after pcomp", "her PRON meeting dobj")
    assert tree["meeting"] == ("left", "advcl")
    assert tree["after"] == ("meeting", "mark")
    assert tree["her"] == ("meeting", "obj")


def test_one_who_is_urged_is_the_object():
    tree = convert(
        "urged VERB urged ROOT", "Chad PROPN stop nsubj", "to PART stop aux", "stop VERB urged ccomp",
    )  # fmt: skip
    assert tree["Chad"] == ("urged", "obj")
    assert tree["stop"] == ("urged", "xcomp")
    assert tree["to"] == ("stop", "mark")


def test_name_has_its_first_word_as_head_and_its_title_as_nmod():
    tree = convert(
        "President PROPN Roe compound", "Jane PROPN Roe compound", "Roe PROPN spoke nsubj", "spoke VERB spoke ROOT",
        person=(1, 3),
    )  # fmt: skip
    assert tree["Jane"] == ("spoke", "nsubj")
    assert tree["Roe"] == ("Jane", "flat")
    assert tree["President"] == ("Jane", "nmod")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("poss", "nmod:poss"), ("prt", "compound"), ("neg", "advmod"), ("npadvmod", "obl"), ("relcl", "acl:relcl")],
)
def test_plain_renaming(given, wanted):
    assert convert("went VERB went ROOT", f"x NOUN went {given}")["x"] == ("went", wanted)


def test_empty_document():
    assert len(clear_to_ud(Doc(VOCAB))) == 0
