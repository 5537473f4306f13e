"""A store for language models, by the Model Context Protocol: tools, resources, over stdio or streamable HTTP.

    client ─ server (tools, resources) ─ reader ─ the worker processes of `kg.web` and `kg.worker`, over a snapshot

What a client asks of the store is answered by the workers that answer SPARQL for `kg serve`: vetted, confined, and
killed at the deadline. `kg.mcp.server` needs the package `mcp` (the extra `newskg[mcp]`).
"""
