"""Articles on a cluster: Apache Spark reads them with one pipeline in each Python worker, and joins what they say.

    articles ─ mapInArrow → articles/ (each read on its own, by month) ─ aggregation → statements/, graph/

`statements(df)` is for jobs of your own; `run` is what `kg spark` does. kg/docs/cluster.md tells sizes and settings.
"""

from kg.errors import KGError

try:
    import pyspark  # noqa: F401  (said here, in words, before any of what follows needs it)
except ModuleNotFoundError as error:
    raise KGError("kg spark needs the package pyspark: `pip install 'newskg[spark]'`") from error

from kg.spark.frame import statements
from kg.spark.run import Outcome, run

__all__ = ["Outcome", "run", "statements"]
