"""Other people's SPARQL servers, started for the tests: Oxigraph's own and Virtuoso."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

WAIT = 120.0  # seconds for a server to begin
VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
MaxClientConnections = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
DirsAllowed = {folder}
MaxQueryMem = 1G
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 10
[HTTPServer]
ServerPort = {port}
ServerRoot = {folder}
MaxClientConnections = 10
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Engine:
    """A running server: `url` answers queries, `options` are what `kg` needs to write there."""

    name: str
    url: str
    update: str
    auth: tuple[str, str] | None = None


def oxigraph_binary() -> str | None:
    """Return Oxigraph's server of the test environment."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str, port: int = 0) -> Iterator[Engine]:
    """Run Oxigraph's server over a folder."""
    port = port or free_port()
    binary = oxigraph_binary()
    assert binary
    command = [binary, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield Engine("oxigraph", f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update")


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Engine]:
    """Run Virtuoso over a folder, with its default user."""
    binary = shutil.which("virtuoso-t")
    assert binary
    port, sql = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO.format(folder=folder, port=port, sql=sql))
    command = [binary, "+foreground", "+configfile", str(ini)]
    with _running(command, f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", cwd=folder):
        address = f"http://127.0.0.1:{port}/sparql"
        yield Engine("virtuoso", address, f"{address}-auth", ("dba", "dba"))


@contextlib.contextmanager
def _running(command: list[str], asked: str, cwd: Path | None = None) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd) as server:
        try:
            end = time.monotonic() + WAIT
            while time.monotonic() < end:
                assert server.poll() is None, f"{command[0]} ended with {server.returncode}"
                with contextlib.suppress(httpx2.HTTPError):
                    if httpx2.get(asked, timeout=10).status_code < 500:
                        break
                time.sleep(0.1)
            else:
                raise AssertionError(f"{command[0]} never answered")
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
