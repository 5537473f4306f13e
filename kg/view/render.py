"""Rows → one HTML page that opens without a network and runs nothing but its own script.

Everything from articles is text: Jinja escapes it, the script reads it from `application/json` blocks and writes it
with `textContent` only, and the Content-Security-Policy names our two scripts and our style by hash and allows no
request at all (the served page: none but to its own server).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.graph.namings import Merged
from kg.graph.offices import HeldOffice
from kg.view.data import block, columns
from kg.view.merges import reasons
from kg.view.network import OTHER, TYPES, VIS_JS, network
from kg.view.rows import Row, newest_first, web_link
from kg.view.strings import STRINGS

FOLDER = Path(__file__).parent / "page"
DRAWN = 1000  # pairs drawn at most
WITHOUT_SCRIPT = 300  # statements that a reader without JavaScript gets
# in the order in which they need each other
SCRIPTS = (
    "core",
    "data",
    "state",
    "filters",
    "graph",
    "rings",
    "lines",
    "scene",
    "names",
    "drawing",
    "cite",
    "evidence",
    "panel",
    "reading",
    "storyfile",
    "story",
    "profile",
    "compare",
    "news",
    "table",
    "timeline",
    "confidence",
    "facets",
    "combo",
    "lookup",
    "tools",
    "legend",
    "svg",
    "files",
    "keys",
    "source",
    "main",
)
Merges = Mapping[str, Iterable[Merged]]
Offices = Mapping[str, Iterable[HeldOffice]]
Labels = Mapping[str, Mapping[str, str]]  # page language → relation → its name


def page(
    rows: list[Row],
    *,
    title: str = "Knowledge graph",
    language: str = "en",
    labels: Labels | None = None,
    drawn: int = DRAWN,
    merges: Merges | None = None,
    offices: Offices | None = None,
) -> str:
    """Return the page as HTML; `labels` name the relations, `language` ("en" or "id") is the one shown first.

    `merges` are those that made actors of several names, `offices` those that the base of actors knows, both by IRI.
    """
    rows = newest_first(rows)
    return _render(rows, title, language, labels or {}, {"drawn": drawn}, merges=merges, offices=offices)


def served_page(
    *,
    title: str = "Knowledge graph",
    language: str = "en",
    labels: Labels | None = None,
    drawn: int = DRAWN,
    base: str = "",
) -> str:
    """Return the same page for a server: it asks `base` + /overview.json, /search.json, /node.json … for its data."""
    return _render([], title, language, labels or {}, {"drawn": drawn, "base": base, "served": True})


def _render(
    rows: list[Row],
    title: str,
    language: str,
    labels: Labels,
    settings: dict[str, Any],
    *,
    merges: Merges | None = None,
    offices: Offices | None = None,
) -> str:
    net, vis, script, style = network(rows, settings["drawn"]), _vis(), _script(), _text("page.css")
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"web_link": web_link, "from_json": json.loads}
    environment.globals.update(
        title=title,
        language=language,
        words=STRINGS[language],
        labels=labels.get(language, {}),
        rows=rows[:WITHOUT_SCRIPT],
        data=block(columns(net, rows) | {"merges": _merges(net, merges or {}), "offices": held(net, offices or {})}),
        settings={
            **settings,
            "title": title,
            "language": language,
            "words": STRINGS,
            "labels": labels,
            "types": {**TYPES, "": OTHER},
        },
        counts={"statements": len(rows), "actors": len(net.nodes), "articles": len({row.article for row in rows})},
        # Our own files, named by hash below.
        vis=Markup(vis),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=policy(served=bool(settings.get("served"))),
    )
    net.templateEnv, net.path = environment, "page.html"
    return net.generate_html()


def _merges(net: Network, merges: Merges) -> dict[int, list[dict[str, Any]]]:
    """Return why actors are one, by their number in the page's data."""
    return {at: reasons(merges[node["id"]]) for at, node in enumerate(net.nodes) if node["id"] in merges}


def held(net: Network, offices: Offices) -> dict[int, list[dict[str, Any]]]:
    """Return the offices that actors hold by the base of actors, by their number in the page's data."""
    return {
        at: [asdict(office) for office in offices[node["id"]]]
        for at, node in enumerate(net.nodes)
        if node["id"] in offices
    }


def policy(*, served: bool = False) -> str:
    """Return the page's Content-Security-Policy."""
    asks = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; script-src {_digest(_vis())} {_digest(_script())}; "
        f"style-src {_digest(_text('page.css'))}; {asks}base-uri 'none'; form-action 'none'"
    )


@cache
def _vis() -> str:
    text = VIS_JS.read_text(encoding="utf-8")
    # a browser's tools would ask for the map
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


@cache
def _script() -> str:
    return '"use strict";\nconst kg = {};\n' + "\n".join(_text(f"{name}.js") for name in SCRIPTS)


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
