"""What somebody says that an article says → where it stands there: names, and the sentence of a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg import nlp
from kg.gazetteer import country, fold, names
from kg.model import Article, Evidence

# What is typed in place of what is printed, sign for sign, so that places stay.
_SIGNS = str.maketrans("‘’‚‛“”„‟«»–—−", '\'\'\'\'""""""---')


class Text:
    """The lines of an article, searched for names and quotations, whatever the blanks, quotation marks and dashes."""

    def __init__(self, lines: Sequence[nlp.Line]) -> None:
        self._lines = lines
        self._plain = [_plain(line.text) for line in lines]
        self._lower = "\n".join(self._plain).casefold()

    def has(self, name: str) -> bool:
        """Say whether the text has a name as whole words, in any case."""
        wanted = re.escape(" ".join(_plain(name).split()).casefold())
        return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", self._lower) is not None

    def find(self, quotation: str) -> tuple[nlp.Line, int, int] | None:
        """Return the line in which a quotation stands, word for word, and where; None where none has it."""
        wanted = " ".join(_plain(quotation).split())
        if wanted:
            for line, plain in zip(self._lines, self._plain, strict=True):
                at = plain.find(wanted)
                if at >= 0:
                    return line, at, at + len(wanted)
        return None

    def evidence(self, article: Article, quotation: str) -> Evidence | None:
        """Return the whole sentences that a quotation is of, as the article has them; None where it has not."""
        found = self.find(quotation)
        return nlp.evidence(article, *found) if found else None


def country_code(named: Iterable[str], given: str | None, language: str) -> str | None:
    """Return the ISO code of the country that one of the names means, also by its people or its capital.

    Else it is the given code, if there is such a country.
    """
    known = names(language)
    for name in named:
        meant = known.get(fold(name))
        if meant is not None and meant.kind in ("country", "demonym", "capital"):
            return meant.iso
        if iso := country(name):
            return iso
    code = (given or "").upper()
    return code if any(code == meant.iso for meant in known.values() if meant.kind == "country") else None


def _plain(text: str) -> str:
    return text.translate(_SIGNS)
