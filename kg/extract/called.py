"""Names that an article itself says are one actor's: "Name (SHORT)", "Name alias Other".

Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the letters
of the short form stand in the long one in their order, the first of them at the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.joins import GUESSED
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention

# Letters of a body's acronym; longer words in capitals are headlines.
LONGEST = 8
# Letters of a person's, as charges and reports have them: "(FJ)"; one letter is a party or an age, more are a body's.
OF_PERSON = range(2, 5)


def explained(doc: Doc, names: Sequence[Mention], lexicon: Lexicon) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pairs of names, of different entities, of which the text says that they are one's."""
    single = {doc[m.start].text: m for m in reversed(names) if m.end - m.start == 1}
    for first, second in pairwise(names):
        told = _in_bracket(doc, first, second) and (_short_of(doc, second, first) or _long_of(doc, first, second))
        person = first.type == "Person" and second.source in GUESSED
        if told or (person and _alias(doc, first, second, lexicon)):
            yield first, second
    for first in names:  # the recogniser took the bracket into the name, and has the short form elsewhere
        if first.end + 2 < len(doc) and doc[first.end].text == "(" and doc[first.end + 2].text == ")":
            other = single.get(short := doc[first.end + 1].text)
            named = abbreviates(short, doc[first.start : first.end].text)
            if other is not None and named and _short_of(doc, other, first):
                yield first, other


def _in_bracket(doc: Doc, first: Mention, second: Mention) -> bool:
    return (
        second.start == first.end + 1
        and doc[first.end].text == "("
        and second.end < len(doc)
        and doc[second.end].text == ")"
    )


def _short_of(doc: Doc, second: Mention, first: Mention) -> bool:
    """Say whether what a bracket behind a name holds is short for it: an acronym, or a person's initials."""
    short, long = doc[second.start : second.end].text, doc[first.start : first.end].text
    if first.iso or second.iso:
        return False
    if first.type == "Person":
        guessed = second.source in GUESSED  # "(PDI)" is a party
        return guessed and short.isupper() and len(short) in OF_PERSON and abbreviates(short, long)
    return len(short) <= LONGEST and (
        short.isupper() or (sum(map(str.isupper, short)) > 1 and abbreviates(short, long))
    )


def _long_of(doc: Doc, first: Mention, second: Mention) -> bool:
    """Say whether a bracket gives a person's initials their name: "FJ (Full Johnson)"."""
    return second.type == "Person" and first.source in GUESSED and _short_of(doc, first, second)


def abbreviates(short: str, long: str) -> bool:
    """Say whether the letters of a short form stand in a long one in order, the first at the beginning of a word."""
    letters, text = short.casefold(), long.casefold()
    at = len(text)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (text[at] != letters[place] or (not place and at and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return True


def _alias(doc: Doc, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """Say whether nothing but a word for "also called" stands between two names."""
    between = " ".join(t.lower_ for t in doc[first.end : second.start] if t.text not in _MARKS)
    return between in lexicon.actors.also_called


_MARKS = frozenset({",", "(", '"', "'", "“", "‘", "«"})
