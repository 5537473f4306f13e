"""What the trainings are given: pretrained model, public sets, annotated articles, passages, names for slots."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO

import torch
from spacy.tokens import Doc

from kg import bundle
from kg.train.encoder import written
from kg.train.encoder.annotated import Annotated
from kg.train.encoder.filled import Filled, fill
from kg.train.encoder.pretrained import Pretrained
from kg.train.encoder.slots import Name, Names, slot_languages
from kg.train.encoder.vocabulary import Vocabulary, again, prune
from kg.train.encoder.written import TYPES, Written, read_written

Read = list[tuple[Doc, Annotated]]


@dataclass(slots=True)
class Job:
    """What a training needs, and where it writes: OUT/encoder, OUT/work/encoder, OUT/manifest.toml.

    `data` has the public sets, `articles` an annotated folder; either may be None. `tuned` is whether the training goes
    on from the bundled weights. A seed gives the same weights on the same machine.
    """

    model: Pretrained
    out: Path
    data: Path | None = None
    articles: Path | None = None
    passages: Path = written.FOLDER
    seed: int = 0
    tuned: bool = False
    log: IO[str] | None = None
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 (variety, not secrecy)
        torch.manual_seed(self.seed)
        self.work.mkdir(parents=True, exist_ok=True)

    @property
    def folder(self) -> Path:
        """Where the weights go."""
        return self.out / "encoder"

    @property
    def work(self) -> Path:
        """Where the weights in full precision go, which a later training goes on from."""
        return self.out / "work" / "encoder"

    def say(self, text: str) -> None:
        """Tell the log."""
        if self.log:
            print(text, file=self.log, flush=True)


def vocabulary_of(job: Job) -> Vocabulary:
    """Return the pieces of the weights in OUT; pruned anew with public sets; else those of the bundled weights."""
    own, bundled = job.folder / "pieces.json", bundle.ROOT / "encoder" / "pieces.json"
    if own.is_file() or (job.data is None and bundled.is_file()):
        return again(job.model, json.loads((own if own.is_file() else bundled).read_text(encoding="utf-8")))
    return prune(job.model, _texts(job))


def _texts(job: Job) -> Iterator[str]:
    for folder in (job.data and job.data / "ner", job.data and job.data / "ud"):
        for path in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = (line.split() for line in lines if line.strip() and not line.startswith("#"))
            column = 0 if path.suffix == ".txt" else 1
            yield from (row[column] for row in rows if len(row) > column)
    for path in sorted(job.articles.glob("text/*/*.txt")) if job.articles else ():
        yield path.read_text(encoding="utf-8")
    names = {code: Names(code, random.Random(0)) for code in slot_languages()}  # noqa: S311
    for passage in read_written(job.passages):
        yield passage.text
        yield " ".join(fill(passage, names[passage.language]).words)


def names_of(job: Job, articles: Read) -> dict[str, Names]:
    """Return what draws names for each language: from the lists, and from the articles that are trained on."""
    found = {code: Names(code, job.rng) for code in slot_languages()}
    letters = {type_: letter for letter, type_ in TYPES.items() if letter != "C"}
    for code, names in found.items():
        for entity in chain.from_iterable(annotated.entities.values() for _, annotated in articles):
            shown = entity.within(code)
            if entity.type in letters and shown and (entity.type != "Person" or " " in shown[0]):
                short = next(iter(shown[1:]), shown[0].split()[-1] if entity.type == "Person" else shown[0])
                names.learn(letters[entity.type], [Name(shown[0], short)])
    return found


def filled_with(texts: Iterable[Written], names: dict[str, Names]) -> Iterator[Filled]:
    """Return the passages with names, drawn anew."""
    return (fill(text, names[text.language]) for text in texts)


def drawing(names: Names) -> Callable[[str], Name]:
    """Return what draws a name of a type."""
    letters = {type_: letter for letter, type_ in TYPES.items()}
    return lambda type_: names.draw(letters[type_])
