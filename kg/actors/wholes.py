"""Short forms of bodies within one article: "KPU" beside "KPU Tarok", "Komisi III" of a council, "Mahir" of Mahir Air.

Which body such a name means is said by its article alone; what the base or other articles call so is another one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from kg.actors.bodies import BodyName, begun, body_name, territorial
from kg.specs.who import name_words

K = TypeVar("K", bound=Hashable)


def brief(bodies: Mapping[K, Sequence[str]]) -> dict[K, K | None]:
    """Return which body of an article each short one stands for, by their names.

    None where several fit, or where it is a part of a council that has no name here: it is then nobody else's.
    """
    names = {key: [body_name(name) for name in own] for key, own in bodies.items()}
    found: dict[K, K | None] = {}
    for key, own in names.items():
        if any(name.iso for name in own):  # "KPU RI" too
            continue
        wholes = [other for other in names if other != key and _goes_on(own, names[other])]
        if wholes or _of_a_council(own, names.values()):
            found[key] = wholes[0] if len(wholes) == 1 else None
    return found


def of_kind(short: str, long: Iterable[str]) -> bool:
    """Say whether one of a body's names is a short one with a word for its kind: "Mahir" and "Mahir Air"."""
    return any(_kind(begun(body_name(short), body_name(name))) for name in long)


def _kind(rest: tuple[str, ...]) -> bool:
    return bool(rest) and name_words().body.kinds.issuperset(rest)


def _goes_on(short: Iterable[BodyName], long: Sequence[BodyName]) -> bool:
    """Say whether every short name begins a long one that goes on with a place, a council or its kind."""

    def whole(one: BodyName) -> bool:
        rests = [rest for other in long if (rest := begun(one, other))]
        return any(map(_kind, rests)) or (bool(rests) and territorial(one))

    return all(map(whole, short))


def _of_a_council(own: Sequence[BodyName], all_names: Iterable[Sequence[BodyName]]) -> bool:
    """Say whether a numbered part ("Komisi III") stands in an article that speaks of a council and of no parliament."""
    if not all(territorial(name) and len(name.words) == 2 and set(name.words[1]) <= set("ivxl") for name in own):
        return False
    words = {word for names in all_names for name in names for word in name.words}
    return bool(words & name_words().body.councils) and "dpr" not in words
