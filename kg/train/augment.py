"""Sentences → more sentences: headlines, other quotation marks, no final stop. The trees stay as they are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from copy import deepcopy

from kg.train.conllu import Sentence

# Not capitalised in headlines.
_SMALL = frozenset({
    "di", "ke", "dari", "dan", "atau", "yang", "untuk", "dengan", "pada", "oleh", "of", "the", "a", "an", "in",
    "on", "at", "to", "and", "or", "for", "with", "by", "from",
})  # fmt: skip


def augmented(sentences: Iterable[Sentence], *, share: float = 0.1, seed: int = 0) -> Iterator[Sentence]:
    """Yield every sentence, and for each variant a `share` of them again in it."""
    rng = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    for sentence in sentences:
        yield sentence
        for variant in (headline, curly_quotes, without_stop):
            if rng.random() < share and (made := variant(sentence)):
                yield made


def headline(sentence: Sentence) -> Sentence | None:
    """Return the sentence as a headline: "Menlu Turki Akan Bertemu Presiden", or None where it is too long for one."""
    if len(sentence.words) > 16:
        return None
    made = without_stop(sentence) or deepcopy(sentence)
    for word in made.words:
        if word.text.lower() not in _SMALL or word is made.words[0]:
            word.text = word.text[:1].upper() + word.text[1:]
    return made


def curly_quotes(sentence: Sentence) -> Sentence | None:
    """Return the sentence with “ ” for straight quotation marks, None where it has none."""
    if not any(w.text == '"' for w in sentence.words):
        return None
    made = deepcopy(sentence)
    is_open = False
    for word in made.words:
        if word.text == '"':
            is_open = not is_open
            word.text = "“" if is_open else "”"
    return made


def without_stop(sentence: Sentence) -> Sentence | None:
    """Return the sentence without its final full stop, None where it has none or something hangs from it."""
    last = len(sentence.words) - 1
    if last < 1 or sentence.words[last].text != "." or any(w.head == last for w in sentence.words):
        return None
    made = deepcopy(sentence)
    made.words.pop()
    return made
