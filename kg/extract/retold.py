"""Event nouns that point back: "flew to Jordan for some of the talks" is part of talks told before, and of their day.

Event coreference, for dates alone: the noun leads to the last dated trigger of its relation in the text before it.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.extract.grammar import VERBAL, case_of, children, lemma
from kg.extract.lexicon import Lexicon
from kg.extract.triggers import matching

# Sentences back for a noun without an article, where the language has none: further back it may be another event.
BARE_REACH = 2


def definite(noun: Token, lexicon: Lexicon) -> bool:
    """Return whether a determiner marks a noun as known: "the fighting", "bentrokan itu"."""
    words = lexicon.actors.definite
    beside = noun.doc[noun.i + 1] if lexicon.title_first and noun.i + 1 < len(noun.doc) else None
    return any(c.lower_ in words for c in noun.children) or (beside is not None and beside.lower_ in words)


class Retold:
    """Finds the date of what an event's clause points back to; `own` gives the date that a trigger's clause has."""

    def __init__(self, doc: Doc, lexicon: Lexicon, own: Callable[[Token], str | None]) -> None:
        self.doc, self.lexicon, self.own = doc, lexicon, own
        self.light = lexicon.grammar.clause.light
        marks = lexicon.factuality.marks
        self.cases = marks.adjunct_case | marks.purpose_case

    def date(self, trigger: Token) -> str | None:
        """Return the date of the happening that a noun in the trigger's clause points back to, or None."""
        for noun in self._nouns(trigger):
            relations = {t.relation for t in matching(noun, self.lexicon.language) if t.kind.happening}
            if relations:
                found = self._before(noun, relations)
                if found is not None:
                    return found
        return None

    def _nouns(self, trigger: Token) -> list[Token]:
        """Return the nouns of purpose and circumstance in a clause: "for the talks", "untuk melakukan perundingan"."""
        found = [t for t in children(trigger, "obl", "nmod") if case_of(t).split(" ")[0] in self.cases]
        for clause in children(trigger, "advcl", "xcomp"):
            if clause.pos_ in VERBAL and {lemma(clause), clause.lower_} & self.light:
                found += children(clause, "obj")
        return found + [part for t in found for part in children(t, "nmod")]  # "some of the talks"

    def _before(self, noun: Token, relations: set[str]) -> str | None:
        known = definite(noun, self.lexicon)
        if not known and not self.lexicon.title_first:
            return None
        sentences = 0
        for i in range(noun.sent.start - 1, -1, -1):
            token = self.doc[i]
            if any(t.relation in relations for t in matching(token, self.lexicon.language)):
                found = self.own(token)
                if found is not None:
                    return found
            sentences += bool(token.is_sent_start)
            if not known and sentences >= BARE_REACH:
                return None
        return None
