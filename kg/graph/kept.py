"""What is derived from a store and kept on disk beside it, for as long as the store stays as it is.

    .NAME-PURPOSE/FINGERPRINT/      of one state; the folder appears whole (renamed when it is finished) or not at all

The fingerprint tells the tables that a snapshot of the store consists of: each is written once and never changed, and a
snapshot shares them with the store. So what another state of the store has yielded is never taken for this one's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg._version import __version__

MAKING = ".making-"


def place(store: Path, snapshot: Path, purpose: str, layout: object) -> Path:
    """Return the folder for what is kept of a snapshot: beside the store, or, where that may not be, within it.

    `layout` is that of the files, and whatever else they depend on: with another one they are made anew.
    """
    store = store.absolute()
    for parent in (store.parent / f".{store.name}-{purpose}", snapshot / purpose):
        try:
            parent.mkdir(exist_ok=True)
            if os.access(parent, os.W_OK):
                break
        except OSError:
            continue
    return parent / fingerprint(snapshot, layout)


def fingerprint(snapshot: Path, layout: object) -> str:
    """Return a name for what a snapshot holds."""
    files = sorted(
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in snapshot.iterdir()
        if path.suffix in (".sst", ".log") and path.stat().st_size
    )
    return hashlib.sha256(repr((layout, __version__, files)).encode()).hexdigest()[:32]


@contextmanager
def making(folder: Path, is_whole: Callable[[], bool]) -> Iterator[Path]:
    """Give an empty folder to be filled, which then takes the place of `folder`, unless another process was faster.

    What is of former states of the store goes, and what killed processes left; who reads it goes on reading.
    """
    _tidy(folder.parent, folder.name)
    made = Path(tempfile.mkdtemp(prefix=f"{MAKING}{os.getpid()}-", dir=folder.parent))
    try:
        yield made
        for path in made.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        if not is_whole():
            shutil.rmtree(folder, ignore_errors=True)
            made.chmod(0o755)  # a temporary folder is its owner's alone
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _tidy(parent: Path, kept: str) -> None:
    for path in parent.iterdir():
        pid = path.name.removeprefix(MAKING).partition("-")[0] if path.name.startswith(MAKING) else ""
        if path.name != kept and not (pid and Path("/proc", pid).exists()):
            shutil.rmtree(path, ignore_errors=True)
