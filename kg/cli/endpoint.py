"""Endpoints on the command line: `--endpoint URL` in place of a file or store, or to write to, and how it is asked.

The options are written here alone: `over_endpoint` adds them to the commands that ask, `groups.Target` to those that
write.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.plain_help import PlainHelp

if TYPE_CHECKING:
    from kg.endpoint import Address

Command = Callable[..., None]

SHOWN = "What the endpoint wants to be shown (bearer); better as $KG_ENDPOINT_TOKEN than here."
TIMEOUT = "Seconds that an answer of the endpoint may take (120); also $KG_ENDPOINT_TIMEOUT."


def _token(name: str) -> Any:
    return typer.Option(name, metavar="TEXT", show_default=False, help=SHOWN)


def _seconds(name: str) -> Any:
    return typer.Option(name, metavar="SECONDS", min=0.1, show_default=False, help=TIMEOUT)


Instead = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        show_default=False,
        help="A SPARQL 1.1 endpoint in place of FILE|DIR: its address (kg/docs/endpoints.md).",
    ),
]
Endpoint = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", show_default=False, help="A SPARQL 1.1 endpoint to write to.")
]
UpdateEndpoint = Annotated[
    str | None,
    typer.Option(
        "--update-endpoint",
        metavar="URL",
        show_default=False,
        help="Where it takes updates, if elsewhere: by default …/update beside …/query, and else the same address.",
    ),
]
Token = Annotated[str | None, _token("--token")]
Timeout = Annotated[float | None, _seconds("--timeout")]


class OverEndpoint(PlainHelp):
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


def over_endpoint(command: Command) -> Command:
    """Add the options of who asks an endpoint, which its address then holds; the command knows nothing of them.

    Where the command has a --token or --timeout of its own, these are --endpoint-token and --endpoint-timeout.
    """
    own = inspect.signature(command).parameters
    token, timeout = (f"--endpoint-{name}" if name in own else f"--{name}" for name in ("token", "timeout"))

    @wraps(command)
    def asked(*, endpoint: None, endpoint_token: str | None, endpoint_timeout: float | None, **given: Any) -> None:
        from kg.errors import StoreError

        # an Address, told without its class: httpx2 is not always there
        known = {name: one for name, one in given.items() if hasattr(one, "asked")}
        for option, value in ((token, endpoint_token), (timeout, endpoint_timeout)):
            if value is not None and not known:
                raise typer.BadParameter(f"{option} is for an endpoint: give --endpoint URL too")
        try:
            given |= {name: one.asked(token=endpoint_token, timeout=endpoint_timeout) for name, one in known.items()}
        except StoreError as error:
            raise typer.BadParameter(str(error), param_hint=token) from None
        command(**given)

    more = {
        "endpoint": Instead,  # taken by OverEndpoint before the options are read, and here for --help
        "endpoint_token": Annotated[str | None, _token(token)],
        "endpoint_timeout": Annotated[float | None, _seconds(timeout)],
    }
    *before, verbose = inspect.signature(command, eval_str=True).parameters.values()
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
        for name, kind in more.items()
    ]
    return declared(asked, [*before, *added, verbose.replace(kind=inspect.Parameter.KEYWORD_ONLY)])


def declared(made: Command, parameters: list[inspect.Parameter]) -> Command:
    """Return a function with other parameters, as typer reads them."""
    made.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    made.__annotations__ = {one.name: one.annotation for one in parameters}
    return made


def source(text: str) -> Path | Address:
    """Return a source as the path of a file or store, or as the address of an endpoint."""
    if text.startswith("sparql+"):
        from kg.endpoint import Address

        return Address.parse(text)
    return Path(text)
