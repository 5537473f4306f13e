"""For jobs of other people: a DataFrame of articles → a DataFrame of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from kg.pipeline.one_article import Reading
from kg.spark import columns, records, sources
from kg.spark.articles import of_row
from kg.spark.columns import STATEMENT, Batches, Row, batched, rows
from kg.spark.joining import lines
from kg.spark.reading import built
from kg.spark.settings import Settings, settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_ERROR = [pa.field("error", pa.string())]


def statements(
    frame: DataFrame,
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    fast: bool = False,
    min_confidence: float | None = None,
    actors: Iterable[Path] = (),
    errors: bool = False,
) -> DataFrame:
    """Return the statements of articles: a row each, with the columns of a statement line and of its article.

    `frame` has a column with the text, and others, named as in JSON Lines (kg/docs/formats.md); or it is what Spark's
    source `binaryFile` reads: pages, archives and whatever else `kg build` takes. The options are those of `kg.build`.
    Each article is read on its own: its actors are known by its own names and the base, and not yet as the same over
    all articles, which is what `run` does. A bad article never fails the job: with `errors` it is a row in which only
    `doc` and `error`, the reason, are filled. Lazy, as all of Spark is. Raises SourceError where no column has a text.
    """
    how = settings(
        frame.sparkSession, lang=lang, models=models, fast=fast, min_confidence=min_confidence, actors=actors
    )
    table = sources.of_frame(frame)
    shape = pa.schema([*STATEMENT, *_ERROR]) if errors else STATEMENT
    return table.mapInArrow(_stated(how, shape), columns.of(frame.sparkSession, shape))


def _stated(how: Settings, shape: pa.Schema) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        reading, bad = how.take(), "error" in shape.names
        yield from batched((row for row in _of_articles(batches, how, reading) if bad or "relation" in row), shape)

    return work


def _of_articles(batches: Batches, how: Settings, reading: Reading) -> Iterator[Row]:
    trouble: list[Row] = []

    def given() -> Iterator[Row]:
        for raw in (raw for batch in batches for raw in rows(batch)):
            for row in of_row(raw, how):
                if row.get("reason"):
                    trouble.append({"doc": row["source"], "error": row["reason"]})
                else:
                    yield row

    for article, outcome in built((records.article_of(row["article"]) for row in given()), reading):
        if isinstance(outcome, str):
            yield {"doc": article.id, "error": outcome}
        else:
            yield from lines(article, outcome)
        yield from trouble
        trouble.clear()
    yield from trouble
