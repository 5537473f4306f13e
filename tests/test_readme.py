"""README tells the truth: its commands run, in its order, and its Python runs; what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documented import blocks, commands, run

from kg.cli import app
from kg.vocab import ontology

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.weights
def test_every_command_and_the_python_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("kg demo")
    for block in blocks(README, "sparql"):
        name = re.match(r"# (\S+\.rq)\n", block)[1]
        Path(name).write_text(block, encoding="utf-8")
    for line, shown in commands(README):
        assert shown in run(line), line
    for made in ("news.ttl", "news-store", "one.trig", "news.html", "news.gexf", "statements.csv", "statements.jsonl"):
        assert Path(made).exists(), made
    for made in ("statements.xlsx", "statements.parquet", "news.dot", "news.cypher", "news-neo4j/actors.csv"):
        assert Path(made).exists(), made
    for block in blocks(README, "python"):
        exec(compile(block, "README.md", "exec"), {})  # our own page
    assert Path("x.html").exists()


def test_the_two_commands_are_there():
    assert blocks(README, "bash") == ["pip install -e '.[test]' && kg demo\n", "pytest\n"]


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
