"""A server of our own in a process of its own, for the tests."""
from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(store: Path, *options: str, wait: float = 60) -> Iterator[str]:
    """Run `kg serve` and give its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-m", "kg", "serve", str(store), "--port", str(port), *options],
                          stderr=subprocess.PIPE) as server:
        try:
            end = time.monotonic() + wait
            while time.monotonic() < end:
                assert server.poll() is None, server.stderr and server.stderr.read().decode()
                with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/health"):
                    break
                time.sleep(0.1)
            yield url
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
