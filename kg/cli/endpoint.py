"""`--endpoint URL` where a command takes a file or a store: the same as the source `sparql+URL`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from kg.endpoint import Address

HELP = "A SPARQL 1.1 endpoint in place of FILE|DIR: its address (kg/docs/endpoints.md)."
Endpoint = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", show_default=False, help="A SPARQL 1.1 endpoint to write to.")
]
Token = Annotated[
    str,
    typer.Option(
        "--token",
        envvar="KG_ENDPOINT_TOKEN",
        show_default=False,
        show_envvar=False,
        help="What the endpoint wants to be shown (bearer); better as $KG_ENDPOINT_TOKEN than here.",
    ),
]
UpdateEndpoint = Annotated[
    str,
    typer.Option(
        "--update-endpoint",
        metavar="URL",
        show_default=False,
        help="Where it takes updates, if elsewhere: by default …/update beside …/query, and else the same address.",
    ),
]


class OverEndpoint(TyperCommand):
    """A command whose first argument, a file or store, may be given as `--endpoint URL`."""

    def parse_args(self, ctx, args):  # type: ignore[no-untyped-def]  # noqa: D102
        rest, at = list(args), 0
        while at < len(rest) and rest[at] != "--":
            name, equals, value = rest[at].partition("=")
            if name == "--endpoint":
                if not equals:
                    if at + 1 >= len(rest):
                        raise typer.BadParameter("--endpoint wants an address")
                    value = rest.pop(at + 1)
                rest.pop(at)
                rest.insert(0, f"sparql+{value}")
                break
            at += 1
        return super().parse_args(ctx, rest)


def source(text: str) -> Path | Address:
    """Return a source as the path of a file or store, or as the address of an endpoint."""
    if text.startswith("sparql+"):
        from kg.endpoint import Address

        return Address.parse(text)
    return Path(text)
