"""The dependency labels that every pipeline of `kg` gives, whatever its training data called them."""

from __future__ import annotations

_BASE = """
acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat
goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp
"""
BASE = frozenset(_BASE.split())
SUBTYPES = frozenset({"nsubj:pass", "csubj:pass", "aux:pass", "acl:relcl", "nmod:poss", "obl:agent"})
LABELS = BASE | SUBTYPES
ENTITIES = frozenset({"PER", "ORG", "LOC"})

# What other sets and pipelines call the three types of names; a label that is not here is no name of `kg`.
_ENTITY_NAMES = {
    "PER": "PER", "PERSON": "PER", "PERSONAL": "PER",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG",
    "LOC": "LOC", "GPE": "LOC", "LOCATION": "LOC", "PLACE": "LOC", "FAC": "LOC",
}  # fmt: skip


def base_label(label: str) -> str:
    """Return `label` cut to the set: a known subtype as it is, any other cut at its colon, unknown ones as ``dep``."""
    label = label.strip()
    if label in SUBTYPES:
        return label
    base = label.split(":", 1)[0].lower()
    return base if base in BASE else "dep"


def entity_label(label: str) -> str | None:
    """Return PER, ORG or LOC for the label of another set (``B-PERSON``, ``GPE``), None where it is none of these."""
    if label[:2] in ("B-", "I-", "E-", "S-", "L-", "U-"):
        label = label[2:]
    return _ENTITY_NAMES.get(label.upper())
