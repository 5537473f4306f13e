"""The columns of the tables, once for workers and for Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

Row = dict[str, Any]
Batches = Iterator[pa.RecordBatch]

UNDATED = "undated"  # the month of what has no day of publication
ROWS = 64  # in a batch that is handed on: some megabytes

_TEXT, _LONG, _TEXTS = pa.string(), pa.int64(), pa.list_(pa.string())
_ENTITY = pa.struct([("name", _TEXT), ("names", _TEXTS), ("type", _TEXT), ("iso", _TEXT), ("iri", _TEXT)])
_SENTENCE = pa.struct([("sentence", _TEXT), ("start", _LONG), ("end", _LONG)])
_PLACE = [("place", _LONG), ("block", _LONG), ("nth", _LONG)]
_TROUBLE = [("source", _TEXT), ("reason", _TEXT), ("record", _TEXT)]

# Rows of sources. `place` is the number of the source, `block` where Spark's split of it begins, `nth` the row's in it.
RAW = pa.schema([*_PLACE, ("source", _TEXT), ("data", pa.binary())])
# Articles, `at` the number in its row; or what is none, with the reason.
ARTICLES = pa.schema(
    [*_PLACE, ("at", _LONG), ("id", _TEXT), ("sha256", _TEXT), ("month", _TEXT), ("article", _TEXT), *_TROUBLE]
)
# What each article says on its own; `statements`, `locals` and `article` are JSON of `records`.
READ = pa.schema(
    [
        ("month", _TEXT), ("id", _TEXT), ("iri", _TEXT), ("sha256", _TEXT), ("fingerprints", _TEXTS), ("quads", _TEXT),
        ("locals", _TEXT), ("article", _TEXT), ("statements", _TEXT), *_TROUBLE,
    ]
)  # fmt: skip
# A statement line (kg/docs/design.md), its evidence in one list, and what one joins and filters by.
STATEMENT = pa.schema(
    [
        ("doc", _TEXT), ("relation", _TEXT), ("subject", _ENTITY), ("object", _ENTITY), ("factuality", _TEXT),
        ("date", _TEXT), ("place", _ENTITY), ("source", _ENTITY), ("attribution", pa.list_(_ENTITY)), ("office", _TEXT),
        ("confidence", pa.float64()), ("evidence", pa.list_(_SENTENCE)), ("lang", _TEXT), ("headline", _TEXT),
        ("url", _TEXT), ("publisher", _TEXT), ("agency", _TEXT), ("published", _TEXT), ("article_iri", _TEXT),
    ]
)  # fmt: skip
# An article once it is known who is who: its graph, its triples of the shared graph, its statements.
JOINED = pa.schema(
    [
        ("month", _TEXT),
        ("id", _TEXT),
        ("graph", _TEXT),
        ("shared", _TEXTS),
        ("statements", pa.list_(pa.struct(STATEMENT))),
    ]
)
MEANT = pa.schema([("id", _TEXT), ("meant", _TEXT)])
LINE = pa.schema([("line", _TEXT)])
ERROR = pa.schema([("month", _TEXT), ("doc", _TEXT), *_TROUBLE])


def of(spark: SparkSession, columns: pa.Schema) -> StructType:
    """Return columns as Spark's."""
    return spark.createDataFrame(columns.empty_table()).schema


def rows(batch: pa.RecordBatch) -> Iterator[Row]:
    """Yield the rows of a batch, some at a time: all at once would hold them twice."""
    for at in range(0, batch.num_rows, ROWS):
        yield from batch.slice(at, ROWS).to_pylist()


def batched(found: Iterable[Mapping[str, Any]], columns: pa.Schema, size: int = ROWS) -> Batches:
    """Yield rows as batches; a column that a row lacks is null."""
    found = iter(found)
    while some := list(islice(found, size)):
        yield pa.RecordBatch.from_pylist(some, schema=columns)
