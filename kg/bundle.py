"""The trained pipelines that ship with the package: where they lie, and whether they are what was trained."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from kg.errors import WeightsError

ROOT = Path(__file__).resolve().parent / "weights"
_REMEDY = "reinstall the package, or train the pipeline again with `kg train`"
_checked: dict[Path, tuple[tuple[str, int, int], ...]] = {}


def manifest(root: Path = ROOT) -> dict[str, Any]:
    """Return the manifest of the weights under `root`: one table a pipeline, with its files' SHA-256."""
    path = root / "manifest.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WeightsError(f"{path}: the manifest of the pipelines cannot be read ({error}); {_REMEDY}") from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(name: str, root: Path = ROOT) -> str:
    """Return the SHA-256 of the weights of a name: of what `sha256sum` prints of its files, sorted."""
    entry = manifest(root).get(name)
    files: dict[str, str] = entry.get("sha256", {}) if isinstance(entry, dict) else {}
    if not files:
        raise WeightsError(f"{root / 'manifest.toml'}: no weights {name!r}; {_REMEDY}")
    lines = "".join(f"{files[file]}  {file}\n" for file in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def find(lang: str, root: Path = ROOT) -> Path:
    """Return the folder of the bundled pipeline for `lang` once every file in it is the one that the manifest names."""
    entry = manifest(root).get(lang)
    if not isinstance(entry, dict):
        known = "bundled are Indonesian (id) and English (en)"
        raise WeightsError(f"{root / 'manifest.toml'}: no pipeline for language {lang!r}; {known}")
    folder = root / lang
    files: dict[str, str] = entry.get("sha256", {})
    stamp = []
    for name in files:
        path = folder / name
        try:
            stat = path.stat()
        except OSError as error:
            raise WeightsError(f"{path}: a file of the pipeline is missing; {_REMEDY}") from error
        stamp.append((name, stat.st_size, stat.st_mtime_ns))
    if _checked.get(folder) == tuple(stamp):  # unchanged since the last look in this process
        return folder
    for name, wanted in files.items():
        if sha256(folder / name) != wanted:
            raise WeightsError(f"{folder / name}: damaged, its SHA-256 is not the manifest's; {_REMEDY}")
    _checked[folder] = tuple(stamp)
    return folder
