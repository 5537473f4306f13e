"""Tables by month: mapped by workers, parted, written and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from kg.spark import columns


def mapped(table: DataFrame, work: Callable[[columns.Batches], columns.Batches], shape: pa.Schema) -> DataFrame:
    """Return what workers make of a table."""
    return table.mapInArrow(work, columns.of(table.sparkSession, shape))


def parted(table: DataFrame, counts: Mapping[str, int], size: int) -> DataFrame:
    """Return a table of articles in partitions of about `size` articles of one month, in the order of their ids.

    Which articles are together depends on nothing but them, so that a shard is the same in every run and cluster.
    """
    start, cells = 0, []
    for month in sorted(counts):
        parts = max(1, -(-counts[month] // size))
        cells += [f.lit(month), f.struct(f.lit(start).alias("start"), f.lit(parts).alias("parts"))]
        start += parts
    if not start:
        return table
    of_month = f.create_map(*cells)[f.col("month")]
    at = of_month["start"] + f.pmod(f.crc32("id"), of_month["parts"])
    return table.repartitionById(start, at.cast("int")).sortWithinPartitions("month", "id")


def counts(articles: DataFrame) -> dict[str, int]:
    """Return how many articles there are of each month."""
    return {row["month"]: row["count"] for row in articles.groupBy("month").count().orderBy("month").collect()}


def by_month(table: DataFrame, folder: str) -> None:
    """Write a table as Parquet, a folder for each of its months."""
    table.write.partitionBy("month").option("compression", "zstd").parquet(folder)


def partitioned(spark: SparkSession, folder: str, shape: pa.Schema) -> DataFrame:
    """Return a table that was written by month."""
    # Told its columns, Spark does not take a month for a day.
    shape = shape if "month" in shape.names else shape.append(pa.field("month", pa.string()))
    return spark.read.schema(columns.of(spark, shape)).parquet(folder)


def empty(spark: SparkSession, shape: pa.Schema) -> DataFrame:
    """Return a table without rows."""
    return spark.createDataFrame(shape.empty_table())
