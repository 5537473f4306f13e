"""`kg queries`: the named queries, with their parameters."""

from __future__ import annotations

from kg.cli.options import Language, PageLang, Verbose
from kg.cli.tables import results


def queries(*, lang: PageLang = Language.EN, verbose: Verbose = 0) -> None:
    """List the named queries and their parameters.

    `kg query --min-confidence` narrows any of them.
    """
    from kg.graph.queries import load, names

    found = [load(name) for name in names()]
    results(
        ("name", "what it tells", "--param"),
        [
            (
                query.name,
                query.titles.get(lang.value, query.titles["en"]),
                ", ".join(f"{name}=…" for name in query.parameters),
            )
            for query in found
        ],
    )
