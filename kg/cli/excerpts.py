"""A sentence cut to a width, around the words that matter; each end that is cut is marked, and no word is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

CUT = "…"
WORD, NAME = 5, 1  # what a word that tells the relation weighs, and one of a name
SHORTEST = 3  # letters of a name's word that is looked for


def shortened(text: str, width: int) -> str:
    """Return a text cut to a width at its end, marked where it is cut."""
    return text if _wide(text) <= width else _cut(text, width)


def excerpt(text: str, width: int, *, triggers: Iterable[str] = (), names: Iterable[str] = ()) -> str:
    """Return the part of a sentence that has most of the triggers and of the names' words; the first of several.

    `triggers` are in small letters. Control characters, line breaks among them, are blanks.
    """
    text = " ".join(text.split())
    if _wide(text) <= width:
        return text
    words = text.split(" ")
    wanted = {word for name in names for word in _bare(name) if len(word) >= SHORTEST}
    single, phrases = _triggers(triggers)
    plain = [" ".join(_bare(word)) for word in words]
    weights = [WORD * (word in single) + NAME * bool(set(word.split()) & wanted) for word in plain]
    for at in range(len(plain)):
        for phrase in phrases.get(plain[at].partition(" ")[0], ()):
            if plain[at : at + len(phrase)] == phrase:
                weights[at] += WORD
    first, last = _window([_wide(word) for word in words], weights, width)
    shown = " ".join(words[first : last + 1])
    if _wide(shown) + (first > 0) + (last < len(words) - 1) > width:  # one word that is longer than the column
        return _cut(shown, width)
    return f"{CUT if first else ''}{shown}{CUT if last < len(words) - 1 else ''}"


@cache
def triggers(relations: frozenset[str]) -> frozenset[str]:
    """Return the words of every language that tell one of these relations, in all their forms, in small letters."""
    from kg.ask.lexicon import lexicon
    from kg.ask.words import LANGUAGES

    return frozenset(
        " ".join(phrase)
        for language in LANGUAGES
        for phrase, meanings in lexicon(language).items()
        if any(meaning.name in relations and meaning.tag in ("R", "P", "N", "A") for meaning in meanings)
    )


def relations_of(sparql: str) -> frozenset[str]:
    """Return the relations that a query names, by their properties, inverses or classes of events."""
    from kg.vocab import ontology

    named = set(re.findall(r"\w*:(\w+)", sparql))
    return frozenset(
        name for name, one in ontology().relations.items() if named & {name, one.event_class, one.inverse or name}
    )


def _triggers(given: Iterable[str]) -> tuple[set[str], dict[str, list[list[str]]]]:
    """Return the triggers of one word, and those of several by their first."""
    single, phrases = set[str](), dict[str, list[list[str]]]()
    for trigger in given:
        first, *rest = trigger.split()
        if rest:
            phrases.setdefault(first, []).append([first, *rest])
        else:
            single.add(first)
    return single, phrases


def _window(widths: list[int], weights: list[int], width: int) -> tuple[int, int]:
    """Return the first and the last word of the heaviest run that fits with its marks, its weight near its middle."""
    best, found = (-1, 0), (0, 0)
    last, used = -1, -1
    for first in range(len(widths)):
        if last < first:
            last, used = first, widths[first]
        while last + 1 < len(widths) and used + 1 + widths[last + 1] <= width - (first > 0) - (last + 2 < len(widths)):
            last += 1
            used += 1 + widths[last]
        run = weights[first : last + 1]
        heavy = [at for at, weight in enumerate(run) if weight]
        aside = abs(heavy[0] + heavy[-1] - (len(run) - 1)) if heavy else 2 * first
        if (sum(run), -aside) > best:
            best, found = (sum(run), -aside), (first, last)
        if last == len(widths) - 1:  # what begins later only has less
            break
        used -= widths[first] + 1
    return found


def _cut(text: str, width: int) -> str:
    from rich.cells import set_cell_size

    part = set_cell_size(text, max(width - 1, 0)).rstrip()
    if text[len(part) : len(part) + 1].strip():  # in the middle of a word, which goes as a whole where enough is left
        whole = part.rpartition(" ")[0].rstrip()
        part = whole if 2 * _wide(whole) >= width else part
    return part + CUT


def _wide(text: str) -> int:
    return _measure()(text)


@cache
def _measure() -> Callable[[str], int]:
    from rich.cells import cell_len

    return cell_len


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-.]\w+)*", text.casefold())
