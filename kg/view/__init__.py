"""RDF → HTML: the network page, with the sentences behind every line."""

from kg.view.agreement import shared_texts
from kg.view.render import page, served_page
from kg.view.rows import Actor, Row, from_statements, labels, names

__all__ = ["Actor", "Row", "from_statements", "labels", "names", "page", "served_page", "shared_texts"]
