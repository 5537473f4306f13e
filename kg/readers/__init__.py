"""Article → statements, by readers other than ours: whoever registers one under `newskg.readers`, and two shipped ones.

    name ─registry→ Reader ─read→ statements ─check→ those that pass, and Rejected with the reason

What a reader says is believed only where it fits the ontology and stands in the article: `check` holds all of them to
that. `kg/docs/readers.md` says how to write one.
"""

from kg.readers.check import checked
from kg.readers.interface import NamedReader, Prepared, Reader, Rejected, Sends, Usage
from kg.readers.registry import installed, open_reader

__all__ = ["NamedReader", "Prepared", "Reader", "Rejected", "Sends", "Usage", "checked", "installed", "open_reader"]
