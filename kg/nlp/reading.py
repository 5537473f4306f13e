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
    articles: Iterable[Article], *, models: Mapping[str, str] | None = None, batch_size: int | None = None
) -> Iterator[Doc]:
    """Yield one Doc an article, in order; `models` names another installed spaCy pipeline per language.

    `doc.user_data["article"]` is the article and `doc.user_data["offsets"]` the start of each token in its text. A
    block's end is always a sentence's end. `batch_size` changes nothing and is there for callers that give one: the
    batch is always one article.
    """
    del batch_size
    for article in articles:
        nlp = load(article.language, (models or {}).get(article.language))
        texts, places = [], []
        for text, at in _blocks(article):
            texts.append(text)
            places.append(at)
        # One article a batch: sums of floats depend on what shares the matrix, and an article's reading must not
        # depend on its neighbours.
        docs = list(nlp.pipe(texts, batch_size=max(len(texts), 1)))
        yield _join(article, [(doc, [at[t.idx] for t in doc]) for doc, at in zip(docs, places, strict=True)], nlp)


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
