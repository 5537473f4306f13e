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
    logging.basicConfig(format="kg: %(message)s", level=logging.CRITICAL)  # what libraries mutter is not for users
    logging.getLogger("kg").setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(_verbosity, 2)])
    return count


def complain(message: str, *, code: int = 1) -> int:
    """Write one line on standard error and return the exit code."""
    typer.echo("kg: " + " ".join(message.split()), err=True)
    return code


def console() -> Console:
    """Return rich's console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
