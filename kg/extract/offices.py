"""Title phrases → offices with their body: the body said, the body that an organ belongs to, or the country in view."""
from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from kg.extract.entities import Entities
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.extract.titles import Office


def complete(doc: Doc, lexicon: Lexicon, entities: Entities, mentions: list[Mention], offices: list[Office]) -> None:
    """Give every office its final body, in place; offices whose body stays unknown keep None."""
    known: dict[int, Mention] = {}
    for office in offices:
        if office.body is not None:
            _organ(doc, lexicon, entities, office)
            if office.holder is not None and office.body is not None:
                known.setdefault(office.holder.entity, office.body)
    for office in offices:
        if office.body is None and office.national and office.holder is not None:
            office.body = known.get(office.holder.entity) or _country_in_view(doc, mentions, office)


def _organ(doc: Doc, lexicon: Lexicon, entities: Entities, office: Office) -> None:
    """Make an office at a state's ministry, police or army one of the state, its organ part of the title."""
    body = office.body
    if body is None or body.type != "Organization":
        return
    text = doc[body.start : body.end]
    iso = None
    rest = []
    for token in text:
        name = lexicon.names.get(token.text)
        if name is not None and name.kind in ("country", "demonym"):
            iso = name.iso
        else:
            rest.append(token.text)
    organ = " ".join(rest)
    if organ.lower() not in lexicon.organs and not any(organ.lower().startswith(o) or organ.lower().endswith(o)
                                                       for o in _organ_words(lexicon)):
        return
    if iso is None:
        return
    office.title = f"{office.title} {organ}" if lexicon.title_first else f"{organ} {office.title}"
    office.body = Mention(body.start, body.end, "name", "Country", iso=iso, entity=entities.country(iso))


def _organ_words(lexicon: Lexicon) -> list[str]:
    return list(lexicon.actors["organizations"]["organs"])


def _country_in_view(doc: Doc, mentions: list[Mention], office: Office) -> Mention | None:
    """Return the country that a bare national title means: the one most named, nearer ones first."""
    seen: Counter[str] = Counter()
    by_iso: dict[str, Mention] = {}
    for mention in mentions:
        if mention.iso and mention.type == "Country":
            seen[mention.iso] += 1
            by_iso.setdefault(mention.iso, mention)
    if not seen:
        return None
    sentence = doc[office.start].sent
    inside = [m for m in mentions if m.type == "Country" and m.iso and sentence.start <= m.start < office.start]
    if len({m.iso for m in inside}) == 1 and seen[inside[0].iso or ""] > 1:
        return inside[0]
    (iso, top), *others = seen.most_common(2)
    if others and others[0][1] * 2 > top:
        before = [m for m in mentions if m.type == "Country" and m.iso and m.start < office.start]
        return before[-1] if before and seen[before[-1].iso or ""] * 2 > top else None
    return by_iso[iso]
