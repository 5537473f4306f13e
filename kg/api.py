"""The graph as an object: what `kg.build` returns and `kg.Graph.load` opens."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.ask import Answer
    from kg.export import StatementRow
    from kg.graph.confident import LeftOut
    from kg.graph.results import Result
    from kg.graph.store import Store
    from kg.graph.validate import Report
    from kg.model import Article


class Graph:
    """A knowledge graph in a store; in memory where none is given."""

    def __init__(self, store: Store | None = None) -> None:
        from kg.graph.store import Store

        self.store = store if store is not None else Store.memory()

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Open a graph file, or a store on disk, for reading."""
        from kg.graph.store import Store

        return cls(Store.load(path))

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open a store on disk for adding to it; it is made where there is none."""
        from kg.graph.store import Store

        return cls(Store.open(folder))

    def query(self, sparql: str, **parameters: str) -> Result:
        """Answer a SPARQL query, or a named one with its parameters: `graph.query("about", actor="Turkey")`.

        An actor is given by any of its names, a country's code, a Wikidata id or an IRI; one that is not there raises
        QueryError, with the nearest names.
        """
        from kg.graph.asked import answered

        return answered(self.store, sparql, parameters)

    def ask(self, question: str, *, lang: str | None = None) -> Answer:
        """Answer a question in words, English or Indonesian; `lang` is that of names, by default the question's.

        Raises NotUnderstoodError (a QueryError) where a word has no place in the grammar, or a name means nobody.
        """
        from kg.ask import ask

        return ask(self.store, question, language=lang)

    def at_least(self, confidence: float) -> tuple[Self, LeftOut]:
        """Return a copy in memory of what is at least so probable (0 to 1), and how many statements were left out.

        Those without a confidence are left out as well, and counted.
        """
        from kg.graph.confident import at_least

        store, left_out = at_least(self.store, confidence)
        return type(self)(store), left_out

    def validate(self, *, lang: str = "en", articles: Iterable[Article] = ()) -> Report:
        """Check the graph against the shapes, and its quotes against the texts of the articles that are given."""
        from kg.graph.validate import validate

        return validate(self.store, language=lang, articles=articles)

    def statements(self, *, lang: str = "en") -> Iterator[StatementRow]:
        """Yield every statement as a row, with names in a language where there is a choice."""
        from kg import export

        return export.statements(self.store, language=lang)

    def to_networkx(self, *, lang: str = "en") -> networkx.MultiDiGraph:
        """Return actors and statements as a networkx graph, with names in a language where there is a choice."""
        from kg import export

        return export.to_networkx(self.store, language=lang)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return a copy as an rdflib dataset."""
        from kg import export

        return export.to_rdflib(self.store)

    def write(self, path: str | Path, *, lang: str = "en") -> None:
        """Write the graph in the format that the path's ending names; `lang` chooses names in networks and tables."""
        from kg import export

        export.write(self.store, path, language=lang)

    def close(self) -> None:
        """Write everything to disk and set the store free."""
        self.store.close()

    def __repr__(self) -> str:
        return f"<kg.Graph: {len(self.store.articles())} articles, {len(self.store)} quads>"

    def page(self, *, title: str = "Knowledge graph", lang: str = "en", drawn: int = 1000) -> str:
        """Return the network page as HTML; `drawn` pairs of actors at most are drawn at once, the strongest first."""
        from kg import export, view
        from kg.graph.namings import all_merges
        from kg.graph.offices import offices

        rows = view.from_statements(
            export.statements(self.store, language=lang),
            lang,
            names=view.names(self.store),
            origins=view.shared_texts(self.store),
        )
        return view.page(
            rows,
            title=title,
            language=lang,
            labels=view.labels(),
            drawn=drawn,
            merges=all_merges(self.store),
            offices=offices(self.store),
        )

    def explore(self, path: str | Path, *, title: str = "Knowledge graph", lang: str = "en", drawn: int = 1000) -> None:
        """Write the network page to a file."""
        from kg.graph.files import whole_file

        with whole_file(path) as file:
            file.write(self.page(title=title, lang=lang, drawn=drawn).encode())

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that can do nothing but run it and open links.

        A link opens as any page does: news sites do not work in a sandbox that they would inherit.
        """
        allowed = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
        return (
            f'<iframe srcdoc="{html.escape(self.page())}" sandbox="{allowed}" '
            'title="Knowledge graph" width="100%" height="640" style="border:1px solid #dfe4ea"></iframe>'
        )
