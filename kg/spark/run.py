"""`kg spark`: articles → `articles/`, `statements/`, `graph/`, `corroborated/` and `errors/` in a folder, by month.

raw ─ articles ─ ids ─ read ─┬→ articles/  (each on its own; what a rerun of its month replaces)
articles/ of other months ───┘
    └─ who is who ─ joined ─→ statements/, graph/month=…, graph/shared, corroborated
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as f

from kg.errors import KGError
from kg.spark import ids, publish, sources, tables
from kg.spark.articles import articles
from kg.spark.columns import ARTICLES, ERROR, READ, UNDATED
from kg.spark.derive import derive
from kg.spark.engine import prepared
from kg.spark.places import Place
from kg.spark.reading import reading
from kg.spark.settings import Settings, settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LAYOUT = 1
_TASK = (32, 1000)  # articles that one task reads, at least and at most: seconds to minutes of a core
_TASKS_PER_CORE = 6
Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a run has done: articles read by month, what was there before, and how many of each came out."""

    months: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    passed: int = 0  # articles of months that were not asked for
    errors: int = 0
    partitions: int = 0  # that changed
    recovered: bool = False


def run(
    spark: SparkSession,
    paths: Sequence[str],
    out: str,
    *,
    months: Iterable[str] = (),
    lang: str | None = None,
    models: dict[str, str] | None = None,
    fast: bool = False,
    min_confidence: float | None = None,
    actors: Iterable[Path] = (),
    say: Say = lambda line: None,
) -> Outcome:
    """Read articles and derive the graph of all that the folder `out` holds; what came of it is in `Outcome`.

    The months of the articles, or those that are given (`2022-06`), are replaced, and no others; a month that is given
    and has no articles any more is emptied. A run that is killed leaves everything as it was, or is ended by the next.
    Raises SourceError for sources that are not there, and KGError where no article could be read.
    """
    how = settings(spark, lang=lang, models=models, fast=fast, min_confidence=min_confidence, actors=actors)
    place = Place(spark, out)
    if place.names() and not (place.exists(publish.ABOUT) or place.exists(publish.COMMIT)):
        raise KGError(f"{out} holds other files: name an empty folder, or one that `kg spark` made")
    outcome = Outcome(recovered=publish.recover(place))
    _same_reading(place, how, out)
    if not place.make(publish.STAGING):  # said before the work, not after it
        raise KGError(f"{out} cannot be written to: check the path and its permissions")
    with publish.staged(place):
        _build(prepared(spark), place, paths, how, months=set(months), outcome=outcome, say=say)
    return outcome


def _build(
    spark: SparkSession,
    place: Place,
    paths: Sequence[str],
    how: Settings,
    *,
    months: set[str],
    outcome: Outcome,
    say: Say,
) -> None:
    def at(name: str) -> str:
        return place.at(f"{publish.STAGING}/{name}")

    say("reading the sources")
    raw = sources.raw(spark, paths)
    found = tables.mapped(raw, articles(how), ARTICLES)
    found.write.parquet(at("_found"))
    found = spark.read.parquet(at("_found"))
    counts = tables.counts(found.where("article is not null"))
    if not counts:
        raise KGError(_nothing(found))
    wanted = sorted(months or counts)
    outcome.passed = sum(count for month, count in counts.items() if month not in wanted)
    there = (
        tables.partitioned(spark, place.at("articles"), READ) if place.exists("articles") else tables.empty(spark, READ)
    )
    there = there.where("reason is null")
    kept = there.where(~f.col("month").isin(wanted))
    outcome.before = tables.counts(there.where(f.col("month").isin(wanted)))

    good, repeated = ids.unique(found.where(f.col("article").isNotNull() & f.col("month").isin(wanted)), kept)
    counts = {month: counts.get(month, 0) for month in wanted}
    say(f"reading {sum(counts.values()):,} articles of {len(wanted)} months")
    cores = spark.sparkContext.defaultParallelism
    size = min(max(sum(counts.values()) // (_TASKS_PER_CORE * cores), _TASK[0]), _TASK[1])
    read = tables.mapped(tables.parted(good, counts, size).select("id", "article"), reading(how), READ)
    tables.by_month(read, at("articles"))
    read = tables.partitioned(spark, at("articles"), READ)
    failed = read.where("reason is not null").withColumn("doc", f.col("id"))
    unread = found.where("article is null").withColumn("doc", f.lit(None).cast("string"))
    wrong = [table.select(*ERROR.names) for table in (unread, repeated, failed)]
    errors = wrong[0].union(wrong[1]).union(wrong[2])
    tables.by_month(errors.coalesce(1).sortWithinPartitions("month", "doc", "source", "reason"), at("errors"))
    outcome.errors = tables.partitioned(spark, at("errors"), ERROR).count()
    read = read.where("reason is null")
    outcome.months = dict.fromkeys(wanted, 0) | tables.counts(read)

    outcome.statements = derive(read.unionByName(kept), how, at, say)
    about = json.dumps({"layout": LAYOUT, **how.to_json()}, ensure_ascii=False, indent=1)
    outcome.partitions = publish.publish(spark, place, _gone(place, wanted), about)


def _same_reading(place: Place, how: Settings, out: str) -> None:
    """Raise KGError where the folder holds articles that were read otherwise."""
    before = json.loads(place.read(publish.ABOUT) or "{}")
    now = {"layout": LAYOUT, **how.to_json()}
    for key in ("layout", "base", "fast", "min_confidence", "models", "actors"):
        if before and before[key] != now[key]:
            raise KGError(
                f"{out} was made with {key} {json.dumps(before[key])}, and not {json.dumps(now[key])}: give the same, "
                "or another --out"
            )


def _nothing(found: DataFrame) -> str:
    first = found.orderBy("source").first()
    why = f": {first['source']}: {first['reason']}" if first else "; give files or folders of news articles"
    return f"no article could be read{why}"


def _gone(place: Place, wanted: Sequence[str]) -> list[str]:
    """Return the partitions that are taken away where nothing takes their place."""
    own = [f"{table}/month={month}" for table in ("articles", "errors") for month in (*wanted, UNDATED)]
    kept = set() if UNDATED in wanted else {f"articles/month={UNDATED}"}
    return [
        *(unit for unit in own if unit not in kept),
        *(f"{table}/{name}" for table in ("statements", "graph") for name in place.names(table)),
    ]
