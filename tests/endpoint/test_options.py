"""How commands ask an endpoint: --token, --timeout, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from readers.samples import GOOD, TEXT
from readers.served import says, serving

from endpoint.engines import Engine
from endpoint.scripted import Said, scripted
from kg.cli import main

EMPTY = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
NOTHING = ("SELECT ?x WHERE { ?x ?p ?o }", "--format", "csv")


def test_a_token_is_shown_to_the_endpoint_and_never_told(capsys: pytest.CaptureFixture[str]) -> None:
    with scripted(lambda path, body: Said(403)) as server:
        assert main(["query", "--endpoint", f"{server.url}/query", *NOTHING, "--token", "hush-hush"]) == 1
        assert main(["ask", "who met X?", "--token=hush-hush", f"--endpoint={server.url}/query"]) == 1
        assert main(["serve", "--endpoint", f"{server.url}/query", "--endpoint-token", "hush-hush"]) == 1
    assert {headers.get("Authorization") for _, _, headers in server.asked} == {"Bearer hush-hush"}
    said = capsys.readouterr()
    assert "$KG_ENDPOINT_TOKEN" in said.err and "hush" not in said.out + said.err


def test_the_environment_has_a_token_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "from-there")
    with scripted(lambda path, body: Said(body=EMPTY)) as server:
        main(["query", "--endpoint", f"{server.url}/query", *NOTHING])
        main(["query", "--endpoint", f"{server.url}/query", *NOTHING, "--token", "from-here"])
    assert {headers.get("Authorization") for _, _, headers in server.asked} == {"Bearer from-there", "Bearer from-here"}


@pytest.mark.parametrize("command", [["query", *NOTHING], ["load", "{store}"]], ids=lambda words: words[0])
def test_what_is_slow_ends_in_time_and_says_how_to_wait(
    command: list[str], two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word.replace("{store}", str(two)) if word == "{store}" else word for word in command]
    with scripted(lambda path, body: Said(sleep=5)) as server:
        assert main([words[0], *words[1:], "--endpoint", f"{server.url}/query", "--timeout", "0.3"]) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert "within 0.3 s" in error and "--timeout" in error and "$KG_ENDPOINT_TIMEOUT" in error


@pytest.mark.parametrize(
    "words",
    [
        ["query", "{file}", "visits", "--token", "hush-hush"],
        ["export", "{file}", "-o", "x.csv", "--timeout", "3"],
        ["build", "{file}", "-o", "x.ttl", "--token", "hush-hush"],
        ["query", "--endpoint", "http://127.0.0.1:9/query", "visits", "--timeout", "0"],
        ["query", "--endpoint", "http://127.0.0.1:9/query", "visits", "--token", "hush hush"],
    ],
    ids=" ".join,
)
def test_what_has_no_place_is_bad_usage(words: list[str], turtle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word.replace("{file}", str(turtle)) for word in words]) == 2
    error = capsys.readouterr().err
    assert "token" in error or "timeout" in error
    assert "hush" not in error


@pytest.mark.slow
def test_a_dry_run_passes_over_what_the_endpoint_has(
    oxigraph: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "lund.txt").write_text(TEXT)
    with serving(says(GOOD)) as reader:
        by = ["--reader", "openai", "--set", f"url={reader.url}", "--set", "model=m", "--lang", "en"]
        build = ["build", str(tmp_path / "texts"), "--endpoint", oxigraph.url, *by]
        assert main([*build, "--dry-run"]) == 0
        assert json.loads(capsys.readouterr().out)["doc"] == "lund"
        assert main(build) == 0
        capsys.readouterr()
        assert main([*build, "--dry-run"]) == 0
        assert capsys.readouterr().out == ""
        assert main([*build, "--dry-run", "--again"]) == 0
        assert json.loads(capsys.readouterr().out)["doc"] == "lund"
