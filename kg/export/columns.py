"""The columns of a table of statements, in their order: the names of `StatementRow.flat`."""

from __future__ import annotations

COLUMNS = (
    "relation",
    "subject",
    "subject_type",
    "subject_iso",
    "subject_iri",
    "object",
    "object_type",
    "object_iso",
    "object_iri",
    "factuality",
    "date",
    "place",
    "source",
    "office",
    "confidence",
    "sentence",
    "start",
    "end",
    "language",
    "article",
    "headline",
    "url",
    "publisher",
    "agency",
    "published",
    "iri",
)
