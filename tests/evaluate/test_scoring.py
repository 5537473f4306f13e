"""The guide's rules of matching and counting, on made-up documents, and the same numbers as the shared scorer's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from samples import gold

from kg.errors import SourceError
from kg.evaluate import agreement, read_gold, score
from kg.evaluate.gold import by_document, read_said
from kg.evaluate.matching import Actor, normal

SHARED = Path(__file__).parent.parent.parent.parent / "shared"
ENTITIES = {
    "a": {"type": "Person", "iso": None, "names": {"en": ["Ada Örn"]}},
    "b": {"type": "Person", "iso": None, "names": {"en": ["Bo Lund"]}},
    "c": {"type": "Country", "iso": "XA", "names": {"en": ["Aland", "the Alander"]}},
    "p": {"type": "Place", "iso": None, "names": {"en": ["Port"]}},
}


def line(relation, subject, object_, doc="d.txt", **more):
    def entity(name):
        return {"name": name, "names": [name], "type": "Person" if " " in name else "Country", "iso": None}

    place = {"place": entity(more.pop("place"))} if "place" in more else {}
    return (
        {
            "doc": doc,
            "relation": relation,
            "subject": entity(subject),
            "object": entity(object_),
            "factuality": "asserted",
        }
        | more
        | place
    )


@pytest.fixture
def document(tmp_path):
    def write(*statements):
        path = tmp_path / "gold.jsonl"
        path.write_text(
            json.dumps(
                {
                    "doc": "d",
                    "lang": ["en"],
                    "lines": [1, 2],
                    "published": None,
                    "entities": ENTITIES,
                    "statements": statements,
                }
            )
        )
        return read_gold(path)

    return write


def test_names_are_compared_without_marks_case_and_articles():
    assert normal("The Ada-Örn’s") == "ada orns"
    assert normal("Sang Işık") == "isik"


def test_a_last_name_suffices_unless_shared():
    full, short = Actor.of("Person", None, ["Ada Lund"]), Actor.of("Person", None, ["Lund"])
    assert full.same(short)
    assert not full.same(short, {"lund": 2})
    assert not Actor.of("Country", "XA", ["X"]).same(Actor.of("Country", "XB", ["X"]))


def test_a_symmetric_relation_has_no_order(document):
    said = by_document([line("meets", "Bo Lund", "Ada Örn"), line("urges", "Bo Lund", "Ada Örn")])
    result = score(document(gold("meets", "a", "b"), gold("urges", "a", "b")), said, "en")
    assert (result.relations["meets"].right, result.relations["urges"].right) == (1, 0)
    assert [one.relation for _, one in result.extras] == ["urges"]
    assert [one.relation for _, one in result.misses] == ["urges"]


def test_repeats_and_optional_statements_are_no_errors(document):
    said = by_document(
        [line("visits", "Ada Örn", "Aland"), line("visits", "A. Örn", "Aland"), line("visits", "Bo Lund", "Aland")]
    )
    result = score(
        document(
            gold("visits", "b", "c", optional=True), gold("visits", "a", "c"), gold("meets", "a", "b", optional=True)
        ),
        said,
        "en",
    )
    assert (result.overall.right, result.overall.extra, result.overall.missed) == (1, 0, 0)
    assert result.overall.f1 == 1.0


def test_attributes_count_where_gold_has_them(document):
    wanted = [
        gold("meets", "a", "b", date="2020-01-02", place="p", factuality="planned"),
        gold("holdsOffice", "a", "c", office={"en": "Prime Minister"}),
    ]
    said = by_document(
        [
            line("meets", "Ada Örn", "Bo Lund", date="2020-01-02", place="Port"),
            line("holdsOffice", "Ada Örn", "Aland", office="prime minister"),
        ]
    )
    shares = score(document(*wanted), said, "en").shares
    assert {name: (share.right, share.of) for name, share in shares.items()} == {
        "factuality": (1, 2),
        "date": (1, 1),
        "place": (1, 1),
        "office": (1, 1),
    }


def test_agreement_pairs_each_statement_once():
    first = by_document([line("meets", "Ada Örn", "Bo Lund"), line("visits", "Ada Örn", "Aland")])
    second = by_document([line("meets", "Bo Lund", "A. Örn"), line("meets", "Ada Örn", "Bo Lund")])
    found = agreement(first, second)
    assert (found.both, found.first, found.second) == (1, 1, 1)
    assert found.value == 0.5


def test_malformed_files_are_named(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('\n{"doc": 1}\n')
    with pytest.raises(SourceError, match="line 2"):
        read_gold(path)
    with pytest.raises(SourceError, match=r"x\.jsonl"):
        read_said(path)
    (tmp_path / "y.jsonl").write_bytes(b"\xff")
    for unreadable in (tmp_path, tmp_path / "none.jsonl", tmp_path / "y.jsonl"):
        with pytest.raises(SourceError, match=r"cannot be read \(.*\); give a"):
            read_gold(unreadable)


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.parametrize(
    ("name", "texts", "lang"), [("dev/panl", "dev/text/en", "en"), ("dev/detik", "dev/text/id", "id")]
)
def test_numbers_are_the_shared_scorers(name, texts, lang, tmp_path):
    scorer = SHARED / "gold" / "score.py"
    if not scorer.exists():
        pytest.skip(f"the shared scorer is no part of the project and not beside it: no {scorer}")
    import kg

    path = SHARED / "gold" / f"{name}.jsonl"
    some = {document.id for document in read_gold(path)[:12]}
    said = tmp_path / "said.jsonl"
    with said.open("w") as out:
        for file in sorted((SHARED / "gold" / texts).iterdir()):
            if file.stem in some:
                for _, found in kg.statements([file], lang=lang):
                    out.writelines(json.dumps(one.to_json()) + "\n" for one in found)
    printed = subprocess.run(
        [sys.executable, scorer, path, said, "--lang", lang, "--events"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    result = score(read_gold(path), read_said(said), lang)
    rows = {row.split()[0]: row.split()[1:] for row in printed[1:]}
    for relation, tally in [*result.relations.items(), ("events", result.events), ("all", result.overall)]:
        assert rows.pop(relation)[:3] == [str(tally.right), str(tally.extra), str(tally.missed)]
    assert {key: row[0] for key, row in rows.items()} == {
        key: f"{share.right}/{share.of}" for key, share in result.shares.items()
    }
