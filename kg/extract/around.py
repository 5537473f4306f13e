"""An event and a word elsewhere in the article → what stands between them, as names of features that a model weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.circumstances import chain, governor
from kg.extract.frames import Event
from kg.extract.grammar import VERBAL, case_of, one_of
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, headline_end

# Sentences before and after the event's in which its circumstances are looked for, whatever they name; sentences
# further away only where they name an end of the event.
BEFORE, AFTER = 3, 2
# Words between; beyond the last it is far.
_NEAR = (2, 5, 10, 20)
# Steps in the parse; beyond these the number tells nothing.
_STEPS = 6


class Around:
    """The sentences of one document, and whom each of them names."""

    def __init__(self, doc: Doc, words: Lexicon, mentions: Iterable[Mention]) -> None:
        self.doc, self.speech = doc, words.speech.verbs
        self.earlier, self.deictic = words.time.background, words.grammar.clause.deictic
        self.number = {sentence.start: k for k, sentence in enumerate(doc.sents)}
        self.headline = headline_end(doc)
        self.lead = next((k for start, k in self.number.items() if start >= self.headline), 0)
        self.named: dict[int, set[int]] = {}
        for mention in mentions:
            self.named.setdefault(self.sentence(doc[mention.start]), set()).update(mention.group or (mention.entity,))

    def sentence(self, token: Token) -> int:
        """Return the number of a token's sentence."""
        return self.number[token.sent.start]

    def event(self, event: Event) -> Iterator[str]:
        """Yield what holds of the event itself."""
        trigger = event.trigger
        yield event.relation
        yield event.factuality
        yield f"{event.relation} {event.factuality}"
        yield "verb" if trigger.pos_ in VERBAL else "noun"
        here = self.sentence(trigger)
        yield "in headline" if trigger.i < self.headline else "in lead" if here == self.lead else "in text"
        if self.background(event):
            yield "background"
        if self.there(event):
            yield "there"
        yield from (f"tense {tense}" for tense in trigger.morph.get("Tense", []))

    def background(self, event: Event) -> bool:
        """Return whether the event's sentence tells what came before the day of the report."""
        return any(t.lower_ in self.earlier for t in event.trigger.sent)

    def there(self, event: Event) -> bool:
        """Return whether the event's sentence points to a place told before."""
        return any(t.lower_ in self.deictic for t in event.trigger.sent)

    def near(self, event: Event, token: Token) -> bool:
        """Return whether a word stands where a circumstance of the event may."""
        sentence = self.sentence(token)
        apart = sentence - self.sentence(event.trigger)
        ends = {event.subject, event.object}
        return -BEFORE <= apart <= AFTER or sentence <= self.lead or ends <= self.named.get(sentence, set())

    def where(self, event: Event, token: Token, at: int) -> Iterator[str]:
        """Yield how a phrase, with its head and its first word, stands to the event."""
        sentence = self.sentence(token)
        apart = sentence - self.sentence(event.trigger)
        of_headline = event.trigger.i < self.headline
        if at < self.headline or sentence == self.lead:
            yield "from headline" if at < self.headline else "from lead"
            if of_headline:
                yield "headline's, from lead"
        if apart:
            clipped = max(-BEFORE - 1, min(AFTER + 1, apart))
            yield f"apart {clipped}"
            named = self.named.get(sentence, set())
            ends = "both" if {event.subject, event.object} <= named else "one"
            ends = ends if {event.subject, event.object} & named else "neither"
            yield f"names {ends}"
            return
        yield from self._beside(event, token, at)

    def _beside(self, event: Event, token: Token, at: int) -> Iterator[str]:
        trigger = event.trigger.i
        low, high = sorted((at, trigger))
        side = "later" if at > trigger else "earlier"
        yield side
        reach = next((f"within {n}" for n in _NEAR if high - low <= n), "far")
        yield f"{side} {reach}"
        between = self.doc[low + 1 : high]
        yield f"verbs {min(sum(t.pos_ in VERBAL for t in between), 2)}"
        if any(t.text in (";", ":", ",") for t in between):
            yield "comma"
        ends = (event.subject_mention.start, event.object_mention.start)
        yield "between ends" if min(ends) < at < max(ends) else "beyond ends" if at > max(ends) else "before ends"
        yield f"case {case_of(token)}"
        yield f"path {self._path(token, event.trigger)}"
        happening = [t.i for t in chain(event.trigger, self.speech)]
        over = governor(token, frozenset(happening))
        above = "saying" if one_of(over, self.speech) else "another"
        governed = str(min(happening.index(over.i), 2)) if over.i in happening else above
        yield f"governed {governed}"
        yield f"as {token.dep_}"
        yield f"as {token.dep_} governed {governed}"

    @staticmethod
    def _path(token: Token, trigger: Token) -> int:
        """Return the steps from one word to the other in the parse."""
        up = {t.i: n for n, t in enumerate((token, *token.ancestors))}
        for n, above in enumerate((trigger, *trigger.ancestors)):
            if above.i in up:
                return min(n + up[above.i], _STEPS)
        return _STEPS
