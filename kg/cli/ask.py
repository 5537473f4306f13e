"""`kg ask`: a question in words → a sentence, rows, and the SPARQL that ran."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.answers import shortener
from kg.cli.console import complain, verbosity
from kg.cli.options import GraphPath, Language, Verbose, whole
from kg.cli.tables import Shown
from kg.cli.tables import answer as table

if TYPE_CHECKING:
    from kg.ask import Answer

ELSE = 10  # lines: how it was understood, the sentence, the table's head, blank ones, the prompt


def ask(
    graph: GraphPath,
    question: Annotated[
        str,
        typer.Argument(metavar="'QUESTION'", show_default=False, help="In English or Indonesian: 'who met X in 2025?'"),
    ],
    *,
    sparql: Annotated[bool, typer.Option("--sparql", help="Print only the SPARQL that answers it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print question, answer, rows and SPARQL as JSON.")] = False,
    lang: Annotated[
        Language | None,
        typer.Option(
            "--lang", show_default=False, help="The language of names in the answer; by default the question's."
        ),
    ] = None,
    verbose: Verbose = 0,
) -> None:
    """Ask a graph in words, English or Indonesian."""
    from kg.ask import NotUnderstoodError
    from kg.ask.words import words

    try:
        answer = whole(graph).ask(question, lang=lang.value if lang else None)
    except NotUnderstoodError as error:
        raise typer.Exit(complain(str(error), code=2)) from None
    if as_json:
        typer.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=1))
        return
    if sparql:
        typer.echo(answer.sparql)
        return
    say = words(answer.language).say
    # What ran stands above, so that the answer is what one sees last.
    how = say["understood"].format(question=answer.understood)
    ran = answer.sparql if _fits(answer) else say["folded"].format(lines=answer.sparql.count("\n") + 1)
    typer.secho(f"{ran}\n\n{how}\n", err=True, dim=True)
    typer.echo(answer.sentence)
    if answer.rows:
        typer.echo()
        columns, rows = answer.shown()
        titles, cells = answer.headings(), answer.cells()
        shown = [Shown(name, [row[at] for row in cells], title=titles[at]) for at, name in enumerate(columns)]
        left = table(shown, shorten=shortener(columns, rows, range(len(columns)), answer.sparql))
        if left:
            typer.echo(say["unshown"].format(columns=", ".join(left)), err=True)
    for note in answer.notes:
        typer.echo(say["note"].format(note=note), err=True)


def _fits(answer: Answer) -> bool:
    """Say whether the SPARQL is shown: where programs read it, -v asks for it, or the screen has room."""
    if verbosity() or not sys.stderr.isatty():
        return True
    told = answer.sparql.count("\n") + len(answer.rows) + len(answer.notes) + ELSE
    return told < shutil.get_terminal_size().lines
