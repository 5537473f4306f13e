"""Who is who over all articles: their local names → whom each means, on the driver, by `kg.actors.resolve`.

Only names come to the driver, one partition at a time; what it finds goes back as a table by article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from kg.actors.base import base
from kg.actors.resolve import resolve
from kg.graph.lines import shared_lines
from kg.graph.merges import merge_triples, replaced
from kg.graph.terms import layout_quads, shared_graph
from kg.model import Local
from kg.spark import records
from kg.spark.columns import LINE, MEANT
from kg.spark.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_AT_ONCE = 50_000  # rows of a table that goes back to Spark


def resolved(spark: SparkSession, read: DataFrame, settings: Settings, folder: str) -> tuple[DataFrame, DataFrame]:
    """Return whom each article's names mean (`MEANT`), and what the shared graph says of it (`LINE`).

    Both are written into `folder` first: the driver holds one of them at a time.
    """
    ids: dict[str, str] = {}
    found = resolve(_locals(read, ids), base(*settings.tables()))
    triples = merge_triples(found.merges) | replaced(found.actors) | {q.triple for q in layout_quads(shared_graph())}
    lines = ({"line": line} for line in shared_lines(triples))
    merges = _written(spark, lines, LINE, f"{folder}/merges")
    by_article: dict[str, dict[str, object]] = {}
    for (article, iri), actor in found.actors.items():
        by_article.setdefault(article, {})[iri] = actor
    told = (
        {"id": ids[article], "meant": records.meant_text(meant)}  # type: ignore[arg-type]
        for article, meant in by_article.items()
    )
    return _written(spark, told, MEANT, f"{folder}/meant"), merges


def _locals(read: DataFrame, ids: dict[str, str]) -> Iterator[Local]:
    """Yield the local names of all articles; note which article has which IRI."""
    names = read.select("id", "locals").where("locals <> '[]'")
    for row in names.toLocalIterator(prefetchPartitions=True):
        for local in records.locals_of(row["locals"]):
            ids.setdefault(local.article, row["id"])
            yield local


def _written(spark: SparkSession, rows: Iterable[dict[str, str]], columns: pa.Schema, folder: str) -> DataFrame:
    rows = iter(rows)
    spark.createDataFrame(columns.empty_table()).write.parquet(folder)
    while some := list(islice(rows, _AT_ONCE)):
        spark.createDataFrame(pa.Table.from_pylist(some, schema=columns)).write.mode("append").parquet(folder)
    return spark.read.parquet(folder)
