"""The ontology → the shapes of its relations in ontologies/shapes.ttl: `python -m kg.graph.shapes`.

Who may stand at either end of a relation is said in kg.ttl; there a range lets a reasoner infer, in a shape it refuses.
The part of shapes.ttl between two headings is made here, the rest is written by hand.
"""

from __future__ import annotations

import sys

import pyoxigraph as ox

from kg.errors import SpecError
from kg.model import ENTITY_TYPES
from kg.vocab import Ontology, Relation, ontology, ontology_file

BEGIN = "# ---- Relations: made from kg.ttl by `python -m kg.graph.shapes`\n"
END = "# ---- Every event\n"
# How each language tells what an end must be; what they name are the ontology's labels.
SAYS = {
    "en": ("the subject of {} is {}", "the object of {} is {}", "or"),
    "id": ("subjek {} adalah {}", "objek {} adalah {}", "atau"),
}
HAS = {"en": "an event of class {} has kg:relation kg:{}", "id": "peristiwa berkelas {} memiliki kg:relation kg:{}"}

EVENT = """\
shape:{event} a sh:NodeShape ;
    sh:targetClass kg:{event} ;
    sh:property [ sh:path kg:relation ; sh:hasValue kg:{name} ;
            sh:message {has} ] ,
        [ sh:path kg:subject ; sh:node shape:{subject} ;
            sh:message {who} ] ,
        [ sh:path kg:object ; sh:node shape:{object} ;
            sh:message {whom} ] .

shape:{name} a sh:NodeShape ;
    sh:targetSubjectsOf kg:{name} ;
    sh:node shape:{subject} ;
    sh:message {who} ;
    sh:property [ sh:path kg:{name} ; sh:node shape:{object} ;
            sh:message {whom} ] .
"""


def made(text: str, known: Ontology) -> str:
    """Return the text of shapes.ttl with its relations as an ontology has them; raises SpecError without headings."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SpecError(f"shapes.ttl: a heading is gone; put back {BEGIN.strip()!r} and {END.strip()!r}")
    relations = known.relations.values()
    ends = sorted({classes for relation in relations for classes in (relation.subjects, relation.objects)})
    parts = ["\n".join(map(_end, ends)) + "\n", *(_relation(relation, known) for relation in relations)]
    return before + begin + "\n" + "\n".join(parts) + "\n" + end + after


def _name(classes: tuple[str, ...]) -> str:
    return "Or".join(classes)


def _end(classes: tuple[str, ...]) -> str:
    if len(classes) == 1:
        return f"shape:{_name(classes)} sh:class kg:{classes[0]} ."
    return f"shape:{_name(classes)} sh:or ( {' '.join(f'[ sh:class kg:{name} ]' for name in classes)} ) ."


def _relation(relation: Relation, known: Ontology) -> str:
    said = [
        {tag: say[which].format(relation.name, _told(classes, known, tag)) for tag, say in SAYS.items()}
        for which, classes in enumerate((relation.subjects, relation.objects))
    ]
    return EVENT.format(
        event=relation.event_class,
        name=relation.name,
        subject=_name(relation.subjects),
        object=_name(relation.objects),
        has=_texts({tag: has.format(relation.event_class, relation.name) for tag, has in HAS.items()}),
        who=_texts(said[0]),
        whom=_texts(said[1]),
    )


def _told(classes: tuple[str, ...], known: Ontology, tag: str) -> str:
    """Return the classes in words: "an actor (person, country or organization) or a place"."""
    told = []
    for name in classes:
        label = known.label(name, tag)
        below = [known.label(one, tag) for one in ENTITY_TYPES if one in known.types[name] - {name}]
        article = ("an " if label[0] in "aeiou" else "a ") if tag == "en" else ""
        told.append(article + label + (f" ({_listed(below, tag)})" if below else ""))
    return _listed(told, tag)


def _listed(words: list[str], tag: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {SAYS[tag][2]} {last}" if first else last


def _texts(texts: dict[str, str]) -> str:
    return " , ".join(str(ox.Literal(text, language=tag)) for tag, text in texts.items())


def main(arguments: list[str]) -> int:
    """Write shapes.ttl anew; with --check, only say by the exit code whether it is as kg.ttl would have it."""
    file = ontology_file("shapes.ttl")
    old = file.read_text(encoding="utf-8")
    new = made(old, ontology())
    if "--check" in arguments:
        return int(old != new)
    file.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
