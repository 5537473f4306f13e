"""Statements → a table of coded events, in the columns that users of POLECAT (PLOVER), ICEWS and GDELT (CAMEO) load.

The published columns come first, in their order; those of which an article says nothing stay empty. Ours follow:
factuality, confidence, the sentence, the article, and IRIs. What a scheme has no code for, and what is denied, is left
out and counted.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kg._version import __version__
from kg.export.cells import neutral
from kg.export.codes import Code, scheme
from kg.export.roles import Role, Roles
from kg.export.rows import Node, StatementRow, statements
from kg.gazetteer import codes_of, country_label, fold, names
from kg.graph.files import whole_file
from kg.graph.store import Store

POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
ICEWS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)
GDELT = (
    *("Actor1Code", "Actor1CountryCode", "Actor1Type1Code", "Actor1Type2Code"),
    *("Actor2Code", "Actor2CountryCode", "Actor2Type1Code", "Actor2Type2Code"),
    *("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "SOURCEURL"),
)
OURS = (
    *("Actor Code", "Recipient Code", "Relation", "Symmetric", "Factuality", "Date Precision", "Confidence"),
    *("Sentence", "Article ID", "Headline", "URL", "Graph", "Event IRI", "Actor IRI", "Recipient IRI"),
    *("Actor Wikidata", "Recipient Wikidata"),
)
COLUMNS = {"plover": (*POLECAT, *OURS), "cameo": (*ICEWS, *GDELT, "Placename", *OURS)}
Cells = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """How many events were written; what was left out: relations without a code, plans without one, denials."""

    events: int = 0
    without: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    denied: int = 0

    def told(self, scheme: str) -> str:
        """Return the counts in words."""
        parts = []
        if self.without:
            each = ", ".join(f"{name} {count}" for name, count in sorted(self.without.items()))
            parts.append(f"{sum(self.without.values())} for which {scheme.upper()} has no code ({each})")
        if self.planned:
            parts.append(f"{self.planned} planned, which it has no code for")
        if self.denied:
            parts.append(f"{self.denied} denied")
        return f"{self.events} event{'' if self.events == 1 else 's'}" + (
            f"; left out: {', '.join(parts)}" if parts else ""
        )


def write_events(store: Store, path: str | Path, name: str, *, language: str = "en") -> Tally:
    """Write the store's events to a CSV file in the columns of a scheme, "plover" or "cameo"; return the counts."""
    tally = Tally()
    with whole_file(path) as file:
        file.writelines(_table(store, name, language, tally))
    return tally


def _table(store: Store, name: str, language: str, tally: Tally) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS[name], lineterminator="\n")
    writer.writeheader()
    codes, roles = scheme(name), Roles(store)
    for row in statements(store, language=language):
        code = codes.code(row.relation, planned=row.factuality == "planned")
        if row.relation not in codes.codes:
            tally.without[row.relation] += 1
        elif row.factuality == "negated":
            tally.denied += 1
        elif code is None:
            tally.planned += 1
        else:
            tally.events += 1
            day, precision = _day(row)
            ends = [roles.of(node, row, day) for node in (row.subject, row.object)]
            cells = {"plover": _polecat, "cameo": _cameo}[name](row, code, *ends)
            cells |= {"Event Date": day} | _place(row, name) | _ours(row, name, precision, *ends)
            writer.writerow({key: neutral(value) for key, value in cells.items()})
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _polecat(row: StatementRow, code: Code, actor: Role, recipient: Role) -> Cells:
    cells: Cells = {
        "Event ID": _id(row),
        "Event Type": code.root,
        "Event Mode": code.below,
        "Intensity": code.intensity,
        "Quad Code": code.quad_class,
        "Contexts": "future" if row.factuality == "planned" else "",
        "Raw Placename": row.place.name or row.place.label if row.place else "",
        "Source": row.article.publisher,
        "Publication Date": (row.article.published or "")[:10],
        "Language": row.language,
        "Version": f"newskg {__version__}",
    }
    for name, node, role in (("Actor", row.subject, actor), ("Recipient", row.object, recipient)):
        codes = [sector.plover for sector in role.sectors]
        cells |= {
            f"{name} Name": node.label,
            f"{name} Country": role.country if role.iso else "",
            f"Primary {name} Sector": next(iter(codes), ""),
            f"{name} Sectors": "; ".join(codes),
            f"{name} Title": role.title,
            f"{name} Name Raw": node.name or node.label,
        }
    return cells


