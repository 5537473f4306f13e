"""Indexes kept on disk beside their store (`kg.graph.kept`): read again at the next start, made anew when it changes.

Making one is the work of a process of its own: `python -m kg.explore.index_cache SNAPSHOT FOLDER` prints how far it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.explore import index
from kg.graph import kept
from kg.graph.store import Store
from kg.worker.sandbox import confine

LAYOUT = 4  # of the files; another one is made anew
ANY = 1 << 44  # bytes of memory


def place(store: Path, snapshot: Path) -> Path:
    """Return the folder for a snapshot's index: beside the store, or where that may not be, within the snapshot."""
    return kept.place(store, snapshot, "explored", LAYOUT)


def read(folder: Path, snapshot: Path) -> index.Index | None:
    """Return the index of a folder, or None where there is none, or none that can be read."""
    try:
        return index.Index(folder, Store.open(snapshot, read_only=True))
    except (OSError, ValueError, LookupError):
        return None


def make(snapshot: Path, folder: Path) -> None:
    """Make a snapshot's index, telling on standard output how many steps of all are done."""
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        print(done, index.STEPS, flush=True)

    with kept.making(folder, lambda: read(folder, snapshot) is not None) as made:
        index.make(Store.open(snapshot, read_only=True), made, tell)


if __name__ == "__main__":
    confine(ANY)
    make(Path(sys.argv[1]), Path(sys.argv[2]))
