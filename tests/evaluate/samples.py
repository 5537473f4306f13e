"""What the tests of measuring share: gold, and statements as extraction prints them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def gold(relation: str, subject: str, object_: str, **more: Any) -> dict[str, Any]:
    """Return a statement as a gold file holds it, with everything open that `more` does not say."""
    return {
        "relation": relation,
        "subject": subject,
        "object": object_,
        "lines": [1],
        "factuality": "asserted",
        "date": None,
        "place": None,
        "source": None,
        "langs": ["en"],
        "optional": False,
    } | more


ENTITIES = {
    "a": {"type": "Person", "iso": None, "names": {"en": ["Ada Orn"]}},
    "b": {"type": "Person", "iso": None, "names": {"en": ["Bo Lund"]}},
    "c": {"type": "Country", "iso": "XA", "names": {"en": ["Aland"]}},
}


def write_gold(
    path: Path, languages: tuple[str, ...] = ("en",), entities: dict[str, Any] = ENTITIES, **documents: Any
) -> Path:
    """Write a gold file of documents, by id, with their statements."""
    made = [
        {
            "doc": id_,
            "lang": languages,
            "lines": None,
            "published": None,
            "entities": entities,
            "statements": statements,
        }
        for id_, statements in documents.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    return path


def line(relation: str, subject: str, object_: str, doc: str = "d", **more: Any) -> dict[str, Any]:
    """Return a statement as `kg extract` prints it; who has two names is a person."""
    ends = (
        {"name": name, "names": [name], "type": "Person" if " " in name else "Country", "iso": None}
        for name in (subject, object_)
    )
    rest = {"doc": doc, "relation": relation, "factuality": "asserted"}
    return rest | dict(zip(("subject", "object"), ends, strict=True)) | more