def _cameo(row: StatementRow, code: Code, source: Role, target: Role) -> Cells:
    cells: Cells = {
        "Event ID": _id(row),
        "Event Text": code.label,
        "CAMEO Code": code.code,
        "Intensity": code.intensity,
        "Story ID": row.article.id,
        "Publisher": row.article.publisher,
        "EventCode": code.code,
        "EventBaseCode": code.code[:3],
        "EventRootCode": code.root,
        "QuadClass": code.quad_class,
        "GoldsteinScale": code.intensity,
        "SOURCEURL": row.article.url,
    }
    for number, name, node, role in ((1, "Source", row.subject, source), (2, "Target", row.object, target)):
        codes = role.sector_codes("cameo")
        cells |= {
            f"{name} Name": node.label,
            f"{name} Sectors": ",".join(sector.label for sector in role.sectors),
            f"{name} Country": country_label(role.iso, "en") if role.iso else "",
            f"Actor{number}Code": _code(role, "cameo", ""),
            f"Actor{number}CountryCode": role.country if role.iso else "",
            f"Actor{number}Type1Code": next(iter(codes), "" if role.iso else role.country),
            f"Actor{number}Type2Code": next(iter(codes[1:]), ""),
        }
    return cells


def _ours(row: StatementRow, name: str, precision: str, actor: Role, recipient: Role) -> Cells:
    between = "" if name == "cameo" else " "
    return {
        "Actor Code": _code(actor, name, between),
        "Recipient Code": _code(recipient, name, between),
        "Relation": row.relation,
        "Symmetric": row.symmetric,
        "Factuality": row.factuality,
        "Date Precision": precision,
        "Confidence": row.confidence,
        "Sentence": row.sentence,
        "Article ID": row.article.id,
        "Headline": row.article.headline,
        "URL": row.article.url,
        "Graph": row.article.iri,
        "Event IRI": row.iri,
        "Actor IRI": row.subject.iri,
        "Recipient IRI": row.object.iri,
        "Actor Wikidata": row.subject.wikidata,
        "Recipient Wikidata": row.object.wikidata,
    }


def _code(role: Role, scheme: str, between: str) -> str:
    """Return the whole actor code: country, or what stands for one, and the main sector."""
    return between.join(filter(None, [role.country, *role.sector_codes(scheme)[:1]]))


def _id(row: StatementRow) -> str:
    return row.iri.rpartition("/")[2]


def _day(row: StatementRow) -> tuple[str, str]:
    """Return the day of an event as these tables want it, and how precisely it is known.

    A month or year becomes its first day unless the article came out in it; without a date it is the day of
    publication, as in ICEWS.
    """
    told, published = row.date or "", (row.article.published or "")[:10]
    if len(told) == 10:
        return told, "day"
    if published.startswith(told):
        return published, {7: "month", 4: "year"}.get(len(told), "published") if published else ""
    first = (told + "-01-01")[:10]
    try:
        date.fromisoformat(first)
    except ValueError:  # a graph that others wrote
        return "", ""
    return first, "month" if len(told) == 7 else "year"


def _place(row: StatementRow, name: str) -> Cells:
    """Return where it happened: the country (in POLECAT its code, in ICEWS its name), city or province where known."""
    place: Node | None = row.place
    if place is None:
        return {}
    found = next((known for code in ("en", "id") if (known := names(code).get(fold(place.label)))), None)
    iso = place.iso or (found.iso if found else "")
    kind = found.kind if found else ""
    country = country_label(iso, "en") if iso and name == "cameo" else (codes_of(iso)[1:] or ("",))[0]
    cells: Cells = {"Placename": place.label, "Country": country}
    cells |= {"City": place.label} if kind in ("capital", "city") else {}
    return cells | ({"Province": place.label} if kind == "region" else {})
