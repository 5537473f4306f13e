"""Doc → Statements: who did what to whom in an article, with factuality, circumstances and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.actors.base import Base
from kg.extract.candidates import Candidates
from kg.extract.holding import holding
from kg.extract.observer import Observer
from kg.extract.reading import read
from kg.extract.scored import Scores, scored
from kg.extract.statements import Statements
from kg.model import Article, Statement


def extract(
    docs: Iterable[Doc], *, min_confidence: float | None = None, actors: Base | None = None
) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield each article with its statements; docs come from `kg.nlp.parse`. Entities have no IRIs yet."""
    for doc in docs:
        yield doc.user_data["article"], statements(doc, min_confidence=min_confidence, actors=actors)


def statements(
    doc: Doc,
    *,
    coreference: bool = True,
    observer: Observer | None = None,
    min_confidence: float | None = None,
    actors: Base | None = None,
) -> list[Statement]:
    """Return the statements of one parsed article, in the order of their first evidence.

    Without `coreference`, only names count as mentions: for measuring what references bring. An `observer` hears what
    each step decides. Where the encoder has read the article, events below `min_confidence` are left out; by default
    its own threshold holds, but for what frames find. `actors` is the base that knows which state's office a bare
    title is: by default the shipped one. Raises SpecError where the data files are wrong.
    """
    reading = read(doc, coreference=coreference, observer=observer, actors=actors)
    found = Statements(doc, reading.entities, reading.attribution)
    encoder = doc.user_data.get("encoder")
    events, offices = list(reading.events), list(reading.offices)
    if encoder is not None:
        scores = Scores(doc, encoder, reading.entities).read(reading.mentions, events)
        events = list(scored(doc, encoder, scores, events, least=min_confidence))
        offices += holding(doc, reading, scores)
    found.add_offices(offices, encoder.settings["offices"] if encoder else None)
    found.add_events(events, Candidates(doc, reading, events))
    return found.result()
