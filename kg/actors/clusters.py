"""Pairs → actors: the surest pair first, and none that would join what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.actors.judgements import Judgements
from kg.actors.nodes import Node
from kg.actors.persons import PersonName, compare, same_part
from kg.actors.similarity import Score
from kg.specs.who import name_words, weights

MANY = 40  # different names of one actor; whoever has more is a heap already, and grows no further by similar names

LONG = 7  # letters from which two names of one article that sound alike are one: shorter ones may be brothers ("Hasan")


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that were joined, and why; `left` and `right` are positions."""

    left: int
    right: int
    score: float
    reason: str


@dataclass(slots=True)
class Clusters:
    """The nodes joined so far; `edges` are the pairs that joined them."""

    nodes: Sequence[Node]
    score: Callable[[int, int], Score | None]
    judgements: Judgements
    root: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    articles: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    full: dict[int, set[PersonName]] = field(default_factory=dict)
    known: dict[int, set[str]] = field(default_factory=dict)  # the IRIs of the base's actors, which is one at most
    countries: dict[int, set[str]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = list(range(len(self.nodes)))
        for at, node in enumerate(self.nodes):
            self.members[at] = [at]
            self.articles[at] = {article: [at] for article in node.articles}
            self.full[at] = {node.person} if node.type == "Person" and not node.short else set()
            self.known[at] = {node.known.iri()} if node.known else set()
            self.countries[at] = {node.country} if node.country else set()

    def of(self, at: int) -> int:
        """Return the root of a node's cluster: the least of its positions."""
        while self.root[at] != at:
            self.root[at] = self.root[self.root[at]]
            at = self.root[at]
        return at

    def alone(self, at: int) -> bool:
        """Say whether a node has been joined to none."""
        return len(self.members[self.of(at)]) == 1

    def named_in_full(self, at: int) -> bool:
        """Say whether a node's cluster has a person's full name."""
        return bool(self.full[self.of(at)])

    def join(self, left: int, right: int, score: float, reason: str, *, forced: bool = False) -> bool:
        """Join the clusters of two nodes unless something speaks against it; say if they are one now."""
        a, b = self.of(left), self.of(right)
        if a == b:
            return True
        if not (self._unrelated(a, b) if forced else self.allowed(a, b)):
            return False
        a, b = min(a, b), max(a, b)
        self.root[b] = a
        self.members[a] += self.members.pop(b)
        for article, those in self.articles.pop(b).items():
            self.articles[a].setdefault(article, []).extend(those)
        self.full[a] |= self.full.pop(b)
        self.known[a] |= self.known.pop(b)  # kept, as are countries: a short name may have ten thousand nodes
        self.countries[a] |= self.countries.pop(b)
        self.edges.append(Edge(left, right, round(score, 2), reason))
        return True

    def allowed(self, a: int, b: int) -> bool:
        """Say whether no two of two clusters' nodes contradict each other."""
        return (
            self.nodes[a].type == self.nodes[b].type
            and self._one_known(a, b)
            and self._one_country(a, b)
            and self._names_agree(a, b)
            and not self.judgements.parted(self._all(a), self._all(b))
            and self._unrelated(a, b)
            and self._articles_agree(a, b)
        )

    def _all(self, root: int) -> Iterator[Node]:
        return (self.nodes[at] for at in self.members[root])

    def _one_known(self, a: int, b: int) -> bool:
        return len(self.known[a] | self.known[b]) < 2

    def _one_country(self, a: int, b: int) -> bool:
        if self.nodes[a].type == "Person":
            return True
        return len(self.countries[a] | self.countries[b]) < 2

    def _names_agree(self, a: int, b: int) -> bool:
        if len(self.full[a]) + len(self.full[b]) > MANY:
            return False
        if self.known[a] and self.known[a] == self.known[b]:
            return True
        return all(compare(x, y) is not None for x in self.full[a] for y in self.full[b])

    def _articles_agree(self, a: int, b: int) -> bool:
        """Two names of one article are two actors, unless they are one name but for its spelling or country."""
        for _, one, other in self._shared(a, b):
            x, y = self.nodes[one], self.nodes[other]
            if x.known and y.known:
                continue
            found = self.score(one, other)
            limit = "merge" if found and found.acronym else "together"
            if found is None:
                return False
            if x.short == y.short and found.value < weights()["threshold"][limit] and not _one_spelt_twice(x, y):
                return False
        return True

    def _unrelated(self, a: int, b: int) -> bool:
        """Say whether no statement relates one to the other: none relates an actor to itself."""
        return not any(
            (article, self.nodes[other].iri) in self.nodes[one].apart
            or (article, self.nodes[one].iri) in self.nodes[other].apart
            for article, one, other in self._shared(a, b)
        )

    def _shared(self, a: int, b: int) -> Iterator[tuple[str, int, int]]:
        """Yield pairs of nodes of two clusters that one article names, with the article."""
        few, many = sorted((self.articles[a], self.articles[b]), key=len)
        for article, those in few.items():
            for other in many.get(article, ()):
                yield from ((article, one, other) for one in those)


def _one_spelt_twice(x: Node, y: Node) -> bool:
    """Say whether two short names of one article are a rare one as it sounds, spelt in two ways."""
    if not (x.short and y.short):
        return False
    one, other = x.person.parts[0], y.person.parts[0]
    common = {one.text, other.text} & name_words().person.common
    return not common and min(len(one.text), len(other.text)) >= LONG and same_part(one, other) in ("same", "sound")
