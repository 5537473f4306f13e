"""Reading the tables of actors, offices and titles: CSV in UTF-8, checked where they are a user's."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

from kg.errors import SourceError

Rows = list[dict[str, str]]

ACTORS = ("key", "type", "iso", "en", "id", "aliases", "wikidata", "source")
OFFICES = ("key", "title_en", "title_id", "of", "start", "end", "seen", "source")
TYPES = ("Person", "Organization", "Place")
# What a table need not have.
OPTIONAL = {"id", "aliases", "wikidata", "source", "seen", "iso", "title_id"}
_SHAPES = {
    "key": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "a slug, such as donald-trump"),
    "type": (re.compile("|".join(TYPES)), f"one of {', '.join(TYPES)}"),
    "iso": (re.compile(r"([A-Z]{2})?"), "a code of two capitals, such as ID, or nothing"),
    "en": (re.compile(r".*\S.*"), "the usual name"),
    "wikidata": (re.compile(r"(Q[1-9]\d*)?"), "an id such as Q7747, or nothing"),
    "title_en": (re.compile(r".*\S.*"), "the title in English"),
    "of": (re.compile(r"[A-Z]{2}|[a-z0-9]+(-[a-z0-9]+)*"), "a country's code or a body's key"),
} | {
    name: (re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?"), "a year, month or day such as 2024-10-20, or nothing")
    for name in ("start", "end", "seen")
}
_DROPPED = str.maketrans(dict.fromkeys(".'’‘`ʻʼʾʿ\"“”", ""))
_BETWEEN = re.compile(r"[\W_]+")


def key_of(name: str) -> str:
    """Return a name as it is looked up: no case, marks, dots, apostrophes, hyphens or leading article."""
    text = name.translate(_DROPPED).casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i"))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _BETWEEN.sub(" ", text).strip().removeprefix("the ")


def table_of(path: Path) -> str:
    """Return whether a file is a table of "actors" or of "offices"."""
    return "offices" if "title_en" in _lines(path)[0] else "actors"


def read_actors(path: Path, *, checked: bool = False) -> Rows:
    """Return the rows of a table of actors; raises SourceError where a `checked` one is wrong."""
    return _read(path, ACTORS, checked)


def read_offices(path: Path, *, checked: bool = False) -> Rows:
    """Return the rows of a table of offices; raises SourceError where a `checked` one is wrong."""
    return _read(path, OFFICES, checked)


def read_titles(path: Path) -> dict[str, frozenset[str]]:
    """Return the usual English titles, folded, that every wording of a title stands for."""
    found: dict[str, set[str]] = {}
    for row in _read(path, ("en", "id", "aliases"), checked=False):
        for name in (row["en"], row["id"], *row["aliases"].split("|")):
            found.setdefault(key_of(name), set()).add(key_of(row["en"]))
    return {name: frozenset(titles) for name, titles in found.items()}


def read_title_pairs(path: Path) -> list[dict[str, str]]:
    """Return each usual title in English and Indonesian."""
    return [{"en": row["en"], "id": row["id"]} for row in _read(path, ("en", "id", "aliases"), checked=False)]


def _lines(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else f"no CSV in UTF-8 ({error})"
        raise SourceError(f"{path}: {reason}: give a table of actors, a CSV file in UTF-8") from error
    if not rows or not rows[0]:
        raise SourceError(f"{path}: line 1: empty; its first line names the columns: {','.join(ACTORS)}")
    return rows


def _read(path: Path, columns: tuple[str, ...], checked: bool) -> Rows:
    header, *rows = _lines(path)
    if not checked:
        return [dict(zip(header, row, strict=True)) for row in rows]
    for column in columns:
        if column not in header and column not in OPTIONAL:
            raise SourceError(f"{path}: line 1: no column {column}; a table has {','.join(columns)}")
    made = []
    for number, row in enumerate(rows, 2):
        if not row:
            continue
        if len(row) != len(header):
            raise SourceError(f"{path}: line {number}: {len(row)} columns, its first line has {len(header)}")
        cells = dict.fromkeys(columns, "") | {name: cell.strip() for name, cell in zip(header, row, strict=True)}
        for column in columns:
            shape, wanted = _SHAPES.get(column, (None, ""))
            if shape is not None and not shape.fullmatch(cells[column]):
                raise SourceError(f"{path}: line {number}, column {column}: {cells[column]!r} is not {wanted}")
        made.append(cells)
    return made
