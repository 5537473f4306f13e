"""`kg serve`: a store → a SPARQL server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Language, Verbose


def serve(
    store: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of a store.")],
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port.")] = 8000,
    host: Annotated[
        str,
        typer.Option("--host", help="The address; the default is reached from this machine only."),
    ] = "127.0.0.1",
    write: Annotated[bool, typer.Option("--write", help="Allow updates, with the token.")] = False,
    token: Annotated[
        str,
        typer.Option(
            "--token",
            envvar="KG_TOKEN",
            show_default=False,
            show_envvar=False,
            help="What writers must show; better as $KG_TOKEN than here.",
        ),
    ] = "",
    open_: Annotated[
        bool, typer.Option("--open", help="With --write and no token: whoever is on this machine may write. For tests.")
    ] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a query may take.")] = 30.0,
    cors: Annotated[str, typer.Option("--cors", help="The site whose pages may read, * for all, none.")] = "*",
    lang: Annotated[
        Language, typer.Option("--lang", help="The language of names and pages where an address names none.")
    ] = Language.EN,
    verbose: Verbose = 0,
) -> None:
    """Serve a store by SPARQL, to browsers and to OpenRefine."""
    from kg.web.settings import Settings, is_loopback

    if token and not write:
        raise typer.BadParameter("a token is for --write")
    if write and not token and not open_:
        raise typer.BadParameter("--write needs a --token, or $KG_TOKEN")
    if open_ and (token or not write or not is_loopback(host)):
        raise typer.BadParameter("--open goes with --write, without a token, and on the loopback only")
    if cors not in ("*", "none") and not cors.startswith(("http://", "https://")):
        raise typer.BadParameter("--cors is *, none, or a site such as https://example.org")
    settings = Settings(
        store, host, port, write, token, timeout=timeout, cors="" if cors == "none" else cors, lang=lang.value
    )
    from kg.web.server import serve as run

    shown = f"[{host}]" if ":" in host else host
    run(settings, lambda held: typer.echo(f"Serving {store} on http://{shown}:{held}/ (stop with Ctrl-C)", err=True))
