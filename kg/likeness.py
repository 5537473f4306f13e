"""How alike two names are: folded, by their words in any order, and by their initials. Pure, for single pairs.

What is compared is a name as somebody writes it in a table and a name as a newspaper prints it: in other case and
without accents, the family name first, with initials, or as an acronym. What the two have in common is told as
features from 0 to 1, and `likeness` weighs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process, utils
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_set_ratio

_LETTERS = str.maketrans("ıøłđ", "iold")  # accents to a reader, letters to Unicode
_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"\b(?:\w\.){2,}")  # "U.N."
_ARTICLES = ("the ",)
# A name within another ("Ilham" in "Ilham Aliyev") may be somebody else's: it counts little more than half.
PART = 0.6
# As an acronym stands for many bodies, less than a name does.
INITIALS = 0.85
# Another spelling is at most this sure, and a name with another word in it ("luar" and "dalam") at most that.
SPELT, OTHER_WORD = 0.97, 0.8
# Jaro-Winkler of two spellings of a word: "zelenskiy" and "zelensky" have 0.98, "putin" and "pushkin" 0.83.
SAME_WORD = 0.87


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """Return a name in small letters without accents, points and article: "The U.N." and "UN" are both "un"."""
    plain = name.replace("’", "'")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = _ACRONYM.sub(lambda found: found[0].replace(".", ""), plain).casefold().translate(_LETTERS)
    words = " ".join(_WORD.findall(plain.replace("'", "")))
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words


def initials(name: str) -> set[str]:
    """Return what a folded name's words begin with: of all, and of those that have more than three letters.

    Acronyms pass over small words in some names, and not in others, whatever the language.
    """
    words = name.split()
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words if len(word) > least) for least in (0, 3)} - {""}


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; 1 only where they are the same once folded.

    >>> likeness("Türkiye", "turkiye"), likeness("Aliyev, Ilham", "Ilham Aliyev")
    (1.0, 0.98)
    """
    one, other = folded(one), folded(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    words = [sorted(one.split()), sorted(other.split())]
    if words[0] == words[1]:
        return 0.98  # the same words in another order
    short, long = sorted((one, other), key=len)
    if " " not in short and len(short) > 1 and short in initials(long):
        return INITIALS
    part = PART + 0.25 * len(short) / len(long) if token_set_ratio(one, other) == 100 else 0.0
    spelt = JaroWinkler.similarity(" ".join(words[0]), " ".join(words[1]))
    # Jaro-Winkler gives a half to any two names: what is above that is the likeness
    alike = max(0.0, 2 * max(spelt, JaroWinkler.similarity(one, other)) - 1)
    most = SPELT if all(_has_counterpart(word, words[1]) for word in words[0]) else OTHER_WORD
    return round(max(min(alike, most), part), 4)


def nearest(name: str, names: Collection[str], most: int) -> list[str]:
    """Return those of many names that are spelt most like one, the nearest first; some 0.1 s for 100,000 names."""
    found = process.extract(
        name, names, scorer=JaroWinkler.similarity, processor=utils.default_process, limit=most, score_cutoff=0.5
    )
    return [each for each, *_ in found]


def _has_counterpart(word: str, others: list[str]) -> bool:
    """Say whether a word may be another spelling of one of the others: "luar" is none of "dalam"."""
    return any(JaroWinkler.similarity(word, other) >= SAME_WORD for other in others)
