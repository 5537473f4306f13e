"""The two trainings: steps over batches, with a rate that warms up and then falls to nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import IO

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.encoder.names import LABELS
from kg.encoder.passages import PLACES, Passage, Pieces
from kg.train.encoder.batches import Batch, batch_of, batches, padded
from kg.train.encoder.events import Pairs
from kg.train.encoder.examples import Example
from kg.train.encoder.pooling import pooled, pooled_factuality
from kg.train.encoder.recipe import recipe
from kg.train.encoder.tagged import Tagged
from kg.train.encoder.transformer import DROPOUT, Transformer, padding

_CLIP, _DECAY, _LEAST = 1.0, 0.01, 0.02
_SCALE = 0.05  # of the sum of losses over a batch: about one a stated relation
_REPORT = 100  # steps


class Namer(nn.Module):
    """The layers that find names: `enc` reads, `head` gives each piece its scores of labels."""

    def __init__(self, encoder: Transformer) -> None:
        super().__init__()
        self.enc, self.head = encoder, nn.Linear(encoder.pos.embedding_dim, len(LABELS))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of labels for every piece."""
        states = self.enc(pieces, mask, DROPOUT).float()
        scores: Tensor = self.head(functional.dropout(states, DROPOUT, self.training))
        return scores


class _Steps:
    """An optimiser whose rate follows the share of the training that is done."""

    def __init__(self, groups: list[tuple[list[nn.Parameter], float]], warmup: int, log: IO[str] | None) -> None:
        self.optimiser = torch.optim.AdamW([{"params": p, "lr": r} for p, r in groups], weight_decay=_DECAY)
        self.rates, self.warmup, self.log = [rate for _, rate in groups], warmup, log
        self.parameters = [p for parameters, _ in groups for p in parameters]
        self.taken, self.sum = 0, 0.0

    def take(self, loss: Tensor, done: float) -> None:
        """Take one step down."""
        factor = min(1.0, (self.taken + 1) / self.warmup) * max(_LEAST, 1 - done)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, _CLIP)
        self.optimiser.step()
        self.taken, self.sum = self.taken + 1, self.sum + loss.item()
        if self.log and self.taken % _REPORT == 0:
            print(f"step {self.taken}, {done:.0%}: loss {self.sum / _REPORT:.3f}", file=self.log, flush=True)
            self.sum = 0.0


def learn_names(
    model: Namer,
    first: Sequence[Tagged],
    each_pass: Callable[[], Sequence[Tagged]],
    cut: Pieces,
    *,
    passes: float,
    rng: random.Random,
    rate: float = 1.0,
    log: IO[str] | None = None,
) -> None:
    """Train on `first` once, then on what `each_pass` returns, `passes` times; embeddings stay as they are.

    `rate` is a factor of the recipe's rates.
    """
    settings = recipe().names
    own = [p for p in model.enc.parameters() if p.requires_grad]
    groups = [(own, settings.rate * rate), (list(model.head.parameters()), settings.head_rate * rate)]
    steps = _Steps(groups, settings.warmup, log)

    def made(passages: Sequence[Tagged]) -> list[list[tuple[list[int], list[int], list[int]]]]:
        items = [(*tagged.pieces(cut), tagged.labels()) for tagged in passages]
        items = [item for item in items if len(item[0]) <= PLACES + 2]  # in capitals, a passage has more pieces
        return batches(items, settings.batch, lambda item: len(item[0]), rng)

    opening, upcoming = made(first), made(each_pass())
    total = len(opening) + int(len(upcoming) * passes)
    model.train()
    while steps.taken < total:
        for batch in opening or upcoming or made(each_pass()):
            pieces, mask = padded([item[0] for item in batch])
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(pieces, mask)
            words = torch.cat([scores[i, item[1]] for i, item in enumerate(batch)])
            labels = torch.tensor([label for item in batch for label in item[2]])
            steps.take(functional.cross_entropy(words.float(), labels), steps.taken / total)
            if steps.taken >= total:
                break
        upcoming = upcoming if opening else []
        opening = []
    model.eval()


