"""Articles by the thousand: real sentences of the development texts, recombined; and a graph of a given size."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg import ingest, vocab
from kg.model import Article, Entity, Evidence, Statement

TEXTS = Path(__file__).parents[3] / "shared" / "gold" / "dev" / "text"
DEMO = Path(__file__).parents[2] / "kg" / "demo" / "articles"


def sentences(*texts: Path) -> dict[str, list[str]]:
    """Return the sentences of folders' articles by language: of the development texts, or the demo where none are.

    They are what ingestion leaves of each: of furniture alone ("Baca juga: …") no article could be made.
    """
    found: dict[str, list[str]] = {}
    for article in ingest.read(texts or [TEXTS if TEXTS.exists() else DEMO], on_skip=lambda source, why: None):
        for start, end in article.blocks:
            for part in re.split(r"(?<=[.!?])\s+|\n+", article.text[start:end]):
                if 40 < len(part) < 500 and part.endswith((".", "!", "?")):
                    found.setdefault(article.language, []).append(part)
    return found


def write(folder: Path, count: int, *, seed: int = 1, length: int = 12, texts: Sequence[Path] = ()) -> Path:
    """Write a JSON Lines file of `count` articles of about `length` sentences of other articles (see `sentences`)."""
    import json

    rng, known = random.Random(seed), sentences(*texts)
    languages = sorted(known)
    path = folder / f"articles-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            lang = languages[number % len(languages)]
            paragraphs = [" ".join(rng.choices(known[lang], k=3)) for _ in range(length // 3)]
            day = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number)
            file.write(
                json.dumps(
                    {
                        "id": f"made-{number:06}",
                        "text": "\n\n".join(paragraphs),
                        "lang": lang,
                        "published": day.isoformat(),
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )
    return path


def statements(articles: int, *, seed: int = 1, actors: int = 2_000) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield articles with seven statements each, actors chosen as in the news: few often, many seldom."""
    rng = random.Random(seed)
    countries = [
        Entity(
            f"Country {n}",
            "Country",
            (f"Country {n}",),
            f"{chr(65 + n // 26)}{chr(65 + n % 26)}",
            vocab.entity_iri("Country", "", f"{chr(65 + n // 26)}{chr(65 + n % 26)}"),
        )
        for n in range(150)
    ]
    people = [
        Entity(f"Person {n}", "Person", (f"Person {n}", f"P. {n}"), None, vocab.entity_iri("Person", f"Person {n}"))
        for n in range(actors)
    ]
    bodies = [
        Entity(f"Body {n}", "Organization", (f"Body {n}",), None, vocab.entity_iri("Organization", f"Body {n}"))
        for n in range(300)
    ]

    def pick(of: list[Entity]) -> Entity:
        return of[min(int(rng.paretovariate(0.9)) - 1, len(of) - 1)]

    kinds = {
        "visits": (people, countries),
        "meets": (people, people),
        "supports": (countries, countries),
        "accuses": (countries, countries),
        "attacks": (countries, countries),
        "clashesWith": (countries, countries),
        "coChairs": (people, bodies),
        "holdsOffice": (people, countries),
        "urges": (bodies, countries),
    }
    for number in range(articles):
        day = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=7 * number)
        text = " ".join(f"Sentence {number} {n} says what happened on that day to whom." for n in range(7))
        found = []
        for n in range(7):
            relation = rng.choice(list(kinds))
            subject, object_ = (pick(of) for of in kinds[relation])
            if subject == object_:
                continue
            start = text.index(f"Sentence {number} {n}")
            quote = Evidence(text[start : start + 60], start, start + 60)
            found.append(
                Statement(
                    f"a{number}",
                    relation,
                    subject,
                    object_,
                    rng.choices(("asserted", "planned", "negated"), (8, 1, 1))[0],
                    rng.choice((None, day.date().isoformat(), day.strftime("%Y-%m"))),
                    office="Minister" if relation == "holdsOffice" else None,
                    attribution=(pick(bodies),) if n % 3 == 0 else (),
                    evidence=(quote,),
                    language="en",
                )
            )
        yield (
            Article(
                f"a{number}", text, "en", ((0, len(text)),), f"Headline {number}", day, publisher=f"Paper {number % 40}"
            ),
            found,
        )
