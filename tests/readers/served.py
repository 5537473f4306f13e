"""A server of chat completions that says what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Turn = Callable[[BaseHTTPRequestHandler], None]
USAGE = {"prompt_tokens": 1000, "completion_tokens": 200}


@dataclass
class Server:
    """`turns` are used one after the other, the last for ever; `asked` are the bodies of the requests."""

    turns: list[Turn] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""


def says(content: object, *, reason: str = "stop", usage: dict[str, int] | None = USAGE) -> Turn:
    """Answer as a model does: with a text, or with JSON as one."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": text}
    answer: dict[str, Any] = {"choices": [{"index": 0, "message": message, "finish_reason": reason}]}
    return gives(200, json.dumps(answer | ({"usage": usage} if usage else {})))


def gives(status: int, text: str = "", **headers: str) -> Turn:
    """Answer with a status and a text."""

    def turn(request: BaseHTTPRequestHandler) -> None:
        body = text.encode()
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return turn


def waits(seconds: float, then: Turn) -> Turn:
    """Answer late."""

    def turn(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        then(request)

    return turn


def breaks_off(text: str = '{"choices": [{"mess') -> Turn:
    """Promise more than comes."""

    def turn(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(text.encode())
        request.wfile.flush()
        request.close_connection = True

    return turn


@contextmanager
def serving(*turns: Turn) -> Iterator[Server]:
    """Serve on a free port of this machine while the block runs."""
    server = Server(list(turns))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(json.loads(body))
            server.headers.append(dict(self.headers))
            server.paths.append(self.path)
            turn = server.turns.pop(0) if len(server.turns) > 1 else server.turns[0]
            try:
                turn(self)
            except OSError:  # the client was tired of waiting
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
