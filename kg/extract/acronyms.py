"""Bodies that a text defines itself: "Joint Ministerial Commission (JMC)", "PPP (Partai Persatuan Pembangunan)".

Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003), cut down to
acronyms of initials, and to names in capitals: each letter of the acronym begins a word of the long form, in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import Mention, capitalised

# Letters of an acronym: one-letter ones are initials, longer ones are headlines.
LETTERS = range(2, 9)
# Words of the long form beyond the letters: small words ("of the") and words that give no letter.
SLACK = 5


def defined(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the long forms and their acronyms, wherever the acronyms stand in the text."""
    short: set[str] = set()
    words = surface_of(doc).text
    for i in range(1, len(doc) - 2):
        if words[i] != "(" or words[i + 2] != ")" or not _acronym(words[i + 1]):
            continue
        start = _long_form(doc, i, words[i + 1], lexicon)
        if start is None:
            continue
        labels = {e.label_ for e in doc.ents if (e.start < i and start < e.end) or e.start <= i + 1 < e.end}
        named = "ORG" in labels or lexicon.org_first.match(doc, start) or doc[i - 1].text in lexicon.org_last
        if "PER" in labels or not named:
            continue  # a person's initials; "Hak Asasi Manusia (HAM)" is no body
        short.add(words[i + 1])
        yield Mention(start, i, "name", "Organization", source="defined")
    for i, word in enumerate(words if short else ()):
        if word in short:
            yield Mention(i, i + 1, "name", "Organization", source="defined")


def _acronym(text: str) -> bool:
    """Say whether a word looks like an acronym; "AfCFTA" has small letters that its first word gives."""
    return text.isalpha() and text[0].isupper() and len(text) in LETTERS and 2 * len(_capitals(text)) > len(text)


def _capitals(text: str) -> list[str]:
    return [letter for letter in text if letter.isupper()]


def _long_form(doc: Doc, end: int, acronym: str, lexicon: Lexicon) -> int | None:
    """Return where the words before a bracket begin that spell its acronym, or None."""
    letters = _capitals(acronym)
    low = max(doc[end].sent.start, end - len(letters) - SLACK)
    i = end
    while letters and i > low:
        i -= 1
        token = doc[i]
        if not token.is_alpha and token.text not in ("-", "/", "&", "'s", "’s"):
            return None
        if capitalised(token):
            if token.text[0].upper() != letters[-1]:
                return None  # a capital that gives no letter belongs to another name
            letters.pop()
        elif len(token) > 4:
            return None  # a common word of some length ends the name
    if letters or i + 1 >= end or any(lexicon.titles.match(doc, k) for k in range(i, min(i + 2, end))):
        return None
    return i
