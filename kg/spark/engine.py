"""The gate to PySpark: a session for the command, and what `kg` asks of one that is there."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# One thread a worker: Spark starts as many workers as there are cores, and sums are taken in one order.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
LOGGING = Path(__file__).with_name("log4j2.properties")
# A row is an article, with its graph some 40 kB, at times a whole page: of the usual 4,096 of a file at a time, or
# 10,000 between Java and a worker and of what waits on the disk, a heap of 1 GB is full.
ROWS = 256
JOBS = {
    "spark.sql.session.timeZone": "UTC",  # or the machine's would show in what is written
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    "spark.sql.inMemoryColumnarStorage.batchSize": str(ROWS),
    "spark.sql.parquet.columnarReaderBatchSize": str(ROWS),
}


def session(master: str | None, conf: Mapping[str, str]) -> SparkSession:
    """Return the session of `spark-submit`, or one that is started here; KGError says what is missing."""
    # pandas is not used here
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # others that pyspark has of it as it is imported
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ModuleNotFoundError as error:
            raise KGError("kg spark needs the package pyspark: `pip install 'newskg[spark]'`") from error
        settings = {
            "spark.app.name": "kg spark",
            "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
            "spark.rdd.compress": "true",  # what waits on the disk between the steps is text
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOGGING.as_uri()}",
            **{f"spark.executorEnv.{name}": "1" for name in THREADS},
        }
        builder = SparkSession.builder
        for key, value in (settings | dict(conf)).items():
            builder = builder.config(key, value)
        # As spark-submit does; what is started here asks the environment alone.
        os.environ.setdefault("PYSPARK_PYTHON", conf.get("spark.pyspark.python", sys.executable))
        try:
            return (builder.master(master) if master else builder).getOrCreate()
        except (PySparkException, OSError, RuntimeError, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            raise KGError(
                f"Spark does not start ({reason}); it needs Java 17 or later (apt-get install openjdk-17-jre-headless) "
                "and a --master that answers"
            ) from error
        except Exception as error:  # py4j's: what the Java side says
            raise KGError(f"Spark does not start ({_java(error)}); check --master and --conf") from error


def prepared(spark: SparkSession) -> SparkSession:
    """Return a session of the same cluster with the settings that the jobs here need; the given one keeps its own."""
    own = spark.newSession()
    for key, value in JOBS.items():
        own.conf.set(key, value)
    return own


def _java(error: Exception) -> str:
    said = getattr(error, "java_exception", None)
    return " ".join(str(said.getMessage() if said is not None else error).split())[:200]


def failure(error: Exception) -> KGError | None:
    """Return a failed job as one line, with what ended it; None for what is no failure of Spark's."""
    if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
        return None
    text = str(error)
    if text.startswith("An error occurred while calling"):  # py4j's first line: Java's own comes after it
        text = text.partition("\n")[2].strip().removeprefix(": ") or text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # A worker's traceback ends in the error's own line; Java's begins with it.
    own = [line for line in lines if line.startswith(("kg.errors.", "MemoryError", "OSError", "ModuleNotFoundError"))]
    told = own[-1] if own else next(iter(lines), type(error).__name__)
    return KGError(f"the job failed, and nothing of it is kept: {told[:300]} (-v -v for the traceback)")
