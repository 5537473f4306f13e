"""Every relation, in every language, on hand-parsed sentences: tests/cases/*.conllu (handmade.py has the notation)."""

from __future__ import annotations

import pytest
from handmade import CASES, Case, cases, differences, doc_of, parse_shown
from promises import check

from kg.extract import statements
from kg.nlp.labels import LABELS
from kg.specs import ROOT, languages

ALL = cases()
RELATIONS = sorted(path.stem for path in (ROOT / "relations").glob("[!_]*.toml"))


def _parameters() -> list:
    return [
        pytest.param(c, id=c.id, marks=[pytest.mark.xfail(strict=True, reason=c.xfail)] if c.xfail else []) for c in ALL
    ]


@pytest.mark.parametrize("case", _parameters())
def test_case(case: Case) -> None:
    doc = doc_of(case)
    wrong = differences(case, statements(doc))
    assert not wrong, "\n".join(["", *wrong, "", parse_shown(doc)])


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_cases_in_every_language(relation: str, language: str) -> None:
    """Two that state the relation and one that looks like it and does not: a new relation brings its sentences."""
    own = [c for c in ALL if c.file == relation and c.language == language]
    positive = [c for c in own if relation in c.relations()]
    counter = [c for c in own if relation not in c.relations()]
    where = CASES / f"{relation}.conllu"
    assert len(positive) >= 2, f"{where}: wants two sentences in {language!r} that state {relation}"
    assert counter, f"{where}: wants a counterexample in {language!r}, whose `# expect` has no {relation}"


def test_files_are_relations_and_ids_are_unique() -> None:
    assert {path.stem for path in CASES.glob("*.conllu")} == set(RELATIONS)
    ids = [c.id for c in ALL]
    assert len(ids) == len(set(ids))
    assert not [c.id for c in ALL if c.language not in languages()]


def test_parses_are_universal_dependencies() -> None:
    """What a hand-made parse must keep to, so that a case tests extraction and not a slip of the pen."""
    for case, sentence in ((c, sentence) for c in ALL for sentence in c.sentences):
        heads = [w.head for w in sentence]
        assert heads.count(0) == 1 and max(heads) <= len(sentence), case.id
        for at, word in enumerate(sentence, 1):
            where = f"{case.id}: {word.text}/{word.dep}"
            assert word.dep in LABELS, where
            assert (word.head == 0) == (word.dep == "root"), where
            assert word.head != at, where
            assert word.misc.get("Entity", "B-PER")[2:] in ("PER", "ORG", "LOC"), where
            if word.dep in ("punct", "case", "det", "cc", "mark", "aux", "aux:pass"):
                below = {w.dep for w in sentence if w.head == at}
                assert below <= {"fixed", "conj", "advmod", "punct", "goeswith"}, f"{where} has {below}"


def test_statements_keep_their_promises() -> None:
    """Types, offsets and factuality are right whatever is found, and finding it again finds the same."""
    for case in ALL:
        doc = doc_of(case)
        found = statements(doc)
        assert found == statements(doc_of(case)), case.id
        check(doc, found)
