"""What an RO-Crate says of itself: ro-crate-metadata.json, after https://w3id.org/ro/crate/1.2."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from kg import bundle
from kg.errors import WeightsError

NO_LETTERS = re.compile(r"\W+")
VERSION = "https://w3id.org/ro/crate/1.2"
GRAPH, ARTICLES, MANIFEST = "graph.trig", "articles.csv", "weights.toml"
ONTOLOGIES = ("kg.ttl", "shapes.ttl", "alignments.ttl")
MIT = "https://spdx.org/licenses/MIT"
TYPES = {".trig": "application/trig", ".ttl": "text/turtle", ".csv": "text/csv", ".toml": "application/toml"}
TOLD = {
    GRAPH: (
        "The graph",
        "Who did what to whom, with the sentences: a named graph for each article, and one that all share.",
    ),
    ARTICLES: ("The articles", "What was read: addresses, publishers, days, and the SHA-256 of each text."),
    "ontologies/kg.ttl": ("The ontology", "The graph's classes and properties, in English and Indonesian."),
    "ontologies/shapes.ttl": ("The shapes", "SHACL shapes that the graph is checked against."),
    "ontologies/alignments.ttl": (
        "Alignments",
        "The ontology's terms in other vocabularies, CAMEO and PLOVER among them.",
    ),
    MANIFEST: ("The weights' manifest", "Of the weights: version, training data with their licences, scores, SHA-256."),
}
NO_LICENCE = "None was given for the graph. The ontology and the software are under the MIT licence."
QUOTED = (
    "The graph quotes sentences of the articles, for evidence. The rights in them stay with the articles' publishers; "
    "the articles themselves are not in this crate."
)
DIGEST = "The SHA-256 is that of the lines that sha256sum prints of the weights' files, sorted by name."


class Source(NamedTuple):
    """An article of the graph, as the table of articles tells it."""

    iri: str | None
    id: str | None
    sha256: str | None
    language: str | None
    headline: str | None
    url: str | None
    published: str | None
    publisher: str | None
    publisher_iri: str | None


@dataclass
class Described:
    """What a crate is about; `software` are IRIs, `weights` IRIs with digests, as the graph names them."""

    sources: list[Source]
    software: list[str]
    weights: list[tuple[str, str]]
    title: str | None
    license_: str | None
    day: date

    @cached_property
    def manifest(self) -> bytes | None:
        """The manifest of this installation's weights, where one of them made the graph."""
        own = any(_entry(iri, digest) for iri, digest in self.weights)
        return (bundle.ROOT / "manifest.toml").read_bytes() if own else None


def described(found: Described, folder: Path, names: list[str]) -> bytes:
    """Return the metadata of a crate whose files lie in a folder already."""
    graph = {"@context": f"{VERSION}/context", "@graph": list(_entities(found, folder, names))}
    return json.dumps(graph, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _entities(found: Described, folder: Path, names: list[str]) -> Iterator[dict[str, Any]]:
    count = len(found.sources)
    title = found.title or f"Knowledge graph of {count} news article{'' if count == 1 else 's'}"
    yield {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": VERSION},
        "about": {"@id": "./"},
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"{title}: typed relations between actors, each with its sentence, as RDF.",
        "datePublished": found.day.isoformat(),
        "license": {"@id": found.license_ or "#licence"},
        "hasPart": _ids(names),
        "mentions": [{"@id": "#extraction"}, {"@id": "#quotations"}],
    }
    if found.license_:
        told = "The licence of the graph, as whoever published it gave it."
        yield {"@id": found.license_, "@type": "CreativeWork", "name": found.license_, "description": told}
    else:
        yield {"@id": "#licence", "@type": "CreativeWork", "name": "No licence", "description": NO_LICENCE}
    yield from (_file(folder, name) for name in names)
    yield from _sources(found)
    yield from _making(found)


def _file(folder: Path, name: str) -> dict[str, Any]:
    heading, description = TOLD[name]
    entity: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": heading,
        "description": description,
        "encodingFormat": TYPES[Path(name).suffix],
        "contentSize": str((folder / name).stat().st_size),
        "sha256": bundle.sha256(folder / name),
    }
    if name == GRAPH:
        entity |= {"isBasedOn": _ids([ARTICLES, "ontologies/kg.ttl"]), "hasPart": {"@id": "#quotations"}}
    elif name not in (ARTICLES, MANIFEST):
        entity |= {"license": {"@id": MIT}}
    return entity


def _sources(found: Described) -> Iterator[dict[str, Any]]:
    """Yield the publishers, who have the rights in what is quoted."""
    publishers = {source.publisher_iri: source.publisher for source in found.sources if source.publisher_iri}
    yield {
        "@id": "#quotations",
        "@type": "CreativeWork",
        "name": "Sentences quoted from the articles",
        "description": QUOTED,
        "copyrightHolder": _ids(sorted(publishers)),
    }
    for iri, name in sorted(publishers.items()):
        yield {"@id": iri, "@type": "Organization", "name": name or iri}


def _making(found: Described) -> Iterator[dict[str, Any]]:
    """Yield how the graph was made: the action, the software and the weights."""
    yield {
        "@id": "#extraction",
        "@type": "CreateAction",
        "name": "Reading the articles",
        "instrument": _ids([*found.software, *(iri for iri, _ in found.weights)]),
        "object": {"@id": ARTICLES},
        "result": {"@id": GRAPH},
    }
    for iri in found.software:
        name, _, version = iri.rpartition("/")[2].rpartition("-")
        yield {
            "@id": iri,
            "@type": "SoftwareApplication",
            "name": name,
            "url": iri,
            "version": unquote(version),
        } | ({"license": {"@id": MIT}} if name == "newskg" else {})
    yield {"@id": MIT, "@type": "CreativeWork", "name": "MIT", "description": "The MIT licence"}
    for iri, digest in found.weights:
        own = _entry(iri, digest)
        named = f"Weights {iri.rpartition('/')[0].rpartition('/')[2]}"
        told: dict[str, Any] = {"name": named, "description": DIGEST, "sha256": digest}
        if own:
            told |= {"version": own["version"], "subjectOf": {"@id": MANIFEST}}
            told |= {"license": own["licence"], "isBasedOn": _ids(_anchor(iri, name) for name in own["data"])}
        yield {"@id": iri, "@type": "CreativeWork", **told}
        for name, licence in (own["data"] if own else {}).items():
            yield {"@id": _anchor(iri, name), "@type": "Dataset", "name": name, "license": licence}


def _entry(iri: str, digest: str) -> dict[str, Any] | None:
    """Return what the manifest tells of weights, if this installation has the very same."""
    name = iri.rpartition("/")[0].rpartition("/")[2]
    try:
        return bundle.manifest()[name] if bundle.digest(name) == digest else None
    except (WeightsError, KeyError):
        return None


def _anchor(iri: str, name: str) -> str:
    weights = iri.rpartition("/")[0].rpartition("/")[2]
    return f"#{weights}-{NO_LETTERS.sub('-', name).strip('-')}"


def _ids(names: Any) -> list[dict[str, str]]:
    return [{"@id": name} for name in names]
