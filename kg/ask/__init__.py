"""Questions in words, English or Indonesian, without a model: question → reading → SPARQL → rows and a sentence.

en.toml, id.toml ─ words ─┐
kg.ttl, relations/ ─ lexicon ─ tagging ─ grammar ─→ Reading ─ sparql ─→ rows ─ answer
the store's names ─ names ┘
"""

from kg.ask.answer import Answer, ask
from kg.ask.reading import NotUnderstoodError

__all__ = ["Answer", "NotUnderstoodError", "ask"]
