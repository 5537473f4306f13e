"""A small store with everything that filters act on, and what each filter should leave of it, counted the slow way."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from graph.examples import ARMENIA, AZERBAIJAN, BAKU, MINISTER, MINSK, PRESIDENT, TURKEY

from kg.graph.store import Store
from kg.model import Article, Evidence, Statement

ACTORS = [TURKEY, ARMENIA, AZERBAIJAN, MINISTER, PRESIDENT, MINSK, BAKU]
WORDS = [f"kata{number}" for number in range(900)]


def fill(store: Store, articles: int = 60, seed: int = 4) -> Store:
    """Write articles of several publishers, languages and days; some are reprints, some contradict others."""
    chance, told = random.Random(seed), ""
    for number in range(articles):
        body = told if number % 9 == 8 else " ".join(chance.choices(WORDS, k=80))  # a reprint
        told = body
        sentences, statements, at = [], [], 0
        for _ in range(chance.randint(1, 5)):
            one, other = chance.sample(ACTORS, 2)
            relation = chance.choice(["visits", "meets", "supports", "accuses"])
            sentence = f"{one.name} {relation} {other.name} {chance.choice(['today', 'again', 'in secret'])}."
            statements.append(
                Statement(
                    f"a{number}",
                    relation,
                    one,
                    other,
                    chance.choices(["asserted", "planned", "negated"], [6, 2, 2])[0],
                    chance.choice([None, "2020", "2020-10", "2020-10-06", f"2021-0{chance.randint(1, 9)}-11"]),
                    attribution=(chance.choice(ACTORS),) if chance.random() < 0.4 else (),
                    evidence=(Evidence(sentence, at, at + len(sentence)),),
                    language="en",
                    confidence=round(chance.random(), 2) if number % 5 else None,
                )
            )
            sentences.append(sentence)
            at += len(sentence) + 1
        store.add(
            Article(
                f"a{number}",
                " ".join([*sentences, body]),
                chance.choice(["id", "en"]),
                headline=f"Report {number}",
                published=datetime(2021, chance.randint(1, 12), chance.randint(1, 28), tzinfo=UTC)
                if number % 7
                else None,
                publisher=chance.choice(["Antara", "Reuters", None]),
                url=f"https://news.example/{number}",
            ),
            statements,
        )
    return store
