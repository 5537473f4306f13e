"""The small store, made once."""

from __future__ import annotations

import pytest

from ask.small import store as small


@pytest.fixture(scope="session")
def store():
    """Return it; read it, do not write it."""
    return small()
