"""What tells names of actors apart: actors/words.toml and actors/weights.toml, a dataclass per table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import SpecError
from kg.specs.reading import Where, Words, bind, read_toml

FOLDER = Path(__file__).parent.parent / "actors"


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Parts of persons' names by what they are worth."""

    common: Words
    left_out: Words
    particles: Words
    ranks: Words
    before: Words
    nicknames: Words


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Words of bodies' names by what they are worth; `home` has ISO codes, `alike` one common noun per meaning.

    `territorial` begin the names of what each province, town or council has, `kinds` may follow a short name in full.
    """

    dropped: Words
    left_out: Words
    common: Words
    parties: Words
    territorial: Words
    councils: Words
    kinds: Words
    home: dict[str, str]
    alike: dict[str, str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """actors/words.toml."""

    person: PersonWords
    body: BodyWords


Weights = dict[str, dict[str, float]]  # table → what is weighed → log-odds


@cache
def name_words() -> NameWords:
    """Return the words; raises SpecError where the file is wrong."""
    file = FOLDER / "words.toml"
    return bind(read_toml(file), NameWords, Where(file))


@cache
def weights() -> Weights:
    """Return the weights by table; raises SpecError where one is no number or has no reason."""
    file = FOLDER / "weights.toml"
    found: Weights = {}
    for name, table in read_toml(file).items():
        where = Where(file, name)
        if not isinstance(table, dict) or set(table) != {"value", "reason"} or not isinstance(table["value"], dict):
            raise where.wrong("needs a table `value` and a `reason`", 'write value = { … } and reason = "…"')
        wrong = [key for key, value in table["value"].items() if type(value) is not float]
        if wrong:
            raise where.at(wrong[0]).wrong("must be a number", "write it with its point, 1.0")
        found[name] = table["value"]
    missing = {"threshold", "name", "context", "body"} - set(found)
    if missing:
        raise SpecError(f"{file}: {min(missing)}: missing table; reinstall newskg")
    return found
