"""`kg spark`: articles → statements and graph as files by month, on Apache Spark, from two cores to a cluster."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from kg.cli.console import complain, console, verbosity
from kg.cli.groups import HowRead
from kg.cli.options import Verbose
from kg.cli.tables import small
from kg.errors import KGError

MASTER = r"local(\[.+\])?|local-cluster\[.+\]|yarn|(spark|k8s)://.+"


def spark(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="Files and folders of all that `kg build` reads, and Parquet; or addresses that Spark reads (s3a://…).",
        ),
    ],
    *,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="The folder to write to; a month that it has is replaced.")
    ],
    master: Annotated[
        str | None,
        typer.Option(
            "--master",
            metavar="URL",
            show_default=False,
            help="Where Spark runs: local[2], spark://HOST:7077, yarn, k8s://…; by default all cores of this machine.",
        ),
    ] = None,
    conf: Annotated[
        list[str] | None,
        typer.Option(
            "--conf", metavar="KEY=VALUE", help="A setting of Spark's: spark.driver.memory=8g. May be repeated."
        ),
    ] = None,
    month: Annotated[
        list[str] | None,
        typer.Option("--month", metavar="YYYY-MM", help="Only this month's articles, or `undated`. May be repeated."),
    ] = None,
    how: HowRead,
    verbose: Verbose = 0,
) -> None:
    """Build on Apache Spark: Parquet and N-Quads, month by month."""
    for one in month or ():
        if one != "undated" and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", one):
            raise typer.BadParameter(f"'{one}' should be YYYY-MM, or undated", param_hint="--month")
    if master is not None and not re.fullmatch(MASTER, master):  # or Java would say so, at length
        raise typer.BadParameter(
            f"'{master}' should be local[2], spark://HOST:7077, yarn or k8s://…", param_hint="--master"
        )
    settings = {}
    for pair in conf or ():
        key, equals, value = pair.partition("=")
        if not equals or not key.startswith("spark."):
            raise typer.BadParameter(f"'{pair}' should be KEY=VALUE, as spark.driver.memory=8g", param_hint="--conf")
        settings[key] = value
    given = how.given()  # what is wrong with it is said before the work
    from kg.spark import engine

    session = engine.session(master, settings)
    try:
        from kg.spark.run import run

        done = run(
            session,
            paths,
            out,
            months=month or (),
            **given,
            say=lambda line: typer.echo(f"kg: {line}", err=True),
        )
    except KGError:
        raise
    except Exception as error:
        known = engine.failure(error)
        if known is None or verbosity() > 1:
            raise
        raise known from error
    finally:
        session.stop()
    if done.recovered:
        complain("the run before this one was ended first: it had been stopped while it put its files in place")
    shrunk = [name for name, count in done.months.items() if count < done.before.get(name, 0)]
    for name in shrunk:
        complain(
            f"{name} had {done.before[name]} articles and has {done.months[name]} now: a run replaces a month whole"
        )
    if done.passed:
        complain(f"{done.passed} articles of other months passed over")
    if done.errors:
        complain(f"{done.errors} could not be read: {out}/errors says which, and why")
    total, statements = sum(done.months.values()), sum(done.statements.values())
    counted = sorted(done.statements.items(), key=lambda item: (-item[1], item[0]))
    months = f"{len(done.months)} month" + ("" if len(done.months) == 1 else "s")
    typer.echo(
        f"Built {out}: {total} articles of {months} read; with all its months {statements} statements, "
        f"{done.partitions} partitions changed",
        err=True,
    )
    if counted:
        console().print(small(("relation", "statements"), counted, justify="right"))
