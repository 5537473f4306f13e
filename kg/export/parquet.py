"""Store → Apache Parquet: statement lines with their nested records, and what one joins and filters by."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from kg.export.extras import needed
from kg.export.gathered import days, moment
from kg.export.rows import StatementRow, statements
from kg.graph.store import Store

_GROUP = 20_000  # rows that are held in memory at once: some 20 MB of sentences and names


def parquet(store: Store, language: str) -> Iterator[bytes]:
    """Yield the table: a row for each statement, `evidence` a list of its sentences with `start` and `end`.

    Its columns are those of `schema`. Raise StoreError without pyarrow.
    """
    pa, pq = needed("pyarrow", ".parquet"), needed("pyarrow.parquet", ".parquet")
    rows, buffer, shape = statements(store, language=language), BytesIO(), schema()
    with pq.ParquetWriter(buffer, shape, compression="zstd") as writer:
        while group := [record(row) for row in islice(rows, _GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=shape))
    yield buffer.getvalue()


def schema() -> Any:
    """Return the columns: those of a statement line, then the days between which it was, the article, and IRIs."""
    pa = needed("pyarrow", ".parquet")
    text, texts = pa.string(), pa.list_(pa.string())
    named = [(name, text) for name in ("label", "name", "type", "iso", "iri", "wikidata")]
    entity = pa.struct([*named[:2], ("names", texts), *named[2:]])
    sentence = pa.struct([("sentence", text), ("start", pa.int64()), ("end", pa.int64())])
    return pa.schema(
        [
            ("doc", text),
            ("relation", text),
            ("subject", entity),
            ("object", entity),
            ("factuality", text),
            ("date", text),
            ("place", entity),
            ("source", entity),
            ("attribution", pa.list_(entity)),
            ("office", text),
            ("confidence", pa.float64()),
            ("evidence", pa.list_(sentence)),
            ("lang", text),
            ("date_from", pa.date32()),
            ("date_to", pa.date32()),
            ("symmetric", pa.bool_()),
            ("headline", text),
            ("url", text),
            ("publisher", text),
            ("agency", text),
            ("published", text),
            ("published_at", pa.timestamp("us")),
            ("article_iri", text),
            ("iri", text),
        ]
    )


def record(row: StatementRow) -> dict[str, Any]:
    """Return a row of the table; `published_at` is the time on the clocks of where the article came out."""
    line = row.to_json()
    entities = {"subject": row.subject, "object": row.object, "place": row.place, "source": row.source}
    for name, node in entities.items():
        if node:
            line[name] |= {"label": node.label, "wikidata": node.wikidata}
    for told, node in zip(line["attribution"], row.attribution, strict=True):
        told |= {"label": node.label, "wikidata": node.wikidata}
    span, article = days(row.date) or (None, None), row.article
    line["evidence"] = [line["evidence"], *line.pop("further_evidence")]
    return line | {
        "date_from": span[0],
        "date_to": span[1],
        "symmetric": row.symmetric,
        "headline": article.headline,
        "url": article.url,
        "publisher": article.publisher,
        "agency": article.agency,
        "published": article.published,
        "published_at": moment(article.published),
        "article_iri": article.iri,
        "iri": row.iri,
    }
