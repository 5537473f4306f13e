"""Event coders' codes for our events, as `ontologies/alignments.ttl` relates the ontology to their schemes by SKOS."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.errors import SpecError
from kg.vocab import KG, SKOS, ontology, ontology_file

SCHEMES = ("plover", "cameo")
_EXPORTED = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a scheme: its notation and label, those of the root above it, quad class (1 to 4), intensity."""

    code: str
    label: str
    root: str
    quad_class: int
    intensity: float

    @property
    def below(self) -> str:
        """What the code adds to its root: PLOVER's mode; nothing where it is the root itself."""
        return self.code if self.code != self.root else ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The codes of one scheme by relation: for events, and for those that are only planned, where it tells them so."""

    name: str
    codes: dict[str, Code]
    planned: dict[str, Code]

    def code(self, relation: str, *, planned: bool = False) -> Code | None:
        """Return the code of an event; None where the scheme has none for it."""
        if planned and self.planned:
            return self.planned.get(relation)
        return self.codes.get(relation)


@cache
def scheme(name: str) -> Scheme:
    """Return what alignments.ttl says of a scheme; raises SpecError where that is not clear."""
    path = ontology_file("alignments.ttl")
    store = ox.Store()
    try:
        store.extend(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, OSError) as error:
        raise SpecError(f"{path}: {' '.join(str(error).split())}; reinstall newskg") from error
    known = ontology().relations.items()
    named = {relation: KG[found.event_class] for relation, found in known}
    codes = {relation: _matches(store, name, event, _EXPORTED) for relation, event in named.items()}
    planned = {relation: _matches(store, name, event, (KG.plannedMatch,)) for relation, event in named.items()}
    return Scheme(name, _single(path.name, codes), _single(path.name, planned))


def _matches(store: ox.Store, name: str, event: ox.NamedNode, ways: tuple[ox.NamedNode, ...]) -> list[Code]:
    space = KG.iri.removesuffix("ontology#") + name + "/"
    targets = [quad.object for way in ways for quad in store.quads_for_pattern(event, way, None)]
    return [_code(store, node) for node in targets if isinstance(node, ox.NamedNode) and node.value.startswith(space)]


def _single(file: str, found: dict[str, list[Code]]) -> dict[str, Code]:
    for relation, codes in found.items():
        if len(codes) > 1:
            raise SpecError(
                f"{file}: {relation}: {' and '.join(code.code for code in codes)}; "
                "leave one exactMatch, closeMatch or broadMatch for each scheme"
            )
    return {relation: codes[0] for relation, codes in found.items() if codes}


def _code(store: ox.Store, node: ox.NamedNode) -> Code:
    def value(of: ox.NamedNode, predicate: ox.NamedNode) -> str:
        found = next(store.quads_for_pattern(of, predicate, None), None)
        if found is None or not isinstance(found.object, ox.Literal | ox.NamedNode):
            raise SpecError(f"alignments.ttl: <{of.value}> needs {predicate.value.rpartition('#')[2]}")
        return found.object.value

    broader = next(store.quads_for_pattern(node, SKOS.broader, None), None)
    root = broader.object if broader and isinstance(broader.object, ox.NamedNode) else node
    return Code(
        value(node, SKOS.notation),
        value(node, SKOS.prefLabel),
        value(root, SKOS.notation),
        int(value(node, KG.quadClass)),
        float(value(node, KG.intensity)),
    )
