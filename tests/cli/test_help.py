"""`--help` in words, and what two options that say the same thing come to."""

from __future__ import annotations

import re

import pytest

from kg.cli import app, main

COMMANDS = [(one.name or one.callback.__name__.replace("_", "-")) for one in app.registered_commands]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_no_types_of_python(command: str, capsys) -> None:
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert not re.findall(r"<(?:list|tuple|str|int|float|path|bool)\b[^|>]*>|list\[", shown)
    assert "Usage: kg" in shown and "--verbose" in shown


@pytest.mark.parametrize(
    "command", ["query", "ask", "explore", "export", "validate", "reconcile", "remove", "load", "build"]
)
def test_what_takes_an_endpoint_takes_a_token_and_a_time(command: str, capsys) -> None:
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"{option} " in shown for option in ("--endpoint", "--token", "--timeout"))
    assert "$KG_ENDPOINT_TOKEN" in shown and "$KG_ENDPOINT_TIMEOUT" in shown.replace("\n", " ")


def test_serve_has_a_token_of_its_own(capsys) -> None:
    assert main(["serve", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"{option} " in shown for option in ("--token", "--endpoint-token", "--timeout", "--endpoint-timeout"))


def test_a_day_given_twice_is_bad_usage(turtle, capsys) -> None:
    assert main(["query", str(turtle), "about", "--on", "2021", "--param", "on=2020"]) == 2
    assert capsys.readouterr().err.startswith("kg: --on 2021 and --param on=2020 are the same parameter: give one")
