"""Which country an article's bodies belong to: by its own names, the people it speaks of, its outlet and language."""

from __future__ import annotations

from collections import Counter

from kg import specs
from kg.actors.bodies import body_name
from kg.actors.interface import Known
from kg.actors.known import needs_country
from kg.model import Local

# A partner of the body's own statements says twice as much as another name of the article; outlet and language say a
# little, so that they decide where nothing else does.
PARTNER, NAMED, OUTLET = 2.0, 1.0, 0.5


def of_locals(locals_: list[Local], known: Known | None) -> dict[str, str]:
    """Return the country of each local name of an article that says it itself: its code, its office, the base.

    A body that is to be told by its article's country, and whoever holds office there, say nothing.
    """
    found: dict[str, str] = {}
    vague = {local.iri for local in locals_ if needs_country(local, known)}
    for local in locals_:
        if local.iso:
            found[local.iri] = local.iso
        elif local.type != "Person" and local.iri not in vague and (named := body_name(local.name).iso):
            found[local.iri] = named
    for local in locals_:
        if local.iri not in found and local.iri not in vague:
            holds = [found[body] for _, body in local.offices if body in found]
            if holds and local.type == "Person":
                found[local.iri] = holds[0]
            elif known and (country := _known_country(local, known)):
                found[local.iri] = country
    return found


def _known_country(local: Local, known: Known) -> str | None:
    countries = {actor.iso for actor in known.named(local.name, local.type)}
    return next(iter(countries)) if len(countries) == 1 else None


def of_article(locals_: list[Local], countries: dict[str, str]) -> Counter[str]:
    """Return how much an article speaks for each country."""
    votes: Counter[str] = Counter()
    for local in locals_:
        if local.iri in countries:
            votes[countries[local.iri]] += NAMED  # type: ignore[assignment]
    for local in locals_[:1]:
        if local.publisher in countries:
            votes[countries[local.publisher]] += OUTLET  # type: ignore[assignment]
        home = _home(local.language)
        if home:
            votes[home] += OUTLET  # type: ignore[assignment]
    return votes


def of_body(local: Local, countries: dict[str, str], votes: Counter[str]) -> str | None:
    """Return the country that a body without one belongs to; None where two fit as well."""
    own = Counter(votes)
    if named := body_name(local.name).iso:
        own[named] += PARTNER  # type: ignore[assignment]
    for other in local.apart:
        if other in countries:
            own[countries[other]] += PARTNER - NAMED  # type: ignore[assignment]
    best = sorted((number, code) for code, number in own.items() if number > 0)[-2:]
    if not best or (len(best) == 2 and best[0][0] == best[1][0]):
        return None
    return best[-1][1]


def _home(language: str | None) -> str | None:
    if not language or language not in specs.languages():
        return None
    titles = specs.language(language).titles
    return titles.home if titles.home_unsaid else None
