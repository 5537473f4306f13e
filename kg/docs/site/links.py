"""Documents name each other as code, for who reads them as text; on the site such a name is a link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

FENCE = re.compile(r"^( *(?:```|~~~).*?^ *(?:```|~~~) *$)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?<![\[`])`(?:kg/docs/)?((?:[\w-]+/)*[\w-]+\.md)`(?!`)")


def linked(markdown: str, here: str, pages: Collection[str]) -> str:
    """Return the text of the page `here` with `` `exports.md` `` as a link, where `pages` has it; code stays."""
    folder = posixpath.dirname(here)

    def link(found: re.Match[str]) -> str:
        for uri in (posixpath.normpath(posixpath.join(folder, found[1])), found[1]):
            if uri in pages and uri != here:
                return f"[{found[0]}]({posixpath.relpath(uri, folder or '.')})"
        return found[0]

    parts = FENCE.split(markdown)
    return "".join(part if at % 2 else NAMED.sub(link, part) for at, part in enumerate(parts))
