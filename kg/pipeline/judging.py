"""What a person says of two actors → judgements of the names that articles use, and who is who derived again."""

from __future__ import annotations

from kg.actors.judgements import DIFFERENT, SAME, Judgement, Judgements, Name
from kg.errors import StoreError
from kg.graph.namings import ActorNames, actors, find
from kg.graph.store import Store
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
        raise StoreError(f"{one!r} and {other!r} are one actor already, {left.iri}")
    if left.type != right.type:
        raise StoreError(
            f"{one!r} is a {left.type} and {other!r} a {right.type}: only two of one type can be one actor"
        )
    judged = read(store)
    act = judged.next_act
    judged.put(Judgement.of(SAME, _name(store, left), _name(store, right), act))
    keep(store, judged)
    return left, right


def split(store: Store, actor: str, parts: list[str]) -> ActorNames:
    """Judge the given names or articles of an actor to be another's; return what it was."""
    whole = find(store, actor)
    judged = read(store)
    act = judged.next_act
    inside = [name for part in parts for name in _part(store, whole, part)]
    outside = [(iri, "") for iri in sorted({*whole.locals, whole.iri}) if (iri, "") not in inside]
    if not outside:
        raise StoreError(f"{actor!r} would keep no name; give those that are another's")
    for one in inside:
        for other in outside:
            judged.put(Judgement.of(DIFFERENT, one, other, act))
    for one in inside[1:]:
        judged.put(Judgement.of(SAME, inside[0], one, act))
    keep(store, judged)
    return whole


def undo(store: Store) -> list[Judgement]:
    """Take the last act back; return its judgements, none where there was none."""
    judged = read(store)
    gone = judged.undo()
    if gone:
        keep(store, judged)
    return gone


def _name(store: Store, actor: ActorNames) -> Name:
    """Return what judgements call an actor: its most used local IRI, with an article where others have that IRI too."""
    shared = {iri for other in actors(store) if other.iri != actor.iri for iri in other.locals}
    ordered = sorted(actor.locals, key=lambda iri: (iri in shared, -len(actor.locals[iri]), iri))
    iri = ordered[0]
    return iri, min(actor.locals[iri]) if iri in shared else ""


def _part(store: Store, whole: ActorNames, part: str) -> list[Name]:
    """Return the names that a local IRI, a name, or an article's id means."""
    article = article_iri(part)
    if part in whole.locals:
        return [(part, "")]
    if article in whole.articles:
        return [(iri, article) for iri, articles in sorted(whole.locals.items()) if article in articles]
    by_name = sorted(iri for iri, names in whole.called.items() if part in names)
    if not by_name:
        raise StoreError(
            f"{whole.label!r} has no name and no article {part!r}; `kg actors {store.path} show` lists them"
        )
    return [(iri, "") for iri in by_name]
