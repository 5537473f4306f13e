"""Knowledge graphs from Indonesian and English news.

    source ─ingest→ Article ─nlp→ Doc ─extract→ Statement ─link→ Statement ─graph→ quads ─→ query / export / view

    import kg
    graph = kg.build(["articles/"])
    graph.query("SELECT ?who ?where { ?who kg:visits ?where }")
    graph.write("news.ttl")
    graph.explore("news.html")

Importing `kg` is quick: spaCy, rdflib and pyvis are imported by what needs them.
"""

from kg._version import __version__
from kg.api import Graph
from kg.errors import KGError
from kg.model import Article, Entity, Evidence, Statement
from kg.pipeline import build, statements

__all__ = ["Article", "Entity", "Evidence", "Graph", "KGError", "Statement", "__version__", "build", "statements"]
