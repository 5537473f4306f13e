"""Every test file runs: pytest passes over folders of some names (`build`, `dist` …), and says nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COLLECTED

TESTS = Path(__file__).parent


def test_every_test_file_is_collected(pytestconfig: pytest.Config) -> None:
    there = set(TESTS.rglob("test_*.py"))
    if pytestconfig.args == pytestconfig.getini("testpaths"):  # a run of everything knows by itself
        collected = pytestconfig.stash[COLLECTED]
    else:
        command = ["pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", "-m"]
        done = subprocess.run(
            [sys.executable, "-m", *command, ""], cwd=TESTS.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        collected = {TESTS.parent / line.partition(":")[0] for line in done.stdout.splitlines() if ".py:" in line}
    assert there == collected
