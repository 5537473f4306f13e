"""What a worker may not do, whatever a query makes of it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

CONFINED = "import socket; from kg.worker.sandbox import confine; confine(400 << 20); "


def ended(does: str) -> str:
    """Return the last line of what a confined process says."""
    done = subprocess.run([sys.executable, "-c", CONFINED + does], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines()[-1]


def test_it_works() -> None:
    assert ended("print('done')") == "done"


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="seccomp is Linux's"
)
def test_it_opens_no_socket() -> None:
    assert ended("socket.socket()").startswith("PermissionError")


def test_it_takes_no_more_memory_than_it_may() -> None:
    assert ended("bytearray(1 << 30)") == "MemoryError"
