"""One session of two cores for all tests that need Spark; they are skipped without it, or without Java."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def session():
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install -e '.[test]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("no Java: apt-get install openjdk-17-jre-headless")
    from kg.spark import engine

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}
    started = engine.session("local[2]", settings)
    yield started
    started.stop()
