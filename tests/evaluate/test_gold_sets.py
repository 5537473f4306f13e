"""Several gold files at once: which texts belong to which, and their figures apart and together."""

import json
import re

import pytest
from samples import gold, line, write_gold

from kg.cli import main
from kg.evaluate import LanguageUnclearError, gold_sets, read_gold

ONE, TWO = [gold("meets", "a", "b"), gold("visits", "a", "c")], [gold("urges", "a", "b"), gold("holdsOffice", "a", "c")]
SAID = [
    line("meets", "Ada Orn", "Bo Lund", "one"),
    line("urges", "Ada Orn", "Bo Lund", "two"),
    line("urges", "Bo Lund", "Ada Orn", "two"),
    line("holdsOffice", "Ada Orn", "Aland", "two"),
    line("accuses", "Ada Orn", "Aland", "elsewhere"),
]


@pytest.fixture
def folder(tmp_path):
    write_gold(tmp_path / "first.jsonl", one=ONE)
    write_gold(tmp_path / "second.jsonl", two=TWO)
    (tmp_path / "said.jsonl").write_text("\n".join(map(json.dumps, SAID)))
    return tmp_path


def names(sets):
    return [(one.name, one.language, one.texts.name) for one in sets]


def test_a_row_for_each_set_and_one_for_all(folder, capsys):
    paths = [str(folder / f"{name}.jsonl") for name in ("first", "second", "said")]
    assert main(["evaluate", *paths]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"first +1 +events +1 +0 +1 ", printed)
    assert re.search(r"second +1 +events +1 +1 +0 ", printed)
    assert re.search(r"second +1 +all +2 +1 +0 ", printed)
    assert re.search(r"micro +2 +events +2 +1 +1 +0\.667 +0\.667 +0\.667 +\d\.\d{3}–\d\.\d{3}", printed)
    assert main(["evaluate", *paths, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(s["name"], s["documents"], s["events"]["right"]) for s in found["sets"]] == [
        ("first", 1, 1),
        ("second", 1, 1),
    ]
    assert found["overall"]["right"] == 3
    low, high = found["intervals"]["events"]["f1"]
    assert low <= found["events"]["f1"] <= high


def test_one_set_prints_no_row_of_its_own(folder, capsys):
    assert main(["evaluate", str(folder / "first.jsonl"), str(folder / "said.jsonl")]) == 0
    printed = capsys.readouterr().out
    assert "micro" not in printed
    assert re.search(r"^events +1 +0 +1 ", printed, re.MULTILINE)


def test_texts_of_a_language_are_in_the_folder_of_its_name(tmp_path):
    both = write_gold(tmp_path / "both.jsonl", languages=("en", "id"), d=ONE)
    only = write_gold(tmp_path / "only.jsonl", languages=("id",), e=ONE)
    for name in ("en", "id"):
        (tmp_path / "text" / name).mkdir(parents=True)
    texts = tmp_path / "text"
    assert names(gold_sets([both, only], texts)) == [
        ("both en", "en", "en"),
        ("both id", "id", "id"),
        ("only", "id", "id"),
    ]
    assert names(gold_sets([both, only], texts, "en")) == [("both en", "en", "en")]
    assert names(gold_sets([only], texts / "id")) == [("only", "id", "id")]


def test_which_language_is_asked_where_nothing_tells(tmp_path, capsys):
    both = write_gold(tmp_path / "both.jsonl", languages=("en", "id"), d=ONE)
    with pytest.raises(LanguageUnclearError, match="en and id"):
        gold_sets([both], tmp_path)
    assert names(gold_sets([both], tmp_path, "id")) == [("both id", "id", tmp_path.name)]
    assert main(["evaluate", str(both), str(tmp_path)]) == 2
    assert "--lang" in capsys.readouterr().err


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    paths = [write_gold(tmp_path / name / "g.jsonl", d=ONE) for name in ("old", "new")]
    assert [one.name for one in gold_sets(paths, tmp_path)] == ["old/g", "new/g"]


def test_gold_without_a_range_of_lines_is_read(tmp_path):
    (document,) = read_gold(write_gold(tmp_path / "g.jsonl", d=ONE))
    assert document.lines is None
