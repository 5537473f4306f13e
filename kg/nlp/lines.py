"""Article → its paragraphs as lines of plain text, cut into sentences without a model, for readers other than ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.language import Language

import kg.nlp.components  # noqa: F401  (registers what a pipeline names)
from kg.bare import whole
from kg.model import Article, Evidence, Span
from kg.nlp.language import blank
from kg.nlp.reading import block_lines


@dataclass(frozen=True, slots=True)
class Line:
    """A block of an article with single spaces and without marks, the place of each character, and its sentences."""

    text: str
    places: tuple[int, ...]
    sentences: tuple[Span, ...]

    def within(self, start: int, end: int) -> Span:
        """Return the span of the article's text that a span of the line is."""
        return self.places[start], self.places[end - 1] + 1

    def around(self, start: int, end: int) -> Span:
        """Return the whole sentences of the line in which a span of it lies."""
        touched = [s for s in self.sentences if s[0] < end and start < s[1]] or [(start, end)]
        return touched[0][0], touched[-1][1]


def lines(article: Article) -> list[Line]:
    """Return the blocks of an article that reach extraction, as lines."""
    nlp = _splitter(article.language)
    return [Line(text, tuple(places), _sentences(nlp, text)) for text, places in block_lines(article)]


def evidence(article: Article, line: Line, start: int, end: int) -> Evidence:
    """Return the whole sentences around a span of one of the article's lines, as the article's text has them."""
    first, last = whole(article.text, *line.within(*line.around(start, end)))
    return Evidence(article.text[first:last], first, last)


@cache
def _splitter(language: str) -> Language:
    """Return a tokenizer of the language with rules for where a sentence begins; the parsers' sentences are finer."""
    nlp = blank(language)
    nlp.add_pipe("kg_id_sentences")  # a stop, then a capital: no language's own
    return nlp


def _sentences(nlp: Language, text: str) -> tuple[Span, ...]:
    doc = nlp(text)
    starts = [0, *(token.idx for token in doc[1:] if token.is_sent_start)]
    return tuple(
        (start, start + len(text[start:end].rstrip()))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    )
