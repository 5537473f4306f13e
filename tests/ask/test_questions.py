"""Sixty questions in each language over a small store: right, or refused; never confidently wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.ask import Answer, NotUnderstoodError, ask

HERE = Path(__file__).parent
TODAY = date(2026, 11, 28)


def questions(name: str) -> list[tuple[str, str]]:
    """Return the questions of a file with what is right."""
    lines = (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]


FILES = ("questions_en", "questions_id", "fresh_en", "fresh_id", "blind_en", "blind_id", "strangers_en", "strangers_id")
ALL = [pair for name in FILES for pair in questions(name)]


def given(answer: Answer, wanted: str) -> str:
    """Return an answer in the form that the files of questions have."""
    if wanted.startswith("#"):
        at = answer.columns.index("sentence")
        return " ".join(sorted("#" + row[at].rstrip(".") for row in answer.rows))
    if wanted.startswith("path"):
        return "path " + " > ".join(
            cell for name, cell in zip(answer.columns, answer.rows[0], strict=True) if not name.startswith("step")
        )
    if wanted.isdigit():
        return str(len(answer.rows))
    return "; ".join(sorted({row[0] for row in answer.rows}))


def judged(store, question: str, wanted: str) -> str:
    """Return "right", "refused" or "wrong …"."""
    try:
        answer = ask(store, question, today=TODAY)
    except NotUnderstoodError as error:
        named = [part.strip() for part in wanted.removeprefix("refuse ").split(",")]
        right = wanted.startswith("refuse") and all(part.lower() in str(error).lower() for part in named)
        return "right" if right else f"refused: {error}"
    if wanted[0] == "#":
        wanted = " ".join(sorted(wanted.split()))
    elif ";" in wanted:
        wanted = "; ".join(sorted(wanted.split("; ")))
    got = given(answer, wanted)
    return "right" if got == wanted else f"wrong: {answer.understood} → {got}"


@pytest.mark.parametrize(("question", "wanted"), ALL)
def test_a_question(store, question: str, wanted: str) -> None:
    assert judged(store, question, wanted) == "right"


def test_there_are_sixty_in_each_language() -> None:
    assert all(len(questions(name)) >= 60 for name in ("questions_en", "questions_id"))
