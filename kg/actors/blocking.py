"""Which pairs of nodes are worth comparing: those that share a key which few have.

A key that many share ("muhammad") tells little, and a pair of keys comes beside it; so the work grows with the number
of nodes and not with its square, and one block is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from kg.actors import bodies, persons
from kg.actors.nodes import Node

# Nodes; of the keys of 100,000 names hardly any that tells something is shared by more, and 60 make 1,770 pairs.
LARGEST = 60


def keys(node: Node) -> set[str]:
    """Return the keys of a node, of its type and its names."""
    if node.type == "Person":
        return {f"Person {key}" for key in persons.blocks(node.person)}
    return {f"{node.type} {key}" for name in node.bodies for key in bodies.blocks(name)}


def pairs(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions of nodes that share a key, once; by key, so that their order does not matter."""
    entries = sorted((key, at) for at, node in enumerate(nodes) for key in keys(node))
    alive: dict[int, set[str]] = {}
    for key, group in groupby(entries, key=lambda entry: entry[0]):
        members = [at for _, at in group]
        if 1 < len(members) <= LARGEST:
            for at in members:
                alive.setdefault(at, set()).add(key)
    for key, group in groupby(entries, key=lambda entry: entry[0]):
        members = [at for _, at in group]
        if not 1 < len(members) <= LARGEST:
            continue
        for first, second in combinations(members, 2):
            if min(alive[first] & alive[second]) == key:
                yield first, second
