"""Articles under ids that no other has, as one machine would have given them, reading in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ORDER = ("place", "block", "nth", "at")
_DIGITS = 8  # of the text's hash, as in `Article.longer_id`


def unique(articles: DataFrame, kept: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Return articles (`columns.ARTICLES`) with ids that are unique, and those that are left out, with the reason.

    `kept` has the `id` and `sha256` of what stays from earlier runs. Of two articles with one id and different texts
    the second gets a part of its text's hash; a text that is there under its id is left out.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    slim = articles.select(*ORDER, f.col("id").alias("given"), "sha256").withColumn("old", f.lit(0))
    before = kept.select(
        *(f.lit(-1).cast("bigint").alias(name) for name in ORDER), f.col("id").alias("given"), "sha256"
    ).withColumn("old", f.lit(1))
    all_ = slim.union(before)
    of_id = Window.partitionBy("given").orderBy(*ORDER)
    of_text = Window.partitionBy("given", "sha256").orderBy(*ORDER)
    ranked = all_.select(
        "*",
        f.row_number().over(of_id).alias("at_id"),
        f.first("sha256").over(of_id).alias("holder"),
        f.row_number().over(of_text).alias("at_text"),
    ).where("old = 0 and at_id > 1")
    longer = f.concat_ws("-", "given", f.substring("sha256", 1, _DIGITS))
    again = (f.col("sha256") == f.col("holder")) | (f.col("at_text") > 1)
    second = ranked.select(
        *ORDER, "given", again.alias("again"), f.when(again, f.col("given")).otherwise(longer).alias("new")
    )
    taken = kept.select(f.col("id").alias("new"), f.lit(True).alias("taken"))
    second = second.join(taken, "new", "left").select(
        *ORDER, "new", (f.col("again") | f.coalesce("taken", f.lit(False))).alias("again")
    )
    told = articles.join(second, list(ORDER), "left")
    found = told.where("again is null or not again").withColumn("id", f.coalesce("new", "id")).drop("new", "again")
    reason = f.concat(f.lit("the same text as "), "new", f.lit(" before it; leave one of the two out"))
    left_out = told.where("again").select("month", f.col("id").alias("doc"), "source", reason.alias("reason"), "record")
    return found, left_out
