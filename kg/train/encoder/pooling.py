"""Scores of pairs of mentions → scores of pairs of entities in a passage, as `kg.extract.scored` pools them.

Several mentions of the same two speak together: the log of the sum of exponentials, a smooth maximum (Jia et al. 2019;
Zhou et al. 2021). A relation without direction is the mean of both, in the same sense.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from kg.train.encoder.transformer import NEVER


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each pair belongs to, and where the group of the other direction is (-1 where there is none)."""

    of: Tensor
    count: int
    reverse: Tensor


def pooled(logits: Tensor, groups: Groups, symmetric: Tensor) -> Tensor:
    """Return the groups' logits."""
    top = _maximum(logits.detach(), groups)
    sums = torch.zeros(groups.count, logits.shape[1]).index_add(0, groups.of, torch.exp(logits - top[groups.of]))
    found = top + torch.log(sums + 1e-9)
    other = torch.where((groups.reverse >= 0)[:, None], found[groups.reverse.clamp(min=0)], NEVER)
    # Alone, a direction counts half: reading asks for both wherever there are both.
    both = torch.logaddexp(found, other) - math.log(2)
    return torch.where(symmetric[None], both, found)


def pooled_factuality(factuality: Tensor, logits: Tensor, groups: Groups) -> Tensor:
    """Return the groups' factualities: each pair weighs by how much it speaks for any relation."""
    loudest = logits.detach().max(1, keepdim=True).values
    weight = torch.exp(loudest - _maximum(loudest, groups)[groups.of])
    total = torch.zeros(groups.count, 1).index_add(0, groups.of, weight)
    shares = factuality * (weight / total[groups.of])
    return torch.zeros(groups.count, factuality.shape[1]).index_add(0, groups.of, shares)


def _maximum(values: Tensor, groups: Groups) -> Tensor:
    where = groups.of[:, None].expand_as(values)
    return torch.full((groups.count, values.shape[1]), NEVER).scatter_reduce(0, where, values, "amax")
