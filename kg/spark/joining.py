"""On a worker: what an article says on its own, and whom its names mean → its graph, shared triples and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.graph.derive import derived
from kg.graph.lines import article_lines, quads_of, shared_lines
from kg.graph.local_names import resolved
from kg.graph.terms import moment
from kg.model import Article, Statement
from kg.pipeline.who import rewritten
from kg.spark import records
from kg.spark.columns import JOINED, Batches, Row, batched, rows
from kg.spark.settings import Settings
from kg.vocab import article_iri


def joining(settings: Settings) -> Callable[[Batches], Batches]:
    """Return what maps `READ`, with a column `meant`, to `JOINED`."""

    def work(batches: Batches) -> Batches:
        settings.take()
        yield from batched((joined(row) for batch in batches for row in rows(batch)), JOINED)

    return work


def joined(row: Row) -> Row:
    """Return an article's row of `JOINED`."""
    meant = records.meant_of(row["meant"])
    quads = resolved(quads_of(row["quads"]), meant)
    article = records.article_of(row["article"])
    statements = rewritten(article, records.statements_of(row["statements"]), {article_iri(article.id): meant})
    return {
        "month": row["month"],
        "id": article.id,
        "graph": article_lines(quads).removesuffix("\n"),  # whose end Spark writes
        "shared": shared_lines(derived(quads)),
        "statements": list(lines(article, statements)),
    }


def lines(article: Article, statements: list[Statement]) -> Iterator[dict[str, Any]]:
    """Yield an article's statements as rows of `STATEMENT`."""
    about = {
        "headline": article.headline,
        "url": article.url,
        "publisher": article.publisher,
        "agency": article.agency,
        "published": moment(article.published).value if article.published else None,  # as the graph has it
        "article_iri": article_iri(article.id),
    }
    for one in statements:
        line = one.to_json()
        evidence = [line["evidence"], *line.pop("further_evidence")]
        yield line | about | {"evidence": evidence}
