"""Packages that only some formats need: asked for when such a file is written."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import StoreError


def needed(module: str, ending: str) -> Any:
    """Return a module of the extra `newskg[tables]`; StoreError names the extra where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        raise StoreError(f"{ending} files need the package {package}: `pip install 'newskg[tables]'`") from error
