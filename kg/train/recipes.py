"""The folder of public sets → training and test documents: which sets, how often, and in what terms.

The folder is laid out as `kg train --help` says: ``ud/*.conllu`` and ``ner/*``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import SourceError
from kg.train.augment import augmented
from kg.train.conllu import Sentence, read_columns, read_conllu, read_uner
from kg.train.countries import Places, mark_places, read_places
from kg.train.data import detokenise, name_docs, tree_docs
from kg.train.normalise import normalise, normalise_english
from kg.train.practice import Names, lines, read_lists, sentences
from kg.train.transfer import transferred

# Copies with other punctuation, as headlines …: a few, for they are the same sentences.
AUGMENTED = 0.08
# How often each pattern of practice is filled: about one sentence in ten of all.
ROUNDS = 16

# Sentences kept back to choose the best step of English names, where no set of news is left for it.
HELD_OUT = 400


@dataclass(slots=True)
class Corpora:
    """Documents of one language: the `second` sets are what the parts are tuned on last, tests are by name."""

    first: list[Doc]
    second: list[Doc]
    names: list[Doc]
    names_second: list[Doc] = field(default_factory=list)
    names_dev: list[Doc] = field(default_factory=list)
    tree_tests: dict[str, list[Doc]] = field(default_factory=dict)
    name_tests: dict[str, list[Doc]] = field(default_factory=dict)


def file_of(data: Path, name: str) -> Path:
    """Return the path of a set's file, or say which one is missing."""
    path = data / name
    if not path.is_file():
        raise SourceError(f"{path}: no such file; kg/docs/decisions/0002-pipelines.md says where each set is published")
    return path


def indonesian(data: Path, nlp: Language) -> Corpora:
    """Return the Indonesian corpora: the older treebank only in the first stage, the news twice in both."""
    places = read_places("id")

    def trees(name: str, *, old: bool = False) -> list[Sentence]:
        return [normalise(s, old=old) for s in read_conllu(file_of(data, f"ud/{name}.conllu"))]

    def columns(name: str) -> Iterator[Sentence]:
        return (detokenise(s) for s in read_columns(file_of(data, f"ner/{name}.txt")))

    def names(sets: Iterable[Sentence]) -> list[Doc]:
        return list(name_docs((mark_places(s, places.certain) for s in sets), nlp))

    def more(sets: list[Sentence], seed: int) -> list[Doc]:
        return list(tree_docs(augmented(sets, share=AUGMENTED, seed=seed), nlp, seed=seed))

    csui, pud, gsd = trees("id_csui-train"), trees("id_pud"), trees("id_gsd-dev")
    second = [d for k in (5, 6) for d in (*more(csui, k), *more(pud, k))] + more(gsd, 5)
    first = [d for k in (0, 1) for d in (*more(csui, k), *more(pud, k))] + more(gsd, 0)
    first += more(trees("id_gsd2017-train", old=True), 0)
    parallel = transferred(
        read_uner(file_of(data, "ner/en_uner-pud.iob2")),
        read_conllu(file_of(data, "ud/en_pud.conllu")),
        read_conllu(file_of(data, "ud/id_pud.conllu")),
    )
    news = names(columns("id_idner-train")) * 2 + names(parallel)
    return Corpora(
        first=first,
        second=second,
        names=news + names(columns("id_nergrit-train")) + list(name_docs(practice("id", places), nlp)),
        names_second=news + list(name_docs(practice("id", places, rounds=ROUNDS // 2), nlp)),
        names_dev=names(columns("id_idner-dev")),
        tree_tests={n: list(tree_docs(trees(f"id_{n}"), nlp, most=1)) for n in ("csui-test", "gsd-test")},
        name_tests={n: list(name_docs(columns(f"id_{n}"), nlp)) for n in ("idner-test", "nergrit-test")},
    )


def english(data: Path, nlp: Language) -> Corpora:
    """Return the English corpora; the parser has one stage, and PUD is its test."""
    places = read_places("en")

    def trees(name: str) -> list[Sentence]:
        return [normalise_english(s) for s in read_conllu(file_of(data, f"ud/{name}.conllu"), join=False)]

    def uner(name: str) -> list[Sentence]:
        return [mark_places(s, places.certain) for s in read_uner(file_of(data, f"ner/{name}.iob2"))]

    dev = uner("en_uner-ewt-dev")
    gold = list(name_docs(dev[HELD_OUT:] + uner("en_uner-ewt-test"), nlp))
    return Corpora(
        first=list(tree_docs(augmented(trees("en_ewt-train"), share=AUGMENTED), nlp)),
        second=[],
        names=gold * 2 + list(name_docs(practice("en", places), nlp)),
        names_dev=list(name_docs(dev[:HELD_OUT], nlp)),
        tree_tests={n: list(tree_docs(trees(f"en_{n}"), nlp, most=1)) for n in ("ewt-test", "pud")},
        name_tests={"uner-pud": list(name_docs(read_uner(file_of(data, "ner/en_uner-pud.iob2")), nlp))},
    )


def practice(lang: str, places: Places, *, rounds: int = ROUNDS) -> list[Sentence]:
    """Return practice sentences and headlines with foreign names."""
    lists = read_lists(lang)
    names = Names(lists, places.countries, places.cities, lang=lang, seed=1)
    return [s for kind in ("plain", "titles") for s in sentences(lines(lists["sentences"][kind]), names, rounds)]
