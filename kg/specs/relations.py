"""What relations/ says: of each relation what kind of thing it is, and by which words a language expresses it.

Domain, range and symmetry are the ontology's (ontologies/kg.ttl), and stand there alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from kg.specs.reading import AnyTokens, AnyWords, Where, bind, meant

# Where the ends of a relation may stand relative to its trigger; _frames.toml tells what each means.
Slot = Literal[
    "subj", "obj", "obl", "owner", "by", "nmod", "light", "giver", "recipient", "comp", "attends", "whither",
    "prefix", "head",
]  # fmt: skip
SLOTS: tuple[str, ...] = get_args(Slot)


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape that relations share: a table of _frames.toml."""

    pos: Literal["verb", "noun", "compound"]
    subject: tuple[Slot, ...]
    object: tuple[Slot, ...]
    between: bool = False
    plural_subject: bool = False
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one language that express a relation in one shape, and what they ask of the two ends."""

    frame: str
    words: AnyTokens
    passive: AnyTokens = frozenset()
    prepositions: AnyWords = frozenset()
    jointly: AnyTokens = frozenset()
    alone: AnyTokens = frozenset()
    needs: AnyTokens = frozenset()
    unless: AnyTokens = frozenset()
    answered: AnyTokens = frozenset()
    owner: bool = False
    owner_only: bool = False
    persons: bool = False
    planned: bool = False
    civil: bool = False
    single: bool = False
    needs_infinitive: bool = False
    no_infinitive: bool = False
    intransitive: bool = False
    ashore: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as reading needs to know it: the keys at the head of relations/NAME.toml, and its wordings.

    _frames.toml tells what each key means; all are false where the file does not say otherwise.
    """

    relation: str
    speech_act: bool = False
    presupposed: bool = False
    happening: bool = False
    narrated: bool = False
    dated_by_start: bool = False
    journey: bool = False
    travelled_for: bool = False
    place_as_such: bool = False
    dealing: bool = False
    controlling: bool = False
    asking: bool = False
    office: bool = False
    chairing: bool = False
    wordings: dict[str, tuple[Wording, ...]] = field(default_factory=dict, hash=False)


def read_frames(table: dict[str, Any], where: Where) -> dict[str, Frame]:
    """Return the shapes of _frames.toml; raises SpecError."""
    found = {}
    for name, value in table.items():
        frame = found[name] = bind(value, Frame, where.at(name))
        for end in ("subject", "object"):
            if not getattr(frame, end):
                raise where.at(name).at(end).wrong("is empty", "name a slot", value[end])
    return found


def read_relation(
    table: dict[str, Any], where: Where, languages: tuple[str, ...], frames: dict[str, Frame], known: frozenset[str]
) -> Relation:
    """Return the relation of a file, with its wordings in the languages; raises SpecError.

    `known` are the names of the ontology's relations.
    """
    keys = {one.name for one in fields(Relation)} - {"wordings"}
    for key, value in table.items():
        if key not in keys and key not in languages:
            rows = isinstance(value, list)
            problem, remedy = ("unknown language", "add lang/" + key) if rows else ("unknown key", meant(key, keys))
            raise where.at(key).wrong(problem, remedy, None if rows else value)
    relation = bind({key: value for key, value in table.items() if key in keys}, Relation, where)
    name = where.file.stem
    if relation.relation != name:
        raise where.at("relation").wrong("is not the file's name", f"write {name}", relation.relation)
    if name not in known:
        raise where.at("relation").wrong("unknown relation", "add it to ontologies/kg.ttl", name)
    for code in languages:
        if code in table:
            relation.wordings[code] = _wordings(table[code], where.at(code), frames)
    if not relation.wordings and not relation.office:
        raise where.at(languages[0]).wrong("missing key", f"add [[{languages[0]}]] with the words that express it")
    return relation


def _wordings(rows: object, where: Where, frames: dict[str, Frame]) -> tuple[Wording, ...]:
    if not isinstance(rows, list) or not rows:
        raise where.wrong("must be a list of tables", f"write [[{where.key}]]", rows)
    found = []
    for number, row in enumerate(rows, 1):
        here = where.at(str(number))
        wording = bind(row, Wording, here)
        frame = frames.get(wording.frame)
        if frame is None:
            raise here.at("frame").wrong("unknown frame", meant(wording.frame, frames), wording.frame)
        if not wording.words | wording.passive:
            raise here.at("words").wrong("is empty", "list at least one here or in passive", row["words"])
        if twice := wording.words & wording.passive:
            raise here.at("passive").wrong("stands in words too", "keep one", sorted(twice))
        ends = {*frame.subject, *frame.object}
        if ends & {"obl", "nmod"} and not ends & {"obj", "comp", "owner", "recipient"} and not wording.prepositions:
            raise here.at("prepositions").wrong("missing key", f"the frame {wording.frame} looks for an oblique")
        found.append(wording)
    return tuple(found)
