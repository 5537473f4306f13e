"""Groups of options that several commands take, each written once: a dataclass whose fields are options.

A command has a group as one parameter, without a default; `flat` gives typer the options in its place.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from kg.cli.endpoint import Command, Endpoint, Timeout, Token, UpdateEndpoint, declared
from kg.cli.options import (
    ActorFiles,
    DryRun,
    Fast,
    Lang,
    MaxCost,
    MaxRequests,
    MinConfidence,
    Models,
    ReaderName,
    ReaderOptions,
    models,
)

if TYPE_CHECKING:
    from kg.endpoint import Address


@dataclass(frozen=True)
class HowRead:
    """How articles are read."""

    lang: Lang = None
    model: Models = None
    fast: Fast = False
    min_confidence: MinConfidence = None
    actors: ActorFiles = None

    @property
    def language(self) -> str | None:
        """The language that all articles are said to be in."""
        return self.lang and self.lang.value

    @property
    def models(self) -> dict[str, str] | None:
        """The pipelines that are named in place of ours, by language; what names none is bad usage."""
        return models(self.model)

    def given(self) -> dict[str, Any]:
        """Return them as `kg.pipeline` takes them."""
        return {
            "lang": self.language,
            "models": self.models,
            "fast": self.fast,
            "min_confidence": self.min_confidence,
            "actors": self.actors or (),
        }


@dataclass(frozen=True)
class OtherReader:
    """Who reads in place of us, and what that may take."""

    reader: ReaderName = None
    set_: ReaderOptions = None
    max_requests: MaxRequests = None
    max_cost: MaxCost = None
    dry_run: DryRun = False


@dataclass(frozen=True)
class Target:
    """The endpoint that is written to."""

    endpoint: Endpoint = None
    update_endpoint: UpdateEndpoint = None
    token: Token = None
    timeout: Timeout = None

    def address(self) -> Address | None:
        """Return its address, or None where there is none."""
        if self.endpoint is None:
            for name in ("update_endpoint", "token", "timeout"):
                if getattr(self, name) is not None:
                    raise typer.BadParameter(f"--{name.replace('_', '-')} is for an endpoint: give --endpoint URL too")
            return None
        from kg.endpoint import Address

        return Address.parse(self.endpoint, update=self.update_endpoint or "").asked(
            token=self.token, timeout=self.timeout
        )


def flat(command: Command) -> Command:
    """Return a command that takes the options of its groups, each where the group stands."""
    own = inspect.signature(command, eval_str=True).parameters.values()
    groups: dict[str, Any] = {one.name: one.annotation for one in own if is_dataclass(one.annotation)}
    taken = [option for one in own for option in (_options(one.annotation) if one.name in groups else [one])]

    @wraps(command)
    def called(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        command(**given)

    return declared(called, taken) if groups else command


def _options(group: Any) -> list[inspect.Parameter]:
    kinds = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=kinds[field.name]
        )
        for field in fields(group)
    ]
