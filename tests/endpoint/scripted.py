"""A server that answers as it is told, or hands on to another until it is told to break off: faults on purpose."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2


@dataclass
class Said:
    """An answer: `cut` closes the connection within it, `sleep` delays it."""

    status: int = 200
    body: bytes = b'{"head": {}, "boolean": true}'
    type: str = "application/sparql-results+json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    sleep: float = 0.0


Script = Callable[[str, bytes], Said | None]


@dataclass
class Scripted:
    """The server: what it was asked, by path and body."""

    url: str
    asked: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)


@contextlib.contextmanager
def scripted(script: Script, behind: str = "") -> Iterator[Scripted]:
    """Answer by the script; where it says None, as the server `behind` does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            server.asked.append((self.path, body, dict(self.headers)))
            said = script(self.path, body)
            if said is None:
                passed = {k: v for k, v in self.headers.items() if k in ("Content-Type", "Accept", "Authorization")}
                real = httpx2.post(f"{behind}{self.path}", content=body, headers=passed, timeout=60)
                said = Said(real.status_code, real.content, real.headers.get("content-type", "text/plain"))
            if said.sleep:
                gone.wait(said.sleep)
            self.send_response(said.status)
            self.send_header("Content-Type", said.type)
            self.send_header("Content-Length", str(len(said.body)))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body[: len(said.body) // 2] if said.cut else said.body)
            if said.cut:
                self.close_connection = True

        def log_message(self, format, *args):
            pass

    gone = threading.Event()

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request, client_address):  # the client has left
            pass

    http = Quiet(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Scripted(f"http://127.0.0.1:{http.server_address[1]}")
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        gone.set()
        http.shutdown()
        http.server_close()
