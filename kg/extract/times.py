"""When an event happens, as against when it was said or published: the date expression of its own clause.

What its own clause leaves open, the report may tell: a headline's event has the day of the lead, and a happening told
right after a dated one, with no other time between, has that one's day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from kg.extract.circumstances import chain, governor
from kg.extract.dates import find_dates, may_tell
from kg.extract.grammar import VERBAL, children, one_of
from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import headline_end
from kg.extract.retold import Retold
from kg.specs import Relation

# Length of a date that is precise to the day.
DAY = len("2020-10-06")
# Sentences over which a dated happening gives its day to those told after it: further on the report has moved.
TOLD_AFTER = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression in a sentence: its head, value (None: unresolved), and whether it tells when it was said."""

    token: Token
    value: str | None
    said: bool
    weekday: bool = False
    start: bool = False  # "since 2015": no date but for the start of a fight


class Times:
    """The dates of one document's events."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self._found: dict[tuple[int, str, str], str | None] = {}
        self.speech = lexicon.speech.verbs
        self.open, self.since = lexicon.time.open, lexicon.time.since
        self.background = lexicon.time.background
        self.sentences = list(doc.sents)
        self.number = {sentence.start: k for k, sentence in enumerate(self.sentences)}
        self.headline = headline_end(doc)
        published = doc.user_data["article"].published
        day = self.published = published.date() if published else None
        self.by_sentence: dict[int, list[Dated]] = {}
        begin = lexicon.time.begin
        self.retold = Retold(doc, lexicon, self._own)
        last: str | None = None
        words = surface_of(doc)
        for sentence in self.sentences:
            if not may_tell(words.lower[sentence.start : sentence.end], lexicon.language):
                continue
            for span in find_dates(words.span(sentence.start, sentence.end), lexicon.language, day):
                found = sentence.char_span(span.start, span.end, alignment_mode="expand")
                if found is None or found.root.ent_type_:
                    continue  # a year in a name: "the 1920 Revolution Brigades"
                opens = self._before(found[0]) & self.open
                if one_of(found.root.head, begin):
                    opens = set()  # "began in", "dimulai sejak": when it was
                if opens and not opens & self.since:
                    continue
                value = shifted(last, span.shift) if span.kind == "same" else span.value
                if value and len(value) == DAY and not opens:
                    last = value
                said = self._says(governor(found.root, frozenset())) and not self._ahead(value)
                self.by_sentence.setdefault(sentence.start, []).append(
                    Dated(found.root, value, said, span.kind == "weekday", bool(opens))
                )

    def _says(self, verb: Token) -> bool:
        return one_of(verb, self.speech)

    def _before(self, first: Token) -> set[str]:
        return {self.doc[i].lower_ for i in range(max(first.sent.start, first.i - 2), first.i)}

    def _ahead(self, value: str | None) -> bool:
        """Return whether a date lies after publication: nothing was said then, so it is the event's."""
        return self.published is not None and value is not None and value > self.published.isoformat()[: len(value)]

    def of(self, trigger: Token, relation: Relation, *, factuality: str) -> str | None:
        """Return the ISO date of the event at a trigger, or None when the text gives none for it.

        Of an act of speech the day on which it was said is the event's own.
        """
        key, speech_act = (trigger.i, relation.relation, factuality), relation.speech_act
        if key not in self._found:
            dates = self.by_sentence.get(trigger.sent.start, [])
            fits = [d for d in dates if d.value and (not d.start or relation.dated_by_start)]
            found = self._nearest(trigger, fits, speech_act)
            if found is not None and factuality == "planned":
                found = self._next(found, fits)
            if found is None and factuality == "asserted":
                found = self._told(trigger, relation) if not dates else None
                found = found or (None if speech_act else self.retold.date(trigger))
            self._found[key] = found
        return self._found[key]

    def _told(self, trigger: Token, relation: Relation) -> str | None:
        """Return the day that the report gives an event whose sentence names no time."""
        return self._lead(relation.speech_act) if trigger.i < self.headline else self._told_before(trigger, relation)

    def _own(self, token: Token) -> str | None:
        """Return the date that a trigger's own clause gives, whoever takes part."""
        dates = self.by_sentence.get(token.sent.start, [])
        return self._nearest(token, [d for d in dates if d.value and not d.start], speech_act=False)

    def next_of(self, dated: Dated, value: str) -> str:
        """Return the day that an expression names for what is still to come."""
        return self._next(value, [dated])

    def _next(self, value: str, dates: list[Dated]) -> str:
        """Return the next such day where a weekday tells of what is still to come: "is due on Friday"."""
        plain = any(d.value == value and d.weekday for d in dates)
        if not plain or self.published is None or value >= self.published.isoformat():
            return value
        return (date.fromisoformat(value) + timedelta(days=7)).isoformat()

    def _nearest(self, trigger: Token, dates: list[Dated], speech_act: bool) -> str | None:
        happening = [t.i for t in chain(trigger, self.speech)]
        if trigger.pos_ not in VERBAL:  # "a summit that was planned for April 3"
            happening += [t.i for t in children(trigger, "acl:relcl", "acl")]
        ranked = []
        for dated in dates:
            token, value = dated.token, dated.value
            if dated.said and not speech_act:
                continue
            above = governor(token, frozenset(happening))
            if dated.said and above.i not in happening[:1]:
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

    def _told_before(self, trigger: Token, relation: Relation) -> str | None:
        """Return the day of what was told just before, for a happening that goes on from it."""
        clause = [t for t in trigger.sent if t.i < trigger.i or t.head.i == trigger.i]
        if (
            not relation.narrated
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
    def _is_day(dated: Dated) -> bool:
        return dated.value is not None and len(dated.value) == DAY

    def _same_clause(self, token: Token, trigger: Token) -> bool:
        """Return whether no other verb and no clause boundary stands between: the parse lost the attachment."""
        low, high = sorted((token.i, trigger.i))
        between = self.doc[low + 1 : high]
        return not any(
            t.pos_ == "VERB" or t.text in (";", ":") or t.lower_ in ("yang", "who", "which", "bahwa", "that")
            for t in between
        ) and not (token.i > trigger.i and token.nbor(-1).text == "," and self._begins(token))

    def _begins(self, token: Token) -> bool:
        """Return whether a verb follows a date: "…, besok terbang ke Y" dates what comes."""
        return token.i + 1 < token.sent.end and self.doc[token.i + 1].pos_ in VERBAL


def shifted(day: str | None, days: int) -> str | None:
    """Return the day so many days after another ("the next day"), ISO 8601."""
    return day and (date.fromisoformat(day) + timedelta(days=days)).isoformat()
