"""`--help` in words: what a value is called (FILE, N, TEXT), and not which type of Python it becomes."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

# Types that typer shows as they are called in code, and what a reader calls them; choices (<id|en>) stay.
CALLED = {"str": "TEXT", "int": "N", "int range": "N", "float": "NUMBER", "float range": "NUMBER", "path": "PATH"}


class PlainHelp(TyperCommand):
    """A command whose help shows no types."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options."""
        params: list[Any] = self.get_params(ctx)
        for param in params:
            shown = str(param.display_type(ctx)).strip("<>")
            if "|" in shown:
                if shown.startswith("list["):
                    param.metavar = f"<{shown[5:-1]}>"
                continue
            if param.param_type_name == "argument":  # which has a name of its own already
                param.display_type_rich = lambda ctx: None
            elif param.metavar is None:
                param.metavar = CALLED.get(shown)
        super().format_options(ctx, formatter)
