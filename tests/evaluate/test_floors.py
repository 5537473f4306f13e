"""Floors: extraction on the development gold stays above them, and they only rise."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from samples import gold, line, write_gold

from kg.errors import SpecError
from kg.evaluate import floors
from kg.evaluate.gold import by_document

FLOORS = Path(__file__).parent / "floors.toml"
LOWERED = Path(__file__).parent / "lowered.toml"
SETS = floors.read_floors(FLOORS)


@pytest.fixture(scope="session")
def reached():
    missing = [path for one in SETS for path in one.paths(FLOORS).values() if not path.exists()]
    if missing:
        pytest.skip(f"the development gold is no part of the project and not beside it: no {missing[0].resolve()}")
    return floors.measured(FLOORS, SETS)


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_extraction_stays_above_its_floors(reached, one):
    fallen = floors.fallen(one.floors, reached[one.name])
    assert not fallen, "; ".join(f"{key} is {now:.3f}, floor {floor}" for key, (floor, now) in fallen.items())


def test_floors_only_rise():
    committed = earlier()
    if not committed:
        pytest.skip("no git history here to compare with")
    named = tomllib.loads(LOWERED.read_text(encoding="utf-8"))
    now = {(one.name, key): value for one in SETS for key, value in one.floors.items()}
    lower = {f"{name}.{key}": value for (name, key), value in committed.items() if now.get((name, key), 0) < value}
    assert not set(lower) - set(named), f"lowered without a reason in {LOWERED.name}: {lower}"


def earlier():
    """Return the highest floor of each figure in the history of the file."""
    highest: dict[tuple[str, str], float] = {}
    for commit in git("log", "--format=%H", "--", FLOORS.name).split():
        for one in floors.parse_floors(git("show", f"{commit}:./{FLOORS.name}"), commit):
            for key, value in one.floors.items():
                highest[one.name, key] = max(value, highest.get((one.name, key), 0))
    return highest


def git(*words):
    if not shutil.which("git"):
        return ""
    done = subprocess.run(["git", *words], cwd=FLOORS.parent, capture_output=True, text=True, check=False)
    return done.stdout


def test_floors_are_raised_rounded_down_and_never_lowered():
    assert floors.raised({"f1": 0.7, "place": 0.9}, {"f1": 0.7199, "place": 0.5, "date": 0.29}) == {
        "f1": 0.71,
        "place": 0.9,
        "date": 0.29,
    }
    assert floors.fallen({"f1": 0.7, "place": 0.9, "gone": 1}, {"f1": 0.7, "place": 0.89}) == {"place": (0.9, 0.89)}


def test_floors_are_written_as_they_are_read(tmp_path):
    copy = tmp_path / "floors.toml"
    copy.write_text("# a head\n\n# no head\n")
    floors.write_floors(copy, SETS)
    assert copy.read_text().startswith("# a head\n\n[")
    assert floors.read_floors(copy) == SETS


def test_a_set_says_by_which_reader_and_has_a_figure_of_events(tmp_path):
    file = tmp_path / "floors.toml"
    set_ = '[{}]\ngold = "g.jsonl"\ntexts = "texts"\nlang = "en"\n{}[{}.floors]\n"events.f1" = 0.50\n'
    file.write_text(set_.format("quick", 'reader = "fast"\n', "quick") + set_.format("whole", "", "whole"))
    write_gold(tmp_path / "g.jsonl", d=[gold("meets", "a", "b")] * 10 + [gold("holdsOffice", "a", "c")] * 10)
    sets = floors.read_floors(file)
    asked = []

    def extract(texts, lang, fast):
        asked.append((texts.name, fast))
        return by_document([] if fast else [line("meets", "Ada Orn", "Bo Lund")])

    reached = floors.measured(file, sets, extract)
    assert asked == [("texts", True), ("texts", False)]
    assert reached["whole"]["events.precision"] == 1.0
    assert reached["whole"]["events.f1"] > reached["whole"]["f1"] > reached["quick"]["events.f1"] == 0
    assert floors.fallen(sets[0].floors, reached["quick"]) == {"events.f1": (0.5, 0.0)}
    floors.write_floors(file, sets)
    assert floors.read_floors(file) == sets


def test_an_unknown_reader_is_named(tmp_path):
    with pytest.raises(SpecError, match=r"\[a\] reader is 'slow'; use one of default, fast"):
        floors.parse_floors('[a]\nfirst = "x"\nsecond = "y"\nreader = "slow"\n', "f.toml")


def test_a_malformed_file_is_named(tmp_path):
    wrong = tmp_path / "floors.toml"
    for text in ("[a\n", "[a]\ngold = 'x'\n"):
        wrong.write_text(text)
        with pytest.raises(SpecError, match=str(wrong)):
            floors.read_floors(wrong)
