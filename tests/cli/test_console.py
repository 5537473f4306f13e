"""What is written on a terminal is told there, and not done by it."""

from __future__ import annotations

import logging

import pytest

from kg.cli.console import complain, set_verbosity


def test_a_complaint_is_one_line_that_a_terminal_does_not_obey(capsys: pytest.CaptureFixture[str]) -> None:
    complain("skipped a:\n 404 \x1b]0;owned\x07\x1b[2J São Paulo \u202egnp.exe")
    assert capsys.readouterr().err == "kg: skipped a: 404 \\x1b]0;owned\\x07\\x1b[2J São Paulo \\u202egnp.exe\n"


def test_so_is_what_is_logged(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    set_verbosity(0)
    logging.getLogger("kg").warning("%s", "a model said\n\x1b[31mred")
    assert capsys.readouterr().err == "kg: a model said \\x1b[31mred\n"
