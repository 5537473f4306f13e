"""A page for each command: what its `--help` prints."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from unittest import mock

from kg.cli import app, main
from kg.errors import KGError

WIDTH = "88"  # of the help's lines, whatever the terminal is


def names() -> list[str]:
    """Return the names of all commands, in the order in which `kg --help` lists them."""
    return [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def help_of(*command: str) -> str:
    """Return what `kg COMMAND --help` prints; raises KGError where it fails."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), mock.patch.dict(os.environ, {"COLUMNS": WIDTH}):
        code = main([*command, "--help"])
    if code:
        raise KGError(f"kg {' '.join(command)} --help ended with {code}")
    sys.stdout.flush()
    return out.getvalue().strip("\n")


def pages(words: dict[str, str]) -> dict[str, str]:
    """Return the pages of the commands by address: `commands/index.md` and one each."""
    texts = {name: help_of(name) for name in names()}
    rows = [f"| [`kg {name}`]({name}.md) | {_about(text)} |" for name, text in texts.items()]
    listed = "\n".join(["| | |", "|---|---|", *rows])
    overview = f"# {words['commands']}\n\n{words['commands_about']}\n\n{listed}\n\n{_block(help_of())}"
    found = {"commands/index.md": overview}
    for name, text in texts.items():
        found[f"commands/{name}.md"] = f"# kg {name}\n\n{_block(text)}"
    return found


def _about(text: str) -> str:
    """Return the sentence below the line of usage."""
    paragraphs = text.split("\n\n")
    return " ".join(paragraphs[1].split())


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"
