"""What the tests of measuring share: a statement of the gold."""

from __future__ import annotations

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
