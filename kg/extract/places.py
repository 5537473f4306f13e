"""Where an event happens, as against where it was said: the locative phrase of its own clause."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.circumstances import chain, governor
from kg.extract.grammar import lemma
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention

# How many words may stand between a preposition and the place ("in the restive province of Diyala").
REACH = 6


class Places:
    """The places of one document's events."""

    def __init__(self, doc: Doc, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self.doc = doc
        self.speech = lexicon.speech.verbs
        self.seats = lexicon.seats
        self.inside = lexicon.grammar.clause.inside
        self.by_sentence: dict[int, list[tuple[Token, Mention]]] = {}
        for mention in mentions:
            if mention.kind == "name" and self.located(mention) and mention.entity >= 0:
                preposition = self.preposition(mention)
                if preposition is not None:
                    self.by_sentence.setdefault(doc[mention.start].sent.start, []).append((preposition, mention))

    def located(self, mention: Mention) -> bool:
        """Return whether a name is a place's, or a body's seat ("at the White House")."""
        text = self.doc[mention.start : mention.end].text
        return mention.type in ("Place", "Country") or (mention.type == "Organization" and text in self.seats)

    def preposition(self, mention: Mention) -> Token | None:
        """Return the preposition of place that governs a mention, or None."""
        start = self.doc[mention.start].sent.start
        for i in range(mention.left - 1, max(start - 1, mention.left - REACH), -1):
            token = self.doc[i]
            if token.lower_ in self.inside:
                return token
            beside = i == mention.left - 1 and token.text == "," and self.doc[i - 1].pos_ == "NOUN"
            if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN") and token.lower_ not in ("of", "-") and not beside:
                return None  # "di kompleks parlemen, Senayan" is at Senayan
        return None

    def of(self, trigger: Token, taken: set[int]) -> int | None:
        """Return the entity of the place of the event at a trigger, or None; `taken` are its participants."""
        happening = [t.i for t in chain(trigger, self.speech)]
        ranked = []
        for preposition, mention in self.by_sentence.get(trigger.sent.start, []):
            if mention.entity in taken:
                continue
            above = governor(self.doc[mention.start : mention.end].root, frozenset(happening))
            if lemma(above) in self.speech and above.i not in happening:
                continue  # where it was said
            if above.i in happening:
                ranked.append((happening.index(above.i), abs(preposition.i - trigger.i), mention.entity))
            elif preposition.i > trigger.i and not any(
                t.pos_ == "VERB" or t.text in (";", ":", ",") for t in self.doc[trigger.i + 1 : preposition.i]
            ):
                ranked.append((len(happening), abs(preposition.i - trigger.i), mention.entity))
        return min(ranked)[2] if ranked else None
