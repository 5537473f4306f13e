"""RDF → files and objects that other tools read: RDF formats, networks, tables, networkx, rdflib."""

from kg.export.files import write
from kg.export.network import to_networkx
from kg.export.rows import ArticleRef, Node, StatementRow, nodes_of, statements, statements_of
from kg.graph.rdflib_copy import to_rdflib

__all__ = [
    "ArticleRef",
    "Node",
    "StatementRow",
    "nodes_of",
    "statements",
    "statements_of",
    "to_networkx",
    "to_rdflib",
    "write",
]
