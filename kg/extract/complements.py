"""What stands between the body of a title phrase and its holder: "head of Y's armed wing in Z (ABC), | X"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised

# Words that such complements may have altogether: "of the Legislative Council's committee on housing and planning".
REACH = 9
# Words of a short form in brackets: "(BDI)", "(Bawaslu RI)".
SHORT = 4


class Complements:
    """Reads on behind the bodies of title phrases in one document; `at` says which mention stands at a token."""

    def __init__(self, doc: Doc, lexicon: Lexicon, at: Mapping[int, Mention]) -> None:
        self.doc, self.lexicon, self.at = doc, lexicon, at

    def ends(self, end: int, upper: int) -> Iterator[int]:
        """Yield the places where a title phrase that reaches `end` may end as well, nearest first, before `upper`."""
        i, limit = end, min(upper, end + REACH)
        while i < limit:
            step = self.bracket(i, limit) or self.ordinal(i, limit) or self._noun(i) or self._relation(i, limit)
            if step is None:
                return
            i = step
            yield i

    def bracket(self, i: int, upper: int) -> int | None:
        """Return the end of a short form in brackets: "Federation of German Industries | (BDI)"."""
        if i >= upper or self.doc[i].text != "(":
            return None
        close = next((k for k in range(i + 2, min(i + SHORT + 2, upper)) if self.doc[k].text == ")"), None)
        return None if close is None else close + 1

    def ordinal(self, i: int, upper: int) -> int | None:
        """Return the end of an ordinal: "Presiden | ke-7 | RI", "Wakil Presiden RI | ke-10 dan 12"."""
        k = i
        while k < upper and k not in self.at and self._counts(k, i):
            k += 1
        return k if k > i and self.doc[k - 1].lower_ not in self.lexicon.grammar.clause.and_words else None

    def _counts(self, k: int, first: int) -> bool:
        """Return whether a word is of an ordinal that begins at `first`: "ke-7", "ke 5", "ketujuh", "ke-10 dan 12"."""
        word = self.doc[k].lower_
        head, dash, number = word.partition("-")
        if k > first and (word.isdigit() or dash == word or word in self.lexicon.grammar.clause.and_words):
            return True
        if head not in self.lexicon.title_ordinals:
            return False
        prefix = head == self.lexicon.title_ordinal_prefix
        return number.isdigit() if dash and number else not prefix or self.doc[k + 1 : k + 2].text.strip("-").isdigit()

    def _noun(self, i: int) -> int | None:
        """Return the end of a word of the body's own kind: "the UK's | counter terror police"."""
        token = self.doc[i]
        if i in self.at:
            return None
        if token.text in self.lexicon.grammar.noun_phrase.possessive:
            return i + 1
        field = self.lexicon.title_fields.match(self.doc, i)
        if field is not None:
            return field
        return i + 1 if token.pos_ in ("NOUN", "ADJ") and not capitalised(token) else None

    def _relation(self, i: int, upper: int) -> int | None:
        """Return the end of a preposition with a name: "special envoy of Y | to West Africa"."""
        if self.doc[i].lower_ not in self.lexicon.title_of and self.doc[i].lower_ != "to":
            return None
        k = i + 1
        while k < upper and k not in self.at and self.doc[k].pos_ in ("DET", "ADJ", "NOUN"):
            k += 1
        mention = self.at.get(k)
        if mention is None or mention.start != k or mention.type == "Person":
            return None
        return mention.end
