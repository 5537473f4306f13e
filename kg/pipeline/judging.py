"""What a person says of two actors → judgements of the names that articles use, and who is who derived again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.actors.judgements import DIFFERENT, SAME, Judgement, Judgements, Name
from kg.actors.persons import person_name
from kg.errors import JudgementError, SourceError, StoreError
from kg.graph.namings import ActorNames, actors, find
from kg.graph.store import Store
from kg.model import Merge
from kg.pipeline import who
from kg.vocab import article_iri


def read(store: Store) -> Judgements:
    """Return the judgements of a store."""
    return Judgements.read(who.judgements_of(store))


def keep(store: Store, judged: Judgements) -> None:
    """Write the judgements beside the store, and derive who is who from them."""
    path = who.judgements_of(store)
    if path is None:
        raise StoreError("a store in memory keeps no judgements; build into a folder")
    judged.write(path)
    store.settled = False
    who.settle(store, judged)


def merge(store: Store, one: str, other: str) -> tuple[ActorNames, ActorNames]:
    """Judge two actors, each given by name or IRI, to be one; return what they were."""
    left, right = find(store, one), find(store, other)
    if left.iri == right.iri:
        raise JudgementError(f"{one!r} and {other!r} are one actor already, {left.iri}")
    if left.type != right.type:
        raise JudgementError(
            f"{one!r} is a {left.type} and {other!r} a {right.type}: only two of one type can be one actor"
        )
    judged = read(store)
    act = judged.next_act
    first, *others = _names(store, left) + _names(store, right)
    for name in others:
        judged.put(Judgement.of(SAME, first, name, act))
    keep(store, judged)
    if find(store, min(left.locals)).iri != find(store, min(right.locals)).iri:
        undo(store)
        raise JudgementError(
            f"{one!r} and {other!r} stay two: an article relates one to the other, or they are judged apart"
        )
    return left, right


def split(store: Store, actor: str, parts: list[str]) -> ActorNames:
    """Judge the given names or articles of an actor to be another's; return what it was."""
    whole = find(store, actor)
    judged = read(store)
    act = judged.next_act
    inside = [name for part in parts for name in _part(store, whole, part)]
    outside = [(iri, "") for iri in sorted({*whole.locals, whole.iri}) if (iri, "") not in inside]
    if not outside:
        raise JudgementError(f"{actor!r} would keep no name; give those that are another's")
    for one in inside:
        for other in outside:
            judged.put(Judgement.of(DIFFERENT, one, other, act))
    for one in inside[1:]:
        judged.put(Judgement.of(SAME, inside[0], one, act))
    keep(store, judged)
    return whole


def undo(store: Store, act: int | None = None) -> list[Judgement]:
    """Take the last act back; return its judgements, none where there was none.

    Who names the act that was last when he looked is refused (JudgementError) where somebody has judged since.
    """
    judged = read(store)
    if act not in (None, judged.next_act - 1):
        raise JudgementError("something was judged since: look again at what is to be undone")
    gone = judged.undo()
    if gone:
        keep(store, judged)
    return gone


def _names(store: Store, actor: ActorNames) -> list[Name]:
    """Return what judgements call an actor: its local IRIs, by article where others have that IRI too."""
    shared = {iri for other in actors(store) if other.iri != actor.iri for iri in other.locals}
    found: list[Name] = []
    for iri, articles in sorted(actor.locals.items()):
        found += [(iri, article) for article in sorted(articles)] if iri in shared else [(iri, "")]
    return found


def _part(store: Store, whole: ActorNames, part: str) -> list[Name]:
    """Return the names that a local IRI, a name, or an article's id means."""
    article = article_iri(part)
    if part in whole.locals:
        return [(part, "")]
    if article in whole.articles:
        return [(iri, article) for iri, articles in sorted(whole.locals.items()) if article in articles]
    uses = whole.called.get(part, set())
    if not uses:
        raise JudgementError(
            f"{whole.label!r} has no name and no article {part!r}; `kg actors {store.path} show` lists them"
        )
    other = {use for name, those in whole.called.items() if name != part for use in those}
    alone = {iri for iri, _ in uses} - {iri for iri, _ in other - uses}  # IRIs of articles that all use this name
    return sorted({(iri, "" if iri in alone and len(whole.locals) > 1 else article) for iri, article in uses})


def take(store: Store, file: Path) -> int:
    """Add the judgements of another store's file; return how many. Raises SourceError where it is missing or wrong."""
    if not file.is_file():
        raise SourceError(f"{file} does not exist: `kg actors DIR export FILE` writes one")
    judged, more = read(store), Judgements.read(file)
    start = judged.next_act
    for judgement in more:
        judged.put(replace(judgement, act=start + judgement.act))
    keep(store, judged)
    return len(more)


def doubtful(store: Store, judged: Judgements | None = None, home: Path | None = None) -> list[Merge]:
    """Return the pairs that resolution is not sure of and nobody has judged, the surest first.

    Of a snapshot `judged` are the store's judgements, and `home` is its folder: none of its files lie beside that.
    """
    judged = read(store) if judged is None else judged
    pairs = who.resolution(store, judged, home=home).doubtful
    seen: set[tuple[Name, Name]] = set()
    found = []
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right)):
        ends = _ends(pair)
        if ends not in seen and not judged.has(*ends):
            seen.add(ends)
            found.append(pair)
    return found


def answer(store: Store, answers: Iterable[tuple[Merge, bool]]) -> None:
    """Keep what was answered of doubtful pairs, each an act of its own."""
    judged = read(store)
    for pair, same in answers:
        judged.put(Judgement.of(SAME if same else DIFFERENT, *_ends(pair), judged.next_act))
    keep(store, judged)


def _ends(pair: Merge) -> tuple[Name, Name]:
    """Return the names of a pair: a short person's name is that of its article, as another's may be somebody else."""
    (one, name, article), (other, second, there) = pair.left, pair.right
    left = one, article if _short(one, name) else ""
    right = other, there if _short(other, second) else ""
    return min(left, right), max(left, right)


def _short(iri: str, name: str) -> bool:
    return "/entity/person/" in iri and person_name(name).short
