"""States of a passage with its mentions → scores of relations for ordered pairs of mentions, in PyTorch.

Mentions are spans that are known beforehand, marked in what the layers read (typed markers, Zhou and Chen 2022), at
the entrance and again halfway, then taken by their first and last piece with the passage's own (near to SpERT, Eberts
and Ulges 2020). A pair looks once more at the passage, where both its mentions point (localized context, Zhou et al.
2021, ATLOP). The names of the parts are those of saved weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.encoder.names import TYPES
from kg.encoder.pairs import KINDS
from kg.model import FACTUALITIES
from kg.train.encoder.transformer import DROPOUT, NEVER, Transformer, padding

# Sizes of a pair's representation, of a head that points, of one that reads; rows of the table of features.
PAIR, HEADS, POINT, READ, FEATURES = 256, 4, 32, 64, 64
_RARE = -5.0  # first logit of a relation: most pairs have none


@dataclass(frozen=True, slots=True)
class Asked:
    """What the model is asked of padded passages: see `kg.encoder.pairs.questions`, whose arrays these are."""

    mask: Tensor
    marks: Tensor
    kinds: Tensor
    passage: Tensor  # of each mention; pairs stand in the order of their passages
    first: Tensor
    last: Tensor
    subject: Tensor
    object: Tensor
    features: Tensor


class Pairs(nn.Module):
    """The layers and what scores pairs: `lower` and `layers` are the pretrained ones.

    `mark` and `kind` tell the upper layers where mentions of which type and kind are, `first_mark` and `first_kind` the
    lower ones, which know nothing of it until they are trained as well; `ms` and `mo` make a subject and an object of a
    mention, `q` points from it at the passage's pieces by their `k`, and `v` is what is read there; `wc`, `wp` and
    `feat` add what was read, how both fit, and the features; `out` and `fact` score; `vote` is what a frame's find
    counts for.
    """

    def __init__(self, lower: Transformer, layers: nn.ModuleList, hidden: int, relations: int) -> None:
        super().__init__()
        self.lower, self.layers, self.dropout = lower, layers, DROPOUT
        self.lower.pos.weight.requires_grad_(False)
        self.mark, self.first_mark = (nn.Embedding(1 + 2 * len(TYPES), hidden) for _ in range(2))
        self.kind, self.first_kind = (nn.Embedding(len(KINDS) + 1, hidden) for _ in range(2))
        self.ms, self.mo = nn.Linear(3 * hidden, PAIR), nn.Linear(3 * hidden, PAIR)
        self.q, self.k = nn.Linear(3 * hidden, 2 * HEADS * POINT), nn.Linear(hidden, HEADS * POINT)
        self.v = nn.Linear(hidden, HEADS * READ)
        self.feat = nn.Embedding(FEATURES, PAIR)
        self.wc, self.wp = nn.Linear(HEADS * READ, PAIR), nn.Linear(PAIR, PAIR, bias=False)
        self.mid, self.out, self.fact = (nn.Linear(PAIR, n) for n in (PAIR, relations, len(FACTUALITIES)))
        self.vote = nn.Parameter(torch.zeros(relations))
        for table in (self.mark, self.kind, self.feat):
            nn.init.normal_(table.weight, 0, 0.02)
        for table in (self.first_mark, self.first_kind):
            nn.init.zeros_(table.weight)
        nn.init.constant_(self.out.bias, _RARE)

    def read(self, words: Tensor, marks: Tensor, kinds: Tensor, places: Tensor, bias: Tensor) -> Tensor:
        """Return the states after the lower layers, of embedded pieces at their places."""
        words = words + self.first_mark(marks) + self.first_kind(kinds) * (marks > 0)[..., None]
        return self.lower.embedded(words, places, bias, self.dropout)

    def marked(self, states: Tensor, marks: Tensor, kinds: Tensor, bias: Tensor) -> Tensor:
        """Return the states after the upper layers, which are told of the mentions."""
        states = states + self.mark(marks) + self.kind(kinds) * (marks > 0)[..., None]
        for layer in self.layers:
            states = layer(states, bias, self.dropout)
        return states

    def forward(self, pieces: Tensor, asked: Asked) -> Tensor:
        """Return the states of padded passages after all layers."""
        bias = padding(asked.mask)
        states = self.read(self.lower.word(pieces), asked.marks, asked.kinds, self.lower.pos.weight, bias)
        return self.marked(states, asked.marks, asked.kinds, bias)

    def score(self, states: Tensor, asked: Asked) -> tuple[Tensor, Tensor]:
        """Return the logits of pairs from the upper layers' states."""
        of, subject, object_ = asked.passage, asked.subject, asked.object
        mention = torch.cat([states[of, asked.first], states[of, asked.last], states[of, 0]], -1)
        mention = self._drop(mention)
        as_subject, as_object = self.ms(mention), self.mo(mention)
        point = self.q(mention).view(-1, 2, HEADS, POINT)
        keys = self.k(states).view(*states.shape[:2], HEADS, POINT)[of]
        seen_by = [torch.einsum("mhd,mlhd->mhl", point[:, side], keys) / POINT**0.5 for side in (0, 1)]
        seen_by = [scores + ((~asked.mask).float() * NEVER)[of][:, None, :] for scores in seen_by]
        weights = torch.softmax(seen_by[0][subject] + seen_by[1][object_], -1)
        values = self.v(states).view(*states.shape[:2], HEADS, READ)
        counts = torch.bincount(of[subject], minlength=len(states)).tolist()
        # Passage by passage: to index the values pair by pair would copy them for every pair.
        parts = zip(torch.split(weights, counts), values, strict=True)
        read = torch.cat([torch.einsum("phl,lhd->phd", w, v).flatten(1) for w, v in parts])
        features = self.feat(asked.features).sum(1)
        both = self.wc(read) + self.wp(as_subject[subject] * as_object[object_]) + features
        pair = functional.gelu(as_subject[subject] + as_object[object_] + both)
        pair = self._drop(functional.gelu(self.mid(self._drop(pair))))
        return self.out(pair), self.fact(pair)

    def _drop(self, values: Tensor) -> Tensor:
        return functional.dropout(values, self.dropout, self.training)
