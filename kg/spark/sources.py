"""Paths → a table of what workers read: lines, files by their path, or files' bytes, each with its place in the order.

Long JSON Lines are split by Spark; Parquet becomes lines of its columns. Any other file is read whole by one worker:
by its path where it lies on a disk that all workers see, or as the bytes that Spark fetched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa

from kg.errors import SourceError
from kg.ingest.kinds import KINDS, kind_of
from kg.ingest.records import Skipped
from kg.ingest.tables import text_column
from kg.spark import columns

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

SPLIT = 32_000_000  # bytes of JSON Lines that one worker reads in a minute or two; Spark splits what is longer
LINES, TABLE = "jsonl", ".parquet"
_TASKS_PER_CORE = 8
_FILES = 10_000  # paths in one table that the driver makes
_REMOTE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # s3a://, hdfs://, abfss://, gs://, dbfs:/


def raw(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Return the rows of files and folders, as `columns.RAW`; raise SourceError for one that is not there."""
    found: list[DataFrame] = []
    waiting: list[tuple[int, str]] = []
    for place, path in enumerate(_files(paths)):
        if _is_table(path):
            found.append(of_frame(spark.read.parquet(uri(path)), path, place))
        elif kind_of(path) == LINES and (_REMOTE.match(path) or Path(path).stat().st_size > SPLIT):
            found.append(_lines(spark, path, place))
        elif _REMOTE.match(path):
            files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
            found.append(of_frame(files, path, place))
        else:
            waiting.append((place, path))
    for at in range(0, len(waiting), _FILES):
        found.append(_by_path(spark, waiting[at : at + _FILES]))
    table = found[0]
    for other in found[1:]:
        table = table.union(other)
    return table


def of_frame(frame: DataFrame, name: str = "row", place: int = 0) -> DataFrame:
    """Return the rows of a table: of articles in columns named as JSON Lines' fields, or of files' bytes.

    The latter are what Spark's source `binaryFile` gives. SourceError says which column is missing.
    """
    from pyspark.sql import functions as f

    if {"path", "content"} <= set(frame.columns) and dict(frame.dtypes).get("content") == "binary":
        return _ordered(frame, place, f.lit(0), f.col("path"), f.col("content"))
    try:
        text_column([name.strip().lower() for name in frame.columns])
    except Skipped as reason:
        raise SourceError(f"{name}: {reason}; its columns are {', '.join(frame.columns)[:200]}") from reason
    line = f.to_json(f.struct("*")).cast("binary")
    return _ordered(frame, place, f.lit(0), f.lit(name if kind_of(name) == LINES else f"{name}.{LINES}"), line)


def _lines(spark: SparkSession, path: str, place: int) -> DataFrame:
    from pyspark.sql import functions as f

    start = f.col("_metadata.file_block_start")
    text = spark.read.text(uri(path))
    # Cast to bytes, they are what the file holds, in whatever encoding.
    return _ordered(text, place, start, f.lit(path), f.col("value").cast("binary"))


def _ordered(frame: DataFrame, place: int, block: Column, source: Column, data: Column) -> DataFrame:
    from pyspark.sql import functions as f

    nth = f.monotonically_increasing_id()
    return frame.select(
        f.lit(place).cast("bigint").alias("place"),
        block.cast("bigint").alias("block"),
        nth.alias("nth"),
        source.alias("source"),
        data.alias("data"),
    )


def _by_path(spark: SparkSession, files: Sequence[tuple[int, str]]) -> DataFrame:
    rows = [{"place": place, "block": 0, "nth": 0, "source": path} for place, path in files]
    table = spark.createDataFrame(pa.Table.from_pylist(rows, schema=columns.RAW))
    # A page is a small task, and an archive a long one: as many tasks as are of use.
    return table.repartition(min(len(rows), _TASKS_PER_CORE * spark.sparkContext.defaultParallelism))


def _files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files of paths, those of a folder in the order in which `kg build` reads them."""
    for path in paths:
        if path == "-" or re.match(r"https?://", path):
            raise SourceError(f"{path}: a cluster reads files and folders; save it in a file that all workers can see")
        _checked(path)
        if _REMOTE.match(path):
            yield path
        elif Path(path).is_dir() and not _is_table(path):
            yield from _of_folder(Path(path))
        elif Path(path).exists():
            yield path
        else:
            raise SourceError(f"{path}: no such file or folder; check the path")


def _checked(path: str) -> str:
    """Return a path that Spark can carry."""
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "replace").decode()
        raise SourceError(f"{shown}: Spark takes names in UTF-8 only; rename it, or read it by `kg build`") from None
    return path


def _of_folder(folder: Path) -> Iterator[str]:
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (kind_of(name) or name.endswith(TABLE)):
                count += 1
                yield _checked(str(Path(root, name)))
    if not count:
        raise SourceError(f"{folder}: a folder without articles; put files named {', '.join((*KINDS, TABLE))} in it")


def _is_table(path: str) -> bool:
    """Say whether a path is a Parquet file, or the folder that Spark writes in place of one."""
    if path.rstrip("/").endswith(TABLE):
        return True
    folder = Path(path)
    return not _REMOTE.match(path) and folder.is_dir() and any(folder.glob(f"part-*{TABLE}"))


def uri(path: str) -> str:
    """Return a path as Spark takes it: without a scheme, a cluster would look for it in its own file system."""
    return path if _REMOTE.match(path) else f"file://{quote(str(Path(path).absolute()))}"
