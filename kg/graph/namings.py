"""The actors of a store as its articles name them, and the merges that made them: what `kg actors` shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import JudgementError
from kg.gazetteer import fold
from kg.graph.local_names import LOCAL, said
from kg.graph.store import Store
from kg.graph.terms import is_iri, lexical
from kg.vocab import DCTERMS, KG, OA, RDFS, SCHEMA, SKOS


@dataclass(slots=True)
class ActorNames:
    """An actor: `names` by the number of articles that use them, `locals` the articles by the IRI each alone gives."""

    iri: str
    type: str = "Entity"
    label: str = ""
    names: Counter[str] = field(default_factory=Counter)
    locals: dict[str, set[str]] = field(default_factory=dict)
    called: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # local IRIs and articles by name

    @property
    def articles(self) -> set[str]:
        """The IRIs of all articles that name it."""
        return set().union(*self.locals.values())


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge as the graph has it: the two names, why they are one actor's, and how sure that is, in log-odds."""

    names: tuple[str, ...]
    reason: str
    score: float
    articles: tuple[str, ...] = ()  # the IRIs of those whose names they are


def actors(store: Store) -> list[ActorNames]:
    """Return all actors but countries, those of most articles first."""
    found: dict[str, ActorNames] = {}
    for quad in store.quads(None, KG.naming):
        about = _of(store, quad.subject)
        iri = lexical(quad.object)
        kind = about.get(KG.namedType, "").removeprefix(KG.iri)
        if kind == "Country":
            continue
        actor = found.setdefault(iri, ActorNames(iri, kind))
        main = about.get(KG.mainName, "")
        actor.label = min(filter(None, (actor.label, main)), key=lambda name: (-len(name), name), default="")
        local = about.get(KG.localActor) or iri
        article = lexical(quad.subject).partition("#")[0]
        actor.locals.setdefault(local, set()).add(article)
        said = {lexical(q.object) for q in store.quads(quad.subject, KG.name)} | {about.get(KG.localName) or main}
        for name in said:
            actor.names[name] += 1
            actor.called.setdefault(name, set()).add((local, article))
    return sorted(found.values(), key=lambda actor: (-len(actor.articles), actor.label, actor.iri))


def _of(store: Store, naming: object) -> dict[ox.NamedNode, str]:
    quads = store.quads(naming)  # type: ignore[arg-type]
    found: dict[ox.NamedNode, str] = {}
    for quad in quads:
        value = lexical(quad.object)
        found[quad.predicate] = min(value, found.get(quad.predicate, value))
    return found


def find(store: Store, name: str) -> ActorNames:
    """Return the actor of an IRI, retired ones too, or of a name; raises JudgementError for none, or for several."""
    wanted = {name}
    if is_iri(name):
        wanted |= {lexical(quad.object) for quad in store.quads(ox.NamedNode(name), DCTERMS.isReplacedBy)}
    everyone = actors(store)
    key = fold(name).casefold()
    called = {
        lexical(quad.subject)
        for predicate in (RDFS.label, SKOS.altLabel)
        for quad in store.quads(None, predicate)
        if fold(lexical(quad.object)).casefold() == key
    }
    found = [a for a in everyone if a.iri in wanted] or [a for a in everyone if a.iri in called]
    if not found:
        raise JudgementError(f"{store.path} names no actor {name!r}; `kg actors {store.path}` lists them")
    if len(found) > 1:
        raise JudgementError(
            f"{name!r} names {len(found)} actors; give one IRI of {', '.join(a.iri for a in found[:5])}"
        )
    return found[0]


def merges(store: Store, iri: str) -> list[Merged]:
    """Return the merges that made an actor, the least sure first."""
    return _merged(store, ox.NamedNode(iri)).get(iri, [])


def all_merges(store: Store) -> dict[str, list[Merged]]:
    """Return the merges of every actor that has any, by its IRI."""
    return _merged(store, None)


def _merged(store: Store, actor: ox.NamedNode | None) -> dict[str, list[Merged]]:
    found: dict[str, list[Merged]] = {}
    for quad in store.quads(None, KG.merged, actor):
        names = sorted(lexical(q.object) for q in store.quads(quad.subject, KG.mergedName))
        told = {lexical(q.object).partition("#")[0] for q in store.quads(quad.subject, KG.mergedNaming)}
        about = _of(store, quad.subject)
        merge = Merged(
            tuple(names), about.get(KG.mergeReason, ""), float(about.get(KG.mergeScore, "0")), tuple(sorted(told))
        )
        found.setdefault(lexical(quad.object), []).append(merge)
    return {iri: sorted(those, key=lambda one: (one.score, one.names)) for iri, those in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An article as far as it is needed to judge a name of it: its id, what its page says, and sentences."""

    id: str
    headline: str = ""
    published: str = ""
    url: str = ""
    sentences: tuple[str, ...] = ()


def mentioned(store: Store, article: str, local: str = "") -> Mentioned:
    """Return an article by its IRI, with the sentences whose statements speak of what it calls `local` (an IRI)."""
    graph = ox.NamedNode(article)
    about = _of(store, graph)
    quads = said(store.quads(graph=graph)) if local else set()
    events = {q.subject for q in quads if q.predicate in LOCAL and lexical(q.object) == local}
    spans = {q.object for q in quads if q.predicate == KG.evidence and q.subject in events}
    quotes = {q.object for q in quads if q.predicate == OA.hasSelector and q.subject in spans}
    exact = {q.subject: lexical(q.object) for q in quads if q.predicate == OA.exact and q.subject in quotes}
    return Mentioned(
        about.get(KG.articleId, ""),
        about.get(SCHEMA.headline, ""),
        about.get(SCHEMA.datePublished, "")[:10],
        about.get(SCHEMA.url, ""),
        tuple(exact[quote] for quote in sorted(exact, key=_start)),
    )


def _start(quote: object) -> int:
    """Return where a quotation begins: its IRI ends in its characters, `#quote=102,228`."""
    number = lexical(quote).rpartition("=")[2].partition(",")[0]
    return int(number) if number.isdecimal() else 0
