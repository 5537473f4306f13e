"""`kg remove`: an article taken back out of a store."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.endpoint import source
from kg.cli.options import Verbose
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.graph import Store


def remove(
    store: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help="The folder of a store, or sparql+URL, the same as --endpoint URL.",
            parser=source,
        ),
    ],
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE", show_default=False, help="Article ids (often file stems), paths, or addresses."
        ),
    ],
    verbose: Verbose = 0,
) -> None:
    """Take articles back.

    With each goes exactly what it alone supported.
    """
    from kg.graph import Store

    with ExitStack() as stack:
        if isinstance(store, Path):
            if not (store / "CURRENT").is_file():
                raise StoreError(f"{store} holds no store: name the folder of one")
            done, missing = _removed(stack.enter_context(Store.open(store)), articles)
        else:
            from kg.pipeline import remote

            done, missing = _removed(stack.enter_context(remote.written(store)).store, articles)
    if done:
        typer.echo(f"Removed {done} article{'s' * (done != 1)} from {store}", err=True)
    if missing:
        asked = store if isinstance(store, Path) else f"--endpoint {store}"
        raise StoreError(
            f"{store} has no article {', '.join(missing)}; `kg query {asked} 'SELECT ?id "
            "{ ?a kg:articleId ?id }'` lists them"
        )


def _removed(store: Store, articles: list[str]) -> tuple[int, list[str]]:
    """Return how many articles were taken back, and which are not there."""
    from kg.pipeline import who

    ids = {article: store.article_ids(article) for article in articles}
    if any(ids.values()):
        store.settled = False
    done = sum(store.remove(article_id) for found in ids.values() for article_id in found)
    if not store.settled:
        who.settle(store)
    return done, [article for article, found in ids.items() if not found]
