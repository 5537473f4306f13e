"""The public name sets → passages with names of the encoder's four types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.extract.lexicon import lexicon
from kg.gazetteer import fold
from kg.nlp.language import blank
from kg.train.conllu import Sentence, read_columns, read_uner
from kg.train.data import detokenise, name_docs
from kg.train.encoder.annotated import Found
from kg.train.encoder.tagged import Tagged
from kg.train.recipes import file_of

_TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
_COUNTRY = frozenset({"country", "demonym"})
_COLUMNS = ("id_idner-train", "id_nergrit-train", "id_nergrit-valid", "id_idner-dev")
_UNER = ("en_uner-ewt-dev", "en_uner-ewt-test", "en_uner-pud")


def read_sets(data: Path) -> list[Tagged]:
    """Return the sentences of all sets in a folder laid out as `kg train --help` says."""
    columns = (map(detokenise, read_columns(file_of(data, f"ner/{name}.txt"))) for name in _COLUMNS)
    uner = (read_uner(file_of(data, f"ner/{name}.iob2")) for name in _UNER)
    return [*tagged(chain.from_iterable(columns), "id"), *tagged(chain.from_iterable(uner), "en")]


def tagged(sentences: Iterable[Sentence], language: str) -> Iterator[Tagged]:
    """Yield sentences; to the sets a country is a place, to us it is told by its name."""
    known = lexicon(language).names
    for doc in name_docs(sentences, blank(language)):
        names: list[Found] = []
        for span in doc.ents:
            name = known.get(fold(span.text))
            type_ = _TYPES[span.label_]
            if type_ == "Place" and name is not None and name.kind in _COUNTRY:
                type_ = "Country"
            names.append((span.start, span.end, type_, span.text))
        words = [(t.text, t.i == 0 or bool(doc[t.i - 1].whitespace_)) for t in doc]
        if words:
            yield Tagged(words, names, language)
