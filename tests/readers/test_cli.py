"""`--reader` on the commands: what is written, what is told, what the graph keeps, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import Graph, build
from kg.cli import main
from kg.readers import open_reader
from readers.samples import FIRST, GOOD, SECOND, TEXT, said
from readers.served import Server, gives, says, serving

WHO_READ = """SELECT ?reader (COUNT(?event) AS ?events) WHERE {
  ?event prov:wasGeneratedBy/prov:wasAssociatedWith ?agent . ?agent rdfs:label ?reader
} GROUP BY ?reader ORDER BY ?reader"""


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("KG_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "lund.txt").write_text(TEXT)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(says(GOOD)) as found:
        yield found


def by(server: Server, *more: str) -> list[str]:
    return ["--reader", "openai", "--set", f"url={server.url}", "--set", "model=m", "--lang", "en", *more]


def test_extract_writes_linked_lines_and_tells_what_it_took(
    texts: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.turns = [says(GOOD | {"statements": [*GOOD["statements"], said("visits", "e1", "e2", "Never said.")]})]
    assert main(["extract", str(texts), "-v", *by(server)]) == 0
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["relation"] for line in lines] == ["visits", "meets"]
    assert lines[0]["object"]["iri"].endswith("/entity/country/NO") and lines[0]["doc"] == "lund"
    assert lines[0]["evidence"]["sentence"] == FIRST and lines[0]["confidence"] is None
    assert "Rejected: 1 statements (1 sentence; -v names each)" in err
    assert "openai: 1 requests, 0 answers from the cache, 1,000 tokens in, 200 out" in err
    assert main(["extract", str(texts), *by(server)]) == 0
    assert "0 requests, 1 answers from the cache" in capsys.readouterr().err


def test_a_store_knows_who_read_what(texts: Path, server: Server, tmp_path: Path) -> None:
    store, options = tmp_path / "store", by(server)
    arguments = ["build", str(texts), "--store", str(store)]
    assert main([*arguments, *options]) == 0
    assert main([*arguments, *options]) == 0
    assert len(server.asked) == 1  # the store has it

    def who() -> dict[str, int]:
        with Graph.load(store).store as opened:
            return {row["reader"]: int(row["events"]) for row in opened.query(WHO_READ).dicts()}

    readers = who()
    assert len(readers) == 2 and set(readers.values()) == {2}
    (label,) = (name for name in readers if not name.startswith("newskg "))
    assert label.startswith("openai m, prompt ")
    assert main(["validate", str(store), "--texts", str(texts)]) == 0
    assert main([*arguments, *by(server, "--set", "model=n-1 /x")]) == 0  # another version of it reads anew
    assert any(name.startswith("openai n-1 /x, prompt ") for name in who()) and len(who()) == 2
    assert main([*arguments, "--lang", "en", "--fast"]) == 0
    assert [name.split()[0] for name in who()] == ["newskg"]


def test_the_graph_is_the_same_in_python(texts: Path, server: Server) -> None:
    rejected: list[str] = []
    server.turns = [says(GOOD | {"statements": [*GOOD["statements"], said("loves", "e1", "e2", FIRST)]})]
    named = open_reader("openai", {"url": server.url, "model": "m"}, lambda _, one: rejected.append(one.reason))
    graph = build([texts], lang="en", reader=named)
    found = graph.query("SELECT ?s { ?e kg:relation ?r ; kg:evidence/oa:hasSelector/oa:exact ?s } ORDER BY ?s").dicts()
    assert [row["s"] for row in found] == [FIRST, SECOND] and rejected == ["relation"]


def test_a_dry_run_sends_nothing(
    texts: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prices = ["--set", "price_in=1", "--set", "price_out=2"]
    assert main(["extract", str(texts), "--dry-run", *prices, *by(server)]) == 0
    out, err = capsys.readouterr()
    (line,) = map(json.loads, out.splitlines())
    assert not server.asked and line["doc"] == "lund" and FIRST in line["body"]["messages"][1]["content"]
    assert line["cost"] == pytest.approx((line["tokens_in"] + 2 * 8000) / 1e6)
    assert "Nothing was sent. 1 articles, 0 of them in the cache: 1 requests" in err and "cost at most 0.0" in err
    store = ["build", str(texts), "--store", str(tmp_path / "store"), *by(server)]
    assert main([*store, "--dry-run"]) == 0
    assert not (tmp_path / "store").exists() and not server.asked
    assert main(store) == 0
    assert server.asked == [line["body"]]
    capsys.readouterr()
    assert main([*store, "--dry-run"]) == 0
    assert capsys.readouterr().out == ""  # the store has it


def test_what_cannot_be_read_is_skipped_and_a_wrong_key_ends_it(
    texts: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "second.txt").write_text(TEXT.replace("Oslo", "Moss"))
    out = tmp_path / "out.ttl"
    assert main(["build", str(texts), "-o", str(out), "--max-requests", "1", *by(server)]) == 0
    err = capsys.readouterr().err
    assert "second.txt: reader openai: not read: the 1 of --max-requests are made; raise it" in err
    assert "1 article, 1 skipped, 2 statements" in err
    out.unlink()
    server.turns = [gives(401)]
    assert main(["build", str(texts), "-o", str(out), *by(server, "--set", "cache=none")]) == 1
    assert (
        capsys.readouterr().err.splitlines()[-1].endswith("answered 401: the key is missing or wrong; set KG_API_KEY")
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "a=b"], "give --reader NAME too"),
        (["--dry-run"], "give --reader NAME too"),
        (["--max-cost", "1"], "give --reader NAME too"),
        (["--reader", "nobody"], "there are gliner2, openai"),
        (["--reader", "openai"], "an address and a model"),
        (["--reader", "openai", "--set", "colour=red"], "it takes cache, format"),
        (["--reader", "openai", "--set", "url"], "KEY=VALUE"),
        (["--reader", "openai", "--fast"], "leave them out"),
        (["--reader", "gliner2"], "nothing is downloaded"),
    ],
)
def test_bad_usage_is_told(texts: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(texts), *arguments]) == 2
    assert told in capsys.readouterr().err


def test_processes_and_other_measures_have_no_place(texts: Path, server: Server, tmp_path: Path) -> None:
    assert main(["build", str(texts), "-o", str(tmp_path / "x.ttl"), "--jobs", "2", *by(server)]) == 2
    gold = tmp_path / "gold.jsonl"
    gold.write_text("")
    assert main(["evaluate", str(gold), str(texts), "--explain", *by(server)]) == 2
    assert main(["evaluate", str(gold), str(texts), "--set", "model=m"]) == 2
    assert not server.asked


GOLD = {
    "doc": "lund",
    "lang": ["en"],
    "lines": None,
    "entities": {
        "e1": {"type": "Person", "iso": None, "names": {"en": ["Ada Lund"]}},
        "e2": {"type": "Country", "iso": "NO", "names": {"en": ["Norway"]}},
        "e3": {"type": "Person", "iso": None, "names": {"en": ["Bo Orn"]}},
    },
    "statements": [
        {"relation": "visits", "subject": "e1", "object": "e2"},
        {"relation": "meets", "subject": "e3", "object": "e1"},
    ],
}
REST = {"lines": [3], "factuality": "asserted", "date": None, "place": None, "source": None, "langs": ["en"]}


def test_a_reader_is_measured_beside_ours(
    texts: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    statements = [one | REST | {"optional": False} for one in GOLD["statements"]]  # type: ignore[attr-defined]
    gold.write_text(json.dumps(GOLD | {"statements": statements}))
    server.turns = [says(GOOD | {"statements": [GOOD["statements"][0], said("loves", "e1", "e2", FIRST)]})]
    arguments = ["evaluate", str(gold), str(texts), *by(server)]
    assert main([*arguments, "--fast", "--format", "json"]) == 0
    ours, theirs = json.loads(capsys.readouterr().out)
    assert (ours["reader"], theirs["reader"]) == ("kg --fast", "openai")
    assert (theirs["events"]["right"], theirs["events"]["missed"], theirs["events"]["extra"]) == (1, 1, 0)
    assert theirs["rejected"] == {"relation": 1} and theirs["articles"] == 1 and theirs["seconds_per_article"] > 0
    assert ours["rejected"] == {} and ours["events"]["right"] + ours["events"]["missed"] == 2
    named = ["--set", "openai.temperature=0"]  # what it is anyhow, so the cache has it
    assert main([*arguments, *named, "--fast"]) == 0
    shown = capsys.readouterr()
    assert "kg --fast" in shown.out and "from the cache" in shown.out and "1 answers from the cache" in shown.err
    server.turns = [gives(500)]
    assert main([*arguments, "--fast", "--set", "cache=none", "--set", "tries=1"]) == 0
    shown = capsys.readouterr()
    assert "kg: skipped 1: reader openai: 127.0.0.1" in shown.err and "answered 500" in shown.err
