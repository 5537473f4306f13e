"""Small pipeline components that every pipeline ends with: labels of the set, lemmas, sentence starts, name types."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.labels import base_label, entity_label

# Clitics that stand on any noun or verb; "-ku" and "-mu" end many plain words, and are pronouns only after these.
_PRONOUN = re.compile(r"(?:nya|-nya|(?:(?<=an)|(?<=[aihrts]))(?:ku|mu))$")
# "-lah", "-kah", "-pun" end many plain words too, and are particles on these: "apakah", "inilah", "pun" of "dia pun".
_PARTICLE = re.compile(
    r"^(apa|ada|ini|itu|ia|dia|aku|kami|kita|mereka|siapa|kapan|bagaimana|mengapa|mana|akan|tidak|bukan|belum|sudah|bisa"
    r"|dapat|harus|hanya|benar|begitu|demikian|maka|hendak|jangan|mari|mungkin|pergi|mulai|kini|sekali|se(?:orang)?)"
    r"(lah|kah|pun)$"
)
_ADVERB = re.compile(
    r"se(belum|benar|lanjut|penuh|tidak|harus|sungguh|balik|perti|mesti|patut|yogia|andai|kira|adil)nya$"
)
# Other adverbs and plain words that end like a clitic.
_ENDINGS = """
adalah ialah sekalipun akhirnya lainnya biasanya khususnya berikutnya awalnya umumnya misalnya tentunya tampaknya
makanya sayangnya rupanya pastinya mestinya nampaknya untungnya dulunya kelihatannya hanya tanya bertanya
bertanya-tanya ditanya menanya punya mempunyai dunya laku perlaku berlaku pelaku perilaku berperilaku buku suku waktu
paku saku kelaku aku mengaku ilmu jamu menjamu tamu bertemu temu menemu ketemu kamu semu siku kuku beku baku liku
bangku pangku sangku satu-satunya
"""
_WHOLE = frozenset(_ENDINGS.split())


def lemma_of(text: str) -> str:
    """Return an Indonesian word in lower case without its clitic: "Kunjungannya" → "kunjungan", "adalah" as it is."""
    word = text.lower()
    if word in _WHOLE or not word[:1].isalpha() or _ADVERB.match(word):
        return word
    particle = _PARTICLE.match(word)
    if particle:
        return particle[1]
    stem = _PRONOUN.sub("", word).rstrip("-")
    return stem if len(stem) > 2 else word


@Language.component("kg_id_lemmas", assigns=["token.lemma"])
def id_lemmas(doc: Doc) -> Doc:
    """Set each token's lemma to its lower-cased form without clitics; names keep theirs whole."""
    for token in doc:
        token.lemma_ = token.lower_ if token.pos_ == "PROPN" else lemma_of(token.text)
    return doc


_STOPS = frozenset({".", "?", "!", "…", "..."})
_CLOSING = frozenset({'"', "”", "'", "’", ")", "]", "»"})
_OPENING = frozenset({'"', "“", "'", "‘", "(", "[", "«"})


@Language.component("kg_id_sentences", assigns=["token.is_sent_start"])
def id_sentences(doc: Doc) -> Doc:
    """Say before parsing where a sentence of print begins: after a stop, at a capital, and nowhere without a stop.

    Where neither is certain (lower case after a stop) the parser decides.
    """
    after_stop = False
    for token in doc:
        spaced = token.i > 0 and bool(doc[token.i - 1].whitespace_)
        opens = token.text in _OPENING and (spaced or token.text not in _CLOSING)
        if token.i:
            begins = token.text[0].isupper() or token.text[0].isdigit() or opens
            token.is_sent_start = False if not after_stop else (True if begins and spaced else None)
        if token.text in _STOPS:
            after_stop = True
        elif not (token.text in _CLOSING and not opens) and not token.is_space:
            after_stop = False
    return doc


@Language.component("kg_labels", assigns=["token.dep"])
def labels(doc: Doc) -> Doc:
    """Cut the dependency labels of a UD pipeline to the set."""
    for token in doc:
        if token.dep_ not in ("ROOT", ""):
            token.dep_ = base_label(token.dep_)
    return doc


@Language.component("kg_names", assigns=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Keep the entities that are PER, ORG or LOC in `kg`'s terms, under these labels, without "the" and "'s"."""
    kept = []
    for span in doc.ents:
        label = entity_label(span.label_)
        start, end = span.start, span.end
        if start + 1 < end and doc[start].lower_ == "the":
            start += 1
        if start + 1 < end and doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
            end -= 1
        if label:
            kept.append(Span(doc, start, end, label=label))
    doc.set_ents(kept)
    return doc
