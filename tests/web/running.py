"""A server of our own in a process of its own, for the tests."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx


@contextlib.contextmanager
def served(store: Path | str, *options: str, wait: float = 180) -> Iterator[str]:
    """Run `kg serve` and give its address; the server takes a free port itself, so that no other can come between."""
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(store), "--port", "0", *options], stderr=subprocess.PIPE
    ) as server:
        assert server.stderr
        try:
            url, said = "", []
            while not url:
                said.append(server.stderr.readline().decode())
                assert said[-1], "".join(said)  # it has ended
                url = "".join(re.findall(r"on (http://[^/]+)/", said[-1]))
            end = time.monotonic() + wait
            while time.monotonic() < end:
                assert server.poll() is None, server.stderr.read().decode()
                with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/health"):
                    break
                time.sleep(0.1)
            yield url
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:
                server.kill()


def answered(client: httpx.Client, address: str, **asked: str) -> httpx.Response:
    """Ask until the store is read: a busy machine takes longer than a reader is kept waiting."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        answer = client.get(address, params=asked or None)
        if answer.status_code not in (202, 503):
            return answer
        assert answer.headers["retry-after"]
        time.sleep(0.1)
    raise AssertionError("never read")
