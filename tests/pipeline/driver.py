"""A build whose parsing is played: `python driver.py STORE ARTICLES`; each article that is reported done is a line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import corpus

from kg import Article, Statement, pipeline
from kg.graph import Store


def played(
    sources: list[str],
    *,
    known: Callable[[Article], bool] | None = None,
    **rest: object,
) -> Iterator[tuple[Article, list[Statement]]]:
    for article, statements in corpus.statements(int(sources[0])):
        if not (known and known(article)):
            time.sleep(0.002)
            yield article, statements


def main(store: str, count: str) -> None:
    pipeline.statements = played
    with Store.open(store) as opened:
        print("open", flush=True)
        pipeline.build(
            [count],
            store=opened,
            on_article=lambda article, _: print(article.id, flush=True),
            on_known=lambda article: print("known", article.id, flush=True),
        )
    print("end", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
