"""On a worker: rows of sources → articles, and what is none with its reason. The formats are `kg.ingest`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.errors import SpecError
from kg.ingest import article, readers
from kg.ingest.kinds import kind_of
from kg.ingest.records import Record, Skip, Skipped, told
from kg.model import Article
from kg.spark import records
from kg.spark.columns import ARTICLES, UNDATED, Batches, Row, batched, rows
from kg.spark.settings import Settings
from kg.spark.sources import LINES

_SHOWN = 200  # characters of a line that is no article


def articles(settings: Settings) -> Callable[[Batches], Batches]:
    """Return what maps `RAW` to `ARTICLES`."""

    def work(batches: Batches) -> Batches:
        settings.take()
        yield from batched((row for batch in batches for raw in rows(batch) for row in of_row(raw, settings)), ARTICLES)

    return work


def of_row(raw: Row, settings: Settings) -> Iterator[Row]:
    """Yield the articles of one row of a source, then what is none."""
    skipped: list[tuple[str, str]] = []
    at = 0
    data = raw["data"]
    line = data is not None and kind_of(raw["source"]) == LINES and b"\n" not in data.strip()
    if line and not data.strip():  # an empty line is nothing, as in a file that is read whole
        return
    for record in _records(raw, lambda source, why: skipped.append((source, why))):
        try:
            found = article.build(record, settings.lang)
        except Skipped as error:
            skipped.append((record.source, f"{record.where}{error}"))
            continue
        except SpecError:  # the package's own data: the next article would meet it too
            raise
        except Exception as error:
            skipped.append((record.source, f"{record.where}internal error, {told(error)}; leave it out, and report it"))
            continue
        yield {
            **{key: raw[key] for key in ("place", "block", "nth")},
            "at": at,
            "id": records.storable(found.id),
            "sha256": found.sha256,
            "month": month(found),
            "article": records.storable(records.article_text(found)),
            "source": (of := found.path or found.url) and records.storable(of),
        }
        at += 1
    shown = data.decode("utf-8", "replace")[:_SHOWN] if line else None
    for source, why in skipped:
        # Of a long file that several read nobody knows a line's number, so the line itself is told.
        reason = why.removeprefix("line 1: ") if line else why
        yield {
            "source": records.storable(source),
            "reason": records.storable(reason),
            "record": shown,
            "month": UNDATED,
        }


def month(found: Article) -> str:
    """Return the month in which an article was published, on its own clocks, or `UNDATED`."""
    return found.published.strftime("%Y-%m") if found.published else UNDATED


def _records(raw: Row, skip: Skip) -> Iterator[Record]:
    if raw["data"] is None:
        return readers.read_source(raw["source"], skip)
    return readers.read_bytes(raw["data"], raw["source"], skip, path=raw["source"])
