"""Tables: which columns are shown in which width, where sentences are cut, what a terminal and a pipe get."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from kg.cli import main
from kg.cli.excerpts import excerpt, relations_of, shortened, triggers
from kg.cli.fitting import GAP, Column, fit
from kg.cli.tables import small
from kg.graph.store import Store
from kg.model import Article, Entity, Evidence, Statement

LONG = (
    "After weeks of letters between the two ministries, and against the advice of many, President Wira Baskoro "
    "finally visited the harbour town of Port Salam, where dockers had been on strike since the first days of March."
)
NAMES = ("subject", "object", "relation", "factuality", "date", "place", "source", "office", "sentence", "article")
WIDTHS = (26, 24, 11, 10, 10, 17, 18, 30, 180, 25)


def columns(*widths: int, names: tuple[str, ...] = NAMES, **more) -> list[Column]:
    return [Column(name, [len(name), width, width - 2], **more) for name, width in zip(names, widths, strict=False)]


# ---- sentences


@pytest.mark.parametrize("width", [12, 20, 34, 60, 100, 180])
def test_a_sentence_is_cut_around_its_trigger_and_marked_where_it_is_cut(width):
    shown = excerpt(LONG, width, triggers={"visited"}, names=["Wira Baskoro", "Port Salam"])
    assert cell_len(shown) <= width and "visited" in shown
    inner = shown.strip("…")
    at = LONG.index(inner)
    assert shown.startswith("…") == (at > 0) and shown.endswith("…") == (at + len(inner) < len(LONG))
    assert LONG[:at].endswith((" ", "")) and f" {inner} " in f" {LONG} "  # no word is cut


def test_a_sentence_that_fits_is_whole_and_on_one_line():
    assert excerpt("Satu\n kalimat.", 20) == "Satu kalimat."


def test_without_a_trigger_names_tell_where():
    assert "Port Salam" in excerpt(LONG, 30, names=["Port Salam"])
    assert excerpt(LONG, 30).startswith("After weeks of")


def test_triggers_of_several_words_and_both_languages_count():
    known = triggers(frozenset({"visits"}))
    assert {"visited", "visiting", "mengunjungi", "kunjungan"} <= known
    text = (
        "Dalam perjalanan yang panjang dan melelahkan itu, sang menteri lalu bertolak ke Kota Salam dengan kapal laut."
    )
    assert "bertolak ke" in excerpt(text, 40, triggers={"bertolak ke"})


def test_a_word_that_is_longer_than_the_column_is_cut():
    assert shortened("Pneumonoultramicroscopic", 10) == "Pneumonou…"
    assert cell_len(excerpt("外交部长访问雅加达并会见总统讨论贸易", 11)) <= 11


def test_the_relations_that_a_query_names():
    assert relations_of("SELECT ?a { ?a kg:visits ?b }") == {"visits"}
    assert relations_of("SELECT ?a { ?e a kg:Meeting . ?x kg:attackedBy ?y }") == {"meets", "attacks"}


# ---- widths


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200, 400])
def test_a_table_fits_its_width(width):
    widths = fit(columns(*WIDTHS), width)
    assert sum(widths.values()) + GAP * (len(widths) - 1) <= width
    assert widths[0] and all(widths[at] <= max(WIDTHS[at], len(NAMES[at])) for at in widths)


def test_what_answers_first_is_shown_first():
    assert [NAMES[at] for at in fit(columns(*WIDTHS), 86)] == [
        "subject",
        "object",
        "relation",
        "factuality",
        "date",
        "sentence",
    ]
    assert [NAMES[at] for at in fit(columns(*WIDTHS), 60)] == ["subject", "object", "relation", "date"]
    assert len(fit(columns(*WIDTHS), 500)) == len(NAMES)


def test_one_stance_in_all_rows_gives_way_to_the_sentence():
    given = columns(*WIDTHS)
    given[3] = Column("factuality", [10, 8, 8], constant=True)
    assert [NAMES[at] for at in fit(given, 80)] == ["subject", "object", "relation", "date", "sentence"]


def test_what_one_selects_oneself_keeps_its_order():
    given = columns(30, 30, 30, 30, 30, names=("article", "who", "sentence", "x", "y"))
    assert list(fit(given, 70, ranked=False)) == [0, 1, 2, 3, 4]
    assert list(fit(given, 50, ranked=False)) == [0, 1, 2]


def test_ids_are_whole_or_not_shown():
    given = [Column("who", [3, 20]), Column("IRI of who", [0, 40], whole=True, belongs=True)]
    assert fit(given, 80) == {0: 20, 1: 40}
    assert list(fit(given, 50)) == [0]


def test_without_a_terminal_only_sentences_are_cut():
    widths = fit(columns(*WIDTHS), None)
    assert len(widths) == len(NAMES)
    assert [at for at, width in widths.items() if width < WIDTHS[at]] == [NAMES.index("sentence")]


# ---- the command


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """Twelve visits in long sentences, their country labelled in each article's language."""
    store = Store.memory()
    base = "https://w3id.org/newskg/entity/"
    wira = Entity("Wira Baskoro", "Person", ("Wira Baskoro",), None, base + "person/wira-baskoro")
    for number in range(12):
        language, name = ("id", "Turki") if number % 2 else ("en", "Turkey")
        place = Entity(name, "Country", (name,), "TR", base + "country/TR")
        text = f"{number}. {LONG}"
        sentence = Evidence(text, 0, len(text))
        article = Article(
            f"a{number:02}", text, language, ((0, len(text)),), f"Headline {number}", sha256=f"{number:064}"
        )
        said = Statement(
            article.id,
            "visits",
            wira,
            place,
            "asserted",
            f"2024-03-{number + 1:02}",
            evidence=(sentence,),
            language=language,
        )
        store.add(article, [said])
    path = tmp_path_factory.mktemp("tables") / "visits.ttl"
    store.dump(path)
    return path


