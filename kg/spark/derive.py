"""The graph, the statements and what they corroborate, derived from what all articles say on their own.

read ─ who is who → joined ─┬→ graph/month=… (the graphs of articles)
                            ├→ graph/shared (actors, merges, plain triples, happenings: the union of what each yields)
                            └→ statements/month=… → corroborated
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyspark import StorageLevel
from pyspark.sql import functions as f

from kg.spark import actors, tables
from kg.spark.columns import JOINED, STATEMENT
from kg.spark.corroborate import corroborated
from kg.spark.joining import joining
from kg.spark.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

SHARD = 1000  # articles: some 40 MB of N-Quads
_SHARED = 500_000  # lines in a shard of the shared graph


def derive(read: DataFrame, how: Settings, at: Callable[[str], str], say: Callable[[str], None]) -> dict[str, int]:
    """Write all of it from articles (`columns.READ`); return the number of statements by relation.

    `at` gives the address of a folder by its name, `say` hears what is going on.
    """
    spark = read.sparkSession
    say("finding out who is who")
    meant, merges = actors.resolved(spark, read, how, at("_actors"))
    say("writing the graph")
    needed = read.join(meant, "id", "left").select("month", "id", "quads", "article", "statements", "meant")
    parted = tables.parted(needed, tables.counts(read), SHARD)
    joined = tables.mapped(parted, joining(how), JOINED).persist(StorageLevel.DISK_ONLY)
    texts = joined.sortWithinPartitions("month", "id").select("month", "graph")
    texts.write.partitionBy("month").text(at("graph"))
    told = joined.select("month", f.posexplode("statements").alias("n", "told")).select("month", "n", "told.*")
    tables.by_month(told.sortWithinPartitions("month", "doc", "n").drop("n"), at("statements"))
    lines = joined.select(f.explode("shared").alias("line")).union(merges).distinct().persist(StorageLevel.DISK_ONLY)
    shards = 1 + lines.count() // _SHARED
    lines.repartition(shards, "line").sortWithinPartitions("line").write.text(at("graph/shared"))
    lines.unpersist()
    joined.unpersist()
    statements = tables.partitioned(spark, at("statements"), STATEMENT)
    several = corroborated(statements, read.select(f.col("iri").alias("article"), "fingerprints"))
    several.coalesce(1).sortWithinPartitions("relation", "subject", "object", "date").write.parquet(at("corroborated"))
    totals = statements.groupBy("relation").count().collect()
    return {row["relation"]: row["count"] for row in totals}
