"""The package's rules as data: the only reader of lang/, relations/ and link/exonyms.toml, typed and checked in full.

    lang/XX/*.toml ───────────────┐
    relations/*.toml ─ kg.ttl ────┤ load → Specs ─ language("id"), relations(), frames() … → the stages
    link/exonyms.toml ────────────┘

All files are checked when the first is asked for, so that a wrong one ends a run before its first article: a SpecError,
one line with file, key, value and remedy. `reading` binds tables to dataclasses; the other modules are these.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from kg.specs.grammar import Traits
from kg.specs.language import Language, read_language
from kg.specs.reading import Where, Words, bind, read_toml
from kg.specs.relations import SLOTS, Frame, Relation, Wording, read_frames, read_relation
from kg.vocab import ontology

__all__ = [
    "ROOT",
    "SLOTS",
    "Exonyms",
    "Frame",
    "Language",
    "Relation",
    "Specs",
    "Traits",
    "Wording",
    "exonyms",
    "frames",
    "governments",
    "language",
    "languages",
    "load",
    "relations",
]

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Governments:
    """Which titles a state's constitution has no holder of, by codes of states: lang/governments.toml."""

    monarchies: Words
    without_premier: Words
    without_ministers: Words
    territories: Words
    united_states: Words


@dataclass(frozen=True, slots=True)
class Exonyms:
    """Places that languages write differently, and names of several bodies that mean one: link/exonyms.toml."""

    usual: dict[str, str]
    places: dict[str, str]


@dataclass(frozen=True, slots=True)
class Specs:
    """Everything that the data files say."""

    languages: dict[str, Language]
    frames: dict[str, Frame]
    relations: dict[str, Relation]
    governments: dict[str, frozenset[str]]
    exonyms: Exonyms


def load(root: Path) -> Specs:
    """Read and check all data files of a package folder; raises SpecError for the first that is wrong."""
    file = root / "lang" / "governments.toml"
    kinds = bind(read_toml(file), Governments, Where(file))
    states: dict[str, frozenset[str]] = {one.name: getattr(kinds, one.name) for one in fields(kinds)}
    codes = tuple(sorted(path.name for path in (root / "lang").iterdir() if path.is_dir()))
    found = {code: read_language(root / "lang" / code, states) for code in codes}
    file = root / "relations" / "_frames.toml"
    shapes = read_frames(read_toml(file), Where(file))
    known = frozenset(ontology().relations)
    related = {
        file.stem: read_relation(read_toml(file), Where(file), codes, shapes, known)
        for file in sorted((root / "relations").glob("[!_]*.toml"))
    }
    for key in ("office", "chairing"):
        said = [name for name, relation in related.items() if getattr(relation, key)]
        if len(said) != 1:
            where = Where(root / "relations" / f"{said[-1] if said else '_frames'}.toml", key)
            raise where.wrong("one relation has it, and no more", f"now {' and '.join(said) or 'none'}")
    file = root / "link" / "exonyms.toml"
    return Specs(found, shapes, related, states, bind(read_toml(file), Exonyms, Where(file)))


@cache
def _specs() -> Specs:
    return load(ROOT)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the package has data for, sorted; reads no file."""
    return tuple(sorted(path.name for path in (ROOT / "lang").iterdir() if path.is_dir()))


def language(code: str) -> Language:
    """Return what the data say of a language; raises SpecError where any file is wrong, or there is none of it."""
    found = _specs().languages.get(code)
    if found is None:
        raise Where(ROOT / "lang" / code).wrong("unknown language", f"known are {', '.join(languages())}")
    return found


def relations() -> dict[str, Relation]:
    """Return the relations by name, sorted; raises SpecError where any file is wrong."""
    return _specs().relations


def frames() -> dict[str, Frame]:
    """Return the shapes that relations share, by name; raises SpecError where any file is wrong."""
    return _specs().frames


def governments() -> dict[str, frozenset[str]]:
    """Return the codes of states by the kind of their government; raises SpecError where any file is wrong."""
    return _specs().governments


def exonyms() -> Exonyms:
    """Return the places and bodies that names of several stand for; raises SpecError where any file is wrong."""
    return _specs().exonyms
