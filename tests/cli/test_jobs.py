"""How many processes `kg build` takes where nobody says."""

from __future__ import annotations

import os

from kg.cli import build


def test_a_few_articles_take_one_process_and_many_one_for_each_core(monkeypatch):
    assert build._jobs(None) == build._jobs(build.WORTH_PROCESSES) == 1
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert build._jobs(build.WORTH_PROCESSES + 1) == 3
    monkeypatch.delattr(os, "sched_getaffinity")  # as on macOS and Windows
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert build._jobs(build.WORTH_PROCESSES + 1) == 6
