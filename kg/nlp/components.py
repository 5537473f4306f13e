"""Small pipeline components that every pipeline ends with: labels of the set, lemmas, sentence starts, name types."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.labels import base_label, entity_label

_CLITIC = re.compile(r"(?:nya|ku|mu|lah|kah|pun)$")
# Words that only look as if they ended in a clitic, in the shapes that news uses.
_WHOLE = frozenset(
    """
    adalah ialah telah setelah jumlah sejumlah masalah wilayah sekolah pemerintah perintah buku suku waktu sewaktu laku
    berlaku pelaku selaku perilaku paku saku kelaku aku mengaku diaku ilmu jamu tamu bertemu temu menemu kamu bumu semu
    hanya tanya bertanya punya mempunyai dunya bahwasanya alamku ampun ampunkan himpun rumpun maupun walaupun meskipun
    adapun ataupun apapun siapapun kendatipun sekalipun biarpun sungguhpun pun lah kah nya ku mu turun tahun langkah
    akankah bekah nikah menikah pernikah berkah celah sebelah belah pelah salah kalah mengalah mudah oleh boleh hilang
    rumah tengah setengah makalah majalah kuliah olah istilah silah jilah lelah ulah hijrah daku pangku siku kuku beku
    baku laku liku belenggu minggu menunggu tunggu ragu lagu ibu abu debu tabu seribu kubu tumbu bambu jambu palsu
    """.split()
)


def lemma_of(text: str) -> str:
    """Return an Indonesian word in lower case without its clitic: "Kunjungannya" → "kunjungan", "adalah" as it is."""
    word = text.lower()
    if word in _WHOLE or not word[:1].isalpha():
        return word
    stem = _CLITIC.sub("", word)
    # "-ku", "-mu" end many plain words; only after these shapes are they pronouns.
    if word.endswith(("ku", "mu")) and not re.search(r"(?:an|i|a|h|r|t)(?:ku|mu)$", word):
        return word
    if len(stem) < 4 and not (stem in {"ia", "apa", "ada", "itu", "dia", "kata", "aku"} or word.endswith("nya") and len(stem) > 2):
        return word
    return stem.rstrip("-")


@Language.component("kg_id_lemmas", assigns=["token.lemma"])
def id_lemmas(doc: Doc) -> Doc:
    """Set each token's lemma to its lower-cased form without clitics; names keep theirs whole."""
    for token in doc:
        token.lemma_ = token.lower_ if token.pos_ == "PROPN" else lemma_of(token.text)
    return doc


@Language.component("kg_id_sentences", assigns=["token.is_sent_start"])
def id_sentences(doc: Doc) -> Doc:
    """Say before parsing where a sentence of print can and cannot begin: only after ".", "?", "!" or "…" and quotes."""
    after_stop = False
    inside = None  # whether a sentence-final mark was seen since the last word
    for token in doc:
        if token.i:
            token.is_sent_start = True if after_stop and _opens(token) else (None if inside else False)
        if token.text in {".", "?", "!", "…", "..."} or token.text.endswith(("?", "!")):
            after_stop = inside = True
        elif token.text in {'"', "”", "'", "’", ")", "]", "»"} and inside:
            continue
        elif not token.is_space:
            after_stop = inside = False
    return doc


def _opens(token: object) -> bool:
    text = getattr(token, "text", "")
    return bool(text) and (text[0].isupper() or text[0].isdigit())


@Language.component("kg_labels", assigns=["token.dep"])
def labels(doc: Doc) -> Doc:
    """Cut the dependency labels of a UD pipeline to the set."""
    for token in doc:
        if token.dep_ not in ("ROOT", ""):
            token.dep_ = base_label(token.dep_)
    return doc


@Language.component("kg_names", assigns=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Keep the entities that are PER, ORG or LOC in `kg`'s terms, under these labels."""
    kept = []
    for span in doc.ents:
        label = entity_label(span.label_)
        if label:
            kept.append(Span(doc, span.start, span.end, label=label))
    doc.set_ents(kept)
    return doc
