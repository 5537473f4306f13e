"""Reprints and corroboration over all months: how many independent sources report what, as DataFrame operations.

The answer is that of the named query `corroborated` (kg/graph/queries/corroborated.rq), with IRIs for names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocab import ontology

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LENGTHS = (4, 7, 10)  # of a year, a month and a day: dates that agree as far as both go are compatible


def prints(articles: DataFrame) -> DataFrame:
    """Return `article`, `print`: the first of the articles that share one of its fingerprints, which is one source.

    `articles` has the columns `article` and `fingerprints`.
    """
    from pyspark.sql import functions as f

    marks = articles.select("article", f.explode("fingerprints").alias("mark"))
    first = marks.groupBy("mark").agg(f.min("article").alias("first"))
    shared = marks.join(first, "mark").groupBy("article").agg(f.min("first").alias("first"))
    return articles.join(shared, "article", "left").select("article", f.coalesce("first", "article").alias("print"))


def corroborated(statements: DataFrame, articles: DataFrame) -> DataFrame:
    """Return what several independent sources report: `relation`, `subject`, `object`, `date`, and in how many.

    `statements` are rows of `columns.STATEMENT` with actors resolved; `articles` as for `prints`. `sources` counts
    reprints of one text once, `articles` each; `first` and `last` are times of publication as far
    as they are known (the query tells none where one is not); one without a zone counts as the session's.
    """
    from pyspark.sql import functions as f

    symmetric = [name for name, relation in ontology().relations.items() if relation.symmetric]
    ends = (f.col("subject.iri"), f.col("object.iri"))
    turned = f.col("relation").isin(symmetric)
    told = statements.where("factuality <> 'negated'").select(
        "relation",
        f.when(turned, f.least(*ends)).otherwise(ends[0]).alias("subject"),
        f.when(turned, f.greatest(*ends)).otherwise(ends[1]).alias("object"),
        "date",
        f.col("article_iri").alias("article"),
        "published",
    )
    what = ["relation", "subject", "object"]
    said = f.coalesce("date", f.lit(""))
    happenings = told.select(*what, "date").distinct()
    days = f.array_distinct(f.array(*(f.substring(said, 1, length) for length in _LENGTHS)))
    wide = happenings.select(*what, "date", f.explode(days).alias("day"))
    reports = told.select(*what, said.alias("day"), "article", "published").distinct()
    found = wide.join(reports, [*what, "day"]).join(prints(articles), "article")
    time = f.struct(f.try_to_timestamp("published"), "published")
    counted = found.groupBy(*what, "date").agg(
        f.countDistinct("print").alias("sources"),
        f.countDistinct("article").alias("articles"),
        f.min(f.when(f.col("published").isNotNull(), time))["published"].alias("first"),
        f.max(f.when(f.col("published").isNotNull(), time))["published"].alias("last"),
    )
    return counted.where("sources > 1")