@pytest.fixture
def run(capsys, monkeypatch):
    def run_(*arguments, width: int | None = None) -> tuple[int, list[str], str]:
        monkeypatch.setenv("COLUMNS", str(width)) if width else monkeypatch.delenv("COLUMNS", raising=False)
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run_


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", ["visits", "about", "timeline"])
def test_each_row_is_a_line_that_fits(run, graph, name, width):
    code, lines, err = run("query", graph, name, width=width)
    assert code == 0 and len(lines) == 14 and all(cell_len(line) <= width for line in lines)
    if width > 60:
        assert all("visited" in line and "…" in line for line in lines[2:])
    assert ("--wide shows all" in err) == (width < 120)


def test_wide_shows_all_in_full(run, graph):
    code, lines, err = run("query", graph, "visits", "--wide", width=80)
    assert code == 0 and err == "" and all(LONG in line for line in lines[2:])
    assert lines[0].split() == ["subject", "object", "factuality", "date", "sentence", "article"]


def test_sort_and_limit(run, graph):
    code, lines, err = run("query", graph, "visits", "--sort", "-date", "--limit", "3", width=80)
    assert code == 0 and [line.split("2024-03-")[1][:2] for line in lines[2:]] == ["12", "11", "10"]
    assert "Only the first 3 rows" in err
    code, lines, _ = run("query", graph, "visits", "--sort", "-date", "--limit", "2", "--format", "csv")
    assert code == 0 and [line.rpartition(",")[2] for line in lines] == ["article", "a11", "a10"]
    code, lines, err = run("query", graph, "visits", "--sort", "dat")
    assert (code, lines) == (2, []) and "did you mean date?" in err
    assert run("query", graph, "ASK {}", "--limit", "2")[0] == 2


def test_numbers_are_sorted_by_value_and_what_has_none_comes_last(run, graph):
    asked = "SELECT ?n { VALUES ?n { 10 9 UNDEF 100 } }"
    assert [line.strip() for line in run("query", graph, asked, "--sort", "n")[1][2:]] == ["9", "10", "100", ""]
    assert [line.strip() for line in run("query", graph, asked, "--sort", "-n")[1][2:]] == ["100", "10", "9", ""]


@pytest.mark.parametrize(("language", "name"), [("en", "Turkey"), ("id", "Turki")])
def test_names_stand_beside_iris_in_one_language(run, graph, language, name):
    asked = ("query", graph, "SELECT ?who ?where { ?who kg:visits ?where }", "--lang", language)
    code, lines, err = run(*asked, width=80)
    assert code == 0 and err == ""
    assert lines[2:] == [f"Wira Baskoro  person:wira-baskoro  {name}  country:TR"]


def test_labels_of_two_languages_are_one_row_and_it_is_said(run, graph):
    asked = "SELECT ?where ?date { ?e kg:object/rdfs:label ?where ; sem:hasTimeStamp ?date }"
    code, lines, err = run("query", graph, asked)
    assert code == 0 and len(lines) == 14 and {line.split("  ")[0] for line in lines[2:]} == {"Turkey"}
    assert "12 rows that say the same in another language" in err
    assert len(run("query", graph, asked, "--format", "csv")[1]) == 25  # what programs read is SPARQL's own answer


def test_a_terminal_gets_a_pager_and_a_pipe_none(graph):
    asked = [sys.executable, "-m", "kg", "query", str(graph), "SELECT * { ?s ?p ?o }"]
    env = {**os.environ, "PAGER": "sed s/^/paged:/", "TERM": "xterm"}
    master, slave = pty.openpty()
    os.set_inheritable(slave, True)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    child = subprocess.Popen(asked, stdin=slave, stdout=slave, stderr=subprocess.DEVNULL, env=env)
    os.close(slave)
    said = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # its end, on Linux
            break
        if not part:
            break
        said += part
    os.close(master)
    assert child.wait(timeout=180) == 0
    lines = said.decode().splitlines()
    assert len(lines) > 24 and all(line.startswith("paged:") for line in lines)
    assert max(map(len, lines)) <= 100 + len("paged:")
    piped = subprocess.run(asked, capture_output=True, text=True, check=True, env=env)
    assert "paged:" not in piped.stdout


@pytest.mark.parametrize("width", [52, 60, 80])
def test_a_small_table_breaks_no_word(width):
    rows = [("accuse-each-other", "What several independent newspapers report of each other", "lang=…, actor=…")]
    out = Console(file=io.StringIO(), width=width)
    out.print(small(("name", "what it tells", "--param"), rows))
    lines = out.file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    assert words >= {"accuse-each-other", "independent", "newspapers", "lang=…,", "actor=…"}


def test_control_characters_reach_no_terminal(run, graph):
    _, lines, _ = run("query", graph, 'SELECT ?x ?y { BIND("a\\u001b]0;title\\u0007\\nb" AS ?x) BIND(1 AS ?y) }')
    assert len(lines) == 3 and not {"\x1b", "\x07"} & set("".join(lines))


def test_the_help_of_all_commands_is_told_whole(run):
    assert not [line for line in run("--help", width=80)[1] if line.endswith("...") and "Usage" not in line]
