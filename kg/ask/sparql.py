"""A reading → SPARQL that runs as it stands: the rows that answer it, with the sentences behind them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ask.names import Found
from kg.ask.reading import Reading
from kg.ask.times import FIRST, LAST, Span
from kg.vocab import ontology, prefixes

USED = ("kg", "oa", "prov", "rdfs", "schema", "sem", "skos")
COUNTED = ("subjects", "objects", "times")
# What asks whether something is so, or lists it, shows also what is planned or denied; what asks who or when does not.
OPEN = ("whether", "all", "acts", "about", "changed")


def statements(reading: Reading, language: str) -> str:
    """Return the query of a reading about statements; every want but offices and paths."""
    columns, group = _columns(reading)
    shown = " ".join(columns)
    where = "\n  ".join(_where(reading, language))
    order = _order(reading, columns)
    return f"{_prefixes()}SELECT {shown}\nWHERE {{\n  {where}\n}}\nGROUP BY {group}\nORDER BY {order}"


def _columns(reading: Reading) -> tuple[list[str], str]:
    who = {"subject": "s", "subjects": "s", "object": "o", "objects": "o", "place": "at", "source": "by"}.get(reading.want)
    ends = [f"{_label('s')} AS ?subject)", "(STRAFTER(STR(?r), \"#\") AS ?relation)", f"{_label('o')} AS ?object)"]
    told = [f"{_label('at')} AS ?place)", "(MIN(STR(?quote)) AS ?sentence)", "?article"]
    if reading.want in ("subjects", "objects"):
        return [f"{_label(who or 's')} AS ?who)", "(COUNT(DISTINCT ?event) AS ?statements)", "(MIN(STR(?date)) AS ?first)", "(MAX(STR(?date)) AS ?last)"], f"?{who}"
    if reading.want == "times":
        return [*(["?date"]), *ends, "(COUNT(DISTINCT ?article) AS ?articles)", "(MIN(STR(?quote)) AS ?sentence)"], "?s ?r ?o ?date"
    group = "?event ?r ?f ?date ?article"
    first: list[str] = []
    if who:
        first = [f"{_label(who)} AS ?{ {'at': 'place', 'by': 'source'}.get(who, 'who') })"]
        group += f" ?{who}" if who in "so" else ""
    elif reading.want == "date":
        first = ["?date"]
    elif reading.want == "article":
        return ["?article", "?publisher", "(SUBSTR(STR(?told), 1, 10) AS ?published)", *ends, "?date", "(MIN(STR(?quote)) AS ?sentence)", "?url"], f"{group} ?publisher ?told ?url"
    if reading.want in OPEN:
        extra = ["(MIN(STR(?title)) AS ?office)"] if not reading.relations else []
        return [*ends, "(STRAFTER(STR(?f), \"#\") AS ?factuality)", "?date", *told[:1], *extra, *told[1:]], group
    known = ends if reading.want in ("date", "place", "source") else [ends[1], ends[2] if who == "s" else ends[0]]
    rest = ["?date"] if reading.want != "date" else []
    return [*first, *known, *rest, *(told if reading.want != "place" else told[1:])], group


def _order(reading: Reading, columns: Sequence[str]) -> str:
    """Return what the rows are ordered by; the last or first alone where that is asked."""
    if reading.want in ("subjects", "objects"):
        return "DESC(?statements) ?who"
    date = 'COALESCE(STR(?date), "9")'
    names = " ".join(column.rpartition(" AS ")[2].rstrip(")") for column in columns if "?factuality" not in column)
    if reading.order:
        way, least = ("DESC", '""') if reading.order == "last" else ("ASC", '"9"')
        return f"{way}(COALESCE(STR(?date), {least})) {names}\nLIMIT 1"
    return f"{date} {names}"


def _where(reading: Reading, language: str) -> list[str]:
    lines = [f'VALUES ?lang {{ "{language}" }}', *_ends(reading)]
    lines.append("?event kg:factuality ?f ; prov:wasDerivedFrom ?source ; kg:evidence/oa:hasSelector/oa:exact ?quote .")
    lines.append("?source kg:articleId ?article .")
    if reading.factuality or reading.want not in OPEN:
        lines.append(f"VALUES ?f {{ kg:{reading.factuality or 'asserted'} }}")
    if reading.kind:
        lines.append(f"?{'s' if reading.want in ('subject', 'subjects') else 'o'} a kg:{reading.kind} .")
    if reading.place:
        lines.append(f"VALUES ?at {{ {_values((reading.place,))} }} ?event kg:place ?at .")
    else:
        lines.append("?event kg:place ?at ." if reading.want == "place" else "OPTIONAL { ?event kg:place ?at }")
    if reading.source:
        lines.append(f"VALUES ?by {{ {_values((reading.source,))} }}")
        lines.append("?event prov:wasAttributedTo|(prov:wasDerivedFrom/(schema:publisher|kg:citesAgency)) ?by .")
    elif reading.want == "source":
        lines.append("?event kg:source ?by .")
    lines += _times(reading)
    if reading.want == "article":
        lines += ["OPTIONAL { ?source schema:datePublished ?told }", "OPTIONAL { ?source schema:publisher/rdfs:label ?publisher }", "OPTIONAL { ?source schema:url ?url }"]
    if reading.want in OPEN and not reading.relations:
        lines.append("OPTIONAL { ?event kg:office ?title }")
    shown = ["s", "o", "at", *(["by"] if reading.want == "source" else [])]
    return [*lines, *(line for name in shown for line in _named(name, optional=name == "at"))]


def _ends(reading: Reading) -> list[str]:
    """Return the patterns that bind ?event, ?r, ?s and ?o: of a symmetric relation both ways, where an end is known."""
    known = ontology().relations
    names = reading.relations or tuple(known)
    values = f"VALUES ?r {{ {' '.join(f'kg:{name}' for name in names)} }}"
    plain = "?event kg:relation ?r ; kg:subject ?s ; kg:object ?o ."
    if reading.pair:
        one, other = (f"VALUES ?{name} {{ {_values(side)} }}" for name, side in zip("xy", reading.pair, strict=True))
        ends = f"{one} {other} ?event kg:subject|kg:object ?x ; kg:subject|kg:object ?y . FILTER (?x != ?y)"
        return [ends, plain, values]
    if reading.either:
        either = f"VALUES ?x {{ {_values(reading.either)} }}"
        if reading.want == "acts":
            mutual = " ".join(f"kg:{name}" for name in names if known[name].symmetric)
            both = f"{{ ?event kg:subject ?x }} UNION {{ VALUES ?mutual {{ {mutual} }} ?event kg:relation ?mutual ; kg:object ?x }}"
            return [either, both, plain]
        return [f"{either} ?event kg:subject|kg:object ?x .", plain, values]
    given = [f"VALUES ?{name} {{ {_values(side)} }}" for name, side in (("s", reading.subject), ("o", reading.object)) if side]
    mutual_names = [name for name in names if known[name].symmetric]
    if not given or not mutual_names or not reading.relations:
        return [*given, plain, values]
    ways = [f"{{ VALUES ?r {{ {' '.join(f'kg:{name}' for name in names)} }} {plain} }}"]
    mutual = " ".join(f"kg:{name}" for name in mutual_names)
    ways.append(f"{{ VALUES ?r {{ {mutual} }} ?event kg:relation ?r ; kg:subject ?o ; kg:object ?s . }}")
    return [*given, " UNION ".join(ways)]


def _times(reading: Reading) -> list[str]:
    span = reading.span
    date = "?event sem:hasTimeStamp ?date ."
    if span is None or span.now:
        return [date if reading.want == "date" else f"OPTIONAL {{ {date} }}"]
    if reading.want == "changed":
        return ["OPTIONAL { ?event sem:hasTimeStamp ?date }", "?source schema:datePublished ?told .", _within("SUBSTR(STR(?told), 1, 10)", "SUBSTR(STR(?told), 1, 10)", span)]
    # A year or month lies within the span with all its days, or it is left out.
    first, last = (f'CONCAT(STR(?date), SUBSTR("{rest}", STRLEN(STR(?date)) - 3))' for rest in ("-01-01", "-12-31"))
    return [date, _within(first, last, span)]


def _within(first: str, last: str, span: Span) -> str:
    bounds = [f'{first} >= "{span.first}"'] if span.first != FIRST else []
    bounds += [f'{last} <= "{span.last}"'] if span.last != LAST else []
    return f"FILTER ({' && '.join(bounds)})"


def offices(reading: Reading, today: str, language: str) -> str:
    """Return the query for who holds what where: by the base of actors, and by the articles where it knows nothing."""
    span = reading.span
    now = span is None or span.now
    if reading.past and span is None:
        first, last = FIRST, LAST
    else:
        first, last = (today, today) if now else (span.first, span.last)  # type: ignore[union-attr]
    given = [f"VALUES ?{name} {{ {_values(side)} }}" for name, side in (("s", reading.subject or reading.either), ("o", reading.object)) if side]
    if reading.titles is not None:
        titles = " ".join(_text(title) for title in reading.titles)
        given.append(f"VALUES ?asked {{ {titles} }} FILTER (LCASE(STR(?word)) = ?asked)")
    head = "who" if not (reading.subject or reading.either) else "office"
    columns = {
        "who": f"{_label('s')} AS ?who)",
        "office": '(SUBSTR(MIN(CONCAT(IF(LANG(?word) = ?lang, "0", "1"), STR(?word))), 2) AS ?office)',
        "of": f"{_label('o')} AS ?of)",
    }
    told = ["?since", "?until"]
    shown = [columns[head], *(text for name, text in columns.items() if name != head), *told, "?article"]
    if reading.want == "term":
        shown = [*told, *columns.values(), "?article"]
    # An article's word holds from the day of publication; "is" takes it, "was in 2020" wants an article of 2020.
    told = "" if now else f'FILTER (?published >= "{first}" && ?published <= "{last}")'
    where = f"""VALUES ?lang {{ "{language}" }}
  {{
    ?s kg:held ?held .
    ?held kg:heldTitle ?word ; kg:heldAt ?o .
    OPTIONAL {{ ?held kg:heldFrom ?from }}
    OPTIONAL {{ ?held kg:heldUntil ?end }}
    OPTIONAL {{ ?held kg:heldSeen ?seen }}
    BIND (STR(?from) AS ?since) BIND (STR(?end) AS ?until) BIND ("" AS ?article)
    FILTER (COALESCE(STR(?from), "") <= "{last}" && COALESCE(CONCAT(STR(?end), ""), CONCAT(STR(?seen), ""), "9") >= "{first}")
  }} UNION {{
    ?event a kg:OfficeHolding ; kg:subject ?s ; kg:object ?o ; kg:office ?word ; kg:factuality kg:{reading.factuality or 'asserted'} ;
      prov:wasDerivedFrom ?source .
    ?source kg:articleId ?article .
    OPTIONAL {{ ?source schema:datePublished ?time }}
    BIND (SUBSTR(STR(?time), 1, 10) AS ?published) BIND (?published AS ?since)
    {told}
    FILTER NOT EXISTS {{ ?s kg:held/kg:heldAt ?o }}
  }}
  """
    lines = "\n  ".join([*given, *_named("s"), *_named("o", optional=True)])
    return f"{_prefixes()}SELECT {' '.join(shown)}\nWHERE {{\n  {where}{lines}\n}}\nGROUP BY ?s ?o ?since ?until ?article\nORDER BY ?of ?who ?office ?since ?article"


def path(reading: Reading, steps: int, language: str) -> str:
    """Return the query for ways of so many plain triples between two actors, in either direction."""
    one, other = reading.pair
    nodes = ["a", *(f"m{step}" for step in range(1, steps)), "b"]
    relations = " ".join(f"kg:{name}" for name in ontology().relations)
    lines = [f'VALUES ?lang {{ "{language}" }}', f"VALUES ?a {{ {_values(one)} }}", f"VALUES ?b {{ {_values(other)} }}"]
    columns, group = [f"{_label('a')} AS ?from)"], []
    for step, (near, far) in enumerate(zip(nodes, nodes[1:], strict=False), 1):
        lines.append(f"VALUES ?p{step} {{ {relations} }}")
        lines.append(f'{{ ?{near} ?p{step} ?{far} BIND ("→" AS ?d{step}) }} UNION {{ ?{far} ?p{step} ?{near} BIND ("←" AS ?d{step}) }}')
        columns.append(f'(CONCAT(?d{step}, " ", STRAFTER(STR(?p{step}), "#")) AS ?step{step})')
        columns.append(f"{_label(far)} AS ?{'to' if far == 'b' else f'by{step}'})")
        group += [f"?{far}", f"?p{step}", f"?d{step}"]
    lines += [f"FILTER ({' && '.join(f'?{m} != ?{n}' for at, m in enumerate(nodes) for n in nodes[at + 1:])})"]
    lines += [line for name in nodes for line in _named(name)]
    body = "\n  ".join(lines)
    return f"{_prefixes()}SELECT {' '.join(columns)}\nWHERE {{\n  {body}\n}}\nGROUP BY ?a {' '.join(group)}\nORDER BY {' '.join(group)}\nLIMIT 20"


def _label(name: str) -> str:
    """Return the opening of a column that shows a node: a label in the language, else the usual name, else any."""
    return f'(SUBSTR(MIN(IF(LANG(?{name}1) = ?lang, CONCAT("0", STR(?{name}1)), COALESCE(CONCAT("1", STR(?{name}2)), CONCAT("2", STR(?{name}1))))), 2)'


def _named(name: str, *, optional: bool = False) -> list[str]:
    label = f"?{name} rdfs:label ?{name}1 ."
    usual = f"OPTIONAL {{ ?{name} skos:prefLabel ?{name}2 FILTER (LANG(?{name}2) = ?lang) }}"
    return [f"OPTIONAL {{ {label} {usual} }}" if optional else f"{label} {usual}"]


def _values(actors: Sequence[Found]) -> str:
    return " ".join(f"<{iri}>" for actor in actors for iri in actor.iris)


def _text(value: str) -> str:
    return str(__import__("pyoxigraph").Literal(value))


def _prefixes() -> str:
    return "".join(f"PREFIX {name}: <{prefixes()[name]}>\n" for name in USED)


