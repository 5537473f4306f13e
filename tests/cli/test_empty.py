"""An empty answer says why; what is misspelt is an error with exit code 2 that says what was meant."""

from __future__ import annotations

import pytest

from kg.cli import main


@pytest.fixture
def run(capsys):
    def run_(*arguments) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return run_


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["SELECT * { ?a kg:visit ?b }"], "the ontology has no kg:visit; did you mean kg:visits?"),
        (["SELECT * { ?a a kg:Vist }", "--format", "csv"], "did you mean kg:Visit?"),
        (["SELECT * { ?a x:y ?b }"], "no prefix x: is known"),
        (["SELECT * {"], "a '{' is not closed"),
        (["who-met"], "did you mean who-met-whom?"),
        (["visits", "--param", "from=2020"], "visits has no parameter 'from'; its parameters: actor, lang"),
        (["timeline", "--param", "form=2020"], "did you mean from?"),
        (["timeline", "--param", "from=foo"], "from=foo is no day"),
        (["timeline", "--param", "to=2020-13"], "to=2020-13 is no day"),
        (["visits", "--param", "lang=xx"], "lang=xx is none of the names' languages: en, id"),
        (["visits", "--param", "actor=TR", "--param", "actor=AZ"], "'actor' is given more than once"),
        (["visits", "--lang", "fr"], "'fr' is not one of 'id', 'en'"),
        (["about", "--param", "actor=Turki Raya"], "did you mean Turki?"),
        (["about", "--param", "actor=Zzyzx"], "no actor here is called 'Zzyzx'"),
        (["who-holds", "--param", "office=Kaisar"], "nobody here holds or held an office 'Kaisar'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_one_line_and_code_2(run, turtle, asked, told):
    code, out, err = run("query", turtle, *asked)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ") and err.count("\n") == 1 and told in err
    assert "Value error" not in err and "expected one of" not in err and "Invalid value: " not in err


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["SELECT ?x { ?x kg:visitedBy ?y }"], "ask for ^kg:visits"),
        (["SELECT ?x { country:AZ kg:visits ?x }"], "all that the query names is in the graph"),
        (['SELECT ?x { ?x rdfs:label "Turki" }'], 'write "Turki"@id'),
        (["timeline", "--param", "from=2030"], "without from=2030 there are 3 rows"),
        (["visits", "--param", "actor=Armenia"], "'about' has 1 row for --param actor=Armenia"),
        (["about", "--param", "actor=TR", "--on", "2019"], "without on=2019 there are 3 rows"),
        (["who-chairs-what"], "the graph has nothing that tells who chairs what"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_empty_answer_says_why(run, turtle, asked, told, format):
    code, out, err = run("query", turtle, *asked, "--format", format)
    assert code == 0 and err.startswith("No rows: ") and told in err and err.count("\n") == 1
    assert out and "No rows" not in out


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml"])
def test_an_answer_with_rows_says_nothing(run, turtle, format):
    assert run("query", turtle, "SELECT ?x { ?x kg:visits ?y }", "--format", format)[::2] == (0, "")
    assert run("query", turtle, "ASK { country:AZ kg:visits ?x }", "--format", "table")[::2] == (0, "")


def test_an_empty_graph_says_so(run, tmp_path):
    (tmp_path / "none.ttl").write_text("")
    assert run("query", tmp_path / "none.ttl", "visits")[::2] == (0, "No rows: the graph is empty\n")


def test_about_nobody_is_about_everyone_and_says_so(run, turtle):
    code, out, err = run("query", turtle, "about")
    assert code == 0 and len(out.splitlines()) == 5 and "--param actor=NAME" in err
    assert "actor=NAME" not in run("query", turtle, "about", "--param", "actor=AZ")[2]


def test_a_file_of_any_name_holds_a_query(run, turtle, tmp_path):
    (tmp_path / "mine.sparql").write_text("SELECT ?x { ?x kg:visits ?y }")
    code, out, _ = run("query", turtle, tmp_path / "mine.sparql", "--format", "csv")
    assert code == 0 and out.strip().endswith("/country/TR")
