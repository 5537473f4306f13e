"""What commands do with a reader other than ours: open it by its options, try it dry, and tell what it took."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import typer

from kg.cli.progress import Report

if TYPE_CHECKING:
    from kg.cli.groups import HowRead, OtherReader
    from kg.model import Article
    from kg.readers import NamedReader, Prepared, Rejected


class Reading:
    """The reader that a command was asked for, or none (`reader` is then None: our own reading)."""

    def __init__(self, by: OtherReader, how: HowRead) -> None:
        self.rejected: Counter[str] = Counter()
        self.reader: NamedReader | None = None
        if by.reader is None:
            given = (
                (by.set_, "--set"),
                (by.max_requests, "--max-requests"),
                (by.max_cost, "--max-cost"),
                (by.dry_run, "--dry-run"),
            )
            for value, option in given:
                if value not in (None, False):
                    raise typer.BadParameter(f"{option} is for another reader: give --reader NAME too")
            return
        if how.fast or how.models:
            raise typer.BadParameter("--fast and --model are of our own reading: leave them out, or --reader")
        self.reader = opened(by.reader, set_options(by.set_), by.max_requests, by.max_cost, self._reject)

    def _reject(self, _article: Article, rejected: Rejected) -> None:
        self.rejected[rejected.reason] += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.tell()  # also where the run has failed: what was spent is spent

    def tell(self) -> None:
        """Say on standard error what was rejected, and what reading took."""
        if self.reader is None:
            return
        if self.rejected:
            reasons = ", ".join(f"{count} {reason}" for reason, count in self.rejected.most_common())
            typer.echo(f"Rejected: {self.rejected.total()} statements ({reasons}; -v names each)", err=True)
        usage = told_usage(self.reader)
        if usage:
            typer.echo(usage, err=True)

    def dry_run(
        self, paths: Iterable[str], report: Report, lang: str | None, known: Callable[[Article], bool] | None = None
    ) -> None:
        """Write what would be sent for each article, one JSON object a line, and an estimate of it all."""
        from kg import ingest
        from kg.readers import Sends

        if self.reader is None or not isinstance(self.reader.reader, Sends):
            raise typer.BadParameter(f"--dry-run: {self.reader.name if self.reader else 'it'} sends nothing anywhere")
        prepared: list[Prepared] = []
        with report:
            for article in ingest.read(paths, lang=lang, on_skip=report.skip):
                article = replace(article, reader=self.reader.software)  # noqa: PLW2901
                if known and known(article):
                    continue
                one = self.reader.reader.prepare(article)
                prepared.append(one)
                typer.echo(json.dumps(_line(article, one), ensure_ascii=False))
        typer.echo(_estimate(prepared), err=True)


def set_options(given: list[str] | None) -> dict[str, str]:
    """Return `["model=x"]` as `{"model": "x"}`."""
    for pair in given or []:
        if not pair.partition("=")[1] or not pair.partition("=")[0].strip():
            raise typer.BadParameter(f"'{pair}' should be KEY=VALUE", param_hint="--set")
    return dict(pair.partition("=")[::2] for pair in given or [])


def options_of(name: str, names: list[str], given: list[str]) -> dict[str, str]:
    """Return the options of one of several readers: `NAME.KEY=VALUE` is that reader's, `KEY=VALUE` is everyone's."""
    for_all: dict[str, str] = {}
    own: dict[str, str] = {}
    for key, value in set_options(given).items():
        of, dot, rest = key.partition(".")
        if not dot or of not in names:
            for_all[key] = value
        elif of == name:
            own[rest] = value
    return for_all | own


def opened(
    name: str,
    options: dict[str, str],
    max_requests: int | None = None,
    max_cost: float | None = None,
    on_reject: Callable[[Article, Rejected], None] | None = None,
) -> NamedReader:
    """Return a reader by its name; whatever is wrong with it or its options is bad usage."""
    from kg.errors import ReaderError
    from kg.readers import open_reader

    limits = {"max_requests": max_requests, "max_cost": max_cost}
    try:
        return open_reader(name, options | {k: str(v) for k, v in limits.items() if v is not None}, on_reject)
    except ReaderError as error:
        raise typer.BadParameter(str(error), param_hint="--reader") from error


def opened_all(
    names: list[str], given: list[str], max_requests: int | None, max_cost: float | None
) -> list[NamedReader]:
    """Return several readers, each with its options."""
    return [opened(name, options_of(name, names, given), max_requests, max_cost) for name in dict.fromkeys(names)]


def told_usage(named: NamedReader) -> str:
    """Return a line of what reading took, "" for a reader that sends nothing."""
    from kg.readers import Sends

    if not isinstance(named.reader, Sends):
        return ""
    used = named.reader.usage
    about = "about " if used.estimated else ""
    took = f"{used.requests} requests, {used.cached} answers from the cache"
    tokens = f"{about}{used.tokens_in:,} tokens in, {used.tokens_out:,} out"
    return f"{named.name}: {took}, {tokens}" + ("" if used.cost is None else f", cost {about}{used.cost:.4f}")


def _line(article: Article, one: Prepared) -> dict[str, object]:
    return {
        "doc": article.id,
        "url": one.url,
        "cached": one.cached,
        "tokens_in": one.tokens_in,
        "tokens_out": one.tokens_out,
        "cost": None if one.cost is None else round(one.cost, 6),
        "body": one.body,
    }


def _estimate(prepared: list[Prepared]) -> str:
    new = [one for one in prepared if not one.cached]
    costs = [one.cost for one in new if one.cost is not None]
    cost = f", cost at most {sum(costs):.4f}" if costs else "; --set price_in and price_out tell the cost"
    tokens = sum(one.tokens_in for one in new), sum(one.tokens_out for one in new)
    return (
        f"Nothing was sent. {len(prepared)} articles, {len(prepared) - len(new)} of them in the cache: "
        f"{len(new)} requests, about {tokens[0]:,} tokens in, at most {tokens[1]:,} out{cost}"
    )
