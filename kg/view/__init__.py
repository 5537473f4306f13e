"""RDF → HTML: the network page, with the sentences behind every line."""
from kg.view.render import page
from kg.view.rows import Actor, Row

__all__ = ["Actor", "Row", "page"]
