"""The MCP server of a store: its tools and resources."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.resources import FunctionResource
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from kg._version import __version__
from kg.errors import KGError
from kg.graph import queries
from kg.mcp import pages
from kg.mcp.reader import Reader, RefusedError
from kg.mcp.resources import INSTRUCTIONS, RESOURCES, query
from kg.mcp.tools import TOOLS, Tools


class Server(MCPServer[Any]):
    """An MCPServer whose complaints are one line each, as those of the other faces."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult:
        """Run a tool; what is asked wrongly, or refused, raises ToolError with one line."""
        tools = {tool.name: tool for tool in await self.list_tools()}
        if name not in tools:
            raise ToolError(f"no tool is called {name[:80]!r}; there are {', '.join(tools)}")
        known = tools[name].input_schema.get("properties", {})
        for argument in arguments:
            if argument not in known:
                near = difflib.get_close_matches(argument, known, 1, 0.6)
                remedy = f"did you mean {near[0]}?" if near else f"its arguments: {', '.join(known) or 'none'}"
                raise ToolError(f"{name} has no argument {argument[:80]!r}; {remedy}")
        try:
            found = await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            if isinstance(error.__cause__, RefusedError | KGError):
                raise ToolError(f"{error.__cause__}") from error
            raise
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(f"{name}: {_wrong(error.__cause__)}") from error
            raise
        assert isinstance(found, CallToolResult)  # we ask nothing back
        return found


def build(reader: Reader) -> Server:
    """Return the server over a reader, which is entered by then."""
    server = Server(
        "newskg",
        title=f"News graph {reader.settings.store.name}",
        version=__version__,
        instructions=INSTRUCTIONS,
        log_level="CRITICAL",
        subscriptions=False,
    )
    tools = Tools(reader)
    for name, title in TOOLS.items():
        server.add_tool(
            _answering(getattr(tools, name)),
            name,
            title,
            _description(name),
            ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
            structured_output=False,
        )
    for uri, title, description, mime, read in RESOURCES:
        server.add_resource(FunctionResource(uri=uri, name=title, description=description, mime_type=mime, fn=read))
    server.resource("kg://queries/{name}", name="A named query", mime_type="application/sparql-query")(query)
    return server


def _answering(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool that answers with structure, and with the same as JSON for clients that read text."""

    async def answer(**given: Any) -> CallToolResult:
        found = await tool(**given)
        return CallToolResult(content=[TextContent(type="text", text=pages.dumped(found))], structured_content=found)

    signature = inspect.signature(tool, eval_str=True)
    answer.__signature__ = signature.replace(return_annotation=CallToolResult)  # type: ignore[attr-defined]
    answer.__annotations__ = {name: one.annotation for name, one in signature.parameters.items()}
    answer.__annotations__["return"] = CallToolResult
    return answer


def _description(name: str) -> str:
    told = " ".join((inspect.getdoc(getattr(Tools, name)) or "").split())
    if name == "run_named_query":
        each = (queries.load(query) for query in queries.names())
        told += " " + "; ".join(f"{one.name} ({', '.join(one.parameters)}): {one.titles['en']}" for one in each)
    return told


def _wrong(error: ValidationError) -> str:
    """Return what is wrong with arguments, in one line."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