def forward(model: Pairs, batch: Batch, below: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Return the logits of relations and factualities of a batch's pairs of entities.

    `below` are the states after the lower layers where those are left as they are.
    """
    asked = batch.asked
    with torch.autocast("cpu", torch.bfloat16):
        if below is None:
            states = model(batch.pieces, asked)
        else:
            states = model.marked(below, asked.marks, asked.kinds, padding(asked.mask))
    relations, factuality = model.score(states.float(), asked)
    found = pooled(relations, batch.groups, torch.tensor(recipe().symmetric)) + model.vote * batch.told
    return found, pooled_factuality(factuality, relations, batch.groups)


def loss_of(relations: Tensor, factuality: Tensor, batch: Batch) -> Tensor:
    """Return the loss: each relation is a question of its own, and what is stated also has a factuality."""
    asked = functional.binary_cross_entropy_with_logits(relations, batch.stated, reduction="none")
    loss = (asked * ~batch.ignored * batch.weight[:, None]).sum()
    stated = batch.factuality >= 0
    if stated.any():
        known = functional.cross_entropy(factuality[stated], batch.factuality[stated], reduction="sum")
        loss = loss + recipe().events.factuality * known
    return loss


class Frozen:
    """The lower layers as pretrained; what they make of an article's passages is kept, for those come again."""

    def __init__(self, encoder: Transformer) -> None:
        self.encoder = encoder
        self.kept: dict[int, tuple[Passage, Tensor]] = {}  # the passage too, lest its number be another's

    def __call__(self, examples: Sequence[Example], batch: Batch) -> Tensor:
        """Return the states of a batch."""
        states = torch.zeros(*batch.pieces.shape, self.encoder.pos.embedding_dim, dtype=torch.bfloat16)
        again = {row: example.passage for row, example in enumerate(examples) if example.article}
        for row, passage in again.items():
            if id(passage) not in self.kept:
                self.kept[id(passage)] = passage, self._read(*padded([passage.pieces]))[0]
            states[row, : len(passage.pieces)] = self.kept[id(passage)][1]
        if once := [row for row in range(len(examples)) if row not in again]:
            states[once] = self._read(batch.pieces[once], batch.asked.mask[once])
        return states

    def _read(self, pieces: Tensor, mask: Tensor) -> Tensor:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states: Tensor = self.encoder(pieces, mask)  # without dropout, though in training
        return states.to(torch.bfloat16)


def learn_events(
    model: Pairs,
    each_pass: Callable[[], Sequence[Example]],
    *,
    total: int,
    whole: bool,
    rng: random.Random,
    rate: float = 1.0,
    log: IO[str] | None = None,
) -> None:
    """Take `total` steps on what `each_pass` returns, again and again; the lower layers learn too if it is `whole`.

    `rate` is a factor of the recipe's rates.

    The model ends as the exponential moving average of its weights, which is right more often than its last ones
    (Polyak and Juditsky 1992; Izmailov et al. 2018).
    """
    settings = recipe().events
    lower, layers = list(model.lower.layers.parameters()), list(model.layers.parameters())
    known = {id(p) for p in (*model.lower.parameters(), *layers)}
    new = [p for p in model.parameters() if id(p) not in known]
    own = settings.rate * rate
    groups = [(layers, own), (new, own * settings.head_factor), *[(lower, own * settings.lower_factor)] * whole]
    steps = _Steps(groups, settings.warmup, log)
    frozen = None if whole else Frozen(model.lower)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(settings.average))
    model.train()
    for examples in _forever(each_pass, rng):
        if steps.taken >= total:
            break
        batch = batch_of(examples)
        if batch is not None:
            below = frozen(examples, batch) if frozen else None
            loss = loss_of(*forward(model, batch, below), batch)
            steps.take(loss * _SCALE, steps.taken / total)
            average.update_parameters(model)
    model.load_state_dict(average.module.state_dict())
    model.eval()


def _forever(each_pass: Callable[[], Sequence[Example]], rng: random.Random) -> Iterator[list[Example]]:
    size = recipe().events.batch
    while True:
        found = batches([e for e in each_pass() if e.asks], size, lambda e: len(e.passage.pieces), rng)
        if not found:
            return
        yield from found
