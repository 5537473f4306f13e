"""Who is who over many made-up names: `python -m benchmarks.actors [N …]` in tests/ prints seconds and memory."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from kg.actors.resolve import resolve
from kg.model import Local
from kg.vocab import article_iri, entity_iri

SYLLABLES = [a + b for a in "bcdfghjklmnprstvwyz" for b in ("a", "e", "i", "o", "u", "an", "er", "in")]
PER_ARTICLE = 3  # names in the statements of a news article, as in gold/actors


def names(count: int, seed: int = 7) -> Iterator[Local]:
    """Yield so many local names: actors as unevenly in the news as they are, some in short, some misspelt."""
    made = random.Random(seed)
    parts = [
        "".join(made.choice(SYLLABLES) for _ in range(made.choice((2, 3, 3)))) for _ in range(max(200, count // 10))
    ]
    people = [(common(made, parts), common(made, parts)) for _ in range(max(10, count // 3))]
    for at in range(count):
        article = f"made-{at // PER_ARTICLE}"
        first, last = people[int(made.random() ** 3 * len(people))]
        draw = made.random()
        if draw < 0.1:
            name = last
        elif draw < 0.13:
            name = f"{first} {last[:2]}{last[3:]}"
        else:
            name = f"{first} {last}"
        name = name.title()
        kind = "Organization" if made.random() < 0.2 else "Person"
        date = f"20{made.randint(10, 25)}-0{made.randint(1, 9)}-11"
        yield Local(article_iri(article), entity_iri(kind, name), kind, name, (name,), language="id", date=date)


def common(made: random.Random, parts: list[str]) -> str:
    """Return a part of a name; some are far more common than others."""
    return parts[int(made.random() ** 2 * len(parts))]


def main() -> None:
    for count in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        locals_ = {(one.article, one.iri): one for one in names(count)}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        found = resolve(locals_.values())
        took = time.perf_counter() - start
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        actors = len({actor.iri for actor in found.actors.values()})
        print(f"{len(locals_)} names, {actors} actors, {len(found.merges)} merges: {took:.1f} s, {more:.0f} MiB more")


if __name__ == "__main__":
    main()
