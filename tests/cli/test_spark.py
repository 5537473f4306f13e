"""What is wrong with a `kg spark` is one line; Spark itself is not needed for that."""

from __future__ import annotations

import sys

import pytest

from kg.cli import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--month", "2031-13"], "should be YYYY-MM"),
        (["--conf", "driver.memory=1g"], "should be KEY=VALUE"),
        (["--master", "lokal[2]"], "should be local[2]"),
        (["--master", "local["], "should be local[2]"),
        (["--master", "spark://"], "should be local[2]"),
        (["--model", "xx=y"], "should be"),
    ],
)
def test_bad_usage_is_told_before_anything_starts(arguments, said, tmp_path, capsys):
    assert main(["spark", str(tmp_path), "--out", str(tmp_path / "out"), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_without_pyspark_the_extra_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    assert main(["spark", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "pip install 'newskg[spark]'" in capsys.readouterr().err
