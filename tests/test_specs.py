"""The data files: read by one reader, complete in every language, and free of what could never match."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg import specs
from kg.errors import SpecError
from kg.gazetteer import fold
from kg.specs import ROOT, language_data, languages, load_toml
from kg.vocab import ontology

FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.toml"))
RELATIONS = sorted(path.stem for path in (ROOT / "relations").glob("[!_]*.toml"))
GOLD = ROOT.parent.parent / "shared" / "gold"
# Facets that a language may have and others need not: its home country's regions.
OPTIONAL = {"regions"}


def test_both_languages_are_found() -> None:
    assert languages() == ("en", "id")


@pytest.mark.parametrize("name", FILES)
def test_every_file_parses_and_holds_something(name: str) -> None:
    assert load_toml(name)


def test_a_table_is_read_once() -> None:
    assert load_toml("lang/id/titles.toml") is language_data("id", "titles")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'words = ["a"\nfoo = 1', "broken.toml"),
        (b"words = 1\nwords = 2", "broken.toml"),
        ("w = ['é']".encode("latin-1"), "broken.toml"),
        (None, "missing from the package"),
    ],
)
def test_bad_data_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, says: str
) -> None:
    monkeypatch.setattr(specs, "ROOT", tmp_path)
    name = "broken.toml" if content else "absent.toml"
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SpecError, match=says) as raised:
        load_toml(f"./{name}")  # a key of its own: the cache is shared
    assert name in str(raised.value)


def test_every_language_has_the_same_facets() -> None:
    facets = {code: {path.stem for path in (ROOT / "lang" / code).glob("*.toml")} - OPTIONAL for code in languages()}
    assert len(set(map(frozenset, facets.values()))) == 1, facets


def shape(table: Any) -> Any:
    """Return the keys of a table and what kind of thing each is."""
    return {k: shape(v) for k, v in table.items()} if isinstance(table, dict) else type(table).__name__


@pytest.mark.parametrize("facet", ["actors", "factuality", "grammar", "places", "speech", "time", "titles"])
def test_facets_have_the_same_shape_in_every_language(facet: str) -> None:
    """Extraction asks every language for the same keys; what has names of its own differs."""
    shapes = {code: shape(language_data(code, facet)) for code in languages()}
    for own in ("months", "weekdays", "days", "same", "numbers", "capitals", "bodies_of"):
        for found in shapes.values():
            found.pop(own, None)
    first, *others = shapes.values()
    for other in others:
        assert other == first


def strings(table: Any) -> list[str]:
    if isinstance(table, str):
        return [table]
    values = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return [text for value in values for text in strings(value)]


@pytest.mark.parametrize("name", FILES)
def test_words_have_no_space_around_them(name: str) -> None:
    assert not [text for text in strings(load_toml(name)) if text != text.strip() and "\n" not in text]


def entries() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (r, code, e) for r in RELATIONS for code in languages() for e in load_toml(f"relations/{r}.toml").get(code, [])
    ]


def test_relations_are_the_ontologys() -> None:
    assert set(RELATIONS) == set(ontology().relations)
    for name in RELATIONS:
        assert load_toml(f"relations/{name}.toml")["relation"] == name


@pytest.mark.parametrize("relation", RELATIONS)
def test_relations_have_triggers_in_every_language(relation: str) -> None:
    table = load_toml(f"relations/{relation}.toml")
    if relation == "holdsOffice":  # read by titles
        assert set(table) == {"relation"}
        return
    assert set(table) == {"relation", *languages()}
    assert all(table[code] for code in languages())


def test_triggers_are_words_that_can_match() -> None:
    frames = load_toml("relations/_frames.toml")
    for relation, code, entry in entries():
        where = f"relations/{relation}.toml, {code}: {entry['words'][:1]}"
        assert entry["frame"] in frames, where
        words = [*entry["words"], *entry.get("passive", ())]
        assert words and len(words) == len(set(words)), where
        assert all(word == word.lower() and " " not in word for word in words), f"{where}: one lower-case token each"
        ends = [*frames[entry["frame"]]["subject"], *frames[entry["frame"]]["object"]]
        if {"obl", "nmod"} & set(ends) and not {"obj", "comp", "owner", "recipient"} & set(ends):
            assert entry.get("prepositions"), f"{where}: an oblique needs its prepositions"


def test_frames_are_shapes_that_some_relation_uses() -> None:
    frames = load_toml("relations/_frames.toml")
    assert {entry["frame"] for _, _, entry in entries()} == set(frames)
    for name, frame in frames.items():
        assert frame["pos"] in ("verb", "noun", "compound"), name
        assert frame["subject"] and frame["object"], name


@pytest.mark.parametrize("code", languages())
def test_countries_are_two_letters(code: str) -> None:
    data = language_data(code, "countries")
    for table in (data["names"], data.get("demonyms", {}), data.get("labels", {})):
        assert all(re.fullmatch("[A-Z]{2}", iso) for iso in table)


def persons_of_the_gold(*, seed: bool) -> set[str]:
    """Return the names of the persons of the development gold, and of the seed's, folded."""
    found: set[str] = set()
    for path in [*[GOLD / "seed.jsonl"] * seed, *sorted((GOLD / "dev").glob("*.jsonl"))]:
        for line in path.read_text("utf-8").splitlines():
            for entity in json.loads(line)["entities"].values():
                if entity["type"] == "Person":
                    found |= {fold(name) for names in entity["names"].values() for name in names}
    return found


def named(paths: list[Path], *, seed: bool = False) -> set[str]:
    """Return which files name a person of the gold: in full anywhere, by one name where that is a whole entry."""
    persons = persons_of_the_gold(seed=seed)
    assert len(persons) > 100
    full = "|".join(re.escape(name) for name in sorted(persons, key=len, reverse=True) if " " in name)
    pattern = re.compile(rf"\b(?:{full})\b", re.IGNORECASE)
    found = set()
    for path in paths:
        text = fold(path.read_text("utf-8"))
        found |= {f"{path.name}: {match[0]}" for match in pattern.finditer(text)}
        if path.suffix == ".toml":
            # practice data holds many names in one text
            words = {fold(w) for entry in strings(load_toml(path.relative_to(ROOT).as_posix())) for w in listed(entry)}
            found |= {f"{path.name}: {word}" for word in words & persons}
    return found


def listed(entry: str) -> list[str]:
    return [entry, *(part.strip() for part in re.split(r"[\s|]", entry))] if "\n" in entry or "|" in entry else [entry]


gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not part of the project")


@gold
def test_no_rule_names_a_person_of_the_gold() -> None:
    """Nor do these tests' own cases: what is fitted to the gold is lost elsewhere."""
    data = [p for p in ROOT.rglob("*") if p.suffix in (".toml", ".ttl", ".rq") and p.parts[len(ROOT.parts)] != "train"]
    data += (ROOT.parent / "ontologies").glob("*.ttl")
    data += (Path(__file__).parent / "cases").glob("*.conllu")
    assert not named(data, seed=True)


@gold
def test_no_practice_data_names_a_person_of_the_gold() -> None:
    assert not named(sorted((ROOT / "train").rglob("*.toml")))


@gold
def test_no_bundled_article_names_a_person_of_the_gold() -> None:
    assert not named([path for path in (ROOT / "demo").rglob("*") if path.is_file()])
