"""Cells of CSV that no spreadsheet takes for a formula (OWASP, CSV injection): texts come from pages of strangers."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

# A sign that begins a formula, plain or full-width, after blanks too; and what a spreadsheet drops before one.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def neutral(value: Any) -> Any:
    """Return a cell's value, with an apostrophe before it where it is a text that would be run."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def neutral_table(data: bytes) -> bytes:
    """Return a CSV table in UTF-8 with every cell made neutral; the same bytes where none needs it."""
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    safe = [[neutral(cell) for cell in row] for row in rows]
    if safe == rows:
        return data
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if b"\r\n" in data else "\n").writerows(safe)
    return out.getvalue().encode()
