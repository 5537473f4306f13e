"""A written passage with names in its slots → words, mentions and statements: an example for either training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain

from spacy.language import Language

from kg import specs
from kg.encoder import Marked
from kg.encoder.passages import Pieces, passages
from kg.extract.scored import directions
from kg.model import FACTUALITIES
from kg.nlp.language import blank
from kg.train.encoder.examples import Example, Key, number
from kg.train.encoder.slots import Name, Names, slot_lists
from kg.train.encoder.tagged import Tagged
from kg.train.encoder.written import SLOT, TYPES, Written

_STOPS, _QUOTES = frozenset({".", "!", "?", "//"}), frozenset({'"', "”"})
_SAID = {None: "full", "s": "short", "adj": "short", "cap": "capital"}
NAMING = ("name", "demonym")  # kinds of mention that are names


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in a slot: words from `start` to `end`, the slots meant, and how it refers to them."""

    start: int
    end: int
    ids: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A passage as a newspaper would print it, in words; `spaced` says before which there is a space."""

    written: Written
    words: list[str]
    spaced: list[bool]
    slots: list[Slot]

    def tagged(self) -> Tagged:
        """Return it for the training of names."""
        spans = {(s.start, s.end, TYPES[s.ids[0][0]], s.ids[0]) for s in self.slots if s.kind in NAMING}
        return Tagged(list(zip(self.words, self.spaced, strict=True)), sorted(spans), self.written.language)

    def example(self, cut: Pieces) -> Example:
        """Return it for the training of relations; of a very long one, what the encoder reads at a time."""
        sentences = sentence_numbers(self.words)
        starts = [i == 0 or sentences[i] != sentences[i - 1] for i in range(len(self.words))]
        passage = next(iter(passages(self.words, self.spaced, [(0, len(self.words))], starts, cut)))
        entities = {id_: i for i, id_ in enumerate(sorted(set(chain.from_iterable(s.ids for s in self.slots))))}
        mentions = [
            Marked(s.start, s.end, TYPES[id_[0]], s.kind, entities[id_], False, sentences[s.start])
            for s in self.slots
            for id_ in s.ids
            if s.end <= passage.end
        ]
        # What is said beyond the cut may be all that states it.
        beyond = set(chain.from_iterable(s.ids for s in self.slots if s.end > passage.end))
        stated: dict[Key, int | None] = {}
        for told in self.written.statements:
            sure = not told.optional and beyond.isdisjoint((told.subject, told.object))
            for subject, object_ in directions(told.relation, told.subject, told.object):
                key = (number(told.relation), entities[subject], entities[object_])
                stated[key] = FACTUALITIES.index(told.factuality) if sure else None
        return Example(passage, mentions, stated)


def fill(written: Written, names: Names) -> Filled:
    """Return the passage with names drawn for its slots."""
    drawn: dict[str, Name] = {}
    text, at = "", 0
    spans: list[tuple[int, int, tuple[str, ...], str]] = []
    for slot in SLOT.finditer(written.text):
        text += written.text[at : slot.start()]
        at = slot.end()
        ids = tuple(slot["ids"].split("+"))
        for id_ in ids:
            if id_[0] in TYPES and id_ not in drawn:
                taken = frozenset(word for name in drawn.values() for word in name.words)
                drawn[id_] = names.draw(id_[0], written.kinds.get(id_), taken)
        words = slot["words"] or getattr(drawn[ids[0]], _SAID[slot["form"]])
        if ids[0][0] in TYPES:
            spans.append((len(text), len(text) + len(words), ids, _kind(slot["words"], slot["form"], ids, written)))
        text += words
    text += written.text[at:]
    doc = _tokenizer(written.language)(text)
    # The word that a sign belongs to; a space belongs to the word before it.
    owner = [token.i for token in doc for _ in token.text_with_ws]
    slots = [Slot(owner[start], owner[end - 1] + 1, ids, kind) for start, end, ids, kind in spans if start < end]
    spaced = [token.i == 0 or bool(doc[token.i - 1].whitespace_) for token in doc]
    return Filled(written, [token.text for token in doc], spaced, slots)


def _kind(words: str | None, form: str | None, ids: tuple[str, ...], written: Written) -> str:
    if words is None:
        return "demonym" if form == "adj" else "name"
    if len(ids) > 1:
        return "pair"
    return "pronoun" if words.lower().lstrip("-") in _pronouns(written.language) else "title"


@cache
def _pronouns(language: str) -> frozenset[str]:
    actors = specs.language(language).actors
    several: str = slot_lists(language)["pronouns"]["plural"]
    return frozenset((*actors.pronouns_person, *actors.pronouns_speaker, *actors.pronouns_body, *several.split()))


@cache
def _tokenizer(language: str) -> Language:
    nlp = blank(language)
    nlp.max_length = 10**6
    return nlp


def sentence_numbers(words: list[str]) -> list[int]:
    """Return the number of each word's sentence: a passage ends its sentences plainly."""
    found, number_ = [], 0
    for i, word in enumerate(words):
        found.append(number_)
        closing = word in _QUOTES and i > 0 and words[i - 1] in _STOPS
        if word in _STOPS or closing:
            opens = i + 1 < len(words) and words[i + 1] not in _QUOTES
            number_ += opens
    return found
