"""Which of an article's entities are the annotation's, and on which of its lines a statement stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from kg.evaluate.matching import Actor
from kg.extract.entities import Entities
from kg.extract.mentions import Mention
from kg.train.encoder.annotated import Annotated
from kg.vocab import ontology

# By how much annotators' numbers of lines were seen to differ from the count of lines with text in them.
_SHIFTS = (0, -1, -2, 1)


def entities_of(entities: Entities, annotated: Annotated) -> dict[int, str]:
    """Return the annotation's entity of each that extraction found, by the rules that evaluation counts with."""
    actors = {
        key: Actor.of(e.type, e.iso, [name for names in e.names.values() for name in names])
        for key, e in annotated.entities.items()
    }
    shared = Counter(word for actor in actors.values() for word in actor.last_words)
    found = {}
    for number, cluster in enumerate(entities.clusters):
        own = Actor.of(cluster.type, cluster.iso, cluster.names)
        same = [key for key, actor in actors.items() if actor.same(own, shared)]
        if same:
            found[number] = next((key for key in same if actors[key].type == cluster.type), same[0])
    return found


def lines_of(doc: Doc) -> list[int]:
    """Return the number of each word's line, counting from 1 those that have text in them."""
    starts: list[int] = []
    at = 0
    for line in doc.user_data["article"].text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    found, number = [], 0
    for offset in doc.user_data["offsets"]:
        while number < len(starts) and starts[number] <= offset:
            number += 1
        found.append(number)
    return found


def shift(annotated: Annotated, lines: Sequence[int], mentions: Iterable[Mention], of: Mapping[int, str]) -> int:
    """Return what to take from the annotation's numbers of lines: as it says, or so that most ends are there."""
    if annotated.first is not None:
        return annotated.first - 1
    here: dict[int, set[str]] = defaultdict(set)
    for mention in mentions:
        for entity in mention.group or (mention.entity,):
            if entity in of:
                here[lines[mention.start]].add(of[entity])
    known = [s for s in annotated.statements if s.relation in ontology().relations]

    def fit(moved: int) -> int:
        return sum({s.subject, s.object} <= here[line - moved] for s in known for line in s.lines)

    return max(_SHIFTS, key=fit)
