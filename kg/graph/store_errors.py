"""What went wrong in a store, in one line with the remedy."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreBusyError, StoreError


def short(error: Exception) -> str:
    """Return an error's message on one line."""
    message = " ".join(str(error.args[0] if error.args else error).split())
    # pyoxigraph lists every character that could have come next.
    return message if len(message) < 200 else message[:160].rsplit(",", 1)[0] + " …"


def explained(path: Path | None, error: Exception) -> StoreError:
    """Say what is wrong with a store on disk and what to do."""
    where, message = path or "the store", short(error)
    # RocksDB's errors carry no number, only the system's words for it.
    said, code = " ".join(str(error).lower().split()), getattr(error, "errno", None)
    if "corrupt" in said:  # first: which block or file it is may contain any of the words below
        return _damaged(where, message)
    if isinstance(error, PermissionError) or "permission denied" in said or code == errno.EACCES:
        return StoreError(f"{where}: no permission: check the folder's owner")
    if "read-only file system" in said or code == errno.EROFS:
        return StoreError(f"{where} is on a read-only file system: it can be read, and not be written")
    if code == errno.ENOSPC or "no space" in said or "disk quota" in said:
        return StoreError(f"{where}: the disk is full; what was reported as done is kept")
    if re.search(r"\block\b", said):
        return StoreBusyError(f"{where} is being written by another process: wait for it to end")
    if isinstance(error, NotADirectoryError | FileExistsError) or "not a directory" in said:
        return StoreError(f"{where} is no folder: name the folder of a store")
    if "mkdir" in said and path:
        return StoreError(f"{where} cannot be made: make the folder {path.parent} first")
    return _damaged(where, message)


def _damaged(where: object, message: str) -> StoreError:
    return StoreError(f"{where} cannot be opened or written, it may be damaged; restore or rebuild it ({message})")


@contextmanager
def explaining(path: Path | None) -> Iterator[None]:
    """Turn what the disk or the store on it says into a StoreError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise explained(path, error) from error
