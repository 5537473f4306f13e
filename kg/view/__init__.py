"""RDF → HTML: the network page, with the sentences behind every line."""
from kg.view.render import page
from kg.view.rows import Actor, Row, from_statements

__all__ = ["Actor", "Row", "from_statements", "page"]
