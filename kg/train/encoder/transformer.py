"""The pretrained encoder in PyTorch, with the numbers of a `Pretrained` in it.

BERT's layers (Devlin et al. 2019): attention and a wide layer, each added to what it read and normalised after; exact
GELU, positions from 0. The names of the parts are those under which trained weights are saved.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.encoder.passages import dequantise
from kg.train.encoder.pretrained import Pretrained

# A score that no softmax gives weight to; finite, for half precision.
NEVER = -1e4
DROPOUT = 0.1


class Layer(nn.Module):
    """One layer: `qkv` attends, `ao` joins its heads, `fi` and `fo` are the wide layer, `aln` and `oln` normalise."""

    def __init__(self, hidden: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.ao = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, epsilon), nn.LayerNorm(hidden, epsilon)

    def forward(self, states: Tensor, bias: Tensor, dropout: float = 0.0) -> Tensor:
        """Return the states one layer on; `bias` is added to the scores of attention."""
        size, length, hidden = states.shape
        width = hidden // self.heads
        query, key, value = self.qkv(states).view(size, length, 3, self.heads, width).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(query * width**-0.5, key.transpose(-1, -2)).float() + bias
        seen = torch.matmul(torch.softmax(scores, -1).to(value.dtype), value)
        seen = self.ao(seen.transpose(1, 2).reshape(size, length, hidden))
        states = self.aln(states + functional.dropout(seen, dropout, self.training))
        wide = self.fo(functional.gelu(self.fi(states)))
        out: Tensor = self.oln(states + functional.dropout(wide, dropout, self.training))
        return out


class Transformer(nn.Module):
    """Pieces → states: the first `layers` layers over embeddings, which are a table that is not trained."""

    def __init__(self, model: Pretrained, rows: Sequence[int], layers: int) -> None:
        super().__init__()
        self.word = nn.Embedding(len(rows), model.hidden)
        self.word.weight.requires_grad_(False)
        self.pos = nn.Embedding(len(model.tensors["emb.pos"]), model.hidden)
        self.ln = nn.LayerNorm(model.hidden, model.epsilon)
        self.layers = nn.ModuleList(
            Layer(model.hidden, model.inner, model.heads, model.epsilon) for _ in range(min(layers, model.layers))
        )
        fill(self, model, rows)

    def forward(self, pieces: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
        """Return the states of padded passages; `mask` is true where a piece stands."""
        return self.embedded(self.word(pieces), self.pos.weight, padding(mask), dropout)

    def embedded(self, words: Tensor, places: Tensor, bias: Tensor, dropout: float = 0.0) -> Tensor:
        """Return the states of passages that are embedded already, as the exported parts get them."""
        states: Tensor = self.ln(words + places[: words.shape[1]])
        for layer in self.layers:
            states = layer(states, bias, dropout)
        return states


def padding(mask: Tensor) -> Tensor:
    """Return what keeps attention from looking at padding."""
    return (~mask)[:, None, None, :].float() * NEVER


def fill(encoder: Transformer, model: Pretrained, rows: Sequence[int]) -> None:
    """Give an encoder the pretrained numbers, for the pieces in `rows`; there is one type of segment, added in."""
    tensors = {name: torch.from_numpy(values) for name, values in model.tensors.items()}
    with torch.no_grad():
        encoder.word.weight.copy_(torch.from_numpy(dequantise(model.words, rows)))
        encoder.pos.weight.copy_(tensors["emb.pos"] + tensors["emb.type"][: model.hidden])
        encoder.ln.weight.copy_(tensors["emb.ln.w"])
        encoder.ln.bias.copy_(tensors["emb.ln.b"])
        for number, layer in enumerate(encoder.layers):
            fill_layer(layer, tensors, f"l{number}")


def fill_layer(layer: nn.Module, tensors: dict[str, Tensor], name: str) -> None:
    """Give a layer its pretrained numbers; `name` is its own in the file: l0 to l11."""
    for kind, part in (("w", "weight"), ("b", "bias")):
        state = {f"qkv.{part}": torch.cat([tensors[f"{name}.{head}.{kind}"] for head in "qkv"])}
        state |= {f"{own}.{part}": tensors[f"{name}.{own}.{kind}"] for own in ("ao", "fi", "fo", "aln", "oln")}
        layer.load_state_dict(state, strict=False)


def upper(model: Pretrained, lower: int) -> nn.ModuleList:
    """Return the pretrained layers above the first `lower` ones."""
    layers = nn.ModuleList()
    tensors = {name: torch.from_numpy(values) for name, values in model.tensors.items()}
    for number in range(lower, model.layers):
        layer = Layer(model.hidden, model.inner, model.heads, model.epsilon)
        fill_layer(layer, tensors, f"l{number}")
        layers.append(layer)
    return layers
