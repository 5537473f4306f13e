"""Article → Doc: each paragraph parsed as a text of its own, then joined, with every token's place in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article
from kg.nlp.consistency import unify_names
from kg.nlp.pipeline import load

_LONGEST = 20_000  # characters; a "paragraph" longer than this is cut at a space, for memory's sake


def parse(
    articles: Iterable[Article], *, models: Mapping[str, str] | None = None, batch_size: int = 32
) -> Iterator[Doc]:
    """Yield one Doc an article, in order; `models` names another installed spaCy pipeline per language.

    `doc.user_data["article"]` is the article and `doc.user_data["offsets"]` the start of each token in its text. A
    block's end is always a sentence's end.
    """
    for batch in _batches(articles, batch_size):
        pieces: dict[str, list[tuple[int, str, list[int]]]] = {}
        for number, article in enumerate(batch):
            for text, places in _blocks(article):
                pieces.setdefault(article.language, []).append((number, text, places))
        parts: list[list[tuple[Doc, list[int]]]] = [[] for _ in batch]
        for lang, texts in pieces.items():
            nlp = load(lang, (models or {}).get(lang))
            docs = nlp.pipe(text for _, text, _ in texts)
            for (number, _, places), doc in zip(texts, docs, strict=True):
                parts[number].append((doc, [places[token.idx] for token in doc]))
        for article, part in zip(batch, parts, strict=True):
            yield _join(article, part, load(article.language, (models or {}).get(article.language)))


def _blocks(article: Article) -> Iterator[tuple[str, list[int]]]:
    """Yield each block as a line of text with single spaces, and the place in the article of each of its characters."""
    for start, end in article.blocks:
        chars: list[str] = []
        places: list[int] = []
        for at in range(start, end):
            char = article.text[at]
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


def _join(article: Article, parts: list[tuple[Doc, list[int]]], nlp: Language) -> Doc:
    doc = Doc.from_docs([doc for doc, _ in parts], ensure_whitespace=True) if parts else None
    doc = unify_names(doc) if doc is not None else Doc(nlp.vocab)
    doc.user_data["article"] = article
    doc.user_data["offsets"] = [place for _, places in parts for place in places]
    return doc


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
