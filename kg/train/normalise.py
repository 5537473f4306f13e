"""Older treebank labels → those of today, so that the Indonesian sets teach one scheme."""

from __future__ import annotations

import re

from kg.nlp.labels import base_label
from kg.train.conllu import Sentence, Word

# Closed classes whose part of speech changed between the releases.
_POS = {
    **dict.fromkeys(("akan", "telah", "sudah", "dapat", "bisa", "harus", "mungkin", "sedang", "boleh"), "AUX"),
    **dict.fromkeys(("satu", "dua", "tiga", "ribu", "juta", "miliar", "milyar", "triliun"), "NUM"),
    **dict.fromkeys(("pertama", "ketiga", "keempat", "kelima"), "ADJ"),
    **dict.fromkeys(("apa", "siapa", "mana", "seseorang", "diri", "sana", "sini", "anda", "demikian"), "PRON"),
    **dict.fromkeys(("belum", "tidak", "tak", "bukan", "jangan"), "PART"),
    **dict.fromkeys(("tapi", "tetapi"), "CCONJ"),
    **dict.fromkeys(("yaitu", "yakni"), "SCONJ"),
    "sekitar": "ADV",
    "/": "PUNCT",
}
_PASSIVE = re.compile(r"^(di|ter)\w{3,}", re.IGNORECASE)


def normalise(sentence: Sentence, *, old: bool = False) -> Sentence:
    """Return `sentence` with labels of the set; with `old`, the 2017 labels of GSD are first brought to today's."""
    words = sentence.words
    if old:
        _join_reduplication(sentence)
        words = sentence.words
        _repair_pos(words)
        _repair_old(words)
    cased = {word.head for word in words if word.dep == "case"}
    for i, word in enumerate(words):
        # Noun-noun is `compound` in GSD and `nmod` in CSUI and PUD: one relation, two names.
        word.dep = "nmod" if word.dep == "compound" or word.dep.startswith("compound:") else word.dep
        word.dep = "root" if word.dep == "root" else base_label(word.dep)
        # PUD alone marks noun possessors; pronouns are marked everywhere, so they alone can be learnt.
        if word.dep in ("nmod", "nmod:poss"):
            word.dep = "nmod:poss" if word.pos == "PRON" and word.head < i and i not in cased else "nmod"
    _flatten_names(words)
    return sentence


def _join_reduplication(sentence: Sentence) -> None:
    """Join "anak - anak", three tokens in 2017, into the one token of today."""
    words = sentence.words
    keep: list[Word] = []
    index_of: dict[int, int] = {}
    at = 0
    while at < len(words):
        joined = (
            at + 2 < len(words) and words[at + 1].text == "-" and words[at].dep != "punct"
            and not words[at].space and not words[at + 1].space
            and (words[at + 2].dep.startswith("compound:plur") or words[at + 2].head == at)
            and words[at].text[:1].isalpha()
            and words[at + 2].text[:1].islower()
        )  # fmt: skip
        size = 3 if joined else 1
        for offset in range(size):
            index_of[at + offset] = len(keep)
        first = words[at]
        if joined:
            first.text = words[at].text + "-" + words[at + 2].text
            first.space = words[at + 2].space
            if first.head == at + 2:  # the head was the second half
                first.head, first.dep = words[at + 2].head, words[at + 2].dep
                first.head = at if first.head == at + 2 else first.head
        keep.append(first)
        at += size
    for word in keep:
        word.head = index_of[word.head]
    sentence.words = keep


def _repair_pos(words: list[Word]) -> None:
    for word in words:
        pos = _POS.get(word.text.lower())
        if pos and word.pos != "PROPN":
            word.pos = pos
            if pos == "AUX" and word.dep == "advmod":
                word.dep = "aux"
            elif pos == "NUM" and word.dep == "det":
                word.dep = "nummod"


def _repair_old(words: list[Word]) -> None:
    kids: dict[int, list[int]] = {}
    for i, word in enumerate(words):
        if word.head != i:
            kids.setdefault(word.head, []).append(i)
    for i, word in enumerate(words):
        head = words[word.head]
        below = [words[k] for k in kids.get(i, ())]
        if word.dep == "acl" and any(w.text.lower() == "yang" for w in below):
            word.dep = "acl:relcl"
        elif word.dep in ("obl", "nmod") and any(w.text.lower() == "oleh" and w.dep == "case" for w in below):
            word.dep = "obl:agent" if head.pos == "VERB" and _PASSIVE.match(head.text) else word.dep
        elif word.dep == "flat" and head.pos in ("NOUN", "VERB", "ADJ") and word.pos == "PROPN" and word.head < i:
            word.dep = "nmod" if head.pos != "VERB" else "obl"
        elif word.dep == "amod" and head.pos == word.pos == "PROPN" and word.head < i:
            word.dep = "flat"


def _flatten_names(words: list[Word]) -> None:
    """Attach every part of a name to the name's first word, as today's treebanks do, not to the part before."""
    for i, word in enumerate(words):
        if word.dep == "flat" and word.head < i:
            top = word.head
            while words[top].dep == "flat" and words[top].head < top:
                top = words[top].head
            word.head = top


def normalise_english(sentence: Sentence) -> Sentence:
    """Return an English sentence with the labels of the set, in place.

    "by" under a passive is `obl:agent`, which PUD leaves plain.
    """
    words = sentence.words
    for word in words:
        word.dep = "root" if word.dep == "root" else base_label(word.dep)
    passive = {w.head for w in words if w.dep in ("aux:pass", "nsubj:pass")}
    by = {w.head for w in words if w.dep == "case" and w.text.lower() == "by"}
    for i, word in enumerate(words):
        if word.dep == "obl" and i in by and word.head in passive:
            word.dep = "obl:agent"
    return sentence
