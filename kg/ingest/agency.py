"""Names of media, and the agency that a body cites: "dilansir dari Anadolu Agency", "AFP reported", "(AFP)"."""

from __future__ import annotations

import re
from functools import cache

from kg.ingest.furniture import compile_any, page_data

# No plain word begins a name ("the official Xinhua news agency"); an address may ("detik.com").
NAME = r"(?-i:(?![a-z]+ ))(?P<name>[\w'’.&-]+(?: [\w'’.&-]+){0,3})"
ADDRESS = re.compile(r"[A-Za-z0-9-]{2,}\.(?:com|co\.id|id|tv|net|org|news|co|go\.id|co\.uk)\+?", re.IGNORECASE)


def outlet(text: str) -> str | None:
    """Return the name of the medium that `text` is, as lists show it, or an address as it stands; else None."""
    text = text.strip(" \t\"“”'|•·,:;–—-")
    if not text or len(text) > 60:
        return None
    if ADDRESS.fullmatch(text):
        return text
    return _media().get(text.lower())


def is_agency(name: str) -> bool:
    """Tell whether a medium is an agency that others reprint."""
    return name.lower() in _agencies()


def cited(body: str, publisher: str | None) -> str | None:
    """Return the first agency or paper that the body cites, other than the publisher itself."""
    found = [
        (match.start(), name)
        for pattern in _citations()
        for match in pattern.finditer(body)
        if (name := _named(match)) and name.lower() != (publisher or "").lower()
    ]
    return min(found)[1] if found else None


def credit(line: str) -> tuple[int, tuple[str, ...]] | None:
    """Return where a line's closing credit starts, "(ANTARA/Reuters)" or "Sumber: AFP", and the names in it."""
    match = _credits().search(line)
    if not match:
        return None
    names = next(value for key, value in match.groupdict().items() if key.startswith("names") and value)
    parts = (outlet(part) for part in re.split(r"\s*[/,]\s*|\s+and\s+", names))
    return match.start(), tuple(part for part in parts if part)


def _named(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("agency"):
        return outlet(groups["agency"])
    words: list[str] = []
    for word in groups["name"].split(" "):
        proper = word[:1].isupper() or (word[:1].isdigit() and words) or ADDRESS.fullmatch(word)
        if not proper or word in _not_names():
            break
        words.append(word)
        if word.endswith(".") and not re.fullmatch(r"(?:\w\.)+", word):
            break
    name = " ".join(words).strip(" .'’-&")
    for length in range(len(words), 0, -1):  # a listed name wins over what is written behind it
        if known := outlet(" ".join(words[:length]).rstrip(".")):
            return known
    return name or None


@cache
def _agencies() -> frozenset[str]:
    return frozenset(
        spelling.lower()
        for data in page_data()
        for name, others in data.agencies.agencies.items()
        for spelling in (name, *others)
    )


@cache
def _media() -> dict[str, str]:
    return {
        spelling.lower(): name
        for data in page_data()
        for media in (data.agencies.outlets, data.agencies.agencies)
        for name, others in media.items()
        for spelling in (name, *others)
    }


@cache
def _not_names() -> frozenset[str]:
    return frozenset(name for data in page_data() for name in data.agencies.cite.not_names)


@cache
def any_medium() -> str:
    """Return a pattern of any listed medium, in any of its spellings (letters' case matters), longest first.

    The look at the first letter spares most places of a text the walk through all of them.
    """
    spellings = {
        spelling
        for data in page_data()
        for media in (data.agencies.outlets, data.agencies.agencies)
        for name, others in media.items()
        for spelling in (name, *others)
    }
    first = "".join(sorted(map(re.escape, {spelling[0] for spelling in spellings})))
    ordered = sorted(map(re.escape, spellings), key=lambda name: (-len(name), name))
    return f"(?-i:(?=[{first}])(?:{'|'.join(ordered)}))"


@cache
def _citations() -> tuple[re.Pattern[str], ...]:
    agency = rf"(?P<agency>{any_medium()})(?!\w)"
    return tuple(
        compile_any([pattern.replace("{agency}", agency).replace("{name}", NAME)], r"(?<!\w)(?:{})")
        for data in page_data()
        for pattern in data.agencies.cite.patterns
    )


@cache
def _credits() -> re.Pattern[str]:
    patterns = [pattern for data in page_data() for pattern in data.agencies.cite.credits]
    numbered = [
        pattern.replace("{agency}", any_medium()).replace("(?P<names>", f"(?P<names{number}>")
        for number, pattern in enumerate(patterns)
    ]
    return compile_any(numbered)
