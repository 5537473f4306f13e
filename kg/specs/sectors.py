"""What tells an actor's sector to event coders: export/sectors.toml, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from kg.likeness import folded
from kg.specs.reading import AnyOrdered, Where, bind, read_toml

FILE = Path(__file__).parent.parent / "export" / "sectors.toml"


@dataclass(frozen=True)
class Sector:
    """A sector: its codes in both schemes, its name, the actor code of bodies beyond countries, and telling words.

    `cameo` is None where it is the same code as `plover`.
    """

    plover: str
    label: str
    titles: AnyOrdered
    bodies: AnyOrdered
    cameo: str | None = field(default=None)
    beyond: str = field(default="")

    def code(self, scheme: str) -> str:
        """Return the code in a scheme, nothing where that has none."""
        return self.cameo if scheme == "cameo" and self.cameo is not None else self.plover

    @cached_property
    def of_title(self) -> re.Pattern[str] | None:
        """What a title is searched for; None where no title tells the sector."""
        return _any(self.titles)

    @cached_property
    def of_body(self) -> re.Pattern[str] | None:
        """What a body's name is searched for; None where no name tells the sector."""
        return _any(self.bodies)


@dataclass(frozen=True, slots=True)
class Sectors:
    """export/sectors.toml."""

    sector: tuple[Sector, ...]


@cache
def sectors() -> tuple[Sector, ...]:
    """Return the sectors in the order in which they are tried; raises SpecError where the file is wrong."""
    found = bind(read_toml(FILE), Sectors, Where(FILE)).sector
    for sector in found:
        for word in (*sector.titles, *sector.bodies):
            if folded(word) != word:
                raise Where(FILE, sector.plover).wrong("is never found", f"write it {folded(word)!r}", word)
    return found


@cache
def sector_of_title(title: str) -> Sector | None:
    """Return the sector that a title of office tells, or None."""
    text = folded(title)
    return next((sector for sector in sectors() if sector.of_title and sector.of_title.search(text)), None)


@cache
def sector_of_body(name: str) -> Sector | None:
    """Return the sector that the name of a body tells, or None."""
    text = folded(name)
    return next((sector for sector in sectors() if sector.of_body and sector.of_body.search(text)), None)


def _any(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") if words else None
