"""The command line: one module per command; whatever is heavy is imported inside the command.

Results go to standard output, all else to standard error. Exit codes: 0 done, 1 failure, 2 bad usage.
"""

from __future__ import annotations

import os
import sys

import typer

from kg.cli import (
    actors,
    ask,
    build,
    demo,
    evaluate,
    explore,
    export,
    extract,
    load,
    mcp,
    queries,
    query,
    reconcile,
    remove,
    serve,
    spark,
    train,
    validate,
    watch,
)
from kg.cli.console import complain, verbosity
from kg.cli.endpoint import OverEndpoint, over_endpoint
from kg.cli.groups import flat
from kg.cli.options import Verbose, Version
from kg.cli.plain_help import PlainHelp
from kg.errors import KGError, QueryError, QueryFailedError

app = typer.Typer(
    name="kg",
    help="Knowledge graphs from Indonesian and English news.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help comes in half the time: rich's would import its Markdown and syntax colouring
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _kg(ctx: typer.Context, version: Version = False, verbose: Verbose = 0) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit(2)


# What asks a graph, wherever it is.
ASKING = (
    query.query,
    ask.ask,
    explore.explore,
    export.export,
    validate.validate,
    serve.serve,
    reconcile.reconcile,
    remove.remove,
)
for command in (
    extract.extract,
    build.build,
    watch.watch,
    query.query,
    ask.ask,
    queries.queries,
    explore.explore,
    export.export,
    validate.validate,
    serve.serve,
    load.load,
    spark.spark,
    mcp.mcp,
    reconcile.reconcile,
    remove.remove,
    actors.actors,
    train.train,
    evaluate.evaluate,
    demo.demo,
):
    if command in ASKING:
        app.command(cls=OverEndpoint)(over_endpoint(command))
    else:
        app.command(cls=PlainHelp)(flat(command))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; every failure is one line on standard error."""
    try:
        code = app(args=arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader (`| head`) has left: keep the interpreter from flushing into the closed pipe at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "kg")
        # What argument parsers put before a message is no news to who reads it.
        message = error.format_message().removeprefix("Invalid value: ").replace("Value error, ", "").rstrip(".")
        return complain(f"{message} (see '{command} --help')", code=error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return complain("stopped", code=130)
    except QueryFailedError as error:
        return complain(str(error))
    except QueryError as error:  # who asks can mend it
        return complain(str(error), code=2)
    except KGError as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:
        if verbosity() > 1:
            raise
        return complain(f"internal error, {type(error).__name__}: {error}; run again with -v -v for the traceback")
    return code if isinstance(code, int) else 0
