"""`kg train` in one function: read the sets, train the parts, join them, score them, write the manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.components  # noqa: F401  (the sentence starts that tests are scored with)
from kg.errors import WeightsError
from kg.nlp.language import blank
from kg.train.assemble import assemble, enter
from kg.train.average import average
from kg.train.recipes import Corpora, english, indonesian
from kg.train.run import Overrides, run_stage, save_docs
from kg.train.score import score_names, score_trees
from kg.train.sources import LICENCES, SETS

VERSION = "0.1.0"
RECIPES: dict[str, Callable[[Path, Language], Corpora]] = {"id": indonesian, "en": english}
# Steps after which longer training no longer helped on the sets held out; see docs/decisions/0002-pipelines.md.
STEPS = {"first": 2000, "second": 700, "names": 3000, "names_second": 500}
# The second stage only bends what the first has learnt, once for each seed; the weights are averaged.
GENTLE = {"training.batcher.size.start": 400}
RATES = {"tree": 0.0005, "ner": 0.0003}
SEEDS = {"tree": (7, 11, 13), "ner": (7,)}  # the mean of several recognisers was no better than one


def train(
    data: Path,
    lang: str,
    out: Path,
    *,
    teacher: str | None = None,
    steps: dict[str, int] | None = None,
    log: IO[str] | None = None,
) -> dict[str, Any]:
    """Train the pipeline for `lang` from the sets under `data`, save it as ``OUT/LANG``, return its manifest entry.

    With `teacher`, an installed spaCy pipeline, tagger, parser and lemmatizer are the teacher's and only the name
    recogniser is trained.
    """
    steps = STEPS | (steps or {})
    work = out / "work" / lang
    nlp = blank(lang)
    corpora = RECIPES[lang](data, nlp)
    trainer = _Trainer(work, lang, steps, log)
    tree_dev = next(iter(corpora.tree_tests.values()))[:100]  # watched, never chosen by
    tree = _teacher(teacher, work) if teacher else trainer.part("tree", corpora.first, corpora.second, tree_dev)
    names = trainer.part("ner", corpora.names, corpora.names_second, corpora.names_dev)
    licence = LICENCES[lang] + (f" AND {teacher}: MIT" if teacher else "")
    meta = {"name": f"kg_{lang}", "version": VERSION, "license": licence, "author": "newskg"}
    made = assemble(tree, names, out / lang, meta=meta)
    entry = {
        "version": VERSION,
        "licence": licence,
        "data": SETS[lang] | ({"teacher": teacher} if teacher else {}),
        "scores": scores(made, lang, corpora),
    }
    return enter(out, lang, entry)


@dataclass(frozen=True, slots=True)
class _Trainer:
    """Runs the stages of a part of the pipeline in a folder of their own."""

    work: Path
    lang: str
    steps: dict[str, int]
    log: IO[str] | None

    def part(self, config: str, first: list[Doc], second: list[Doc], dev: list[Doc]) -> Path:
        """Return the folder of the trained part; names keep the best step on `dev`, trees the last."""
        stage = "first" if config == "tree" else "names"
        made = self._stage(config, stage, first, dev, _limits(self.steps[stage]))
        if not second:
            return made
        stage = "second" if config == "tree" else "names_second"
        gentle = _limits(self.steps[stage]) | GENTLE | {"training.optimizer.learn_rate": RATES[config]}
        tuned = [
            self._stage(config, f"{stage}_{seed}", second, dev, gentle | {"system.seed": seed}, base=made)
            for seed in SEEDS[config]
        ]
        return average(tuned, self.work / f"{stage}_mean") if len(tuned) > 1 else tuned[0]

    def _stage(
        self, config: str, name: str, docs: list[Doc], dev: list[Doc], overrides: Overrides, *, base: Path | None = None
    ) -> Path:
        return run_stage(
            config,
            self.work / name,
            train=save_docs(docs, self.work / f"{name}.spacy"),
            dev=save_docs(dev, self.work / f"{config}_dev.spacy"),
            lang=self.lang,
            base=base,
            overrides=overrides,
            best=config == "ner",
            log=self.log,
        )


def _limits(steps: int) -> Overrides:
    return {"training.max_steps": steps, "training.eval_frequency": max(steps // 10, 1)}


def _teacher(name: str, work: Path) -> Path:
    """Save the installed pipeline `name` without its recogniser and return the folder."""
    try:
        nlp = spacy.load(name, exclude=["ner", "senter"])
    except OSError as error:
        raise WeightsError(f"{name}: no such spaCy pipeline is installed; try `pip install {name}`") from error
    nlp.to_disk(work / "teacher")
    return work / "teacher"


def scores(nlp: Language, lang: str, corpora: Corpora) -> dict[str, Any]:
    """Return the scores of a pipeline on every test of its language, finished as `kg.nlp` finishes it."""
    from kg.nlp.pipeline import finish

    finish(nlp, lang)
    trees = {name: score_trees(nlp, golds) for name, golds in corpora.tree_tests.items()}
    names = {name: score_names(nlp, golds) for name, golds in corpora.name_tests.items()}
    return trees | names
