"""The short sentence above an answer's rows, and the line that says how a question was understood."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ask.names import Found
from kg.ask.reading import Reading
from kg.ask.words import counted, words
from kg.vocab import ontology

Rows = Sequence[Sequence[str]]


def told(reading: Reading, columns: Sequence[str], rows: Rows, language: str, steps: int) -> str:
    """Return the answer in a sentence of the language."""
    say = words(language).say
    if reading.want == "path":
        return say["path"].format(steps=_way(columns, rows[0])) if rows else say["no_path"].format(steps=steps)
    if not rows:
        return say["none"]
    if reading.want == "whether" and "factuality" in columns:
        return _whether(say, reading, [row[list(columns).index("factuality")] for row in rows], language)
    if reading.want == "times":
        dated = sum(1 for row in rows if row[0])
        more = len(rows) - dated
        articles = counted(sum(int(row[list(columns).index("articles")]) for row in rows), "article", language)
        undated = say["undated"].format(count=more) if more and dated else ""
        return (
            say["times"].format(count=counted(dated or more, "time", language), articles=articles)[:-1] + undated + "."
        )
    if reading.want == "term":
        return "; ".join(dict.fromkeys(f"{row[0] or '?'} … {row[1]}".rstrip() for row in rows)) + "."
    first = dict.fromkeys(row[0] for row in rows if row[0])
    if reading.want in ("subject", "object", "subjects", "objects", "place", "source", "date", "office", "article"):
        joined = ", ".join(first)
        if reading.want in ("subjects", "objects"):
            return f"{len(first)}: {joined}."
        return f"{joined}."
    return say["statements"].format(count=counted(len(rows), "statement", language))


def _whether(say: dict[str, str], reading: Reading, factualities: list[str], language: str) -> str:
    yes, planned, no = (factualities.count(name) for name in ("asserted", "planned", "negated"))
    if reading.factuality == "negated":  # to "did it not?" neither yes nor no is plain
        counts = {name: factualities.count(name) for name in dict.fromkeys(factualities)}
        return ", ".join(f"{ontology().label(name, language)}: {count}" for name, count in counts.items()) + "."
    if yes and no:
        return say["mixed"].format(yes=yes, no=no)
    key, count = ("yes", yes) if yes else ("denied_only", no) if no else ("planned_only", planned)
    return say[key].format(count=counted(count, "statement", language))


def _way(columns: Sequence[str], row: Sequence[str]) -> str:
    return ", ".join(cell for name, cell in zip(columns, row, strict=True) if name.startswith("by"))


def understood(reading: Reading, language: str) -> str:
    """Return how a question was understood, in the ontology's words: "who – meets – Turkey – 2025"."""
    known = ontology()
    relation = " / ".join(known.label(name, language) for name in reading.relations)
    sides = {
        "subject": _named(reading.subject) or ("?" if reading.want in ("subject", "subjects") else ""),
        "relation": relation,
        "object": _named(reading.object) or ("?" if reading.want in ("object", "objects") else ""),
        "pair": " + ".join(_named(side) for side in reading.pair),
        "either": _named(reading.either),
    }
    parts = [words(language).asks[reading.want], *(part for part in sides.values() if part)]
    parts += [reading.title] if reading.title else []
    parts += [known.label(reading.kind, language)] if reading.kind else []
    parts += [f"{known.label('place', language)}: {reading.place.text}"] if reading.place else []
    parts += [f"{known.label('source', language)}: {reading.source.text}"] if reading.source else []
    parts += [reading.span.told()] if reading.span and not reading.span.now else []
    parts += [known.label(reading.factuality, language)] if reading.factuality else []
    parts += [words(language).asks[reading.order]] if reading.order else []
    return " – ".join(parts)


def _named(actors: Sequence[Found]) -> str:
    return " / ".join(actor.text for actor in actors)
