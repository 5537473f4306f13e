"""The name of a reader → the reader: shipped ones, and those that installed packages register as `newskg.readers`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from kg.errors import ReaderError
from kg.model import Article
from kg.readers.interface import NamedReader, Reader, Rejected

GROUP = "newskg.readers"
OWN = "kg"  # the name that our own reading has beside others
OURS = (OWN, "newskg")  # what the graph and the figures call it: no one else's name
SHIPPED = {"openai": "kg.readers.endpoint:EndpointReader", "gliner2": "kg.readers.gliner:GlinerReader"}


def installed() -> dict[str, EntryPoint]:
    """Return the readers that can be asked for by name; a shipped one keeps its name whoever else claims it."""
    found = {point.name: point for point in entry_points(group=GROUP) if point.name not in OURS}
    return found | {name: EntryPoint(name, value, GROUP) for name, value in SHIPPED.items()}


def open_reader(
    name: str,
    options: Mapping[str, str] | None = None,
    on_reject: Callable[[Article, Rejected], None] | None = None,
) -> NamedReader:
    """Return the reader of a name, made with its options; `on_reject` hears of what it says and is not taken.

    Raises ReaderError where there is none, where its package is missing or broken, and for options that it has not.
    """
    known = installed()
    if name not in known:
        raise ReaderError(
            f"no reader {name!r} is installed: there are {', '.join(sorted(known))}; a package adds one under {GROUP}"
        )
    make = _loaded(known[name])
    try:
        takes = _options(make)
    except (TypeError, ValueError):  # something built in, which tells no names
        takes = None
    wrong = sorted(set(options or ()) - takes) if takes is not None else []
    if takes is not None and wrong:
        raise ReaderError(
            f"the reader {name} has no option {wrong[0]!r}: it takes {', '.join(sorted(takes)) or 'none'}"
        )
    try:
        reader = make(**(options or {}))
    except ReaderError:
        raise
    except Exception as error:  # it is somebody else's code
        raise ReaderError(f"the reader {name} cannot start ({type(error).__name__}: {error})") from error
    if not isinstance(reader, Reader) or not isinstance(reader.version, str):
        raise ReaderError(f"the reader {name} has no version or no read(): see kg/docs/readers.md")
    return NamedReader(name, reader, on_reject)


def _loaded(point: EntryPoint) -> Callable[..., Any]:
    try:
        found: Any = import_module(point.module)
        for part in (point.attr or "").split("."):
            found = getattr(found, part)
    except Exception as error:  # whatever a package does on import
        raise ReaderError(f"the reader {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not callable(found):
        raise ReaderError(f"the reader {point.name} ({point.value}) is no callable that makes one")
    return found  # type: ignore[no-any-return]


def _options(make: Callable[..., Any]) -> set[str] | None:
    """Return the names of the keywords that make a reader, None for any; those with _ before are for programs."""
    parameters = inspect.signature(make).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return None
    return {p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD) and p.name[0] != "_"}
