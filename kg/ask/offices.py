"""A reading about offices → SPARQL: who holds what where, by the base of actors, and by the articles beside it."""

from __future__ import annotations

from kg.ask.reading import Reading
from kg.ask.text import column, is_one_of, literals, named, query
from kg.ask.times import FIRST, LAST

# Of a year or month at either end what is certain is enough: "until 2023" may be any day of it.
HELD = """{{
    ?s kg:held ?held .
    ?held kg:heldTitle ?word ; kg:heldAt ?o .
    OPTIONAL {{ ?held kg:heldFrom ?from }}
    OPTIONAL {{ ?held kg:heldUntil ?end }}
    OPTIONAL {{ ?held kg:heldSeen ?seen }}
    OPTIONAL {{ ?held kg:heldAtName ?body FILTER (LANG(?body) = "{language}") }}
    BIND (COALESCE(STR(?end), STR(?seen), "{LAST}") AS ?over)
    BIND (STR(?from) AS ?since) BIND (STR(?end) AS ?until)
    FILTER (COALESCE(STR(?from), "") <= "{last}" && SUBSTR("{first}", 1, STRLEN(?over)) <= ?over)
  }} UNION """
TOLD = """{{
    ?event a kg:OfficeHolding ; kg:subject ?s ; kg:object ?o ; kg:office ?word ; kg:factuality kg:{factuality} ;
      prov:wasDerivedFrom ?source .
    ?source kg:articleId ?article .
    OPTIONAL {{ ?source schema:datePublished ?time }}
    BIND (SUBSTR(STR(?time), 1, 10) AS ?told){published}
    FILTER NOT EXISTS {{ ?s kg:held/kg:heldAt ?o }}
  }}"""


def offices(reading: Reading, today: str, language: str) -> str:
    """Return the query: of a day or span, of today, or of all times where the reading is of the past.

    An article's word counts where the base knows no office of the person there: of a span if published in it.
    """
    span = reading.span
    spanned = span is not None and not span.now
    first, last = (span.first, span.last) if span and spanned else (FIRST, LAST) if reading.past else (today, today)
    published = f'\n    FILTER (?told >= "{first}" && ?told <= "{last}")' if spanned else ""
    lines = [
        ("" if reading.factuality else HELD.format(first=first, last=last, LAST=LAST, language=language))
        + TOLD.format(factuality=reading.factuality or "asserted", published=published)
    ]
    persons = reading.subject or reading.either
    lines += [is_one_of("s", persons)] if persons else []
    lines += [is_one_of("o", reading.object)] if reading.object else []
    if reading.titles is not None:
        lines.append(f"FILTER (LCASE(STR(?word)) IN ({literals(reading.titles)}))")
    # the base knows offices of states and bodies that no article here names
    who, of = column("s", "who"), "(MIN(COALESCE(?o_name, STR(?body))) AS ?of)"
    office = f'(SUBSTR(MIN(CONCAT(IF(LANG(?word) = "{language}", "0", "1"), STR(?word))), 2) AS ?office)'
    term = ["?since", "?until"]
    shown = (
        [*term, who, office, of]
        if reading.want == "term"
        else [*([office, who] if persons else [who, office]), of, *term]
    )
    lines += [*named("s", language), *named("o", language)]
    group = "?s ?o ?since ?until ?told ?article"
    return query([*shown, "?told", "?article"], lines, group, "?of ?who ?since ?told ?office ?article")
