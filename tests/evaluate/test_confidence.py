"""Confidence against gold: thresholds, calibration, the page; and how far figures would differ on other articles."""

import json
import re

import pytest
from samples import gold, line, write_gold

from kg.cli import main
from kg.evaluate import confidence, merged, page, read_gold, score
from kg.evaluate.gold import at_least, by_document
from kg.evaluate.intervals import intervals
from kg.evaluate.tally import Tally

WANTED = [gold("meets", "a", "b"), gold("visits", "a", "c"), gold("urges", "a", "b"), gold("holdsOffice", "a", "c")]
SAID = [
    line("meets", "Ada Orn", "Bo Lund", confidence=0.9),
    line("meets", "Bo Lund", "A. Orn", confidence=0.4),  # the same again: neither right nor wrong
    line("visits", "Ada Orn", "Aland", confidence=0.6),
    line("attacks", "Ada Orn", "Bo Lund", confidence=0.6),
    line("attacks", "Ada Orn", "Aland", confidence=0.3),
    line("supports", "Ada Orn", "Bo Lund", confidence=0.8),  # optional
    line("holdsOffice", "Ada Orn", "Aland", confidence=0.93),
]


@pytest.fixture
def result(tmp_path):
    wanted = [*WANTED, gold("supports", "a", "b", optional=True)]
    return score(read_gold(write_gold(tmp_path / "g.jsonl", d=wanted)), by_document(SAID), "en")


def test_events_are_all_but_offices(result):
    assert (result.events.right, result.events.extra, result.events.missed) == (2, 2, 1)
    assert (result.overall.right, result.overall.extra, result.overall.missed) == (3, 2, 1)
    assert result.to_json()["events"]["recall"] == 0.6667


def test_each_confidence_is_a_threshold_of_the_curve(result):
    points = {p.threshold: (p.tally.right, p.tally.extra, p.tally.missed) for p in confidence(result).points}
    assert points == {0.9: (1, 0, 2), 0.6: (2, 1, 1), 0.3: (2, 2, 1)}
    assert [p.threshold for p in confidence(result).points] == [0.9, 0.6, 0.3]


def test_a_point_is_what_scoring_the_surer_ones_alone_gives(result, tmp_path):
    documents = read_gold(tmp_path / "g.jsonl")
    for point in confidence(result).points:
        surer = score(documents, at_least(by_document(SAID), point.threshold), "en")
        assert surer.events == point.tally
        assert surer.relations["holdsOffice"].right == 1  # which a threshold leaves alone


def test_a_threshold_between_two_points_is_the_upper_one(result):
    found = confidence(result)
    assert found.at(0.5).threshold == 0.6
    assert found.at(0.6).threshold == 0.6
    assert found.at(0.95) is None


def test_calibration_holds_confidence_against_the_share_right(result):
    found = confidence(result)
    bins = {(b.low, b.high): (b.count, b.right) for b in found.bins}
    assert bins == {(0.3, 0.4): (1, 0), (0.6, 0.7): (2, 1), (0.9, 1.0): (1, 1)}
    assert found.error == pytest.approx((0.3 + 2 * 0.1 + 0.1) / 4)


def test_edges_belong_to_the_bin_above_and_one_to_the_last(tmp_path):
    documents = read_gold(write_gold(tmp_path / "g.jsonl", d=[]))
    values = [n / 10 for n in range(11)]
    said = by_document([line("urges", f"Ada {n}", "Bo Lund", confidence=v) for n, v in enumerate(values)])
    bins = confidence(score(documents, said, "en")).bins
    assert [b.count for b in bins] == [1] * 9 + [2]


def test_without_confidence_there_is_nothing_to_draw(tmp_path):
    documents = read_gold(write_gold(tmp_path / "g.jsonl", d=WANTED))
    found = confidence(score(documents, by_document([line("meets", "Ada Orn", "Bo Lund")]), "en"))
    assert (found.points, found.bins, found.error) == ([], [], None)


def test_intervals_hold_the_figures_and_have_a_seed():
    documents = [Tally(3, 1, 2), Tally(0, 2, 4), Tally(5, 0, 1), Tally(1, 1, 1)] * 5
    found, total = intervals(documents), Tally.total(documents)
    for name in ("precision", "recall", "f1"):
        low, high = getattr(found, name)
        assert 0 < low < getattr(total, name) < high < 1
    assert found == intervals(documents)
    wide, narrow = intervals(documents[:4]).f1, intervals(documents * 10).f1
    assert wide[1] - wide[0] > found.f1[1] - found.f1[0] > narrow[1] - narrow[0]


def test_documents_are_drawn_not_statements():
    together = intervals([Tally(20, 0, 0), Tally(0, 0, 20)] * 4).recall
    apart = intervals([Tally(10, 0, 10)] * 8).recall
    assert apart == (0.5, 0.5)
    assert together[1] - together[0] > 0.4


@pytest.mark.parametrize("documents", [[], [Tally(5, 1, 1)]])
def test_too_few_documents_have_no_interval(documents):
    assert intervals(documents) is None


def test_documents_without_statements_give_no_division_by_nothing():
    assert intervals([Tally()] * 3).f1 == (0.0, 0.0)


def test_a_document_in_two_languages_is_one_of_those_drawn(result):
    both = merged([result, result])
    assert len(both.documents) == 1
    assert (both.events.right, both.events.extra) == (4, 4)
    assert both.shares["factuality"].of == 2 * result.shares["factuality"].of


def test_the_page_stands_by_itself(result):
    shown = page({"<set> & co": result}, confidence(result), 0.5)
    assert "&lt;set&gt; &amp; co" in shown and "<set>" not in shown
    assert shown.count("<svg") == 2 and "<script" not in shown
    assert not re.search(r"""(src|href)=|url\(|https?:""", shown)
    assert "calibration error is 0.150" in shown
    assert "at least 0.9: P 1.000, R 0.333" in shown
    assert ">0.5</text>" in shown  # the threshold's label


def test_statement_lines_give_curve_and_page(tmp_path, capsys):
    said = tmp_path / "said.jsonl"
    said.write_text("\n".join(map(json.dumps, SAID)))
    paths = [str(write_gold(tmp_path / "g.jsonl", d=WANTED)), str(said)]
    assert main(["evaluate", *paths, "--curve", str(tmp_path / "c.html"), "--min-confidence", "0.5"]) == 0
    printed = capsys.readouterr().out
    assert "Expected calibration error: 0.280, over 5 events of confidence 0.3 or more" in printed
    assert re.search(r"events +2 +2 +1 ", printed)  # 0.8 and 0.6 are extra, 0.3 is left out
    assert "The ring is the threshold" in (tmp_path / "c.html").read_text()
    assert main(["evaluate", *paths, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [point["threshold"] for point in found["curve"]] == [0.9, 0.8, 0.6, 0.3]
    assert set(found["calibration"]) == {"error", "bins"}
    assert found["intervals"] == {"events": None, "all": None}  # of one document


def test_a_curve_of_nothing_is_refused(tmp_path, capsys):
    said = tmp_path / "said.jsonl"
    said.write_text(json.dumps(line("meets", "Ada Orn", "Bo Lund")))
    paths = [str(write_gold(tmp_path / "g.jsonl", d=WANTED)), str(said)]
    assert main(["evaluate", *paths, "--curve", str(tmp_path / "c.html")]) == 1
    assert "no event has a confidence" in capsys.readouterr().err
    assert not (tmp_path / "c.html").exists()
    assert main(["evaluate", *paths, "--fast"]) == 2
