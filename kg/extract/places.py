"""Places of events."""
from __future__ import annotations

from spacy.tokens import Token


class Places:
    def of(self, trigger: Token, taken: set[int]) -> int | None:
        return None
