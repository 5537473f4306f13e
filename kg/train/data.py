"""Sentences → spaCy training documents in the tokens that the pipeline itself will see."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.nlp.labels import entity_label
from kg.train.conllu import Sentence, Word

_OPEN, _CLOSE = set("([{“‘"), set(")]}”’,.;:!?%…")


def detokenise(sentence: Sentence) -> Sentence:
    """Return `sentence`, whose file tells nothing of spaces, with the spaces of ordinary print."""
    words = sentence.words
    quote_open = False
    for i, word in enumerate(words):
        after = words[i + 1].text if i + 1 < len(words) else ""
        if word.text in ("``", "''"):
            word.text = '"'
        if word.text == '"':
            quote_open = not quote_open
            word.space = not quote_open
        else:
            word.space = not (word.text in _OPEN or after in _CLOSE or (after in ('"', "''") and quote_open))
        # "sumber - sumber": a hyphen cut out of a reduplicated word or a name.
        if after == "-" and i + 2 < len(words) and word.text[-1:].isalpha() and words[i + 2].text[:1].isalpha():
            word.space = words[i + 2].text[:1].isupper() != word.text[:1].isupper()
        elif word.text == "-" and i and after[:1].isalpha():
            word.space = words[i - 1].space
    return sentence


def retokenise(sentence: Sentence, nlp: Language) -> list[Word] | None:
    """Return the words as `nlp`'s tokenizer cuts them, with the analysis carried over; None where they do not align."""
    gold, spans = sentence.words, sentence.offsets()
    doc = nlp.make_doc(sentence.text)
    members: list[list[int]] = []
    owner: dict[int, int] = {}  # gold word -> the new token that carries it
    g = 0
    for token in doc:
        start, end = token.idx, token.idx + len(token.text)
        if token.is_space:
            return None
        inside = [i for i in range(max(0, g - 1), len(gold)) if spans[i][0] < end and spans[i][1] > start]
        g = inside[-1] + 1 if inside else g
        if len(inside) > 1 and (spans[inside[0]][0] < start or spans[inside[-1]][1] > end):
            return None
        members.append(inside)
        for i in inside:
            owner.setdefault(i, token.i)
    words = []
    for token, inside in zip(doc, members, strict=True):
        if not inside:
            return None
        lead = next((i for i in inside if gold[i].head == i or owner[gold[i].head] != owner[i]), inside[0])
        source, first = gold[lead], owner[lead]
        head, dep, pos = owner[source.head], source.dep, source.pos
        if first != token.i:  # the tokenizer cut a gold word: its first part stands for it
            is_mark = not any(c.isalnum() for c in token.text)
            head, dep, pos = first, "punct" if is_mark else "flat", "PUNCT" if is_mark else source.pos
        ent = source.ent if first == token.i or source.ent == "O" else "I" + source.ent[1:]
        space = bool(token.whitespace_)
        words.append(Word(token.text, space, pos, source.tag, source.lemma, head, dep, source.feats, ent))
    return words


def tree_docs(sentences: Iterable[Sentence], nlp: Language, *, most: int = 4, seed: int = 0) -> Iterator[Doc]:
    """Yield documents of one to `most` sentences with tags, heads and labels; `most` 1 keeps each sentence apart."""
    rng = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    batch: list[list[Word]] = []
    size = rng.randint(1, most)
    for sentence in sentences:
        words = retokenise(sentence, nlp)
        if words is None or not _is_tree(words):
            continue
        batch.append(words)
        if len(batch) == size:
            yield _tree_doc(batch, nlp)
            batch, size = [], rng.randint(1, most)
    if batch:
        yield _tree_doc(batch, nlp)


def _is_tree(words: list[Word]) -> bool:
    """Return whether one root is reached from every word; joining tokens can close a cycle in a faulty tree."""
    if sum(w.head == i for i, w in enumerate(words)) != 1:
        return False
    for word in range(len(words)):
        at, steps = word, 0
        while words[at].head != at:
            at, steps = words[at].head, steps + 1
            if steps > len(words):
                return False
    return True


def _tree_doc(batch: list[list[Word]], nlp: Language) -> Doc:
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in batch:
        sentence[-1].space = True
        heads += [len(words) + w.head for w in sentence]
        starts += [i == 0 for i in range(len(sentence))]
        words += sentence
    return Doc(
        nlp.vocab,
        words=[w.text for w in words],
        spaces=[w.space for w in words],
        pos=[w.pos for w in words],
        tags=[w.pos for w in words],
        heads=heads,
        deps=["ROOT" if w.dep == "root" else w.dep for w in words],
    )


def name_docs(sentences: Iterable[Sentence], nlp: Language) -> Iterator[Doc]:
    """Yield one document a sentence with its names as entities of the three types."""
    for sentence in sentences:
        doc = nlp.make_doc(sentence.text)
        spans: list[Span] = []
        offsets = sentence.offsets()
        for start, end, label in name_spans(sentence):
            span = doc.char_span(offsets[start][0], offsets[end - 1][1], label=label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.ents = filter_spans(spans)
        yield doc


def name_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the names of a BIO-tagged sentence as (first word, end, PER, ORG or LOC); an I- without B- begins one."""
    spans: list[tuple[int, int, str]] = []
    for i, word in enumerate(sentence.words):
        label = entity_label(word.ent) if word.ent[:2] in ("B-", "I-") else None
        if label is None:
            continue
        if word.ent[0] == "I" and spans and spans[-1][1] == i and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], i + 1, label)
        else:
            spans.append((i, i + 1, label))
    return spans
