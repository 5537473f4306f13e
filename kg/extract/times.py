"""Dates of events, stub to be replaced below."""
from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.lexicon import Lexicon


class Times:
    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc

    def of(self, trigger: Token) -> str | None:
        return None
