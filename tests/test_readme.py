"""README tells the truth: its commands run, in its order, and its Python runs; what it lists is what there is."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from kg.cli import app, main
from kg.vocab import ontology

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def run(line: str) -> str:
    """Run a line of the form `kg … [< FILE] [> FILE]` here, so that the models are loaded once; return its output."""
    words = shlex.split(line)
    assert words.pop(0) == "kg", f"{line}: only kg is run here"
    files = {}
    for sign in "<>":
        if sign in words:
            at = words.index(sign)
            files[sign] = Path(words[at + 1])
            del words[at : at + 2]
    out, before = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), sys.stdin
    if "<" in files:
        sys.stdin = io.TextIOWrapper(io.BytesIO(files["<"].read_bytes()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out):
            assert main(words) == 0, line
    finally:
        sys.stdin = before
    text = out.buffer.getvalue().decode()
    if ">" in files:
        files[">"].write_text(text, encoding="utf-8")
    return text


@pytest.mark.slow
@pytest.mark.weights
def test_every_command_and_the_python_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("kg demo")
    for block in blocks("sparql"):
        name = re.match(r"# (\S+\.rq)\n", block)[1]
        Path(name).write_text(block, encoding="utf-8")
    for block in blocks("console"):
        for command in re.split(r"^\$ ", block, flags=re.M)[1:]:
            line, _, shown = command.partition("\n")
            said = run(line)
            assert shown.strip() in said, line
    for made in ("news.ttl", "news-store", "one.trig", "news.html", "news.gexf", "statements.csv", "statements.jsonl"):
        assert Path(made).exists(), made
    for made in ("statements.xlsx", "statements.parquet", "news.dot", "news.cypher", "news-neo4j/actors.csv"):
        assert Path(made).exists(), made
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})  # our own page
    assert Path("x.html").exists()


def test_the_two_commands_are_there():
    assert blocks("bash") == ["pip install -e '.[test]' && kg demo\n", "pytest\n"]


def test_every_command_is_told():
    for command in app.registered_commands:
        assert f"kg {command.callback.__name__}" in README


def test_every_relation_is_told_in_both_languages():
    for name, relation in ontology().relations.items():
        row = next(line for line in README.splitlines() if line.startswith(f"| `{name}`"))
        assert ontology().label(name, "id") in row
        assert ("symmetric" in row) == relation.symmetric


def test_what_is_named_exists():
    root = Path(__file__).parent.parent
    for path in re.findall(r"`((?:kg|ontologies|notebooks|\.ci)/[\w./-]*)`", README):
        assert (root / path).exists(), path
