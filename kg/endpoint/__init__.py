"""A SPARQL 1.1 endpoint in place of a file or a store: asked, read into a local copy, and written."""

from kg.endpoint.address import Address
from kg.endpoint.client import Client
from kg.endpoint.remote import Remote

__all__ = ["Address", "Client", "Remote"]
