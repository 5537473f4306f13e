"""Two actors → SPARQL for the ways between them over so many plain triples, in either direction."""

from __future__ import annotations

from itertools import combinations, pairwise

from kg.ask.reading import Reading
from kg.ask.text import column, is_one_of, is_relation, named, query
from kg.vocab import ontology

MOST = 20  # ways shown: of as many steps there may be thousands


def ways(reading: Reading, steps: int, language: str) -> str:
    """Return the query for ways of so many steps; a step is an arrow and a relation."""
    one, other = reading.pair
    nodes = ["a", *(f"m{step}" for step in range(1, steps)), "b"]
    lines, columns, group = [is_one_of("a", one), is_one_of("b", other)], [column("a", "from")], ["?a"]
    for step, (near, far) in enumerate(pairwise(nodes), 1):
        there, back = f"?{near} ?p{step} ?{far}", f"?{far} ?p{step} ?{near}"
        lines.append(is_relation(f"p{step}", ontology().relations))
        lines.append(f'{{ {there} BIND ("→" AS ?d{step}) }} UNION {{ {back} BIND ("←" AS ?d{step}) }}')
        columns.append(f'(CONCAT(?d{step}, " ", STRAFTER(STR(?p{step}), "#")) AS ?step{step})')
        columns.append(column(far, "to" if far == "b" else f"by{step}"))
        group += [f"?{far}", f"?p{step}", f"?d{step}"]
    lines.append(f"FILTER ({' && '.join(f'?{m} != ?{n}' for m, n in combinations(nodes, 2))})")
    lines += [line for name in nodes for line in named(name, language)]
    return query(columns, lines, " ".join(group), f"{' '.join(group)}\nLIMIT {MOST}")
