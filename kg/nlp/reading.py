"""Article → Doc: each paragraph parsed as a text of its own, then joined, with every token's place in the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import get_current_ops

from kg.bare import marks
from kg.casing.restore import restored
from kg.encoder import Encoder
from kg.model import Article, Span
from kg.nlp.consistency import unify_names
from kg.nlp.naming import mark_names
from kg.nlp.pipeline import load

BATCH = 32  # articles parsed at a time: larger ones are no faster, and hold more memory
# What extraction reads of a token. To join more takes longer.
_READ: list[int | str] = ["TAG", "POS", "DEP", "HEAD", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE", "SENT_START"]
_TEXTS = 64  # blocks a matrix: between 32 and 64 of 70 words is fastest; smaller pay each call, larger leave the cache
# "hasn’t", "they’ll", "O’Neill": listed, and learnt by parsers, with the typewriter's apostrophe; "'s" with both.
_SHORTENED = re.compile(r"(?!s\b)[^\W\d_]")
_LONGEST = 20_000  # characters; a "paragraph" longer than this is cut at a space, for memory's sake


def parse(
    articles: Iterable[Article],
    *,
    models: Mapping[str, str] | None = None,
    encoder: Encoder | None = None,
    batch_size: int = BATCH,
) -> Iterator[Doc]:
    """Yield one Doc an article, in order; `models` names another installed spaCy pipeline per language.

    `doc.user_data["article"]` is the article; `doc.user_data["offsets"]` and `["ends"]` are the start and end of each
    token in its text, which may hold marks that the token does not (`kg.bare`); what stands in capitals is read as it
    is usually written (`kg.casing`). A block's end is always a sentence's end. An `encoder` finds the names in place of
    the pipeline's recogniser and leaves what it has read in `doc.user_data["passages"]`, for extraction to ask it for
    relations. `batch_size` articles are read and parsed at a time; what is read in one does not depend on the others.
    """
    articles = iter(articles)
    while batch := list(islice(articles, batch_size if rows_stand_alone() else 1)):
        parts: list[list[tuple[Doc, list[Span]]]] = [[] for _ in batch]
        found = [_as_usual(article) for article in batch]
        missing = [len(blocks) for blocks in found]
        at = 0  # the first that is not told: each is as soon as it and those before it are read
        for lang in {article.language: None for article in batch}:
            blocks = [
                (number, text, places)
                for number, article in enumerate(batch)
                if article.language == lang
                for text, places in found[number]
            ]
            nlp = load(lang, (models or {}).get(lang))
            unused = [name for name in nlp.pipe_names if encoder and name == "ner"]
            docs = nlp.pipe((text for _, text, _ in blocks), batch_size=_TEXTS, disable=unused)
            for (number, _, places), doc in zip(blocks, docs, strict=True):
                spans = [(places[token.idx], places[token.idx + len(token) - 1] + 1) for token in doc]
                parts[number].append((doc, spans))
                missing[number] -= 1
                while at < len(batch) and not missing[at]:
                    yield _joined(batch[at], parts[at], models, encoder)
                    at += 1
        for article, part in zip(batch[at:], parts[at:], strict=True):
            yield _joined(article, part, models, encoder)


def _as_usual(article: Article) -> list[tuple[str, list[int]]]:
    """Return an article's blocks as lines with what is in capitals as usually written, and the characters' places."""
    found = list(block_lines(article))
    texts = restored([text for text, _ in found], article.language)
    return [(text, places) for text, (_, places) in zip(texts, found, strict=True)]


def _joined(
    article: Article, parts: list[tuple[Doc, list[Span]]], models: Mapping[str, str] | None, encoder: Encoder | None
) -> Doc:
    return _join(article, parts, load(article.language, (models or {}).get(article.language)), encoder)


@cache
def rows_stand_alone() -> bool:
    """Return whether this machine's matrix product gives a row the same sum, to the last bit, whatever is beside it.

    If so, articles can share a batch without one's reading depending on its neighbours. BLIS keeps that, as its edges
    are multiplied by the kernel of its middle; libraries that choose a kernel by the matrix's size do not.
    """
    ops, random = get_current_ops(), numpy.random.default_rng(7)

    def matrix(count: int) -> Any:  # of as many columns as the models have
        return ops.asarray(random.standard_normal((count, 480)).tolist(), dtype="float32")

    rows = matrix(400)
    for width in (48, 128, 384):
        weights = matrix(width)
        whole = ops.gemm(rows, weights, trans2=True)
        for count in (1, 2, 3, 5, 8, 13, 31, 64, 100, 201, 399):
            if not (ops.gemm(rows[-count:], weights, trans2=True) == whole[-count:]).all():
                return False
    return True


def block_lines(article: Article) -> Iterator[tuple[str, list[int]]]:
    """Yield each block as a line of text with single spaces, and the place in the article of each of its characters."""
    unread = {at for start, end in marks(article.text) for at in range(start, end)}
    for start, end in article.blocks:
        chars: list[str] = []
        places: list[int] = []
        for at in range(start, end):
            if at in unread:
                continue
            char = article.text[at]
            if char == "’" and chars and chars[-1].isalpha() and _SHORTENED.match(article.text, at + 1):
                char = "'"
            if char.isspace():
                if not chars or chars[-1] == " ":
                    continue
                if len(chars) > _LONGEST:
                    yield "".join(chars), places
                    chars, places = [], []
                    continue
                char = " "
            chars.append(char)
            places.append(at)
        if chars and chars[-1] == " ":
            chars.pop()
        if chars:
            yield "".join(chars), places


def _join(article: Article, parts: list[tuple[Doc, list[Span]]], nlp: Language, encoder: Encoder | None) -> Doc:
    doc = Doc.from_docs([doc for doc, _ in parts], attrs=_READ) if parts else Doc(nlp.vocab)
    if encoder is not None:
        mark_names(doc, [len(part) for part, _ in parts], encoder)
    if parts:
        unify_names(doc)
    doc.user_data["article"] = article
    doc.user_data["offsets"] = [start for _, spans in parts for start, _ in spans]
    doc.user_data["ends"] = [end for _, spans in parts for _, end in spans]
    return doc
