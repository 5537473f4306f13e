"""Sources."""
from __future__ import annotations

from spacy.tokens import Token


class Attribution:
    def of(self, trigger: Token, taken: set[int]) -> tuple[int, ...]:
        return ()
