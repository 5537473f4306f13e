"""The pieces of SPARQL that all questions share: names of nodes, lists of values, and the whole text with prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg.ask.names import Found
from kg.vocab import prefixes


def query(columns: Sequence[str], lines: Iterable[str], group: str, order: str) -> str:
    """Return the text of a query, with the prefixes that it uses, so that any engine runs it as it stands."""
    body = "\n  ".join(lines)
    text = "SELECT\n  " + "\n  ".join(columns) + f"\nWHERE {{\n  {body}\n}}\nGROUP BY {group}\nORDER BY {order}"
    known = prefixes()
    used = sorted(name for name in known if re.search(rf"(?<![\w<]){name}:\w", text))
    return "".join(f"PREFIX {name}: <{known[name]}>\n" for name in used) + text


def column(node: str, name: str) -> str:
    """Return the column that shows a node by its name."""
    return f"(MIN(?{node}_name) AS ?{name})"


def named(node: str, language: str, *, of: str = "") -> list[str]:
    """Return the patterns of a node's name: a label in the language, else the usual name in it, else any label.

    `of` leads to the node where there may be none ("?event kg:place/"); an unbound one would be everybody by name.
    All are optional, so that an engine finds the events first and looks up only their names.
    """
    tag, start = f'FILTER (LANG(?{node}_%d) = "{language}")', of or f"?{node} "
    return [
        f"OPTIONAL {{ {start}rdfs:label ?{node}_1 {tag % 1} }}",
        f"OPTIONAL {{ {start}skos:prefLabel ?{node}_2 {tag % 2} }}",
        f"OPTIONAL {{ {start}rdfs:label ?{node}_3 }}",
        f"BIND (STR(COALESCE(?{node}_1, ?{node}_2, ?{node}_3)) AS ?{node}_name)",
    ]


def is_one_of(variable: str, actors: Sequence[Found]) -> str:
    """Return the line that binds a variable to actors."""
    return f"VALUES ?{variable} {{ {' '.join(str(ox.NamedNode(iri)) for actor in actors for iri in actor.iris)} }}"


def is_relation(variable: str, names: Iterable[str]) -> str:
    """Return the line that binds a variable to relations of the ontology."""
    return f"VALUES ?{variable} {{ {' '.join(f'kg:{name}' for name in names)} }}"


def literals(values: Iterable[str]) -> str:
    """Return texts as SPARQL writes them: none can end its quotation marks."""
    return ", ".join(str(ox.Literal(value)) for value in values)
