"""What a reader says of an article → what is taken of it, and what is rejected and why.

A statement passes where the ontology has its relation for these types of ends, its names and its office stand in the
article, its sentences are the article's to the letter, and its date, factuality and confidence are of the right form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kg import nlp, specs
from kg.bare import whole
from kg.gazetteer import country_label
from kg.model import ENTITY_TYPES, FACTUALITIES, Article, Entity, Evidence, Statement
from kg.readers.grounding import Text, country_code
from kg.readers.interface import Rejected
from kg.vocab import ontology

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class _WrongError(Exception):
    """Why a statement is not taken: a reason of REASONS, and the rest of the line."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


def checked(article: Article, said: Iterable[Statement | Rejected]) -> Iterator[Statement | Rejected]:
    """Yield each statement as it is taken, with the text's own names and codes of countries, or Rejected."""
    text = Text(nlp.lines(article))
    for one in said:
        if isinstance(one, Rejected):
            yield one
            continue
        try:
            yield _taken(article, text, one)
        except _WrongError as wrong:
            yield Rejected(wrong.reason, f"{_shown(one)}: {wrong}")
        except (AttributeError, TypeError, ValueError) as error:
            yield Rejected("form", f"{_shown(one)}: {error}")


def _shown(one: object) -> str:
    if isinstance(one, Statement) and isinstance(one.subject, Entity) and isinstance(one.object, Entity):
        return f"{one.relation}: {one.subject.name} -> {one.object.name}"
    return f"{type(one).__name__}"


def _taken(article: Article, text: Text, one: Statement) -> Statement:
    if not isinstance(one, Statement):
        raise _WrongError("form", "no kg.model.Statement")
    relation = ontology().relations.get(one.relation)
    if relation is None:
        raise _WrongError("relation", f"the ontology has no {one.relation!r}")
    subject, object_ = (_entity(end, text, article.language) for end in (one.subject, one.object))
    for end, types in ((subject, relation.domain), (object_, relation.range)):
        if end.type not in types:
            raise _WrongError("type", f"{end.name!r} is a {end.type}, and no {' or '.join(sorted(types))}")
    if (subject.type, subject.iso, subject.name) == (object_.type, object_.iso, object_.name):
        raise _WrongError("itself", "it relates one to itself")
    if one.factuality not in FACTUALITIES:
        raise _WrongError("factuality", f"{one.factuality!r} is none of {', '.join(FACTUALITIES)}")
    of_office = specs.relations()[relation.name].office
    if of_office and not (one.office and text.has(one.office)):
        raise _WrongError("office", f"the article has no {one.office!r}")
    return replace(
        one,
        doc=article.id,
        language=article.language,
        subject=subject,
        object=object_,
        place=_place(one.place, text, article.language) if one.place else None,
        attribution=tuple(_entity(by, text, article.language) for by in one.attribution),
        office=one.office if of_office else None,
        date=_date(one.date),
        confidence=_confidence(one.confidence),
        evidence=_quoted(article, one.evidence),
    )


def _entity(given: Entity, text: Text, language: str) -> Entity:
    """Return an entity by the names that the text has, a country with its code and under its usual name."""
    if given.type not in ENTITY_TYPES:
        raise _WrongError("type", f"{given.name!r} is a {given.type!r}: there are {', '.join(ENTITY_TYPES)}")
    if isinstance(given.names, str):
        raise TypeError(f"the names of {given.name!r} are one text, and no tuple of texts")
    found = {name.strip() for name in (given.name, *given.names) if name.strip() and text.has(name)}
    if not found:
        raise _WrongError("name", f"the article has no {given.name!r}")
    names = tuple(sorted(found, key=lambda name: (-len(name), name)))
    if given.type != "Country":
        return Entity(given.name.strip() if given.name.strip() in found else names[0], given.type, names)
    iso = country_code(names, given.iso, language)
    if iso is None:
        raise _WrongError("type", f"{names[0]!r} is no country with an ISO code")
    return Entity(country_label(iso, language), given.type, names, iso)


def _place(given: Entity, text: Text, language: str) -> Entity:
    if given.type == "Person":
        raise _WrongError("type", f"{given.name!r} is a Person, and no place")
    return _entity(given, text, language)


def _date(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        if not _DATE.fullmatch(given):
            raise ValueError
        date.fromisoformat((given + "-01-01")[:10])
    except (ValueError, TypeError) as error:
        raise _WrongError("date", f"{given!r} is no YYYY, YYYY-MM or YYYY-MM-DD") from error
    return given


def _confidence(given: float | None) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or math.isnan(given) or not 0 <= given <= 1:
        raise _WrongError("confidence", f"{given!r} is no number from 0 to 1")
    return float(given)


def _quoted(article: Article, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    if not evidence:
        raise _WrongError("sentence", "it quotes none")
    own = [whole(article.text, *block) for block in article.blocks]  # a link's bracket belongs to its sentence
    for one in evidence:
        if (
            not 0 <= one.start < one.end
            or not one.sentence.strip()
            or article.text[one.start : one.end] != one.sentence
        ):
            raise _WrongError("sentence", f"the article does not say, at {one.start}, {one.sentence!r}")
        if not any(start <= one.start and one.end <= end for start, end in own):
            raise _WrongError("sentence", f"not in the article's own text: {one.sentence!r}")
    return tuple(Evidence(one.sentence, one.start, one.end) for one in evidence)
