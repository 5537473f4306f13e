"""Every test file runs: pytest passes over folders of some names (`build`, `dist` …), and says nothing."""

from __future__ import annotations

import os
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
        collected = {TESTS.parent / line.partition(":")[0] for line in listed("-q") if ".py:" in line}
    assert there == collected


@pytest.mark.slow
def test_every_process_collects_the_same() -> None:
    """pytest-xdist gives up where a name has the time in it, or the order of a set, which each process has its own."""
    runs = (listed("-v", PYTHONHASHSEED=seed) for seed in "12")  # seconds apart
    one, other = ([line for line in run if "<Function" in line] for run in runs)
    assert one and one == other


def listed(detail: str, **environment: str) -> list[str]:
    """Return the lines in which a process of its own says what it collects, the slow tests too."""
    command = ["pytest", "--collect-only", detail, "-n", "0", "-p", "no:cacheprovider", "-m", ""]
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout.splitlines()
