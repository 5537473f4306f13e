"""Statement → RDF: quads with provenance, the store that holds them, SHACL, named queries."""

from kg.graph.store import Store

__all__ = ["Store"]
