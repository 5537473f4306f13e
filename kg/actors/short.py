"""Short names of persons → whom they mean: the full name that time and company point to, or nobody where two fit.

For each short name of an article the full names that have it are weighed against each other and against "nobody known".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import exp, log, log2

from kg.actors import known
from kg.actors.clusters import Clusters
from kg.actors.interface import Known
from kg.actors.nodes import Node
from kg.actors.persons import Part, compare
from kg.actors.similarity import Carriers, Score, context, names
from kg.specs.who import name_words, weights

MOST = 40  # full names weighed for one short name: the most written about; a name that more bear points to nobody


class Full:
    """The actors with a full name, found by each part of it and by its sound."""

    def __init__(self, clusters: Clusters, base: Known | None = None) -> None:
        self.clusters = clusters
        self.base = base
        self.known = {node.iri: node.known for node in clusters.nodes if node.known}
        self.by_part: dict[str, set[int]] = defaultdict(set)
        self.whole: dict[int, Node] = {}
        self.keys: dict[int, str] = {}
        for root in sorted(clusters.members):
            for name in clusters.full[root]:
                for part in name.parts:
                    for key in _keys(part):
                        self.by_part[key].add(root)

    def of(self, part: Part) -> list[int]:
        """Return the clusters whose names may have a part, the most written about first."""
        found = set().union(*(self.by_part.get(key, set()) for key in _keys(part)))
        return sorted(found, key=lambda root: (-len(self.clusters.articles[root]), self.key(root)))[:MOST]

    def key(self, root: int) -> str:
        """Return the least key of a cluster's nodes, by which equals are ordered."""
        if root not in self.keys:
            self.keys[root] = min(self.clusters.nodes[at].key for at in self.clusters.members[root])
        return self.keys[root]

    def node(self, root: int) -> Node:
        """Return all that is known of a cluster as one node."""
        if root not in self.whole:
            whole = Node(self.key(root), "", "Person")
            for at in sorted(self.clusters.members[root], key=lambda at: self.clusters.nodes[at].key):
                node = self.clusters.nodes[at]
                whole.known = whole.known or node.known
                for own, other in (
                    (whole.offices, node.offices),
                    (whole.countries, node.countries),
                    (whole.company, node.company),
                ):
                    own.update(other)  # type: ignore[arg-type]
                whole.dates += node.dates
                whole.articles |= node.articles
            self.whole[root] = whole
        return self.whole[root]

    def bodies_met(self, node: Node) -> set[str]:
        """Return the IRIs of a node's company, those of the base where it is known."""
        return {self.known[iri].iri() if iri in self.known else iri for iri in node.company}


def _keys(part: Part) -> Iterator[str]:
    yield part.text
    yield f"l {''.join(sorted(part.text))}"
    if len(part.sound) > 2:
        yield f"s {part.sound}"


def meant(at: int, full: Full, carriers: Carriers, article_country: dict[str, str]) -> tuple[int, Score, float] | None:
    """Return the position of a node that a short name joins, why, and by how much it leads; None without such a one."""
    node = full.clusters.nodes[at]
    w = weights()["context"]
    part = node.person.parts[0]
    common = part.text in name_words().person.common
    found = [(w["nobody_common"] if common else w["nobody_rare"], "", -1, Score())]
    home = next((article_country[a] for a in node.articles if a in article_country), None)
    for root in full.of(part):
        if not full.clusters.allowed(full.clusters.of(at), root):
            continue
        score = _weighed(node, root, full, carriers, home)
        if score is not None:
            found.append((score.value, full.key(root), root, score))
    best = min(found, key=lambda one: (-one[0], one[1]))
    if best[2] < 0:
        return None
    # Many who are each less likely are together likelier than one: what speaks for them is added up as odds.
    others = sum(exp(one[0] - best[0]) for one in found if one is not best)
    return best[2], best[3], -log(others)


def _weighed(node: Node, root: int, full: Full, carriers: Carriers, home: str | None) -> Score | None:
    """Return how well a cluster's names, prominence and company fit a short name."""
    best: Score | None = None
    for name in sorted(full.clusters.full[root], key=str):
        likeness = compare(node.person, name)
        if likeness is None or likeness.met[0][2] in ("initial", "nickname"):
            continue
        score = Score()
        names(score, likeness, carriers)
        if likeness.met[0][2] == "same":
            score = Score(0.0, [f"{node.usual} in {' '.join(p.text for p in name.parts)}"])
        else:  # what a variant spelling lacks speaks against it
            score = Score(
                score.value - carriers.worth(node.person.parts[0]), [f"{node.usual} like {likeness.met[0][1].text}"]
            )
        if name.parts[0].text != likeness.met[0][1].text and name.parts[-1].text != likeness.met[0][1].text:
            score.add(weights()["name"]["middle"], "its middle part")
        if best is None or score.value > best.value:
            best = score
    if best is None:
        return None
    whole = full.node(root)
    w = weights()["context"]
    best.add(round(w["articles"] * log2(1 + len(whole.articles)), 2), f"{len(whole.articles)} articles")
    if whole.known:
        best.add(w["base"], "in the base")
    countries = sorted(whole.countries, key=lambda code: (-whole.countries[code], code))
    own = whole.known.iso if whole.known else next(iter(countries), None)
    if home and own == home:
        best.add(w["article_country"], f"the article is about {home}")
    elif home and own:
        best.add(w["other_article"], f"the article is about {home}")
    if (
        whole.known
        and full.base
        and full.bodies_met(node) & known.bodies_of(whole.known, full.base, min(node.dates, default=""))
    ):
        best.add(w["office_met"], "in office in a body of the article")
    if node.articles.keys() & whole.articles.keys():
        best.add(w["one_article"], "in full in the same article")
    context(best, node, whole)
    return best
