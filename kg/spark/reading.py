"""On a worker: articles → what each says on its own, by one pipeline that is loaded at first use and stays.

An article at which reading fails becomes a row with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.errors import SpecError, WeightsError
from kg.graph.fingerprints import fingerprints
from kg.graph.lines import article_lines
from kg.graph.local_names import locals_of
from kg.graph.rdf import article_quads
from kg.ingest.records import told
from kg.model import Article, Statement
from kg.pipeline.one_article import Reading, read
from kg.spark import records
from kg.spark.articles import month
from kg.spark.columns import READ, Batches, Row, batched, rows
from kg.spark.settings import Settings
from kg.vocab import article_iri

CHUNK = 32  # articles that are parsed at a time, which is fastest
Outcome = list[Statement] | str  # of an article: its statements, or why it has none


def reading(settings: Settings) -> Callable[[Batches], Batches]:
    """Return what maps `ARTICLES` to `READ`."""

    def work(batches: Batches) -> Batches:
        how = settings.take()
        found = (replace(records.article_of(row["article"]), id=row["id"]) for batch in batches for row in rows(batch))
        given = (replace(article, weights=how.weights(article)) for article in found)
        yield from batched(said(given, how), READ)

    return work


def said(articles: Iterable[Article], how: Reading) -> Iterator[Row]:
    """Yield what each article says, as a row of `READ`."""
    return (row_of(article, outcome) for article, outcome in built(articles, how))


def row_of(article: Article, outcome: Outcome) -> Row:
    """Return the row of `READ` of an article and what came of it."""
    about = {"month": month(article), "id": article.id, "iri": article_iri(article.id), "sha256": article.sha256}
    if isinstance(outcome, str):
        return about | {"source": article.path or article.url, "reason": outcome}
    quads = article_quads(article, outcome)
    return about | {
        "fingerprints": list(fingerprints(article)),
        "quads": article_lines(quads),
        "locals": records.locals_text(locals_of(quads)),
        # Its text stays where it was: the graph has the sentences, and a hash of it.
        "article": records.article_text(replace(article, text="", blocks=())),
        "statements": records.statements_text(outcome),
    }


def built(articles: Iterable[Article], how: Reading) -> Iterator[tuple[Article, Outcome]]:
    """Yield each article, in order, with its statements, or with the reason why it has none."""
    articles = iter(articles)
    while chunk := list(islice(articles, CHUNK)):
        try:
            found = list(_together(chunk, how))
        except (SpecError, WeightsError):  # no article's fault: the next would meet it too
            raise
        except Exception:  # parsing broke at one of them: each on its own
            found = [one for article in chunk for one in _alone(article, how)]
        yield from found


def _together(chunk: list[Article], how: Reading) -> Iterator[tuple[Article, Outcome]]:
    reasons: list[str] = []
    found = {id(article): outcome for article, outcome in read(chunk, how, lambda _, why: reasons.append(why))}
    left = iter(reasons)  # in the order of the articles, as all that is read
    yield from ((one, found[id(one)] if id(one) in found else next(left)) for one in chunk)


def _alone(article: Article, how: Reading) -> Iterator[tuple[Article, Outcome]]:
    try:
        yield from list(_together([article], how))
    except (SpecError, WeightsError):
        raise
    except Exception as error:
        yield article, f"internal error, {told(error)}; leave it out, and report it"
