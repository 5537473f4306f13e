"""Doc → Statements: who did what to whom in an article, with factuality, circumstances and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extract.anchors import anchor, anchor_headed
from kg.extract.arguments import Arguments
from kg.extract.attribution import Attribution
from kg.extract.coreference import Coreference
from kg.extract.entities import Entities, add_name_parts
from kg.extract.frames import Frames
from kg.extract.lexicon import lexicon
from kg.extract.names import find_names
from kg.extract.observer import Observer, Participants
from kg.extract.offices import Offices
from kg.extract.places import Places
from kg.extract.scored import scored
from kg.extract.statements import Statements
from kg.extract.times import Times
from kg.extract.titles import TitleReader
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
    each step decides. Events of a probability below `min_confidence` (by default the encoder's own threshold) are left
    out where the encoder has read the article. Raises SpecError where the data files are wrong.
    """
    words = lexicon(doc.user_data["article"].language)
    mentions = find_names(doc, words)
    reader = TitleReader(doc, words, mentions)
    offices = reader.read()
    mentions = sorted((m for m in reader.mentions if not m.consumed), key=lambda m: m.start)
    for office in offices:
        if office.holder is not None:
            office.holder.left = min(office.holder.left, office.start)
            office.holder.right = max(office.holder.right, office.end)
            if office.body is not None:
                office.body.consumed = True
    add_name_parts(doc, words, mentions)
    entities = Entities(doc, words)
    entities.add_all(mentions)
    Offices(doc, words, entities, mentions, offices).complete()
    anchor(doc, words, mentions)
    anchor_headed(doc, words, mentions, offices, entities)
    references = Coreference(doc, words, entities, mentions, offices)
    if coreference:
        mentions = sorted([*mentions, *references.references()], key=lambda m: m.start)
    arguments = Arguments(doc, words, mentions)
    attribution = Attribution(doc, words, arguments)
    if coreference and (speakers := list(references.speakers(mentions, attribution.speaker))):
        mentions = sorted([*mentions, *speakers], key=lambda m: m.start)
        arguments = Arguments(doc, words, mentions)
        attribution = Attribution(doc, words, arguments)
    found = Statements(doc, entities, Times(doc, words), Places(doc, words, mentions), attribution)
    if observer:
        known = {id(m): m for m in (*arguments.mentions, *references.names)}
        observer.participants(Participants(doc, list(known.values()), offices, entities))
    frames = Frames(doc, words, arguments, references, observer)
    encoder = doc.user_data.get("encoder")
    found.add_offices(
        (o for o in offices if not (o.weak or o.prospective) and frames.held(o)),
        encoder.settings["offices"] if encoder else None,
    )
    events = list(frames.events())
    if encoder is not None:
        least = encoder.settings["threshold"] if min_confidence is None else min_confidence
        events = list(scored(doc, encoder, entities, mentions, events, least=least))
    found.add_events(events)
    return found.result()
