"""Made-up rows of any number, with the shape of news: a few hubs, parallel relations, plans and denials."""

from __future__ import annotations

import random
import time

from kg.view.rows import Actor, Row

COUNTRIES = [
    "Indonesia",
    "Turki",
    "Azerbaijan",
    "Armenia",
    "Rusia",
    "Perancis",
    "Jepang",
    "Australia",
    "Malaysia",
    "India",
    "Iran",
    "Israel",
]
BODIES = [
    "PBB",
    "OSCE Minsk Group",
    "Kementerian Luar Negeri Turki",
    "ASEAN",
    "Uni Eropa",
    "NATO",
    "Anadolu Agency",
    "Dewan Keamanan PBB",
    "Bank Dunia",
    "Palang Merah Internasional",
]
FIRST = [
    "Mevlut",
    "Ilham",
    "Ceyhun",
    "Retno",
    "Joko",
    "Emmanuel",
    "Sergey",
    "Fumio",
    "Anthony",
    "Anwar",
    "Recep",
    "Nikol",
    "Prabowo",
    "Penny",
    "Narendra",
]
LAST = [
    "Cavusoglu",
    "Aliyev",
    "Bayramov",
    "Marsudi",
    "Widodo",
    "Macron",
    "Lavrov",
    "Kishida",
    "Albanese",
    "Ibrahim",
    "Wong",
    "Pashinyan",
    "Modi",
]
PLACES = ["Nagorno-Karabakh", "Jakarta", "Ankara", "Baku", "Jenewa", "Yerevan", "Gaza"]
SYMMETRIC = {"meets", "clashesWith", "agreesWith"}
_ENGLISH = {
    "visits": "visits",
    "meets": "meets",
    "supports": "supports",
    "coChairs": "co-chairs",
    "clashesWith": "clashes with",
    "attacks": "attacks",
    "accuses": "accuses",
    "urges": "urges",
    "agreesWith": "agrees with",
    "holdsOffice": "holds office",
}
LABELS = {"en": _ENGLISH, "id": {**_ENGLISH, "visits": "mengunjungi", "meets": "bertemu"}}


def rows(count: int, seed: int = 1) -> list[Row]:
    """Return `count` rows about some count/2.5 actors."""
    chance = random.Random(seed)
    names = [(name, "Country") for name in COUNTRIES] + [(name, "Organization") for name in BODIES]
    names += [(name, "Place") for name in PLACES]
    people = [(f"{first} {last}", "Person") for last in LAST for first in FIRST]
    chance.shuffle(people)
    names = names + people
    if count < 60:
        names = names[:6] + names[12:15] + names[22:24] + people[:7]
    actors = [
        Actor(f"https://kg.example/{kind}/{name}", name, kind, (name, name.split()[-1]))
        for name, kind in names[: max(18, int(count / 2.2))]
    ]
    weights = [1 / (1 + number) ** 0.6 for number in range(len(actors))]
    made = []
    while len(made) < count:
        first, second = chance.choices(actors, weights, k=2)
        if first == second:
            continue
        relation = chance.choice(list(_ENGLISH))
        day = f"2020-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        made.append(
            Row(
                first,
                relation,
                second,
                chance.choices(["asserted", "planned", "negated"], [8, 2, 1])[0],
                day,
                "",
                "",
                "",
                f"{first.name} pada hari Selasa ({_ENGLISH[relation]}) bersama {second.name} di tengah perkembangan "
                "regional dan internasional saat ini.",
                f"article-{chance.randint(1, count // 4 + 1)}",
                f"Berita {day} dari kawasan",
                f"https://news.example/{day}",
                "Kompas.com",
                f"{day}T14:06:00+07:00",
                "id",
                symmetric=relation in SYMMETRIC,
            )
        )
    return made


def until(tab, condition: str, *, seconds: float = 180) -> None:
    """Wait until a condition holds in the page (playwright's own way needs `eval`, which the page's policy forbids)."""
    end = time.monotonic() + seconds  # many times what anything takes: a busy machine is no error
    while not tab.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        tab.wait_for_timeout(25)
