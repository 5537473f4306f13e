"""A reading about statements → SPARQL: the rows that answer it, with the sentences behind them."""

from __future__ import annotations

from kg.ask.reading import Reading
from kg.ask.text import column, is_one_of, is_relation, named, query
from kg.ask.times import FIRST, LAST, Span
from kg.vocab import ontology

# What asks whether something is so, or lists it, shows also what is planned or denied; what asks who or when does not.
OPEN = ("whether", "all", "acts", "about", "changed")
# The node that is asked for, and what its column is called.
ASKED = {
    **{"subject": ("s", "who"), "subjects": ("s", "who"), "object": ("o", "who"), "objects": ("o", "who")},
    **{"place": ("at", "place"), "source": ("by", "source")},
}
ENDS = {
    "subject": column("s", "subject"),
    "relation": '(STRAFTER(STR(?r), "#") AS ?relation)',
    "object": column("o", "object"),
}
PLACE, SENTENCE = column("at", "place"), "(MIN(STR(?quote)) AS ?sentence)"
EVENT = "?event ?r ?s ?o ?f ?date ?article"
DAY = "SUBSTR(STR(?told), 1, 10)"  # of publication


def statements(reading: Reading, language: str) -> str:
    """Return the query of a reading about statements: every want but offices and ways."""
    columns, group = _columns(reading)
    return query(columns, _where(reading, language), group, _order(reading, columns))


def _columns(reading: Reading) -> tuple[list[str], str]:
    """Return the columns, the one that is asked for first, and what makes a row."""
    node, name = ASKED.get(reading.want, ("", ""))
    if reading.want in ("subjects", "objects"):
        span = ["(MIN(STR(?date)) AS ?first)", "(MAX(STR(?date)) AS ?last)"]
        return [column(node, name), "(COUNT(DISTINCT ?event) AS ?statements)", *span], f"?{node}"
    if reading.want == "times":
        return ["?date", *ENDS.values(), "(COUNT(DISTINCT ?article) AS ?articles)", SENTENCE], "?s ?r ?o ?date"
    if reading.want == "article":
        first = ["?article", "?publisher", f"({DAY} AS ?published)"]
        return [*first, *ENDS.values(), "?date", SENTENCE, "?url"], f"{EVENT} ?publisher ?told ?url"
    if reading.want in OPEN:
        title = [] if reading.relations else ["(MIN(STR(?title)) AS ?office)"]
        return [
            *ENDS.values(),
            '(STRAFTER(STR(?f), "#") AS ?factuality)',
            "?date",
            PLACE,
            *title,
            SENTENCE,
            "?article",
        ], EVENT
    first = [column(node, name)] if node else ["?date"]
    ends = [text for end, text in ENDS.items() if end[:1] != node]
    rest = [*(["?date"] if node else []), *([PLACE] if node != "at" else []), SENTENCE, "?article"]
    return [*first, *ends, *rest], EVENT + (f" ?{node}" if node in ("at", "by") else "")


def _order(reading: Reading, columns: list[str]) -> str:
    """Return what the rows are ordered by; the last or first alone where that is asked."""
    if reading.want in ("subjects", "objects"):
        return "DESC(?statements) ?who"
    names = " ".join(text.rpartition(" AS ")[2].rstrip(")") for text in columns)
    if not reading.order:
        return f'COALESCE(STR(?date), "9") {names}'
    return f"{'DESC' if reading.order == 'last' else 'ASC'}(STR(?date)) {names}\nLIMIT 1"


