"""Who is who over all articles: statements put aside until every article is read, then told with their actors."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg import link
from kg.actors.base import base
from kg.actors.judgements import Judgements
from kg.actors.resolve import Resolution, resolve
from kg.graph.local_names import locals_of, said
from kg.graph.local_names import resolved as with_actors
from kg.graph.merges import merge_triples, replaced, told
from kg.graph.rdf import article_quads
from kg.model import Article, Entity, Local, Resolved, Statement
from kg.pipeline.one_article import Built
from kg.vocab import article_iri

if TYPE_CHECKING:
    from kg.graph.store import Store


def resolved(
    built: Iterable[Built], actors: Iterable[Path] = (), judgements: Judgements | None = None
) -> Iterator[Built]:
    """Yield each article with its statements once all are read, every entity the actor that it means.

    Only the names stay in memory, the statements wait in a temporary file; `actors` are files beside the shipped base.
    """
    names: list[Local] = []
    with tempfile.TemporaryFile() as file:
        count = 0
        for article, statements in built:
            names += locals_of(article_quads(article, statements))
            pickle.dump((article, statements), file, pickle.HIGHEST_PROTOCOL)
            count += 1
        if not count:
            return
        found = by_article(resolve(names, base(*actors), judgements).actors)
        file.seek(0)
        for _ in range(count):
            article, statements = pickle.load(file)  # noqa: S301  written above, in a file that nobody else sees
            yield article, rewritten(article, statements, found)


def by_article(actors: Mapping[tuple[str, str], Resolved]) -> dict[str, dict[str, Resolved]]:
    """Return who is meant by local IRI, for each article's IRI."""
    found: dict[str, dict[str, Resolved]] = {}
    for (article, iri), actor in actors.items():
        found.setdefault(article, {})[iri] = actor
    return found


def rewritten(
    article: Article, statements: Iterable[Statement], actors: Mapping[str, Mapping[str, Resolved]]
) -> list[Statement]:
    """Return an article's statements with the actors that its entities mean; none relates one to itself."""
    own = actors.get(article_iri(article.id), {})

    def meant(entity: Entity, language: str) -> Entity:
        actor = own.get(entity.iri or "")
        if actor is None:
            return entity
        return replace(
            entity,
            iri=actor.iri,
            name=actor.named(language) or entity.name,
            wikidata=actor.wikidata or entity.wikidata,
            type=actor.type or entity.type,
        )

    return link.merged(one.with_entities(partial(meant, language=one.language)) for one in statements)


def settle(store: Store, judgements: Judgements | None = None, actors: Iterable[Path] = ()) -> Resolution:
    """Derive who is who again over all articles of a store.

    The outcome depends on the articles, the base and the judgements alone, and not on the order of building. Without
    `actors`, those of the last build that had any are the base's.
    """
    judged = judgements if judgements is not None else Judgements.read(judgements_of(store))
    found = resolution(store, judged, actors)
    meant = by_article(found.actors)
    for graph in store.article_graphs():
        store.become(graph, with_actors(said(store.quads(graph=graph)), meant.get(graph.value, {})))
    old, new = told(store), merge_triples(found.merges) | replaced(found.actors)
    store.tell(old - new, new - old)
    store.settled = True
    return found


def resolution(store: Store, judged: Judgements, actors: Iterable[Path] = (), home: Path | None = None) -> Resolution:
    """Return who is who over all articles of a store, which stays as it is; `home` is its folder, of a snapshot."""
    graphs = store.article_graphs()
    return resolve(
        [local for graph in graphs for local in locals_of(said(store.quads(graph=graph)))],
        base(*(tables_beside(home) if home else tables_of(store, actors))),
        judged,
    )


def tables_of(store: Store, given: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the user's tables of actors for a store: those given, or else those that were given to it last.

    They are kept as copies in a folder beside the store's, so that `kg actors` knows them too. Raises SourceError for
    one that is wrong.
    """
    given = tuple(given)
    if store.path is None:
        return given
    folder = _tables(store.path)
    if given and any(path.parent.absolute() != folder for path in given):
        base(*given)  # what is wrong is told before anything is replaced
        copies = {
            f"{at}-{sha256(path.read_bytes()).hexdigest()[:12]}.csv": path.read_bytes() for at, path in enumerate(given)
        }
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.csv"):
            if old.name not in copies:
                old.unlink()
        for name, content in copies.items():
            (folder / name).write_bytes(content)
    return tables_beside(store.path)


def tables_beside(store: Path) -> tuple[Path, ...]:
    """Return the user's tables of actors that are kept beside a store's folder."""
    return tuple(sorted(_tables(store).glob("*.csv")))


def _tables(store: Path) -> Path:
    return store.absolute().with_name(f"{store.name}.actors")


def judgements_of(store: Store) -> Path | None:
    """Return the file of a store's judgements, beside its folder; None for a store in memory."""
    return judgements_file(store.path) if store.path else None


def judgements_file(folder: Path) -> Path:
    """Return the file of judgements beside a store's folder, so that they outlive a store that is built anew."""
    folder = folder.absolute()
    return folder.with_name(f"{folder.name}.judgements.jsonl")
