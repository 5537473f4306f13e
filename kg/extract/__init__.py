"""Doc → Statements: who did what to whom in an article, with factuality, circumstances and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.actors.base import Base
from kg.extract.candidates import Candidates
from kg.extract.frames import Event
from kg.extract.observer import Observer
from kg.extract.reading import read
from kg.extract.scored import scored
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
    found.add_offices(reading.offices, encoder.settings["offices"] if encoder else None)
    events: Iterable[Event] = reading.events
    if encoder is not None:
        events = scored(doc, encoder, reading.entities, reading.mentions, events, least=min_confidence)
    events = list(events)
    found.add_events(events, Candidates(doc, reading, events))
    return found.result()
