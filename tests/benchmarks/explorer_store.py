"""A store of a given number of statements, made fast: the layout's quads in N-Quads, loaded in bulk.

    python tests/benchmarks/explorer_store.py FOLDER [STATEMENTS]

One actor is a hub: at one million statements it has some 30,000 of them.
"""

from __future__ import annotations

import random
import sys
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox

from kg.graph.terms import layout_quads, shared_graph

ONTOLOGY, SEM = "https://w3id.org/newskg/ontology#", "http://semanticweb.cs.vu.nl/2009/11/sem/"
RELATIONS = ("visits", "meets", "supports", "clashesWith", "attacks", "accuses", "urges", "agreesWith")
HUB = "https://w3id.org/newskg/entity/person/hub-0"


def fill(folder: Path, statements: int, *, seed: int = 5, chunk: int = 50_000) -> None:
    """Write the store."""
    chance, store, shared = random.Random(seed), ox.Store(str(folder)), shared_graph().value
    actors = [HUB, *(f"https://w3id.org/newskg/entity/person/actor-{n}" for n in range(1, statements // 4))]
    kinds = ("Person", "Person", "Country", "Organization")
    told = "\n".join(line for n, iri in enumerate(actors) for line in _actor(iri, n, kinds, shared))
    store.bulk_load(BytesIO(told.encode()), format=ox.RdfFormat.N_QUADS)
    for start in range(0, statements, chunk):
        lines: list[str] = []
        for number in range(start, min(start + chunk, statements)):
            first = 0 if chance.random() < 0.015 else min(int(chance.paretovariate(0.35)), len(actors) - 1)
            second = 0 if chance.random() < 0.015 else chance.randrange(len(actors))
            if first != second:
                lines += _event(number, actors[first], actors[second], chance)
        store.bulk_load(BytesIO("\n".join(lines).encode()), format=ox.RdfFormat.N_QUADS)
    store.extend(layout_quads(shared_graph()))
    store.optimize()
    store.flush()


def _actor(iri: str, number: int, kinds: tuple[str, ...], shared: str) -> list[str]:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    name = f"{'Hub' if not number else 'Actor'} {number}"
    return [
        f"<{iri}> <{rdf}> <{ONTOLOGY}{kinds[number % 4]}> <{shared}> .",
        f'<{iri}> <http://www.w3.org/2000/01/rdf-schema#label> "{name}" <{shared}> .',
        f'<{iri}> <http://www.w3.org/2004/02/skos/core#altLabel> "Alias {number}"@en <{shared}> .',
    ]


def _event(number: int, first: str, second: str, chance: random.Random) -> list[str]:
    rdf, article = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"https://w3id.org/newskg/article/a{number // 5}"
    start = number % 5 * 100
    event, sentence = f"https://w3id.org/newskg/event/{number:016x}", f"{article}#char={start},{start + 80}"
    day = f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    factuality = chance.choices(("asserted", "planned", "negated"), (8, 2, 1))[0]
    triples = [
        (event, rdf, f"<{SEM}Event>"),
        (event, f"{ONTOLOGY}relation", f"<{ONTOLOGY}{chance.choice(RELATIONS)}>"),
        (event, f"{ONTOLOGY}subject", f"<{first}>"),
        (event, f"{ONTOLOGY}object", f"<{second}>"),
        (event, f"{ONTOLOGY}factuality", f"<{ONTOLOGY}{factuality}>"),
        (event, f"{SEM}hasTimeStamp", f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (event, "http://www.w3.org/ns/prov#wasDerivedFrom", f"<{article}>"),
        (event, f"{ONTOLOGY}evidence", f"<{sentence}>"),
        (sentence, "http://www.w3.org/ns/oa#hasSelector", f"<{sentence}&quote>"),
        (f"{sentence}&quote", "http://www.w3.org/ns/oa#exact", f'"Sentence {number} of an article of {day}."@en'),
    ]
    if number % 5 == 0:
        triples += [
            (article, f"{ONTOLOGY}articleId", f'"a{number // 5}"'),
            (article, "https://schema.org/headline", f'"Headline {number // 5}"@en'),
            (
                article,
                "https://schema.org/url",
                f'"https://news.example/{number // 5}"^^<http://www.w3.org/2001/XMLSchema#anyURI>',
            ),
            (
                article,
                "https://schema.org/datePublished",
                f'"{day}T08:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
            ),
        ]
    return [f"<{subject}> <{predicate}> {object_} <{article}> ." for subject, predicate, object_ in triples]


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
