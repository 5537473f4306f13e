"""Local names of all articles → actors: who is who, whatever the order of the articles.

    Local ─ nodes ─ base ─ blocks ─ scores ─ clusters ─ short names ─→ Resolved, by article and local IRI

The surest pair is joined first, and no cluster holds two names that contradict each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kg.actors import countries, known, naming, short, types, wholes
from kg.actors.blocking import pairs
from kg.actors.clusters import Clusters, Edge
from kg.actors.interface import Known
from kg.actors.judgements import Judgements, names_of
from kg.actors.nodes import Node, by_article
from kg.actors.persons import person_name
from kg.actors.similarity import Carriers, Score, pair
from kg.model import Local, Merge, Resolved
from kg.specs.who import weights

Scorer = Callable[[int, int], Score | None]
Doubt = tuple[float, int, int, Score]  # log-odds, two positions, and what they are made of
DOUBTFUL = 2000  # pairs kept for review: the surest; nobody goes through more


@dataclass(slots=True)
class Resolution:
    """Who is meant: by (article, local IRI); every merge with its reason; pairs that a person may judge."""

    actors: dict[tuple[str, str], Resolved] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    doubtful: list[Merge] = field(default_factory=list)


def resolve(locals_: Iterable[Local], base: Known | None = None, judgements: Judgements | None = None) -> Resolution:
    """Return who is meant by each local name of all articles.

    Countries are known by their codes, and left out. `base` are known actors; `judgements` what people have said.
    """
    said = by_article(locals_)
    own = {(local.article, local.iri): local.type for those in said.values() for local in those}
    articles = types.settled(said, base)
    judged = judgements or Judgements()
    nodes, home = _nodes(articles, base, judged)
    nodes += known.beside(nodes, base)
    nodes.sort(key=lambda node: node.key)
    carriers = Carriers(_carriers(nodes))
    scores: dict[tuple[int, int], Score | None] = {}

    def score(one: int, other: int) -> Score | None:
        ends = (one, other) if one < other else (other, one)
        if ends not in scores:
            found = pair(nodes[ends[0]], nodes[ends[1]], carriers)
            if len(scores) > 200_000:  # a cache, so that memory stays flat
                scores.clear()
            scores[ends] = found
        return scores[ends]

    clusters = Clusters(nodes, score, judged)
    _judged_same(clusters, judged)
    _by_whole(clusters)
    _by_base(clusters)
    _by_iri(clusters, score)
    doubtful = _by_score(clusters, score)
    doubtful += _short_names(clusters, carriers, home, base)
    _by_iri(clusters, score, shorts=True)
    doubtful += _by_score(clusters, score, shorts=True)
    return _told(clusters, doubtful, own)


def _nodes(
    articles: dict[str, list[Local]], base: Known | None, judged: Judgements
) -> tuple[list[Node], dict[str, str]]:
    """Return the nodes, and the country that each article is about."""
    found: dict[str, Node] = {}
    home: dict[str, str] = {}
    single = judged.by_article()
    for article, locals_ in articles.items():
        named = countries.of_locals(locals_, base)
        votes = countries.of_article(locals_, named)
        best = votes.most_common(2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            home[article] = best[0][0]
        actors = [local.iri for local in locals_ if local.type != "Country"]
        brief = wholes.brief({one.iri: one.names or (one.name,) for one in locals_ if one.type == "Organization"})
        named_by = {local.iri: local for local in locals_}
        keys: dict[str, str] = {}
        for local in sorted(locals_, key=lambda one: one.iri in brief):
            if local.type == "Country":
                continue
            whole = brief.get(local.iri) or local.iri
            country = _country(named_by[whole], named, votes, base)
            key = f"{local.type}\n{local.iri}"
            if country:
                key += f"\n{country}"
            person = local.type == "Person" and person_name(local.name).short
            if local.iri in single or person or local.iri in brief:
                key += f"\n{article}"
            keys[local.iri] = key
            node = found.setdefault(key, Node(key, local.iri, local.type, country))
            if local.iri in brief:
                node.whole = keys[whole] if whole in keys and whole != local.iri else ""
            node.take(local, (iri for iri in actors if iri not in (local.iri, local.publisher)), named)
    for node in found.values():
        node.known = known.meant(node, base) if node.whole is None else None
        if node.known and judged.parted([node], [known.node_of(node.known)]):
            node.known = None
    return list(found.values()), home


def _country(local: Local, named: dict[str, str], votes: Counter[str], base: Known | None) -> str | None:
    """Return the country of a body: what its name says, else, where it needs one, what the article is about."""
    if local.type == "Person":
        return None
    if known.needs_country(local, base):
        return countries.of_body(local, named, votes)
    return named.get(local.iri) if local.type == "Organization" and known.says_country(local) else None


def _carriers(nodes: list[Node]) -> dict[str, int]:
    names = {node.person for node in nodes if node.type == "Person" and not node.short}
    return Counter(text for name in names for text in {part.text for part in name.parts})


def _judged_same(clusters: Clusters, judged: Judgements) -> None:
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, node in enumerate(clusters.nodes):
        for name in names_of(node) if len(judged) else ():
            by_name[name].append(at)
    for ends in judged.same():
        those = sorted(at for end in ends for at in by_name.get(end, ()))
        for at in those[1:]:
            clusters.join(those[0], at, 99.0, "judged the same", forced=True)


def _by_whole(clusters: Clusters) -> None:
    """Join what an article names in short and in full."""
    positions = {node.key: at for at, node in enumerate(clusters.nodes)}
    for at, node in enumerate(clusters.nodes):
        other = positions.get(node.whole or "")
        if other is not None and not clusters.judgements.parted([node], [clusters.nodes[other]]):
            reason = f"short for {clusters.nodes[other].usual} in its article"
            clusters.join(other, at, weights()["body"]["same"], reason, forced=True)


def _by_base(clusters: Clusters) -> None:
    first: dict[str, int] = {}
    for at, node in enumerate(clusters.nodes):
        if node.known:
            other = first.setdefault(node.known.iri(), at)
            if other != at:
                clusters.join(other, at, weights()["body"]["same"], f"both names of {node.known.iri()} in the base")


def _by_iri(clusters: Clusters, score: Scorer, *, shorts: bool = False) -> None:
    """Join nodes of one local IRI that were kept apart until it was known whom they mean."""
    those: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for at, node in enumerate(clusters.nodes):
        if node.articles and node.short == shorts and node.whole is None:
            those[node.type, node.iri, node.country].append(at)
    for group in those.values():
        free = [at for at in group if not shorts or clusters.alone(at)]
        roots: list[int] = []
        for at in free:
            for root in roots[:20]:  # more actors of one short name than that are told apart no further
                found = score(root, at)
                if (
                    found
                    and found.value >= weights()["threshold"]["merge"]
                    and clusters.join(root, at, found.value, "; ".join(found.reasons))
                ):
                    break
            else:
                roots.append(at)


def _by_score(clusters: Clusters, score: Scorer, *, shorts: bool = False) -> list[Doubt]:
    """Join pairs of full names, or of short ones, the surest first; return those that are doubtful."""
    limits, w = weights()["threshold"], weights()["body"]
    those = [
        at
        for at, node in enumerate(clusters.nodes)
        if node.short == shorts and node.whole is None and not (shorts and clusters.named_in_full(at))
    ]
    found: list[Doubt] = []
    expansions: dict[int, set[frozenset[str]]] = defaultdict(set)
    for first, second in pairs([clusters.nodes[at] for at in those]):
        one, other = those[first], those[second]
        x, y = clusters.nodes[one], clusters.nodes[other]
        if (x.known and y.known) or (how := score(one, other)) is None:
            continue
        if how.acronym:
            short, long = sorted((one, other), key=lambda at: len(clusters.nodes[at].bodies[0].words))
            expansions[short].add(clusters.nodes[long].bodies[0].core)
        if how.value >= limits["doubtful"]:
            found.append((how.value, one, other, how))
    doubtful: list[Doubt] = []
    for value, one, other, how in found:
        if how.acronym and all(len(expansions.get(at, ())) < 2 for at in (one, other)):
            value += w["one_expansion"]  # noqa: PLW2901
        if value < limits["merge"]:
            doubtful.append((value, one, other, how))
    sure = {(one, other) for _, one, other, _ in found} - {(one, other) for _, one, other, _ in doubtful}
    for value, one, other, how in sorted(found, key=lambda edge: (-round(edge[0], 3), edge[1], edge[2])):
        if (one, other) in sure and not clusters.join(one, other, value, "; ".join(how.reasons)):
            doubtful.append((value, one, other, how))
    return sorted(doubtful, key=lambda edge: (-edge[0], edge[1], edge[2]))[:DOUBTFUL]


def _short_names(clusters: Clusters, carriers: Carriers, home: dict[str, str], base: Known | None) -> list[Doubt]:
    """Join each short name to the full one that it means; return those where another fits nearly as well."""
    full = short.Full(clusters, base)
    lead = weights()["threshold"]["short"]
    chosen: list[tuple[float, int, int, Score]] = []
    doubtful: list[Doubt] = []
    for at, node in enumerate(clusters.nodes):
        if node.short and node.articles and not node.known and clusters.alone(at):
            found = short.meant(at, full, carriers, home)
            if found and found[2] >= lead:
                chosen.append((round(found[2], 3), at, found[0], found[1]))
            elif found:
                doubtful.append((round(found[2], 3), at, found[0], found[1]))
    # All are judged before any is joined: whom one means does not hang on whom another was found to mean.
    for by, at, root, why in sorted(chosen, key=lambda one: (-one[0], one[1])):
        clusters.join(root, at, by, "; ".join(why.reasons))
    return doubtful


def _told(clusters: Clusters, doubtful: list[Doubt], own: dict[tuple[str, str], str]) -> Resolution:
    roots = [
        root for root in sorted(clusters.members) if any(clusters.nodes[at].articles for at in clusters.members[root])
    ]
    told = naming.resolved([[clusters.nodes[at] for at in clusters.members[root]] for root in roots])
    of_root = dict(zip(roots, told, strict=True))
    result = Resolution()
    for root in roots:
        for at in clusters.members[root]:
            node = clusters.nodes[at]
            for article in node.articles:
                meant = of_root[root]
                retyped = own[article, node.iri] != node.type
                result.actors[article, node.iri] = replace(meant, type=node.type) if retyped else meant
    for edge in clusters.edges:
        root = clusters.of(edge.left)
        x, y = clusters.nodes[edge.left], clusters.nodes[edge.right]
        if root in of_root and not (
            x.iri == y.iri and not (x.articles and y.articles)
        ):  # the base's own name is no merge
            result.merges.append(_merge(clusters, of_root[root].iri, edge))
    for value, one, other, how in doubtful:
        a, b = clusters.of(one), clusters.of(other)
        if a != b and a in of_root and b in of_root:
            edge = Edge(one, other, value, "; ".join(how.reasons))
            result.doubtful.append(_merge(clusters, of_root[a].iri, edge))
    result.merges.sort(key=lambda merge: (merge.actor, merge.left, merge.right))
    return result


def _merge(clusters: Clusters, actor: str, edge: Edge) -> Merge:
    left, right = sorted((clusters.nodes[edge.left].first, clusters.nodes[edge.right].first))
    return Merge(actor, left, right, round(edge.score, 2), edge.reason)
