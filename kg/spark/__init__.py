"""Articles on a cluster: Apache Spark reads them with one pipeline in each Python worker, and joins what they say.

    articles ─ mapInArrow → articles/ (each read on its own, by month) ─ aggregation → statements/, graph/

`statements(df)` is for jobs of your own; `run` is what `kg spark` does. kg/docs/cluster.md tells sizes and settings.
"""

from kg.spark.frame import statements
from kg.spark.run import Outcome, run

__all__ = ["Outcome", "run", "statements"]
