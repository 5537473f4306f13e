"""The data files: read by one reader, complete in every language, and free of what could never match."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg import gazetteer, specs
from kg.errors import SpecError
from kg.extract.lexicon import MAX_TOKENS
from kg.extract.slots import Slots
from kg.gazetteer import fold
from kg.specs import ROOT, SLOTS, Wording, languages
from kg.specs.reading import read_toml
from kg.vocab import ontology

FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.toml"))
RELATIONS = sorted(path.stem for path in (ROOT / "relations").glob("[!_]*.toml"))
GOLD = ROOT.parent.parent / "shared" / "gold"
# Facets that a language may have and others need not: its home country's regions.
OPTIONAL = {"regions"}
# Codes of ISO 3166-1 that the gazetteer leaves out of its countries.
NO_STATES = {"AQ"}


def load_toml(name: str) -> dict[str, Any]:
    """Return a data file as it stands; only tests look at it so."""
    return read_toml(ROOT / name)


def language_data(code: str, facet: str) -> dict[str, Any]:
    return load_toml(f"lang/{code}/{facet}.toml")


def test_both_languages_are_found() -> None:
    assert languages() == ("en", "id")


@pytest.mark.parametrize("name", FILES)
def test_every_file_parses_and_holds_something(name: str) -> None:
    assert load_toml(name)


def test_the_data_are_read_once() -> None:
    assert specs.language("id") is specs.language("id")
    assert specs.relations() is specs.relations()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'words = ["a"\nfoo = 1', "broken.toml"),
        (b"words = 1\nwords = 2", "broken.toml"),
        ("w = ['é']".encode("latin-1"), "broken.toml"),
        (None, "missing from the package"),
    ],
)
def test_bad_data_names_the_file(tmp_path: Path, content: bytes | None, says: str) -> None:
    name = "broken.toml" if content else "absent.toml"
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SpecError, match=says) as raised:
        read_toml(tmp_path / name)
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


def wordings() -> list[tuple[str, str, Wording]]:
    return [(name, code, w) for name, r in specs.relations().items() for code in r.wordings for w in r.wordings[code]]


def test_relations_are_the_ontologys() -> None:
    assert set(RELATIONS) == set(ontology().relations) == set(specs.relations())


@pytest.mark.parametrize("relation", RELATIONS)
def test_relations_have_triggers_in_every_language(relation: str) -> None:
    known = specs.relations()[relation]
    assert set(known.wordings) == (set() if known.office else set(languages()))  # offices are read by titles


def test_triggers_are_words_that_can_match() -> None:
    """One lower-case token each, as the loader sees to; and the other words of a wording are not its own."""
    for relation, code, wording in wordings():
        words = wording.words | wording.passive
        assert words, (relation, code)
        assert all(word == word.lower() and " " not in word for word in words), (relation, code)


def test_frames_are_shapes_that_some_relation_uses() -> None:
    assert {wording.frame for _, _, wording in wordings()} == set(specs.frames())


def test_every_slot_is_filled_by_a_method_and_asked_for_by_a_frame() -> None:
    asked = {slot for frame in specs.frames().values() for slot in (*frame.subject, *frame.object)}
    assert asked == set(SLOTS)
    assert all(callable(getattr(Slots, f"_{slot}")) for slot in SLOTS)


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
    assert not named([path for path in sorted((ROOT / "train").rglob("*")) if path.suffix in (".toml", ".txt")])


@gold
def test_no_bundled_article_names_a_person_of_the_gold() -> None:
    assert not named([path for path in (ROOT / "demo").rglob("*") if path.is_file()])


GOVERNMENTS = load_toml("lang/governments.toml")


def test_governments_are_lists_of_states() -> None:
    states = {name.iso for name in gazetteer.names("en").values() if name.kind == "country"}
    for kind, codes in GOVERNMENTS.items():
        assert len(codes) == len(set(codes)), kind
        assert set(codes) <= states | NO_STATES, (kind, set(codes) - states)


def test_governments_exclude_each_other() -> None:
    """A kingdom has a prime minister where it has no president; a territory is no state; else nobody is left."""
    assert not set(GOVERNMENTS["monarchies"]) & set(GOVERNMENTS["territories"])
    assert not set(GOVERNMENTS["without_premier"]) & set(GOVERNMENTS["territories"])
    assert set(GOVERNMENTS["monarchies"]) & set(GOVERNMENTS["without_premier"]) <= {"VA"}
    assert set(GOVERNMENTS["united_states"]) == {"US"} <= set(GOVERNMENTS["without_premier"])


@pytest.mark.parametrize("code", languages())
def test_titles_of_governments_are_titles(code: str) -> None:
    titles = language_data(code, "titles")
    for table in ("none_in", "only_in"):
        assert set(titles[table]) <= set(GOVERNMENTS), f"{code}: {table} names what governments.toml has not"
        for kind, heads in titles[table].items():
            assert set(heads) <= set(titles["heads"]), f"{code}: {table}.{kind} has no title of `heads`"
    for head in {head for heads in titles["only_in"].values() for head in heads}:
        only, nowhere = (
            {state for kind, heads in titles[table].items() if head in heads for state in GOVERNMENTS[kind]}
            for table in ("only_in", "none_in")
        )
        assert not only & nowhere, f"{code}: {head} is and is not in {only & nowhere}"


@pytest.mark.parametrize("code", languages())
def test_bodies_of_states_are_of_one_state_each(code: str) -> None:
    of = language_data(code, "actors")["bodies_of"]
    assert set(of) <= {name.iso for name in gazetteer.names(code).values() if name.kind == "country"}
    bodies = [body for names in of.values() for body in names]
    assert len(bodies) == len(set(bodies))


@pytest.mark.parametrize("code", languages())
def test_pairs_say_persons_or_countries_not_both(code: str) -> None:
    actors = language_data(code, "actors")
    persons, countries = set(actors["pair_persons"]), set(actors["pair_countries"])
    assert not persons & countries
    pairs = {word for phrase in actors["pair"] for word in phrase.split()}
    assert persons & pairs and countries & pairs, "a noun of no pair never matches"


# Lists that name what extraction asks for one token at a time, or one lemma.
SINGLE = [
    ("actors", ("pronouns_speaker",)), ("actors", ("reflexive",)), ("actors", ("ministries",)),
    ("actors", ("pair_persons",)), ("actors", ("pair_countries",)), ("titles", ("leading",)),
    ("time", ("background",)), ("time", ("begin",)), ("factuality", ("marks", "adjunct_case")),
    ("factuality", ("marks", "purpose_case")), ("grammar", ("clause", "wished")), ("grammar", ("clause", "goals")),
]  # fmt: skip


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize(("facet", "keys"), SINGLE)
def test_single_words_have_no_space_and_no_capital(code: str, facet: str, keys: tuple[str, ...]) -> None:
    table: Any = language_data(code, facet)
    for key in keys:
        table = table[key]
    assert isinstance(table, list) and len(table) == len(set(table))
    assert not [word for word in table if " " in word or word != word.lower()]


@pytest.mark.parametrize("code", languages())
def test_phrases_that_point_back_are_looked_up_in_lower_case(code: str) -> None:
    """They are matched by their words, at most `MAX_TOKENS` of them."""
    back = language_data(code, "speech")["back"]
    assert back and len(back) == len(set(back))
    assert all(phrase == phrase.lower() and len(phrase.split()) <= MAX_TOKENS for phrase in back)


@pytest.mark.parametrize("code", languages())
def test_days_in_words_are_near(code: str) -> None:
    """Days counted from publication, and from the day named before; looked up in lower case."""
    time = language_data(code, "time")
    for table in ("days", "same"):
        assert all(word == word.lower() and abs(shift) <= 2 for word, shift in time[table].items()), table
    assert 0 in time["same"].values() and 0 in time["days"].values()
    assert not set(time["same"]) & set(time["days"])


@pytest.mark.parametrize("code", languages())
def test_verbs_of_appointing_leave_saying_alone(code: str) -> None:
    """A verb of saying passes a statement on; one that appoints takes it from what is only asked for."""
    titles = language_data(code, "titles")
    assert titles["appointing"]
    assert set(titles["appointing"]) & set(language_data(code, "speech")["verbs"]) <= {"confirm"}


def test_no_code_names_a_relation() -> None:
    """What a relation is, its file says: a name in Python would be one that a new relation cannot have."""
    names = set(ontology().relations)
    for path in sorted(ROOT.rglob("*.py")):
        found = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        assert not found & names, path
