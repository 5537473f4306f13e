"""Doc → Statements: who did what to whom in an article, with factuality, circumstances and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extract.frames import Event
from kg.extract.observer import Observer
from kg.extract.places import Places
from kg.extract.reading import read
from kg.extract.scored import probabilities, scored
from kg.extract.statements import Statements
from kg.extract.tenure import held
from kg.extract.times import Times
from kg.extract.titles import Office
from kg.model import Article, Statement


def extract(docs: Iterable[Doc], *, min_confidence: float | None = None) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield each article with its statements; docs come from `kg.nlp.parse`. Entities have no IRIs yet."""
    for doc in docs:
        yield doc.user_data["article"], statements(doc, min_confidence=min_confidence)


def statements(
    doc: Doc, *, coreference: bool = True, observer: Observer | None = None, min_confidence: float | None = None
) -> list[Statement]:
    """Return the statements of one parsed article, in the order of their first evidence.

    Without `coreference`, only names count as mentions: for measuring what references bring. An `observer` hears what
    each step decides. Where the encoder has read the article, events below `min_confidence` are left out; by default
    its own threshold holds, but for what frames find. Raises SpecError where the data files are wrong.
    """
    reading = read(doc, coreference=coreference, observer=observer)
    places = Places(doc, reading.words, reading.mentions)
    found = Statements(doc, reading.entities, Times(doc, reading.words), places, reading.attribution)
    encoder = doc.user_data.get("encoder")
    offices: Iterable[Office] = reading.offices
    events: Iterable[Event] = reading.events
    if encoder is not None:
        probable = probabilities(doc, encoder, reading.entities, reading.mentions, reading.events)
        offices = held(offices, probable, encoder, reading.entities)
        events = scored(doc, encoder, probable, events, least=min_confidence)
    found.add_offices(offices)
    found.add_events(events)
    return found.result()
