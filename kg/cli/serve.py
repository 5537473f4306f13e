"""`kg serve`: a store → a SPARQL server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.endpoint import source
from kg.cli.options import Language, Verbose, clients_token

if TYPE_CHECKING:
    from kg.web.settings import Settings


def serve(
    store: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help="The folder of a store, or sparql+URL, the same as --endpoint URL: its copy is served, and kept up.",
            parser=source,
        ),
    ],
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port.")] = 8000,
    host: Annotated[
        str,
        typer.Option("--host", help="The address; the default is reached from this machine only."),
    ] = "127.0.0.1",
    write: Annotated[bool, typer.Option("--write", help="Allow updates, with the token.")] = False,
    token: Annotated[
        str,
        clients_token("What writers must show; better as $KG_TOKEN than here."),
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
    cors = "" if cors == "none" else cors
    if not isinstance(store, Path):
        if write:
            raise typer.BadParameter("--write is for a store; `kg load` and `kg build --endpoint` write to an endpoint")
        from kg.pipeline.remote import followed

        address = store
        with followed(address) as copy:
            _run(Settings(copy, host, port, timeout=timeout, cors=cors, lang=lang.value), address)
        return
    settings = Settings(store, host, port, write, token, timeout=timeout, cors=cors, lang=lang.value)
    _run(settings, store)


def _run(settings: Settings, what: object) -> None:
    from kg.web.server import serve as run

    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    run(settings, lambda held: typer.echo(f"Serving {what} on http://{shown}:{held}/ (stop with Ctrl-C)", err=True))
