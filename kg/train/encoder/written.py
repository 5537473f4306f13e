"""Passages of our own writing: a line → its text with slots, and what it states.

kg/train/passages/README.md describes the format. Slots keep names out, so that no model learns one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import specs
from kg.errors import SpecError
from kg.model import FACTUALITIES
from kg.vocab import ontology

FOLDER = Path(__file__).parent.parent / "passages"
# The letter of a slot says what it names; T is an expression of time, which stands as it is.
TYPES = {"P": "Person", "O": "Organization", "L": "Place", "C": "Country"}
KINDS = {
    "O": frozenset({
        "party", "ministry", "agency", "court", "parliament", "company", "media", "armed", "union", "international",
        "university", "police", "military",
    }),
    "L": frozenset({"city", "province", "region"}),
}  # fmt: skip
FORMS = {"s": "PO", "adj": "C", "cap": "C"}  # short name, adjective, capital: of what there is one
SLOT = re.compile(
    r"\[(?P<ids>[PCOLT]\d+(?:\+[PCOL]\d+)*)(?:/(?P<kind>[a-z]+))?(?::(?P<form>s|adj|cap))?"
    r"(?:(?P<mark>[~=])(?P<words>[^\]]+))?\]"
)
_LINE = re.compile(r"(\w\w) \| (.+?) => (.+)")
_FLAG = re.compile(r"(at|by|on)=([A-Z]\d+)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a passage states of two slots; `place`, `source` and `time` are slots, `office` a title in its words."""

    relation: str
    subject: str
    object: str
    factuality: str = FACTUALITIES[0]
    optional: bool = False
    place: str | None = None
    source: str | None = None
    time: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A passage: its text with slots, the kind of each body and place, and its statements."""

    language: str
    text: str
    kinds: dict[str, str]
    statements: tuple[Told, ...]


def read_written(folder: Path = FOLDER) -> Iterator[Written]:
    """Yield the passages of a folder; raises SpecError naming file and line where one is wrong."""
    for path in sorted(folder.rglob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    yield parse_line(line)
                except ValueError as error:
                    raise SpecError(f"{path}: line {number}: {error}; see README.md beside it") from error


def parse_line(line: str) -> Written:
    """Return the passage of a line; raises ValueError where it is not one."""
    parts = _LINE.fullmatch(line.strip())
    if parts is None or parts[1] not in specs.languages():
        raise ValueError("not LANGUAGE | TEXT => STATEMENTS")
    language, text, told = parts.groups()
    seen, kinds = _slots(text)
    statements = () if told.strip() == "none" else tuple(_told(part.strip(), text, seen) for part in told.split(";"))
    return Written(language, text, kinds, statements)


def _slots(text: str) -> tuple[set[str], dict[str, str]]:
    seen: set[str] = set()
    kinds: dict[str, str] = {}
    for slot in SLOT.finditer(text):
        ids, kind, form, mark = slot["ids"].split("+"), slot["kind"], slot["form"], slot["mark"]
        seen.update(ids)
        letter = ids[0][0]
        if kind and kind not in KINDS.get(letter, ()):
            raise ValueError(f"{slot[0]}: no such kind")
        if kind:
            kinds[ids[0]] = kind
        if form and letter not in FORMS[form]:
            raise ValueError(f"{slot[0]}: {form} is not for what {letter} names")
        if (letter == "T") != (mark == "=") or (len(ids) > 1 and mark != "~"):
            raise ValueError(f"{slot[0]}: a time needs =words, a group ~words")
    if set("[]") & set(SLOT.sub("", text)):
        raise ValueError("a bracket that is no slot")
    if without := sorted(i for i in seen if i[0] in KINDS and i not in kinds):
        raise ValueError(f"{without[0]} has no kind")
    return seen, kinds


def _told(part: str, text: str, seen: set[str]) -> Told:
    title = re.search(r'"([^"]*)"', part)
    relation, subject, object_, *flags = (part.replace(title[0], " ") if title else part).split()
    known = ontology().relations.get(relation)
    if known is None:
        raise ValueError(f"{part}: no such relation")
    for end, types in ((subject, known.domain), (object_, known.range)):
        if end not in seen or TYPES.get(end[0]) not in types:
            raise ValueError(f"{part}: {end} is not in the text or may not stand there")
    if subject == object_ or specs.relations()[relation].office != (title is not None):
        raise ValueError(f"{part}: an end with itself, or a title where none belongs or none where one does")
    if title and _without_slots(title[1]) not in _without_slots(text):
        raise ValueError(f"{part}: the title is not in the text")
    values: dict[str, str] = {}
    for flag in flags:
        named = _FLAG.fullmatch(flag)
        if flag not in (*FACTUALITIES, "optional") and (named is None or named[2] not in seen):
            raise ValueError(f"{part}: {flag}")
        values[named[1] if named else "optional" if flag == "optional" else "factuality"] = named[2] if named else flag
    return Told(
        relation,
        subject,
        object_,
        values.get("factuality", FACTUALITIES[0]),
        "optional" in values,
        values.get("at"),
        values.get("by"),
        values.get("on"),
        title[1] if title else None,
    )


def _without_slots(text: str) -> str:
    """Return a text in which slots are the words that they print themselves, or nothing."""
    return SLOT.sub(lambda slot: slot["words"] or "", text)
