"""What a server is started with: its store, who may write, and the limits."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

MB = 1_000_000


@dataclass(frozen=True)
class Settings:
    """The settings of one server; the defaults suit a laptop.

    `timeout` is what a query may take in seconds, `grace` what it may take before it counts as a long one, of which
    `slow` run at a time beside `fast` short ones; `queue` is how many may wait, and `wait` for how many seconds.
    `body`, `text`, `result`, `memory` and `cache` are bytes of a request, of a query, of an answer, of a worker, and of
    all answers that are kept. `patience` is how many seconds a client may take to send a request. `lang` is the
    language of labels and pages where an address names none.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    write: bool = False
    token: str = ""
    timeout: float = 30.0
    grace: float = 1.0
    fast: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    slow: int = 2
    queue: int = 1_000
    wait: float = 60.0
    body: int = 10 * MB
    text: int = MB
    result: int = 50 * MB
    memory: int = 2_000 * MB
    cache: int = 64 * MB
    patience: float = 15.0
    connections: int = 2_000
    cors: str = "*"
    refresh: float = 5.0
    lang: str = "en"

    @property
    def open(self) -> bool:
        """Whether anybody may write, which is for tests."""
        return self.write and not self.token


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
