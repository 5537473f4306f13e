"""An article of our own making, and what a model may say of it."""

from __future__ import annotations

from datetime import UTC, datetime

from kg.model import Article, Entity, Evidence, Statement

TEXT = """Lund visits Norway

President Ada Lund of Estonia visited Norway on Monday. She met Prime Minister Bo Orn in Oslo.
“We will not attack\nanybody,” Lund said. Estonian ships came along.

Read also: Ada Lund attacked Bo Orn.
"""
END = TEXT.index("\n\nRead also")
FIRST = "President Ada Lund of Estonia visited Norway on Monday."
SECOND = "She met Prime Minister Bo Orn in Oslo."


def article(**changes: object) -> Article:
    """Return the article; the line "Read also" is furniture."""
    headline, body = (0, TEXT.index("\n")), (TEXT.index("President"), END)
    given = {
        "id": "lund",
        "text": TEXT,
        "language": "en",
        "blocks": (headline, body),
        "published": datetime(2031, 3, 4, tzinfo=UTC),
        "sha256": "ab" * 32,
    }
    return Article(**(given | changes))  # type: ignore[arg-type]


LUND = Entity("Ada Lund", "Person", ("Ada Lund", "Lund"))
NORWAY = Entity("Norway", "Country", ("Norway",))
ORN = Entity("Bo Orn", "Person", ("Bo Orn",))


def quoted(sentence: str, text: str = TEXT) -> tuple[Evidence, ...]:
    """Return a sentence of the text as evidence."""
    start = text.index(sentence)
    return (Evidence(sentence, start, start + len(sentence)),)


def visit(**changes: object) -> Statement:
    """Return the statement that Lund visits Norway, changed."""
    given = {"doc": "?", "relation": "visits", "subject": LUND, "object": NORWAY, "evidence": quoted(FIRST)}
    return Statement(**(given | changes))  # type: ignore[arg-type]


ENTITIES = [
    {"id": "e1", "type": "Person", "names": ["Ada Lund", "Lund"], "iso": None},
    {"id": "e2", "type": "Country", "names": ["Norway"], "iso": "NO"},
    {"id": "e3", "type": "Person", "names": ["Bo Orn"], "iso": None},
    {"id": "e4", "type": "Place", "names": ["Oslo"], "iso": None},
]


def said(relation: str, subject: str, object_: str, *sentences: str, **more: object) -> dict[str, object]:
    """Return a statement as a model writes it."""
    rest = {"factuality": "asserted", "date": None, "place": None, "source": None, "office": None}
    ends = {"relation": relation, "subject": subject, "object": object_}
    return ends | rest | {"sentences": list(sentences)} | more


GOOD = {
    "entities": ENTITIES,
    "statements": [said("visits", "e1", "e2", FIRST, date="2031-03-03"), said("meets", "e1", "e3", SECOND, place="e4")],
}
