"""Title phrases with their head last, as in English: `[body] modifiers HEAD [of body]`."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised
from kg.gazetteer import fold

# The longest title met in the wild has seven words ("assistant secretary of state for refugees and migration").
MAX_MODIFIERS = 7


class HeadLast:
    """Finds title and body around a head; `at` says which mention stands at a token, `sentence_end` its sentence."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        at: dict[int, Mention],
        sentence_end: dict[int, tuple[int, int]],
        named_field: Callable[[int], int | None],
    ) -> None:
        self._named_field = named_field  # where capitals that no list knows as a field lead to a name
        self.doc, self.lexicon, self.at, self.sentence_end = doc, lexicon, at, sentence_end
        self.possessive = lexicon.grammar.noun_phrase.possessive

    def read(self, start: int, end: int) -> tuple[int, int, tuple[int, int], Mention | None]:
        """Walk left over modifiers to the body, else right over "of" to it.

        Returns where the phrase begins and ends, the span of the title, and the body.
        """
        doc, left, body = self.doc, start, None
        floor = max(self.sentence_end[start][0], start - MAX_MODIFIERS)
        while left > floor:
            token = doc[left - 1]
            mention = self.at.get(left - 1)
            if mention is not None and mention.end <= left:
                if mention.type == "Organization" and mention.source == "recognised" and self._portfolio(mention, end):
                    mention.consumed, left = True, mention.start  # "Health and Welfare Minister" names a portfolio
                    continue
                if mention.type != "Person" and not (mention.type == "Organization" and self._seat(start, end)):
                    body = mention
                break
            if token.text in self.lexicon.grammar.noun_phrase.possessive:
                owner = self.at.get(left - 2)
                if owner is not None and owner.type != "Person":
                    body = owner
                    break
                if owner is None and left >= 2 and doc[left - 2].pos_ == "NOUN":
                    left -= 1  # "prime minister's spokesman": the possessive is part of the title
                    continue
                break
            if not self._title_word(left - 1):
                break
            left -= 1
        first = body.start if body else left
        right, title_end = end, end
        if body is not None and body.type == "Place" and not body.capital:
            fuller, right, title_end = self._of_body(end)
            if fuller is not None:  # "Middle East director at Human Rights Watch"
                return first, right, (first, title_end), fuller
            right = title_end = end
        if body is None:
            body, right, title_end = self._of_body(end)
        elif end < len(doc) and doc[end].lower_ in ("for", "to"):
            right = title_end = self._complement(end)  # "ambassador to the United Nations"
        return first, right, (left, title_end), body

    def _seat(self, start: int, end: int) -> bool:
        """Return whether a title is a seat, before which a party's name is no body: "Republican Senator X"."""
        return self.doc[start:end].text in self.lexicon.title_seats

    def _portfolio(self, mention: Mention, end: int) -> bool:
        words = self.doc[mention.start : mention.end]
        return (
            self.doc[end - 1].lower_ in ("minister", "secretary")
            and words[-1].text not in self.lexicon.org_last
            and not any(fold(t.text) in self.lexicon.names for t in words)
        )

    def _title_word(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in self.lexicon.title_strip or token.text in ("-", "&"):
            return token.lower_ not in ("the", "a", "an", "his", "her", "their", "its", "our")
        if token.lower_ == "and":
            return (
                i + 1 < len(self.doc)
                and self.doc[i - 1].pos_ in ("NOUN", "PROPN", "ADJ")
                and i - 1 not in self.at
                and (self.doc[i - 1].lower_ in self.lexicon.title_fields or capitalised(self.doc[i - 1]))
            )
        return token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in self.lexicon.title_fields

    def _of_body(self, end: int) -> tuple[Mention | None, int, int]:
        """Return the body after "of", the end of the phrase and the end of the title before "of"."""
        doc = self.doc
        limit = min(self.sentence_end[end - 1][1], end + MAX_MODIFIERS)
        i, title_end = end, end
        while i < limit:
            if doc[i].lower_ not in self.lexicon.title_of and doc[i].lower_ != "to":
                return None, title_end, title_end
            field = self._named_field(i + 1) if i + 1 < limit else None
            if field is not None and self.at[field].type == "Person":
                return None, field, field  # "Minister for Regional Growth and Rural Areas Mira Osei"
            j = i + 1
            while j < limit and doc[j].pos_ in ("DET", "ADJ", "NOUN", "PRON", "NUM") and j not in self.at:
                j += 1
            mention = self.at.get(j) if j < limit else None
            if mention is not None and mention.start == j and mention.type != "Person":
                foreign = doc[i].lower_ in ("to", "in") and mention.type == "Country"
                if foreign:  # an ambassador to X is not X's
                    return None, mention.end, mention.end
                if mention.type == "Organization" and doc[j : mention.end].text in self.lexicon.title_fields:
                    mention.consumed = True  # "Minister for Justice" names a portfolio
                    i = title_end = mention.end
                    continue
                kind_end = mention.end
                owned = (
                    self.at.get(mention.end + 1)
                    if kind_end + 1 < limit + 4 and mention.end < len(doc) and doc[mention.end].text in self.possessive
                    else None
                )
                if owned is not None and owned.type == "Organization" and owned.start == mention.end + 1:
                    mention, kind_end = owned, owned.end  # "secretary of Iran's Supreme National Security Council"
                beside = self.at.get(mention.end)
                if mention.kind == "demonym" and beside is not None and beside.type == "Place":
                    return beside, beside.end, title_end  # "president of Iraqi Kurdistan"
                if mention.kind == "demonym" or (
                    mention.type == "Country"
                    and doc[mention.end - 1].dep_ in ("compound", "amod", "nmod")
                    and doc[mention.end - 1].head.i > mention.end - 1
                ):
                    while (
                        kind_end < limit and doc[kind_end].pos_ in ("NOUN", "PROPN", "ADJ") and kind_end not in self.at
                    ):
                        kind_end += 1
                return mention, kind_end, title_end
            if mention is not None or j == i + 1:
                return None, title_end, title_end
            i = title_end = j  # "secretary of state for refugees": go on after the complement
            if i < limit and doc[i].lower_ == "and":
                i = title_end = min(i + 2, limit)
        return None, title_end, title_end

    def _complement(self, end: int) -> int:
        body, right, title_end = self._of_body(end)
        return right if body is not None else title_end
