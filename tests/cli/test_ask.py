"""`kg ask` on the command line: what goes where, and with which exit code."""

from __future__ import annotations

import json
import sys

import pytest

from kg.cli import console, main


def test_answer_rows_and_what_ran(turtle, capsys) -> None:
    assert main(["ask", str(turtle), "siapa mendukung Azerbaijan?"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Turki.\n")
    assert "Turki mendukung Azerbaijan." in said.out
    assert "dipahami: " in said.err
    assert "SELECT" in said.err


def test_only_the_sparql_and_only_json(turtle, capsys) -> None:
    assert main(["ask", str(turtle), "who supports Azerbaijan?", "--sparql"]) == 0
    sparql = capsys.readouterr().out
    assert main(["query", str(turtle), sparql, "--format", "csv"]) == 0
    assert "Turki" in capsys.readouterr().out
    assert main(["ask", str(turtle), "who supports Azerbaijan?", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sparql"] == sparql.rstrip("\n")
    assert found["rows"][0]["sentence"] == "Turki mendukung Azerbaijan."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("who won the cup?", "not understood: won"),
        ("who supports Azerbajan?", "did you mean Azerbaijan"),
        ("", "not understood"),
    ],
)
def test_what_is_not_understood_is_bad_usage(turtle, capsys, question: str, named: str) -> None:
    assert main(["ask", str(turtle), question]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert named in said.err


def test_an_indonesian_question_is_answered_in_indonesian(turtle, capsys) -> None:
    assert main(["ask", str(turtle), "apa saja dukungan untuk Azerbaijan?"]) == 0
    said = capsys.readouterr()
    assert "\n\ndipahami: pernyataan – " in said.err
    assert "understood" not in said.err and "Not shown" not in said.err
    assert said.out.splitlines()[2].split()[:3] == ["subjek", "relasi", "objek"]
    assert " mendukung " in said.out
    assert main(["ask", str(turtle), "siapa memenangkan piala?"]) == 2
    assert capsys.readouterr().err.startswith("kg: tidak dipahami: memenangkan piala; pertanyaan yang dipahami: ")


def test_a_screen_without_room_has_no_sparql_unless_it_is_asked_for(turtle, capsys, monkeypatch) -> None:
    monkeypatch.setattr(console, "_verbosity", 0)  # what another test has set
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for lines, options, shown in (("24", [], False), ("90", [], True), ("24", ["-v"], True)):
        monkeypatch.setenv("LINES", lines)
        assert main(["ask", str(turtle), "siapa mendukung Azerbaijan?", *options]) == 0
        said = capsys.readouterr().err
        assert ("SELECT" in said) is shown
        assert ("tampil dengan -v atau --sparql" in said) is not shown
        assert "dipahami: " in said
    monkeypatch.setattr(console, "_verbosity", 0)
