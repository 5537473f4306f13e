"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import StoreError


@contextmanager
def whole_file(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a binary file for writing that takes the place of `path` only when the block ends without an error."""
    path = Path(path)
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    except OSError as error:
        raise _explained(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())  # mkstemp makes files that only their owner reads
        Path(name).replace(path)
    except OSError as error:
        raise _explained(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explained(path: Path, error: OSError) -> StoreError:
    if isinstance(error, FileNotFoundError):
        return StoreError(f"{path} cannot be written: make the folder {path.parent} first")
    return StoreError(f"{path} cannot be written: {error.strerror or error}")
