"""What holds of all statements of all articles."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.model import ENTITY_TYPES, FACTUALITIES, Statement
from kg.vocab import ontology


def check(doc: Doc, found: list[Statement]) -> None:
    """Assert what holds of all statements of all articles."""
    text = doc.user_data["article"].text
    for s in found:
        relation = ontology().relations[s.relation]
        assert s.subject.type in relation.domain and s.object.type in relation.range, s
        assert s.subject != s.object and (s.subject.type, s.subject.name) != (s.object.type, s.object.name), s
        assert s.factuality in FACTUALITIES and s.doc == doc.user_data["article"].id
        assert s.office is None or s.relation == "holdsOffice"
        assert s.evidence, s
        for entity in filter(None, (s.subject, s.object, s.place, *s.attribution)):
            assert entity.type in ENTITY_TYPES and entity.name and entity.names, entity
            assert (entity.iso is not None) <= (entity.type == "Country"), entity
        for e in s.evidence:
            assert text[e.start : e.end] == e.sentence
            for span in (e.subject, e.object):
                assert span is None or 0 <= span[0] < span[1] <= len(text), (s, e)
    keys = [(s.relation, s.subject, s.object) for s in found]
    assert len(keys) == len(set(keys)), "one statement per relation and ends"
    for s in found:
        if ontology().relations[s.relation].symmetric:
            assert (s.relation, s.object, s.subject) not in keys, "symmetric statements are one"


def outside(found: list[Statement]) -> list[Statement]:
    """Return the statements with an end that points outside its own sentence of evidence."""
    return [
        s
        for s in found
        for e in s.evidence
        for span in (e.subject, e.object)
        if span is not None and not e.start <= span[0] < span[1] <= e.end
    ]
