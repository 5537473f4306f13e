"""`kg train --only names` and `--only events` in one function each: read, train, export, calibrate, write.

With no passes or steps at all, the weights in OUT/work/encoder are exported and calibrated as they are.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import Any

from kg import bundle
from kg.train.encoder.annotated import find_names, read_folder, set_names
from kg.train.encoder.calibration import candidates, fitted
from kg.train.encoder.events import Pairs
from kg.train.encoder.examples import Example, article_examples
from kg.train.encoder.export import export_names, export_pairs
from kg.train.encoder.learning import Namer, learn_events, learn_names
from kg.train.encoder.material import Job, Read, drawing, filled_with, names_of, vocabulary_of
from kg.train.encoder.recipe import recipe
from kg.train.encoder.renamed import renamed
from kg.train.encoder.saved import average, begin, save
from kg.train.encoder.sets import read_sets
from kg.train.encoder.ship import missing_parts, settings, write_entry, write_settings, write_vocabulary
from kg.train.encoder.tagged import Tagged, article_tagged, dressed, exchanged
from kg.train.encoder.transformer import Transformer, upper
from kg.train.encoder.varied import one_cut, unseen
from kg.train.encoder.written import read_written


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
    before = begin(namer, "names", job)
    opening = [dressed(t, job.rng) for t in sets]
    if passes is None:
        passes = recipe().tuning.passes if before else settings_.passes
    if passes:
        rate = recipe().tuning.rate if before else 1.0
        learn_names(namer, opening, each_pass, cut, passes=passes, rng=job.rng, rate=rate, log=job.log)
        average(namer, before)
    save(namer, "names", job)
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
    before = begin(pairs, "pairs", job)
    stages = ((from_written, False), (mixed, False), (varied, True))
    rate = recipe().tuning.rate if before else 1.0
    totals = steps or ((0, 0, recipe().tuning.steps) if before else (numbers.written, numbers.mixed, numbers.whole))
    for (each_pass, whole), total in zip(stages if real else stages[:1], totals, strict=False):
        if total:
            learn_events(pairs, each_pass, total=total, whole=whole, rng=job.rng, rate=rate, log=job.log)
    average(pairs, before)
    save(pairs, "pairs", job)
    write_vocabulary(job.folder, job.model, vocabulary)
    export_pairs(pairs, job.folder / "pairs.onnx")
    found = candidates(pairs, (e for doc, annotated in held for e in article_examples(doc, annotated)))
    if before and sum(c.right for c in found) < calibration.enough:
        job.say("too few statements are held out to calibrate anew: the bundled calibration stays")
        shutil.copy(bundle.find("encoder", bundle.ROOT) / "settings.json", job.folder / "settings.json")
    else:
        write_settings(job.folder, settings(fitted(found, len(recipe().relations))))
    return _finish(job, {"held out": {"articles": len(held), "statements": sum(c.right for c in found)}})


def is_held_out(article: str, share: int) -> bool:
    """Return whether an article serves calibration: one in `share`, always the same ones."""
    return int.from_bytes(sha256(article.encode()).digest()[:4], "big") % share == 0


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
