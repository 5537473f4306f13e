"""How articles are read, as every worker is told."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.vocab import base_iri

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kg.pipeline.one_article import Reading


@dataclass(frozen=True, slots=True)
class Settings:
    """As `kg build` has them; `actors` are names of the files that Spark sends along, `base` that of all IRIs.

    `digests` are the files' own, as a table keeps its name when it is changed.
    """

    lang: str | None = None
    models: tuple[tuple[str, str], ...] = ()
    fast: bool = False
    min_confidence: float | None = None
    actors: tuple[str, ...] = ()
    base: str = ""
    digests: tuple[str, ...] = ()

    def take(self) -> Reading:
        """Make them hold in this process, a worker's, and return what the pipeline is told."""
        from kg.pipeline.one_article import Reading

        os.environ["KG_BASE_IRI"] = self.base
        return Reading(dict(self.models) or None, self.fast, self.min_confidence, self.tables())

    def tables(self) -> tuple[Path, ...]:
        """Return the tables of actors where Spark has put them on this machine."""
        from pyspark import SparkFiles

        return tuple(Path(SparkFiles.get(name)) for name in self.actors)

    def to_json(self) -> dict[str, Any]:
        """Return what the reading of an article depends on, but for where the actors' tables lie."""
        told = asdict(self) | {"models": dict(self.models)}
        del told["digests"]
        return told | {"actors": [" ".join(one) for one in zip(self.actors, self.digests, strict=True)]}


def settings(
    spark: SparkSession,
    *,
    lang: str | None = None,
    models: dict[str, str] | None = None,
    fast: bool = False,
    min_confidence: float | None = None,
    actors: Iterable[Path] = (),
) -> Settings:
    """Return settings, and send the tables of actors to the workers; SourceError says what is wrong with one."""
    from kg.actors.base import base
    from kg.ingest import language

    if lang is not None and (lang := language.canonical(lang)) not in language.supported():
        raise SourceError(f"{lang}: not a supported language; it is one of {', '.join(language.supported())}")
    tables = tuple(actors)
    base(*tables)
    names = [path.name for path in tables]
    if len(set(names)) < len(names):
        raise SourceError(f"{', '.join(names)}: two tables of actors have one name; rename one of them")
    for path in tables:
        spark.sparkContext.addFile(str(path.absolute()))
    digests = tuple(sha256(path.read_bytes()).hexdigest()[:12] for path in tables)
    named = tuple(sorted((models or {}).items()))
    return Settings(lang, named, fast, min_confidence, tuple(names), base_iri(), digests)
