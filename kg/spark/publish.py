"""What a run has made takes its place: partition by partition, and after a crash the next run ends what was begun.

A run writes into `.staging` alone. When all of it is there, the list of what replaces what is written, in one step, and
then followed; so there is the former partition or the new one, and never half of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kg.spark.places import Place

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

STAGING = ".staging"
ABOUT = "kg.json"  # how the articles of the folder were read
PARTITIONED = ("articles", "errors", "graph", "statements")
COMMIT = f"{STAGING}/commit.json"
_DIGITS = 16  # of a shard's hash


def recover(out: Place) -> bool:
    """End what a killed run had decided, or throw away what it had not; say whether there was anything to end."""
    committed = out.read(COMMIT)
    if committed:
        _follow(out, json.loads(committed))
    out.delete(STAGING)
    return committed is not None


@contextmanager
def staged(out: Place) -> Iterator[None]:
    """Throw away what a run has made that fails, unless it was decided already."""
    try:
        yield
    except Exception:
        with suppress(Exception):  # the first error is the one to be told
            if not out.exists(COMMIT):
                out.delete(STAGING)
        raise


def publish(spark: SparkSession, out: Place, gone: Iterable[str], about: str) -> int:
    """Put what is in `.staging` in its place, and take away what is `gone`; return how many partitions changed.

    `about` is the text of `kg.json`.

    Files are named by their content, so that a partition that is as it was stays untouched.
    """
    units = [unit for table in out.names(STAGING) if "." not in table for unit in _units(out, table)]
    _name_by_content(spark, out, units)
    changed = [unit for unit in units if out.names(f"{STAGING}/{unit}") != out.names(unit)]
    plan = {"moves": changed, "gone": sorted({unit for unit in gone if out.exists(unit)} - set(units))}
    count = len(plan["moves"]) + len(plan["gone"])
    if out.read(ABOUT) != about:
        out.write(f"{STAGING}/{ABOUT}", about)
        plan["moves"].append(ABOUT)
    out.write(COMMIT, json.dumps(plan))
    _follow(out, plan)
    out.delete(STAGING)
    return count


def _follow(out: Place, plan: dict[str, list[str]]) -> None:
    for unit in plan["gone"]:
        out.delete(unit)
    for unit in plan["moves"]:
        if out.exists(f"{STAGING}/{unit}"):  # or else it was moved before the crash
            out.delete(unit)
            out.move(f"{STAGING}/{unit}", unit)


def _units(out: Place, table: str) -> list[str]:
    """Return the partitions of a table, or the table, where it has none: what is replaced at once."""
    return [f"{table}/{name}" for name in out.names(f"{STAGING}/{table}")] if table in PARTITIONED else [table]


def _name_by_content(spark: SparkSession, out: Place, units: list[str]) -> None:
    from pyspark.sql import functions as f

    folders = [out.at(f"{STAGING}/{unit}") for unit in units]
    files = spark.read.format("binaryFile").load(folders) if folders else None
    digests = files.select("path", f.sha2("content", 256).alias("digest")).toLocalIterator() if files else ()
    named: dict[str, str] = {}
    for row in digests:
        folder, _, name = row["path"].rpartition(f"/{STAGING}/")[2].rpartition("/")
        ending = ".nq" if name.endswith(".txt") else ".parquet"
        named[f"{folder}/{name}"] = f"{folder}/{row['digest'][:_DIGITS]}{ending}"
    for name, new in named.items():
        out.move(f"{STAGING}/{name}", f"{STAGING}/{new}")
