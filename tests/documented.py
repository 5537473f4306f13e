"""The commands of documents, run as a reader would: in the order of the page, in an empty folder."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.cli import main

FENCE = r"^```{}( [^\n]*)?\n(.*?)^```$"


def blocks(text: str, language: str) -> list[str]:
    """Return what stands in the blocks of a language."""
    return [found[2] for found in re.finditer(FENCE.format(language), text, re.M | re.S)]


def files(text: str) -> dict[str, str]:
    """Return the files that a text tells to save: blocks with a title, as ```` ```text title="a.txt" ````."""
    titled = re.finditer(r'^```\w+ title="([^"]+)"\n(.*?)^```$', text, re.M | re.S)
    return {found[1]: found[2] for found in titled}


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of the console blocks, each with the output that is shown below it."""
    for block in blocks(text, "console"):
        for command in re.split(r"^\$ ", block, flags=re.M)[1:]:
            line, _, shown = command.partition("\n")
            yield line, shown.strip()


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
