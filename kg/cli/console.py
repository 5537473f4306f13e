"""What commands say on standard error: complaints, and how much is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

_verbosity = 0


def verbosity() -> int:
    """Return how many -v were given."""
    return _verbosity


def set_verbosity(count: int) -> int:
    """Remember -v, and log our own messages accordingly: warnings, with -v also news, with -v -v everything."""
    global _verbosity  # noqa: PLW0603  the one setting that outlives a command's parameters
    _verbosity = max(_verbosity, count)
    handler = logging.StreamHandler()
    handler.setFormatter(_Line("kg: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.CRITICAL)  # what libraries mutter is not for users
    logging.getLogger("kg").setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(_verbosity, 2)])
    return count


class _Line(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the library's name
        record.message = printable(record.message)
        return super().formatMessage(record)


def complain(message: str, *, code: int = 1) -> int:
    """Write one line on standard error and return the exit code."""
    typer.echo("kg: " + printable(message), err=True)
    return code


def printable(message: str) -> str:
    """Return a message as one line; what a terminal would obey, as a server or a model may write it, is spelt out."""
    line = " ".join(message.split())
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def console() -> Console:
    """Return rich's console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
