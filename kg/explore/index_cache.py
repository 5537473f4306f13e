"""Indexes kept on disk beside their store: read again at the next start, made anew when the store has changed.

    .NAME-explored/FINGERPRINT/     one index; the folder appears whole (renamed when it is finished) or not at all

The fingerprint tells the tables that a snapshot of the store consists of: each is written once and never changed, and a
snapshot shares them with the store. So the index of another state of the store is never taken for this one's. Making
one is the work of a process of its own: `python -m kg.explore.index_cache SNAPSHOT FOLDER` prints how far it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from kg._version import __version__
from kg.explore import index
from kg.graph.store import Store
from kg.worker.sandbox import confine

LAYOUT = 4  # of the files; another one is made anew
MAKING = ".making-"
ANY = 1 << 44  # bytes of memory


def place(store: Path, snapshot: Path) -> Path:
    """Return the folder for a snapshot's index: beside the store, or where that may not be, within the snapshot."""
    beside = store.parent / f".{store.name}-explored"
    for parent in (beside, snapshot / "explored"):
        try:
            parent.mkdir(exist_ok=True)
            if os.access(parent, os.W_OK):
                break
        except OSError:
            continue
    return parent / fingerprint(snapshot)


def fingerprint(snapshot: Path) -> str:
    """Return a name for what a snapshot holds."""
    files = sorted(
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in snapshot.iterdir()
        if path.suffix in (".sst", ".log") and path.stat().st_size
    )
    return hashlib.sha256(repr((LAYOUT, __version__, files)).encode()).hexdigest()[:32]


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

    _tidy(folder.parent, {folder.name})
    making = Path(tempfile.mkdtemp(prefix=f"{MAKING}{os.getpid()}-", dir=folder.parent))
    try:
        index.make(Store.open(snapshot, read_only=True), making, tell)
        for path in making.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        if read(folder, snapshot) is None:  # another server may have been faster
            shutil.rmtree(folder, ignore_errors=True)
            making.chmod(0o755)  # a temporary folder is its owner's alone
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _tidy(parent: Path, kept: set[str]) -> None:
    """Take away what is of former states of the store, and what killed processes left; who reads it goes on reading."""
    for path in parent.iterdir():
        pid = path.name.removeprefix(MAKING).partition("-")[0] if path.name.startswith(MAKING) else ""
        if path.name not in kept and not (pid and Path("/proc", pid).exists()):
            shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    confine(ANY)
    make(Path(sys.argv[1]), Path(sys.argv[2]))
