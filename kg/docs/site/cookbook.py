"""The named queries, each with what it answers on the bundled articles."""

from __future__ import annotations

import html
from functools import cache

import kg
from kg.cli.demo import ARTICLES
from kg.graph import queries
from kg.graph.labelled import one_per_statement
from kg.graph.results import display

ROWS = 8  # of an answer that are shown


@cache
def demo() -> kg.Graph:
    """Return the graph of the bundled articles."""
    return kg.build([ARTICLES])


def page(language: str, words: dict[str, str]) -> str:
    """Return the cookbook in a language: a section for each named query."""
    parts = [f"# {words['cookbook']}", words["cookbook_about"]]
    for name in queries.names():
        parts += _recipe(queries.load(name), language, words)
    return "\n\n".join(parts) + "\n"


def _recipe(query: queries.Query, language: str, words: dict[str, str]) -> list[str]:
    option = "" if language == "en" else f" --lang {language}"
    parts = [
        f"## {query.titles.get(language, query.titles['en'])} {{ #{query.name} }}",
        f"```console\n$ kg query kg-demo/graph.ttl {query.name}{option}\n```",
    ]
    meanings = [f"| `{name}` | {words.get(meaning, meaning)} |" for name, meaning in query.parameters.items()]
    if meanings:
        parts.append("\n".join([f"| `--param` | {words['meaning']} |", "|---|---|", *meanings]))
    sparql = "\n".join(line for line in query.text.splitlines() if not line.startswith("# "))
    return [*parts, *_answer(query, language, words), f'??? note "SPARQL"\n\n{_indented(sparql)}']


def _answer(query: queries.Query, language: str, words: dict[str, str]) -> list[str]:
    graph = demo()
    bound = query.bind(lang=language) if "lang" in query.parameters else query
    result = graph.query(bound.text)
    rows, _ = one_per_statement(result.rows, graph.query, language)
    if not rows:
        return [f"*{words['no_rows']}*"]
    shown = [[display(cell) for cell in row] for row in rows]
    columns = [at for at in range(len(result.vars)) if any(row[at] for row in shown[:ROWS])]
    lines = ["<table>", "<tr>" + " ".join(f"<th>{result.vars[at]}</th>" for at in columns) + "</tr>"]
    for row in shown[:ROWS]:
        lines.append("<tr>" + " ".join(_cell(result.vars[at], row[at]) for at in columns) + "</tr>")
    more = [words["more_rows"].format(shown=ROWS, all=len(rows))] if len(rows) > ROWS else []
    return ["\n".join([*lines, "</table>"]), *more]


def _cell(name: str, text: str) -> str:
    kind = ' class="sentence"' if name == "sentence" else ""
    return f"<td{kind}>{html.escape(text)}</td>"


def _indented(sparql: str) -> str:
    return "\n".join(f"    {line}" for line in ("```sparql", *sparql.splitlines(), "```"))
