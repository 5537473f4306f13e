"""A store in which names are one actor's, or may be: made-up people and pairs of whom it is doubtful."""

from __future__ import annotations

from pathlib import Path

from pipeline.test_who import BUILT, article, store_of

from kg.graph import Store

DOUBTFUL = ["Mirna Santoso", "Merna Santoso", "Mirna Lalang", "Tarek Hidayat", "Tarok Hidayat"]


def made(folder: Path) -> Path:
    """Build the store into a folder and return it."""
    doubtful = [article(number, person) for number, person in enumerate(DOUBTFUL, 10)]
    store_of([*BUILT, *doubtful], Store.open(folder)).close()
    return folder
