"""When an event happens, as against when it was said or published: the date expression of its own clause.

What its own clause leaves open, the report may tell: a headline's event has the day of the lead, and a happening told
right after a dated one, with no other time between, has that one's day.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.circumstances import chain, governor
from kg.extract.dates import find_dates
from kg.extract.grammar import lemma
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import headline_end

# Sentences over which a dated happening gives its day to those told after it: further on the report has moved.
TOLD_AFTER = 2
# Relations that are one happening on one day, as reports narrate them; support and accusations go on.
NARRATED = frozenset({"visits", "meets", "agreesWith"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression in a sentence: its head, value (None: unresolved), and whether it tells when it was said."""

    token: Token
    value: str | None
    said: bool


class Times:
    """The dates of one document's events."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self._found: dict[tuple[int, bool], str | None] = {}
        self.speech = frozenset(lexicon.speech["verbs"])
        self.open = frozenset(lexicon.time["open"])
        self.background = frozenset(lexicon.time["background"])
        self.sentences = list(doc.sents)
        self.number = {sentence.start: k for k, sentence in enumerate(self.sentences)}
        self.headline = headline_end(doc)
        published = doc.user_data["article"].published
        day = published.date() if published else None
        self.by_sentence: dict[int, list[Dated]] = {}
        last: str | None = None
        for sentence in self.sentences:
            for span in find_dates(sentence.text, lexicon.language, day):
                found = sentence.char_span(span.start, span.end, alignment_mode="expand")
                if found is None or self._is_open(found[0]):
                    continue
                value = last if span.kind == "same" else span.value
                if value and len(value) == len("2020-10-06"):
                    last = value
                said = self._says(governor(found.root, frozenset()))
                self.by_sentence.setdefault(sentence.start, []).append(Dated(found.root, value, said))

    def _says(self, verb: Token) -> bool:
        return lemma(verb) in self.speech or verb.lower_ in self.speech

    def _is_open(self, first: Token) -> bool:
        before = [self.doc[i] for i in range(max(first.sent.start, first.i - 2), first.i)]
        return any(t.lower_ in self.open for t in before)

    def of(self, trigger: Token, relation: str, *, asserted: bool, speech_act: bool) -> str | None:
        """Return the ISO date of the event at a trigger, or None when the text gives none for it.

        Of a `speech_act` the day on which it was said is the event's own.
        """
        key = (trigger.i, speech_act)
        if key not in self._found:
            dates = self.by_sentence.get(trigger.sent.start, [])
            found = self._nearest(trigger, [d for d in dates if d.value], speech_act)
            if found is None and asserted and not dates:
                found = self._lead(speech_act) if trigger.i < self.headline else self._told_before(trigger, relation)
            self._found[key] = found
        return self._found[key]

    def _nearest(self, trigger: Token, dates: list[Dated], speech_act: bool) -> str | None:
        happening = [t.i for t in chain(trigger, self.speech)]
        ranked = []
        for date in dates:
            token, value = date.token, date.value
            above = governor(token, frozenset(happening))
            if self._says(above) and above.i not in happening[:1]:
                if speech_act and len(dates) == 1:
                    ranked.append((len(happening) + 1, abs(token.i - trigger.i), value))
                continue  # when it was said
            if above.i in happening:
                ranked.append((happening.index(above.i), abs(token.i - trigger.i), value))
            elif len(dates) == 1 and above.dep_ not in ("acl:relcl", "acl") and self._same_clause(token, trigger):
                ranked.append((len(happening), abs(token.i - trigger.i), value))
        return min(ranked)[2] if ranked else None

    def _lead(self, speech_act: bool) -> str | None:
        """Return the day that the first sentence after the headline gives."""
        for sentence in self.sentences:
            if sentence.start >= self.headline:
                days = [d for d in self.by_sentence.get(sentence.start, []) if self._is_day(d)]
                return next((d.value for d in days if speech_act or not d.said), None)
        return None

    def _told_before(self, trigger: Token, relation: str) -> str | None:
        """Return the day of what was told just before, for a happening that goes on from it."""
        clause = [t for t in trigger.sent if t.i < trigger.i or t.head.i == trigger.i]
        if (
            relation not in NARRATED
            or trigger.dep_ in ("acl:relcl", "acl")
            or any(t.lower_ in self.background for t in clause)
        ):
            return None
        here = self.number[trigger.sent.start]
        for sentence in reversed(self.sentences[max(0, here - TOLD_AFTER) : here]):
            dates = self.by_sentence.get(sentence.start, [])
            if dates and sentence.start >= self.headline:
                return dates[0].value if len(dates) == 1 and self._is_day(dates[0]) and not dates[0].said else None
        return None

    @staticmethod
    def _is_day(date: Dated) -> bool:
        return date.value is not None and len(date.value) == len("2020-10-06")

    def _same_clause(self, token: Token, trigger: Token) -> bool:
        """Return whether no other verb and no clause boundary stands between: the parse lost the attachment."""
        low, high = sorted((token.i, trigger.i))
        between = self.doc[low + 1 : high]
        return not any(
            t.pos_ == "VERB" or t.text in (";", ":") or t.lower_ in ("yang", "who", "which", "bahwa", "that")
            for t in between
        )
