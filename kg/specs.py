"""The only reader of the package's .toml data: relative path in, parsed table out; malformed data raises SpecError."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import SpecError

ROOT = Path(__file__).parent


@cache
def load_toml(relative: str) -> dict[str, Any]:
    """Return the table of a bundled TOML file, given its path relative to the package ("lang/id/titles.toml").

    The table is shared: do not change it. Raises SpecError, naming the file and the parser's message.
    """
    path = ROOT / relative
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SpecError(f"{path}: missing from the package; reinstall newskg") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: {error}; correct the file") from error


def language_data(language: str, facet: str) -> dict[str, Any]:
    """Return one facet of a language's data: `lang/id/titles.toml` for the language "id" and the facet "titles"."""
    return load_toml(f"lang/{language}/{facet}.toml")


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the package has data for, sorted."""
    return tuple(sorted(path.name for path in (ROOT / "lang").iterdir() if path.is_dir()))
