"""`kg remove`: an article taken back out of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Verbose
from kg.errors import StoreError


def remove(
    store: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of a store.")],
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
    from kg.pipeline import who

    if not (store / "CURRENT").is_file():
        raise StoreError(f"{store} holds no store: name the folder of one")
    with Store.open(store) as opened:
        ids = {article: opened.article_ids(article) for article in articles}
        if any(ids.values()):
            opened.settled = False
        done = sum(opened.remove(article_id) for found in ids.values() for article_id in found)
        if not opened.settled:
            who.settle(opened)
    missing = [article for article, found in ids.items() if not found]
    if done:
        typer.echo(f"Removed {done} article{'s' * (done != 1)} from {store}", err=True)
    if missing:
        raise StoreError(
            f"{store} has no article {', '.join(missing)}; `kg query {store} 'SELECT ?id "
            "{ ?a kg:articleId ?id }'` lists them"
        )
