"""What chooses dates and places is learnt from annotated articles. The article is our own."""

import json
import random

import numpy
import pytest

from kg.cli import main
from kg.specs.circumstances import KINDS, read_circumstances
from kg.train.circumstances.asked import asked
from kg.train.circumstances.fit import Question, _Loss, fitted
from kg.train.circumstances.folds import FOLDS, counted, crossed, fold_of
from kg.train.encoder.annotated import find_names, read_folder, set_names


def question(*candidates, right):
    return Question(tuple(map(frozenset, candidates)), tuple(number == right for number in range(len(candidates))))


def made_up(count=200, seed=3):
    """Return questions in which what is near is right four times in five, and being blue tells nothing."""
    chance, found = random.Random(seed), []
    for _ in range(count):
        colours = [{"blue"} if chance.random() < 0.5 else set() for _ in range(2)]
        found.append(
            question({"none"}, {"near"} | colours[0], {"far"} | colours[1], right=1 if chance.random() < 0.8 else 0)
        )
    return found


def test_what_is_right_gets_weight_and_what_tells_nothing_gets_none():
    weights = fitted(made_up(1000))
    assert weights["near"] > weights["none"] > weights["far"]
    assert abs(weights["blue"]) < 0.3
    # four in five: odds of 4 to 1, a little less for the ridge
    assert numpy.exp(weights["near"] - weights["none"]) == pytest.approx(4, rel=0.4)


def test_the_order_of_questions_and_features_changes_nothing():
    questions = made_up()
    turned = fitted(questions[::-1])
    for name, weight in fitted(questions).items():
        assert turned[name] == pytest.approx(weight, abs=0.01)


def test_the_gradient_is_that_of_the_loss():
    questions = [*made_up(20), Question((frozenset({"none"}), *[frozenset({"near"})] * 2), (False, True, True))]
    loss = _Loss(questions, {"none": 0, "near": 1, "far": 2, "blue": 3}, 2.0)
    at = numpy.array([0.3, -0.2, 0.5, 0.1])
    for number in range(4):
        step = numpy.zeros(4)
        step[number] = 1e-5
        slope = (loss(at + step)[0] - loss(at - step)[0]) / 2e-5
        assert loss(at)[1][number] == pytest.approx(slope, rel=1e-4)


def test_a_stronger_hold_keeps_weights_near_nought_and_rare_features_have_none():
    questions = [*made_up(), question({"none"}, {"near", "seen once"}, right=1)]
    weights = fitted(questions)
    assert "seen once" not in weights
    assert abs(fitted(questions, held=1e6)["near"]) < 0.01 < weights["near"]
    assert fitted([]) == {}


@pytest.fixture
def told_folder(annotated_folder):
    """Return the annotated folder with a place in it."""
    path = annotated_folder / "mine.jsonl"
    line = json.loads(path.read_text())
    meets, accuses = line["statements"]
    meets |= {"date": None, "place": "o"}
    accuses |= {"date": None, "place": None}
    path.write_text(json.dumps(line) + "\n")
    return annotated_folder


@pytest.mark.weights
def test_an_article_asks_for_each_kind_of_each_sentence_that_states(told_folder):
    ((doc, annotated),) = read_folder(told_folder, None)
    set_names(doc, find_names(doc, annotated))
    found = list(asked(doc, annotated))
    assert {question.kind for question in found} == set(KINDS)
    places = [q for q in found if q.kind == "place" and q.key[2] == 0]
    assert all(None not in q.given for q in places)
    right = [c for q in places for c in q.candidates if c.value in q.given]
    assert right and all("type Place" in c.features for c in right)
    date = next(q for q in found if q.kind == "date")
    assert date.question().right == tuple(c.value is None for c in date.candidates)


@pytest.mark.weights
def test_articles_are_tried_on_weights_of_other_articles(told_folder):
    ((doc, annotated),) = read_folder(told_folder, None)
    set_names(doc, find_names(doc, annotated))
    own = [question for question in asked(doc, annotated) if question.kind == "place"]
    # alone, nothing can be learnt of it: no weight, so all candidates are alike
    assert crossed(own, 0.99, 0.99).given == 0
    assert 0 <= fold_of("made-up") < FOLDS
    with_weights = read_circumstances_of(own)
    assert counted(own, with_weights).wanted == 1


def read_circumstances_of(questions):
    from kg.specs.circumstances import Kind

    return Kind(0.01, 0.01, fitted([q.question() for q in questions] * 10))


@pytest.mark.weights
def test_the_command_writes_weights_that_reading_can_load(told_folder, tmp_path, capsys):
    for name in ("one", "two"):
        assert (
            main(["train", "--only", "circumstances", "--from", str(told_folder), "--out", str(tmp_path / name)]) == 0
        )
    files = [tmp_path / name / "circumstances" / "weights.toml" for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert read_circumstances(files[0]).date.threshold > 0
    assert "[circumstances.sha256]" in (tmp_path / "one" / "manifest.toml").read_text()
    assert "place: statements 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [([], "--from"), (["--from", ".", "--pretrained", "x.bin"], "leave x.bin out"), (["--from", "nowhere"], "nowhere")],
)
def test_bad_usage_is_refused(options, says, tmp_path, capsys):
    assert main(["train", "--only", "circumstances", "--out", str(tmp_path), *options]) == 2
    assert says in capsys.readouterr().err