def _where(reading: Reading, language: str) -> list[str]:
    lines = _ends(reading)
    lines.append("?event kg:factuality ?f ; prov:wasDerivedFrom ?source ; kg:evidence/oa:hasSelector/oa:exact ?quote .")
    lines.append("?source kg:articleId ?article .")
    either = reading.want == "whether" and reading.factuality == "negated"  # "has it not …?" asks whether it has
    if not either and (reading.factuality or reading.want not in OPEN):
        lines.append(f"VALUES ?f {{ kg:{reading.factuality or 'asserted'} }}")
    if reading.kind:
        lines.append(f"?{ASKED[reading.kind_of][0]} a kg:{reading.kind} .")
    if reading.place:
        lines.append(is_one_of("at", (reading.place,)))
    placed = reading.place is not None or reading.want == "place"
    lines += ["?event kg:place ?at ."] if placed else []
    if reading.source:
        lines.append(is_one_of("by", (reading.source,)))
        lines.append("?event prov:wasAttributedTo|(prov:wasDerivedFrom/(schema:publisher|kg:citesAgency)) ?by .")
    elif reading.want == "source":
        lines.append("?event kg:source ?by .")
    lines += _times(reading)
    if reading.want == "article":
        more = {"schema:datePublished": "told", "schema:publisher/rdfs:label": "publisher", "schema:url": "url"}
        lines += [f"OPTIONAL {{ ?source {path} ?{name} }}" for path, name in more.items()]
    if reading.want in OPEN and not reading.relations:
        lines.append("OPTIONAL { ?event kg:office ?title }")
    shown = ["s", "o", *(["by"] if reading.want == "source" else [])]
    lines += [line for name in shown for line in named(name, language)]
    return [*lines, *named("at", language, of="?event kg:place/")]


def _ends(reading: Reading) -> list[str]:
    """Return the patterns that bind ?event, ?r, ?s and ?o: of a symmetric relation both ways, where an end is known."""
    known = ontology().relations
    names = reading.relations or tuple(known)
    mutual = [name for name in names if known[name].symmetric]
    plain = "?event kg:relation ?r ; kg:subject ?s ; kg:object ?o ."
    if reading.pair:
        either = "?event kg:subject|kg:object ?x ; kg:subject|kg:object ?y . FILTER (?x != ?y)"
        return [
            is_one_of("x", reading.pair[0]),
            is_one_of("y", reading.pair[1]),
            either,
            plain,
            is_relation("r", names),
        ]
    if reading.want == "acts":
        ways = f"{{ ?event kg:subject ?x }} UNION {{ {is_relation('m', mutual)} ?event kg:relation ?m ; kg:object ?x }}"
        return [is_one_of("x", reading.either), ways, plain]
    if reading.either:
        return [is_one_of("x", reading.either), "?event kg:subject|kg:object ?x .", plain, is_relation("r", names)]
    given = [is_one_of(name, side) for name, side in (("s", reading.subject), ("o", reading.object)) if side]
    if not given or not mutual or not reading.relations:
        return [*given, plain, is_relation("r", names)]
    turned = "?event kg:relation ?r ; kg:subject ?o ; kg:object ?s ."
    return [*given, f"{{ {is_relation('r', names)} {plain} }} UNION {{ {is_relation('r', mutual)} {turned} }}"]


def _times(reading: Reading) -> list[str]:
    """Return when it happened, or, of what changed, when it was told; a year or month counts where all of it does."""
    span, date = reading.span, "?event sem:hasTimeStamp ?date ."
    if reading.want == "changed" and span:
        return [f"OPTIONAL {{ {date} }}", "?source schema:datePublished ?told .", _within(DAY, DAY, span)]
    if span is None or span.now:
        return [date if reading.want == "date" or reading.order else f"OPTIONAL {{ {date} }}"]
    rest = 'SUBSTR("%s", STRLEN(STR(?date)) - 3)'
    first, last = (f"CONCAT(STR(?date), {rest % day})" for day in ("-01-01", "-12-31"))
    return [date, _within(first, last, span)]


def _within(first: str, last: str, span: Span) -> str:
    bounds = [f'{first} >= "{span.first}"'] if span.first != FIRST else []
    bounds += [f'{last} <= "{span.last}"'] if span.last != LAST else []
    return f"FILTER ({' && '.join(bounds)})"
