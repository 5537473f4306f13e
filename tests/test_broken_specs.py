"""Every way to break a data file ends a run with one line that names file, key, value and remedy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import SpecError
from kg.specs import ROOT, load


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the package's data."""
    for folder in ("lang", "relations", "link"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path


Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text, f"the file no longer has {old}"
        return text.replace(old, new, 1)

    return change


def add(text: str) -> Change:
    return lambda old: f"{old}\n{text}\n"


def first(line: str) -> Change:
    return lambda old: f"{line}\n{old}"


VISITS, FRAMES, TITLES = "relations/visits.toml", "relations/_frames.toml", "lang/id/titles.toml"
TIME, GRAMMAR = "lang/en/time.toml", "lang/id/grammar.toml"
# file, what is done to it, the key that the line names, what it says of it
BROKEN: list[tuple[str, Change, str, str]] = [
    (VISITS, swap('frame = "transitive"', 'frame = "transitiv"'), "en.1.frame", "did you mean transitive?"),
    (VISITS, swap('frame = "transitive"', "frame = 3"), "en.1.frame", "= 3: must be a text in quotes"),
    (VISITS, swap('frame = "transitive"\n', ""), "en.1.frame", "missing key"),
    (VISITS, swap("civil = true", 'civil = "yes"'), "en.1.civil", '= "yes": must be true or false'),
    (VISITS, swap("civil = true", "civill = true"), "en.1.civill", "unknown key; did you mean civil?"),
    (VISITS, swap('words = ["visit"', 'words = ["visit", "visit"'), "en.1.words", '= "visit": stands there twice'),
    (VISITS, swap('words = ["visit"', 'words = ["pay a visit"'), "en.1.words", '= "pay a visit": never matches'),
    (VISITS, swap('words = ["visit"', 'words = ["Visit"'), "en.1.words", '= "Visit": never matches'),
    (VISITS, swap('words = ["visit", "tour", "revisit"]', 'words = "visit"'), "en.1.words", "must be a list"),
    (VISITS, swap('words = ["visit", "tour", "revisit"]', "words = []"), "en.1.words", "is empty; list at least one"),
    (VISITS, swap('words = ["visit"', "words = [1"), "en.1.words", "= 1: must be a list of texts in quotes"),
    (VISITS, swap('prepositions = ["to", "into"]\n', ""), "en.2.prepositions", "missing key"),
    (VISITS, swap('relation = "visits"', 'relation = "visit"'), "relation", "is not the file's name; write visits"),
    (VISITS, first('title = "x"'), "title", "unknown key"),
    (VISITS, swap("journey = true", "jorney = true"), "jorney", "unknown key; did you mean journey?"),
    (VISITS, swap("[[en]]", "[[fr]]"), "fr", "unknown language; add lang/fr"),
    (VISITS, swap("journey = true", "office = true"), "office", "one relation has it, and no more"),
    ("relations/sees.toml", lambda _: 'relation = "sees"', "relation", "unknown relation; add it to ontologies/kg.ttl"),
    ("relations/urges.toml", lambda _: 'relation = "urges"', "en", "missing key; add [[en]]"),
    (FRAMES, swap('["subj"]', '["sbj"]'), "transitive.subject.1", '"sbj": unknown value; did you mean subj?'),
    (FRAMES, swap('subject = ["subj"]', "subject = []"), "transitive.subject", "is empty; name a slot"),
    (FRAMES, swap('pos = "verb"', 'pos = "adverb"'), "transitive.pos", '= "adverb": unknown value; did you mean verb?'),
    (FRAMES, swap('object = ["obj"]\n', ""), "transitive.object", 'missing key; add object = ["…"]'),
    (TITLES, swap('home = "ID"\n', ""), "home", 'missing key; add home = "…"'),
    (TITLES, swap("home_unsaid = false", "home_unsaid = 1"), "home_unsaid", "= 1: must be true or false"),
    (TITLES, swap('organ_heads = ["juru bicara"', 'organ_heads = [" juru bicara"'), "organ_heads", "spaces around it"),
    (TITLES, swap("territories = ", "provinces = "), "none_in.provinces", "unknown kind of state"),
    (TIME, swap("day_first = false", "day_first = []"), "day_first", "= []: must be true or false"),
    (TIME, swap("months = {", "months = { 'Junes' = 'six',"), "months.Junes", '= "six": must be a number'),
    (TIME, swap("months = {", "months = { 'Junes' = 13,"), "months.Junes", "= 13: is out of range; write"),
    (TIME, swap("weekdays = {", "weekdays = { 'Sun' = 7"), "weekdays.Sun", "= 7: is out of range; write"),
    (TIME, swap("numbers = {", "numbers = { none = true,"), "numbers.none", "= true: must be a number"),
    (GRAMMAR, swap("agent_unmarked = true\n", ""), "traits.agent_unmarked", "missing key; add agent_unmarked = true"),
    (GRAMMAR, swap("[clause]", "[clauses]"), "clauses", "unknown key; did you mean clause?"),
    ("lang/en/furniture.toml", swap("line = [", "line = [\n  '(unclosed',"), "line", "is no regular expression"),
    ("lang/governments.toml", add("kingdoms = []"), "kingdoms", "unknown key; known are"),
    ("lang/en/title.toml", lambda _: "heads = []", "en/title.toml: unknown", "file; did you mean titles?"),
    ("link/bodies.toml", add('[[body]]\nen = "PBB"\nid = "P"\nnames = []'), "body", '= "PBB": is another body'),
    ("link/bodies.toml", add('[[body]]\nen = "League"\nnames = []'), "body", "missing key"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "key", "says"), BROKEN)
def test_a_broken_file_gives_one_line_with_its_key(root: Path, name: str, change: Change, key: str, says: str) -> None:
    path = root / name
    path.write_text(change(path.read_text("utf-8") if path.exists() else ""), "utf-8")
    with pytest.raises(SpecError) as raised:
        load(root)
    line = str(raised.value)
    assert "\n" not in line and len(line) < 400
    assert str(path) in line and key in line and says in line and ";" in line, line


def test_a_file_that_is_gone_or_no_toml_is_named(root: Path) -> None:
    (root / "lang" / "id" / "speech.toml").unlink()
    with pytest.raises(SpecError, match=r"lang/id/speech\.toml: missing"):
        load(root)
    (root / "lang" / "id" / "speech.toml").mkdir()
    with pytest.raises(SpecError, match=r"lang/id/speech\.toml: cannot be read \(Is a directory\); put a file there"):
        load(root)
    (root / "lang" / "id" / "speech.toml").rmdir()
    (root / "lang" / "id" / "speech.toml").write_text("verbs = [")
    with pytest.raises(SpecError, match=r"lang/id/speech\.toml: .*correct the file"):
        load(root)


def test_the_data_as_they_are_load(root: Path) -> None:
    assert load(root).relations["visits"].journey


@pytest.mark.weights
@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]])
def test_a_wrong_file_ends_a_run_and_no_article_is_to_blame(tmp_path: Path, jobs: list[str]) -> None:
    """The command says it in one line and fails: no article is skipped for it."""
    copy = tmp_path / "kg"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("weights", "__pycache__", "demo", "train"))
    (copy / "weights").symlink_to(ROOT / "weights")
    shutil.copytree(ROOT.parent / "ontologies", tmp_path / "ontologies")
    data = copy / "relations" / "visits.toml"
    data.write_text(swap('frame = "transitive"', 'frame = "transitiv"')(data.read_text("utf-8")), "utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Norway's prime minister visited Chile on Tuesday, it said.\n")
    command = [sys.executable, "-m", "kg", "build", "a.txt", "b.txt", "-o", "x.ttl", "--lang", "en", *jobs]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ)
    assert done.returncode == 1
    assert done.stderr.startswith(f"kg: {data}: en.1.frame") and done.stderr.count("\n") == 1, done.stderr
    assert not (tmp_path / "x.ttl").exists()
