"""Rows → one HTML page that opens without a network and runs nothing but its own script.

Everything from articles is text: Jinja escapes it, the script reads it from `application/json` blocks and writes it
with `textContent` only, and the Content-Security-Policy names our two scripts and our style by hash and allows no
request at all.
"""
from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from kg.view.network import OTHER, TYPES, VIS_JS, network
from kg.view.rows import Row, newest_first, web_link
from kg.view.strings import STRINGS

TEMPLATES = Path(__file__).parent / "templates"


def page(rows: list[Row], *, title: str = "Knowledge graph", language: str = "en",
         labels: dict[str, str] | None = None) -> str:
    """Return the page as HTML; `labels` name the relations in the page's language, `language` is "en" or "id"."""
    rows, labels, words = newest_first(rows), labels or {}, STRINGS[language]
    net = network(rows, labels)
    vis, script, style = _vis(), _text("page.js"), _text("page.css")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"web_link": web_link, "from_json": json.loads}
    environment.globals.update(
        title=title, language=language, words=words, labels=labels, rows=rows,
        statements=[row.to_json() for row in rows], types={**TYPES, "": OTHER},
        counts={"statements": len(rows), "actors": len(net.nodes), "articles": len({row.article for row in rows})},
        vis=Markup(vis), script=Markup(script), style=Markup(style),  # noqa: S704  our own files, named by hash below
        policy=f"default-src 'none'; script-src {_digest(vis)} {_digest(script)}; style-src {_digest(style)}; "
               "base-uri 'none'; form-action 'none'",
    )
    net.templateEnv, net.path = environment, "page.html"
    return net.generate_html()


@cache
def _vis() -> str:
    text = VIS_JS.read_text(encoding="utf-8")
    # a browser's tools would ask for the map
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


@cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
