"""`kg mcp`: a store → tools for language models, by the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Language, Verbose, clients_token
from kg.errors import KGError


def mcp(
    store: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of a store.")],
    *,
    http: Annotated[
        str,
        typer.Option(
            "--http",
            metavar="HOST:PORT",
            show_default=False,
            help="Serve by streamable HTTP at /mcp there, instead of over standard input and output.",
        ),
    ] = "",
    token: Annotated[
        str,
        clients_token("What clients must show with --http, beyond this machine always; better as $KG_TOKEN than here."),
    ] = "",
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a question may take.")] = 30.0,
    lang: Annotated[
        Language, typer.Option("--lang", help="The language of names where a question names none.")
    ] = Language.EN,
    verbose: Verbose = 0,
) -> None:
    """Serve a store to language models, by MCP.

    It has tools to search, list, query and explain.
    """
    from kg.web.settings import Settings, is_loopback

    host, port = _address(http) if http else ("127.0.0.1", 0)
    if http and not token and not is_loopback(host):
        raise typer.BadParameter(f"--http {http} is reached from other machines: it needs a --token, or $KG_TOKEN")
    try:
        from kg.mcp import serving
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("mcp", "mcp_types"):
            raise KGError("kg mcp needs the package mcp: `pip install 'newskg[mcp]'`") from error
        raise
    settings = Settings(store, host, port, token=token if http else "", timeout=timeout, cors="", lang=lang.value)
    if not http:
        serving.serve_stdio(settings)
        return
    shown = f"[{host}]" if ":" in host else host
    serving.serve_http(
        settings,
        lambda held: typer.echo(f"Serving {store} on http://{shown}:{held}{serving.PATH} (stop with Ctrl-C)", err=True),
    )


def _address(text: str) -> tuple[str, int]:
    """Return `127.0.0.1:8001` or `[::1]:8001` as host and port."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise typer.BadParameter(f"'{text}' should be HOST:PORT, as 127.0.0.1:8001", param_hint="--http")
    return host, int(port)
