"""The command line: results on standard output, one line for an error, exit codes. The stages are played here."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
from dataclasses import replace

import pytest
import rdflib

import kg
from kg import pipeline
from kg.cli import main
from kg.errors import SourceError


@pytest.fixture
def run(capsys):
    """Run the command line; return exit code, standard output and standard error."""

    def run_(*arguments) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return run_


@pytest.fixture
def stages(monkeypatch, linked):
    """Put a played pipeline in the place of the stages: a source named bad… is skipped, one named crash… raises."""

    def statements(sources, *, lang=None, models=None, on_skip=None, **rest):
        for source in map(str, sources):
            if "crash" in source:
                raise SourceError(f"{source}: cannot be read; check it")
            if "bug" in source:
                raise RuntimeError("two\nlines")
            if "bad" in source:
                on_skip(source, "is empty")
            else:
                built = replace(linked[0], id=source), [replace(found, doc=source) for found in linked[1]]
                if on_read := rest.get("on_read"):
                    on_read(*built)
                yield built

    monkeypatch.setattr(pipeline, "statements", statements)


def one_line(text: str) -> str:
    assert text.startswith("kg: ") and text.count("\n") == 1 and "Traceback" not in text
    return text


# ---- the command itself


def test_help_is_quick():
    """It takes little more than what every command line needs does (seconds: `tests/benchmarks/run.py start`)."""

    def least(*arguments: str) -> float:
        """Return the processor seconds of a process, the least of three: a busy machine slows both alike."""
        spent = []
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(spent)

    assert least("-m", "kg", "--help") < 3 * least("-c", "import typer, typer.core, typer.main")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from kg.cli import main; main(['--help']);"
        "print([m for m in ('spacy', 'rdflib', 'pyvis', 'pyoxigraph', 'rich', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(run):
    from kg import __version__

    assert run("--version") == (0, f"kg {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build"],
        ["build", "x"],
        ["build", "x", "-o", "x.ttl", "--store", "s"],
        ["build", "x", "-o", "x.docx"],
        ["build", "x", "-o", "missing-folder/x.ttl"],
        ["build", "x", "-o", "x.ttl", "--lang", "xx"],
        ["build", "x", "-o", "x.ttl", "--model", "nonsense"],
        ["query", "x.ttl"],
        ["query", "x.ttl", "missing.rq"],
        ["query", "x.ttl", "ASK {}", "--format", "docx"],
        ["query", "x.ttl", "who", "--param", "novalue"],
        ["query", "x.ttl", "about", "--on", "yesterday"],
        ["query", "x.ttl", "ASK {}", "--on", "2020-10-06"],
        ["explore", "x.ttl"],
        ["explore", "x.ttl", "-o", "x.pdf"],
        ["export", "x.ttl", "-o", "x.png"],
        ["--nonsense"],
        ["extract", "x", "--format", "xml"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_one_line_and_code_2(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "--help" in one_line(err)


def test_an_unknown_ending_names_the_known_ones(run):
    assert ".ttl .trig .nq .nt .jsonld .rdf .graphml .gexf .csv .jsonl" in run("export", "x.ttl", "-o", "x.png")[2]


@pytest.mark.parametrize("command", ["query", "explore", "export", "validate"])
def test_a_missing_graph_is_one_line_and_code_1(run, command, tmp_path):
    rest = {"query": ["ASK {}"], "explore": ["-o", tmp_path / "x.html"], "export": ["-o", tmp_path / "x.nt"]}
    code, out, err = run(command, tmp_path / "none.ttl", *rest.get(command, []))
    assert (code, out) == (1, "")
    assert "none.ttl" in one_line(err)
    assert list(tmp_path.iterdir()) == []


# ---- extract and build


def test_extract_writes_one_statement_a_line(run, stages):
    code, out, err = run("extract", "a.txt", "--lang", "id", "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [line["relation"] for line in lines] == ["visits", "supports", "attacks"]
    said = "Menteri Luar Negeri Turki akan mengunjungi Baku."
    assert lines[0]["evidence"] == {"sentence": said, "start": 0, "end": 48}
    assert "1 article, 3 statements" in err


def test_build_writes_the_file_and_a_summary(run, stages, tmp_path):
    code, out, err = run("build", "a.txt", "b.txt", "-o", tmp_path / "g.ttl")
    assert (code, out) == (0, "")
    assert "2 articles, 6 statements" in err and "supports" in err
    assert (tmp_path / "g.ttl").read_text(encoding="utf-8").startswith("@prefix")


def test_build_is_the_same_bytes_again(run, stages, tmp_path):
    run("build", "a.txt", "b.txt", "-o", tmp_path / "one.ttl")
    run("build", "b.txt", "a.txt", "-o", tmp_path / "two.ttl")
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()


def test_a_bad_article_among_many_is_skipped_counted_and_reported(run, stages, tmp_path):
    code, _, err = run("build", "a.txt", "bad.txt", "-o", tmp_path / "g.nq")
    assert code == 0 and "kg: skipped bad.txt: is empty" in err and "1 article, 1 skipped" in err


def test_nothing_built_is_a_failure_and_leaves_nothing(run, stages, tmp_path):
    code, _, err = run("build", "bad.txt", "-o", tmp_path / "g.ttl")
    assert code == 1 and "bad.txt" in one_line(err)
    code, _, err = run("build", "bad1.txt", "bad2.txt", "--store", tmp_path / "store")
    assert code == 1 and "2 skipped" in err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file(run, stages, tmp_path):
    (tmp_path / "g.ttl").write_text("old")
    code, out, err = run("build", "a.txt", "crash.txt", "-o", tmp_path / "g.ttl")
    assert (code, out) == (1, "") and "crash.txt" in one_line(err)
    assert (tmp_path / "g.ttl").read_text() == "old"


def test_a_bug_is_one_line_too_and_a_traceback_only_when_asked(run, stages, tmp_path):
    code, _, err = run("build", "bug.txt", "-o", tmp_path / "g.ttl")
    assert code == 1 and "-v -v" in one_line(err) and "RuntimeError: two lines" in err


def test_a_store_grows_and_is_queried(run, stages, tmp_path):
    store = tmp_path / "store"
    assert run("build", "a.txt", "--store", store)[0] == 0
    assert run("build", "a.txt", "b.txt", "--store", store)[0] == 0
    code, out, _ = run("query", store, "SELECT (COUNT(*) AS ?n) { ?e a sem:Event }", "--format", "csv")
    assert (code, out.split()) == (0, ["n", "6"])


# ---- query, explore, export, validate


def test_a_table_holds_each_row_on_a_line(run, turtle):
    code, out, err = run("query", turtle, "SELECT ?who ?what { ?who kg:visits ?what }")
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()[2:]] == [["Türkiye", "country:TR", "Baku", "place:baku"]]


@pytest.mark.parametrize(
    ("format", "read"),
    [
        ("csv", lambda text: list(csv.reader(io.StringIO(text)))[1][0]),
        ("tsv", lambda text: text.splitlines()[1].strip("<>")),
        ("json", lambda text: json.loads(text)["results"]["bindings"][0]["x"]["value"]),
        ("xml", lambda text: text.partition("<uri>")[2].partition("</uri>")[0]),
    ],
)
def test_result_formats(run, turtle, format, read):
    _, out, _ = run("query", turtle, "SELECT ?x { ?x kg:visits ?y }", "--format", format)
    assert read(out).endswith("/country/TR")


def test_ask_construct_and_a_query_file(run, turtle, tmp_path):
    assert run("query", turtle, "ASK { ?x kg:visits ?y }")[1] == "true\n"
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?y kg:visitedBy ?x } WHERE { ?x kg:visits ?y }")
    code, out, _ = run("query", turtle, tmp_path / "q.rq", "--format", "ttl")
    assert code == 0 and "@prefix" in out and "visitedBy" in out


@pytest.mark.parametrize("sparql", ["SELECT ?x {", "SELECT ?x { SERVICE <http://a.example/> { ?x ?y ?z } }"])
def test_a_bad_query_is_one_line_and_code_2(run, turtle, sparql):
    code, out, err = run("query", turtle, sparql)
    assert (code, out) == (2, "")
    one_line(err)


def test_named_queries_are_listed_and_asked(run, turtle):
    code, out, _ = run("queries")
    assert code == 0 and "who-met-whom" in out
    code, out, _ = run("query", turtle, "who-supports-whom", "--format", "csv")
    assert code == 0 and "Turki" in out and "Azerbaijan" in out


def test_a_name_that_is_no_query_says_which_are(run, turtle):
    code, _, err = run("query", turtle, "who-knows")
    assert code == 2 and "kg queries" in one_line(err)


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "nt", "jsonld", "rdf", "graphml", "gexf", "csv", "jsonl"])
def test_export(run, turtle, tmp_path, ending):
    code, out, _ = run("export", turtle, "-o", tmp_path / f"x.{ending}")
    assert (code, out) == (0, "")
    assert "Turki" in (tmp_path / f"x.{ending}").read_text(encoding="utf-8")


def test_explore(run, turtle, tmp_path):
    code, out, _ = run("explore", turtle, "-o", tmp_path / "p.html", "--title", "Judul <b>", "--lang", "id")
    assert (code, out) == (0, "")
    assert "<h1>Judul &lt;b&gt;</h1>" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_validate_conforms_or_fails(run, turtle, tmp_path):
    assert run("validate", turtle)[0] == 0
    broken = tmp_path / "broken.ttl"
    text = turtle.read_text(encoding="utf-8")
    broken.write_text(text.replace("kg:factuality kg:planned", 'kg:factuality "perhaps"'), encoding="utf-8")
    assert broken.read_text(encoding="utf-8") != text
    assert run("validate", broken)[0] == 1
    for file, conforms, code in ((turtle, True, 0), (broken, False, 1)):
        found, out, said = run("validate", file, "--format", "ttl")
        report = rdflib.Graph().parse(data=out, format="turtle")
        assert found == code and (said == "" if conforms else one_line(said))
        assert (None, rdflib.SH.conforms, rdflib.Literal(conforms)) in report


def test_validate_compares_with_the_texts(run, linked, tmp_path):
    from kg.graph import Store

    store, built = Store.memory(), tmp_path / "built.ttl"
    store.add(replace(linked[0], sha256=""), linked[1])
    store.dump(built)
    file = tmp_path / f"{linked[0].id}.txt"
    file.write_text(linked[0].text, encoding="utf-8")
    code, out, _ = run("validate", built, "--texts", file)
    assert code == 0 and "1 of its articles" in out
    file.write_text("Lagi: " + linked[0].text, encoding="utf-8")
    code, out, _ = run("validate", built, "--texts", file)
    assert code == 1 and out.count("at its offsets") == 3
    (tmp_path / "other.txt").write_text("Presiden Joko Widodo bertemu Volodymyr Zelensky di Kyiv.", encoding="utf-8")
    code, _, said = run("validate", built, "--texts", tmp_path / "other.txt")
    assert code == 1 and "built from" in one_line(said)


def test_a_closed_pipe_is_quiet(turtle):
    asked = [sys.executable, "-m", "kg", "query", str(turtle), "SELECT * { ?s ?p ?o }", "--format", "csv"]
    reader = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    reader.stdout.close()
    assert reader.stderr.read() == b""
    reader.stderr.close()
    reader.wait(timeout=180)


def test_terminal_escapes_in_names_do_not_reach_the_terminal(run, turtle):
    _, out, _ = run("query", turtle, 'SELECT ?x { BIND("\\u001b]0;title\\u0007" AS ?x) }')
    assert "\x1b" not in out and "\x07" not in out


def test_completion_is_offered():
    words = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": "kg ex", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "kg"], capture_output=True, text=True, check=False, env=words)
    assert done.stdout.split() == ["extract", "explore", "export"]


def test_a_warning_of_a_stage_is_one_line(tmp_path):
    code = (
        "import logging; from kg.cli import main; main(['query', 'none.ttl', 'ASK {}']);"
        "logging.getLogger('kg.ingest').warning('a.txt: is odd'); logging.getLogger('kg.ingest').info('not told')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[1:] == ["kg: a.txt: is odd"]


def test_a_query_s_csv_holds_no_formula(run, turtle):
    asked = 'SELECT ?x ?n { BIND("=1+1" AS ?x) BIND(-5 AS ?n) }'
    assert run("query", turtle, asked, "--format", "csv")[1].split() == ["x,n", "'=1+1,-5"]
    assert (
        json.loads(run("query", turtle, asked, "--format", "json")[1])["results"]["bindings"][0]["x"]["value"] == "=1+1"
    )


# ---- confidence: what is asked for is the same for every command


@pytest.fixture
def rated(tmp_path, linked):
    """A graph whose first two statements have a confidence, the rest none."""
    article, statements = linked
    graph = kg.Graph()
    sure = [replace(one, confidence=value) for one, value in zip(statements, (0.9, 0.4), strict=False)]
    graph.store.add(article, [*sure, *statements[2:]])
    graph.write(tmp_path / "rated.ttl")
    return tmp_path / "rated.ttl"


def test_a_named_query_and_sparql_see_what_is_probable(run, rated):
    every = len(list(csv.DictReader(io.StringIO(run("query", rated, "about", "--format", "csv")[1]))))
    code, out, err = run("query", rated, "about", "--format", "csv", "--min-confidence", "0.5")
    assert code == 0 and len(list(csv.DictReader(io.StringIO(out)))) == 1 < every
    assert err == f"Left out: 1 of a confidence below 0.5, {every - 2} without a confidence\n"
    counted = run("query", rated, "SELECT (COUNT(?e) AS ?n) { ?e kg:relation ?r }", "--min-confidence", "0.4")
    assert counted[1].split()[-1] == "2"


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".graphml", ".gexf", ".csv", ".jsonl"])
def test_an_export_holds_what_is_probable(run, rated, tmp_path, ending):
    made = tmp_path / f"x{ending}"
    code, _, err = run("export", rated, "-o", made, "--min-confidence", "0.5")
    assert code == 0 and "1 of a confidence below 0.5" in err
    text = made.read_text(encoding="utf-8")
    assert "0.9" in text and "0.4" not in text


def test_coded_events_and_the_page_hold_what_is_probable(run, rated, tmp_path):
    events, page = tmp_path / "x.csv", tmp_path / "x.html"
    assert run("export", rated, "-o", events, "--as", "plover", "--min-confidence", "0.5")[0] == 0
    assert {row["Confidence"] for row in csv.DictReader(events.open(encoding="utf-8"))} <= {"0.9"}
    assert run("explore", rated, "-o", page, "--min-confidence", "0.5")[0] == 0
    assert '"confidence":[0.9]' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("query", "about"), ("export", "-o", "x.csv"), ("explore", "-o", "x.html")])
def test_a_confidence_is_a_number_from_0_to_1(run, rated, command):
    code, _, err = run(command[0], rated, *command[1:], "--min-confidence", "7")
    assert code == 2 and "--min-confidence" in one_line(err)


@pytest.mark.parametrize("command", ["query", "export", "explore"])
def test_the_help_says_what_becomes_of_statements_without_one(run, command):
    assert "those without a confidence are left out, and counted" in " ".join(
        run(command, "--help")[1].replace("│", " ").split()
    )
