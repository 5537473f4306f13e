"""The explorer's engine: an index of a store's statements, filters over it, and what the page asks of both."""
