"""The tutorials and how-tos: what they tell to type runs, in their order, and shows what they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documented import blocks, commands, files, run

from kg.cli import app

DOCS = Path(__file__).parents[2] / "kg" / "docs"
TUTORIALS = [DOCS / "tutorial.md", DOCS / "id" / "tutorial.md"]
WALKS = [*TUTORIALS, *sorted((DOCS / "howto").glob("*.md"))]
# Not part of half an hour: each has a page, or is for who changes kg.
NOT_WALKED = {"extract", "spark", "mcp", "reconcile", "train", "watch", "load"}


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.parametrize("page", WALKS, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_command_of_a_walk_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")
    for name, content in files(text).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, "utf-8")
    for line, shown in commands(text):
        said = run(line)
        assert shown in said.replace("\r\n", "\n"), line
    for block in blocks(text, "python"):
        exec(compile(block, page.name, "exec"), {})  # our own page
    for made in re.findall(r"-o (\S+)", "\n".join(line for line, _ in commands(text))):
        assert Path(made).exists(), made


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.parent.name)
def test_a_tutorial_walks_through_every_command(page: Path) -> None:
    text = page.read_text("utf-8")
    told = {
        command.callback.__name__ for command in app.registered_commands if f"kg {command.callback.__name__}" in text
    }
    assert told == {command.callback.__name__ for command in app.registered_commands} - NOT_WALKED


def test_both_tutorials_have_the_same_steps() -> None:
    english, indonesian = (page.read_text("utf-8") for page in TUTORIALS)
    assert english.count("\n## ") == indonesian.count("\n## ")
    verbs = [[line.split()[1] for line, _ in commands(text)] for text in (english, indonesian)]
    assert list(dict.fromkeys(verbs[0])) == list(dict.fromkeys(verbs[1]))
