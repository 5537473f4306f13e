"""The text of an option → a number; ReaderError says which option is wrong, and what it should be."""

from __future__ import annotations

import math

from kg.errors import ReaderError


def number(name: str, text: str, *, above: float | None = None) -> float:
    """Return a number of at least 0, or above another."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0 and (above is None or value > above)):
        raise ReaderError(f"--set {name}={text}: a number {'above' if above is not None else 'from'} 0 is needed")
    return value


def whole(name: str, text: str, *, least: int = 1) -> int:
    """Return a whole number of at least `least`."""
    if not text.isdecimal() or int(text) < least:
        raise ReaderError(f"--set {name}={text}: a whole number from {least} is needed")
    return int(text)
