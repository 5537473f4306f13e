"""Doc → who takes part and what frames find: the steps that extraction and the training of its model share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.actors.base import Base
from kg.extract.agreement import agree
from kg.extract.anchors import anchor, anchor_headed
from kg.extract.arguments import Arguments
from kg.extract.attribution import Attribution
from kg.extract.coreference import Coreference
from kg.extract.entities import Entities, add_name_parts
from kg.extract.frames import Event, Frames
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.mentions import Mention
from kg.extract.names import find_names
from kg.extract.observer import Observer, Participants
from kg.extract.offices import Offices
from kg.extract.titles import Office, TitleReader


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document before statements are made: mentions in text order, offices that are held, events.

    `titles` are all title phrases, also those whose body or holder stays unknown.
    """

    words: Lexicon
    mentions: list[Mention]
    entities: Entities
    attribution: Attribution
    titles: Sequence[Office]
    offices: Sequence[Office]
    events: Sequence[Event]


def read(
    doc: Doc, *, coreference: bool = True, observer: Observer | None = None, actors: Base | None = None
) -> Reading:
    """Return the reading of one parsed article; without `coreference`, only names count as mentions.

    `actors` is the base by which bare titles find their state: by default the shipped one.
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
    agree(doc, mentions, offices)
    entities = Entities(doc, words)
    entities.add_all(mentions)
    Offices(doc, words, entities, mentions, offices, actors=actors).complete()
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
    if observer:
        known = {id(m): m for m in (*arguments.mentions, *references.names)}
        observer.participants(Participants(doc, list(known.values()), offices, entities))
    frames = Frames(doc, words, arguments, references, observer)
    held = [o for o in offices if not ((o.weak and not o.bodied) or o.prospective) and frames.held(o)]
    return Reading(words, mentions, entities, attribution, offices, held, list(frames.events()))
