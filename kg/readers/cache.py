"""Answers kept on disk, so that what was asked once is neither waited for nor paid for again.

    FOLDER/READER/ab/abcdef….json       one answer; a file appears whole or not at all

The key is a hash of all that the answer depends on: model, prompt, text, settings.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kg.errors import ReaderError


def usual_folder() -> Path:
    """Return where answers are kept if nobody says otherwise: $XDG_CACHE_HOME/newskg/readers, or below ~/.cache."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "newskg" / "readers"


class Cache:
    """The answers of one reader. `folder` "none" keeps none."""

    def __init__(self, reader: str, folder: str = "") -> None:
        self._folder = None if folder == "none" else (Path(folder) if folder else usual_folder()) / reader

    def get(self, asked: object) -> Any:
        """Return the answer to what was asked, as JSON, or None; a file that is damaged is none."""
        path = self._place(asked)
        try:
            return json.loads(path.read_bytes()) if path else None
        except (OSError, ValueError):
            return None

    def put(self, asked: object, answer: object) -> None:
        """Keep an answer. Raises ReaderError where the folder cannot be written: better than paying twice."""
        path = self._place(asked)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
                try:
                    json.dump(answer, file, ensure_ascii=False)
                    file.close()
                    Path(file.name).replace(path)
                except BaseException:  # nothing half written stays
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            remedy = "give another folder by --set cache=DIR, or cache=none"
            raise ReaderError(f"{path.parent}: answers cannot be kept there ({error.strerror}); {remedy}") from error

    def _place(self, asked: object) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(json.dumps(asked, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json"
