"""Snapshots for those who read a store while others may write it.

RocksDB opens its tables when they are wanted, and a writer deletes those that it has merged: who reads the folder
itself finds them gone. A snapshot is made of hard links, in hundredths of a second, and stays as it is.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

TRIES = 5


def place(store: Path, purpose: str, *, elsewhere: bool = True) -> Path:
    """Make a folder for snapshots beside the store, where hard links reach; else where temporary files go.

    Raises OSError where none can be made.
    """
    store = store.absolute()
    prefix = f".{store.name}-{purpose}-"
    for left in store.parent.glob(f"{prefix}*"):  # by a process that was killed
        pid = left.name.removeprefix(prefix).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists() and Path("/proc").exists():
            shutil.rmtree(left, ignore_errors=True)
    try:
        return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=store.parent))
    except OSError:
        if not elsewhere:
            raise
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-"))


def view(store: Path) -> Path | None:
    """Return a snapshot of a store as a reader of its folder would find it now; None where none can be made.

    It is there until `forget`, or until the process ends.
    """
    try:
        folder = place(store, "read", elsewhere=False) / "view"
    except OSError:  # where we may not write, or nothing has room
        return None
    atexit.register(forget, folder, os.getpid())
    for attempt in range(TRIES):
        try:
            _take(store, folder)
            return folder
        except (OSError, RuntimeError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            if "no such file" not in str(error).lower():
                break
            time.sleep(0.05 * attempt)  # a table was merged away at that moment
    forget(folder)
    return None


def forget(view: Path, pid: int | None = None) -> None:
    """Take a view away; with a process id, only in that process."""
    if pid in (None, os.getpid()):
        shutil.rmtree(view.parent, ignore_errors=True)


def _take(store: Path, folder: Path) -> None:
    # What is written and not flushed stands in the log, which RocksDB leaves out. It is linked first: of what has
    # become a table meanwhile the snapshot then knows, and passes the log over.
    logs = folder.parent / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    for log in store.glob("*.log"):
        with suppress(FileNotFoundError):
            os.link(log, logs / log.name)
    ox.Store.read_only(str(store)).backup(str(folder))
    for log in logs.iterdir():
        if not (folder / log.name).exists():
            log.rename(folder / log.name)
