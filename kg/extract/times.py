"""When an event happens, as against when it was said or published: the date expression of its own clause."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.circumstances import chain, governor
from kg.extract.dates import find_dates
from kg.extract.grammar import lemma
from kg.extract.lexicon import Lexicon


class Times:
    """The dates of one document's events."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self._found: dict[int, str | None] = {}
        self.speech = frozenset(lexicon.speech["verbs"])
        self.open, self.begin = frozenset(lexicon.time["open"]), frozenset(lexicon.time["begin"])
        published = doc.user_data["article"].published
        day = published.date() if published else None
        self.by_sentence: dict[int, list[tuple[Token, str]]] = {}
        for sentence in doc.sents:
            for span in find_dates(sentence.text, lexicon.language, day):
                found = sentence.char_span(span.start, span.end, alignment_mode="expand")
                if span.value and found is not None and not self._is_open(found[0]):
                    self.by_sentence.setdefault(sentence.start, []).append((found.root, span.value))

    def _is_open(self, first: Token) -> bool:
        before = [self.doc[i] for i in range(max(first.sent.start, first.i - 2), first.i)]
        return any(t.lower_ in self.open for t in before)

    def of(self, trigger: Token) -> str | None:
        """Return the ISO date of the event at a trigger, or None when the sentence gives none for it."""
        dates = self.by_sentence.get(trigger.sent.start, [])
        if not dates:
            return None
        if trigger.i not in self._found:
            self._found[trigger.i] = self._nearest(trigger, dates)
        return self._found[trigger.i]

    def _nearest(self, trigger: Token, dates: list[tuple[Token, str]]) -> str | None:
        happening = [t.i for t in chain(trigger, self.speech)]
        ranked = []
        for token, value in dates:
            above = governor(token, frozenset(happening))
            if lemma(above) in self.speech and above.i not in happening[:1]:
                continue  # when it was said
            if above.i in happening:
                ranked.append((happening.index(above.i), abs(token.i - trigger.i), value))
            elif len(dates) == 1 and above.dep_ not in ("acl:relcl", "acl") and self._same_clause(token, trigger):
                ranked.append((len(happening), abs(token.i - trigger.i), value))
        return min(ranked)[2] if ranked else None

    def _same_clause(self, token: Token, trigger: Token) -> bool:
        """Return whether no other verb and no clause boundary stands between: the parse lost the attachment."""
        low, high = sorted((token.i, trigger.i))
        between = self.doc[low + 1 : high]
        return not any(
            t.pos_ == "VERB" or t.text in (";", ":") or t.lower_ in ("yang", "who", "which", "bahwa", "that")
            for t in between
        )
