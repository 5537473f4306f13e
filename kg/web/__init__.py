"""The server: SPARQL 1.1 Protocol, Graph Store Protocol, Service Description, a query page, entities as data."""

from kg.web.app import application
from kg.web.server import serve
from kg.web.settings import Settings

__all__ = ["Settings", "application", "serve"]
