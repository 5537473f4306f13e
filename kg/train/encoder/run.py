"""`kg train --only names` and `--only events` in one function each: read, train, export, calibrate, write.

With no passes or steps at all, the weights in OUT/work/encoder are exported and calibrated as they are.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg import bundle
from kg.errors import WeightsError
from kg.train.encoder.annotated import find_names, read_folder, set_names
from kg.train.encoder.calibration import candidates, fitted
from kg.train.encoder.events import Pairs
from kg.train.encoder.examples import Example, article_examples
from kg.train.encoder.export import export_names, export_pairs
from kg.train.encoder.learning import Namer, learn_events, learn_names
from kg.train.encoder.material import Job, Read, drawing, filled_with, names_of, vocabulary_of
from kg.train.encoder.recipe import recipe
from kg.train.encoder.renamed import renamed
from kg.train.encoder.sets import read_sets
from kg.train.encoder.ship import missing_parts, settings, write_entry, write_settings, write_vocabulary
from kg.train.encoder.tagged import Tagged, article_tagged, dressed, exchanged
from kg.train.encoder.transformer import Transformer, upper
from kg.train.encoder.varied import one_cut, unseen
from kg.train.encoder.written import read_written

# The name of the embeddings among the weights.
_TABLE = "word.weight"


def train_names(job: Job, *, passes: float | None = None) -> list[str]:
    """Train names.onnx; return which parts of the encoder are still missing."""
    settings_ = recipe().names
    vocabulary = vocabulary_of(job)
    cut = vocabulary.cut
    sets = read_sets(job.data) if job.data else []
    articles = list(read_folder(job.articles, cut)) if job.articles else []
    real = [tagged for doc, annotated in articles for tagged in article_tagged(doc, find_names(doc, annotated))]
    texts, names = list(read_written(job.passages)), names_of(job, articles)
    job.say(f"{len(sets)} sentences of name sets, {len(real)} passages of articles, {len(texts)} written")

    def each_pass() -> list[Tagged]:
        found = [exchanged(t, drawing(names[t.language]), settings_.exchanged, job.rng) for t in real]
        return [dressed(t, job.rng) for t in (*found, *(f.tagged() for f in filled_with(texts, names)))]

    namer = Namer(Transformer(job.model, vocabulary.rows, settings_.layers))
    _resume(namer, job.work / "names.pt", job)
    opening = [dressed(t, job.rng) for t in sets]
    passes = settings_.passes if passes is None else passes
    if passes:
        learn_names(namer, opening, each_pass, cut, passes=passes, rng=job.rng, log=job.log)
    _save(namer, job.work / "names.pt")
    write_vocabulary(job.folder, job.model, vocabulary)
    export_names(namer, job.folder / "names.onnx")
    return _finish(job, {})


def train_events(job: Job, *, steps: tuple[int, int, int] | None = None) -> list[str]:
    """Train pairs.onnx and calibrate it; return which parts of the encoder are still missing.

    `steps` are those on written passages, on those and articles, and with all layers; by default the recipe's.
    """
    numbers, calibration = recipe().events, recipe().calibration
    vocabulary = vocabulary_of(job)
    cut = vocabulary.cut
    articles = list(read_folder(job.articles, cut)) if job.articles else []
    for doc, annotated in articles:
        set_names(doc, find_names(doc, annotated))
    held: Read = []
    learnt: Read = []
    for pair in articles:
        (held if is_held_out(pair[1].id, calibration.held_out) else learnt).append(pair)
    real = [e for doc, annotated in learnt for e in article_examples(doc, annotated) if e.asks]
    texts, names = list(read_written(job.passages)), names_of(job, learnt)
    job.say(f"{len(real)} passages of articles, {len(held)} articles held out, {len(texts)} passages written")

    def from_written() -> list[Example]:
        return [filled.example(cut) for filled in filled_with(texts, names)]

    def mixed() -> list[Example]:
        for example in real:
            example.weight = 1.0 if example.answers else 1 / numbers.empty
        asked = one_cut(real, numbers.over_edges, job.rng)
        return [e for e in asked if e.answers or job.rng.random() < numbers.empty] + from_written()

    def varied() -> list[Example]:
        return [
            unseen(renamed(e, drawing(names[e.language]), numbers.share, cut, job.rng), numbers.unseen, job.rng)
            if e.article
            else e
            for e in mixed()
        ]

    lower = Transformer(job.model, vocabulary.rows, numbers.lower)
    pairs = Pairs(lower, upper(job.model, numbers.lower), job.model.hidden, len(recipe().relations))
    _resume(pairs, job.work / "events.pt", job)
    stages = ((from_written, False), (mixed, False), (varied, True))
    totals = steps or (numbers.written, numbers.mixed, numbers.whole)
    for (each_pass, whole), total in zip(stages if real else stages[:1], totals, strict=False):
        learn_events(pairs, each_pass, total=total, whole=whole, rng=job.rng, log=job.log)
    _save(pairs, job.work / "events.pt")
    write_vocabulary(job.folder, job.model, vocabulary)
    export_pairs(pairs, job.folder / "pairs.onnx")
    found = candidates(pairs, (e for doc, annotated in held for e in article_examples(doc, annotated)))
    write_settings(job.folder, settings(fitted(found, len(recipe().relations))))
    return _finish(job, {"held out": {"articles": len(held), "statements": sum(c.right for c in found)}})


def is_held_out(article: str, share: int) -> bool:
    """Return whether an article serves calibration: one in `share`, always the same ones."""
    return int.from_bytes(sha256(article.encode()).digest()[:4], "big") % share == 0


def _save(model: nn.Module, path: Path) -> None:
    """Save what was trained; the table of embeddings is the pretrained model's, for whichever pieces are kept."""
    torch.save({name: value for name, value in model.state_dict().items() if not name.endswith(_TABLE)}, path)


def _resume(model: nn.Module, path: Path, job: Job) -> None:
    """Go on from an earlier training in the same folder, if there is one."""
    if not path.is_file():
        return
    try:
        state = {k: v for k, v in torch.load(path, weights_only=True).items() if not k.endswith(_TABLE)}
        table = {k: v for k, v in model.state_dict().items() if k.endswith(_TABLE)}
        model.load_state_dict(state | table)
    except (RuntimeError, AttributeError) as error:
        remedy = "remove it to train from the pretrained model"
        raise WeightsError(f"{path}: of another recipe ({str(error).splitlines()[0]}); {remedy}") from error
    job.say(f"goes on from {path}")


def _finish(job: Job, scores: dict[str, Any]) -> list[str]:
    """Take the other half from the bundled weights where it fits; write the manifest once all is there."""
    bundled = bundle.ROOT / "encoder"
    ours, theirs = job.folder / "pieces.json", bundled / "pieces.json"
    if theirs.is_file() and ours.read_bytes() == theirs.read_bytes():
        for name in missing_parts(job.folder):
            shutil.copy(bundled / name, job.folder / name)
    missing = missing_parts(job.folder)
    if not missing:
        write_entry(job.out, scores)
    return missing
