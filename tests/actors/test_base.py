"""The base of actors: look-ups by name, IRI and office, fast and whole; a user's table that is wrong says where."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.actors.base import SHIPPED, Base, base
from kg.actors.tables import ACTORS, key_of, read_actors
from kg.errors import SourceError
from kg.vocab import entity_iri, slug

DAY = date(2020, 10, 6)


@pytest.fixture(scope="module")
def known() -> Base:
    return base()


def keys(found: object) -> list[str]:
    return [actor.key for actor in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jokowi", "joko-widodo"),
        ("SBY", "susilo-bambang-yudhoyono"),
        ("KPK", "corruption-eradication-commission"),
        ("the U.N.", "united-nations"),
        ("Jabar", "west-java"),
        ("MEVLÜT ÇAVUŞOĞLU", "mevlut-cavusoglu"),
        ("Kantor Berita Antara", "antara"),
        ("al Qaeda", "al-qaeda"),
    ],
)
def test_known_by_any_name(known: Base, name: str, key: str) -> None:
    assert keys(known.named(name)) == [key]


def test_a_name_of_several_gives_all_of_them(known: Base) -> None:
    assert {"united-development-party", "pakistan-peoples-party"} <= set(keys(known.named("PPP")))
    assert len(known.named("Senate")) > 1
    assert known.named("Golkar", "Person") == () and known.named("no such actor") == ()


def test_an_actor_is_named_as_articles_name_it(known: Base) -> None:
    for actor in known:
        assert actor.key == slug(actor.names["en"]) or actor.key.startswith(slug(actor.names["en"]) + "-")
    leader = known.get(entity_iri("Person", "Keir Starmer"))
    assert leader is not None and leader.iri() == entity_iri("Person", "Keir Starmer") and leader.iso == "GB"
    assert known.get(entity_iri("Person", "Nobody Known")) is None


@pytest.mark.parametrize(
    ("title", "of", "day", "who"),
    [
        ("Presiden", "ID", DAY, "joko-widodo"),
        ("president", "ID", date(2025, 1, 1), "prabowo-subianto"),
        ("Menlu", "ID", DAY, "retno-marsudi"),
        ("PM", "GB", date(2025, 1, 6), "keir-starmer"),
        ("Secretary of State", "US", DAY, "mike-pompeo"),
        ("Ketua", "house-of-representatives-of-indonesia", DAY, "puan-maharani"),
        ("Gubernur", "west-java", DAY, "ridwan-kamil"),
        ("Sekjen", "nato", DAY, "jens-stoltenberg"),
    ],
)
def test_who_held_an_office_on_a_day(known: Base, title: str, of: str, day: date, who: str) -> None:
    assert who in keys(known.holding(title, of, day))


def test_a_former_office_is_no_present_one(known: Base) -> None:
    (former,) = known.named("Joko Widodo")
    assert [o.title["en"] for o in known.offices_of(former, DAY)] == ["President"]
    assert known.offices_of(former, date(2026, 1, 1)) == () and len(known.offices_of(former)) > 1
    assert "joko-widodo" not in keys(known.holding("President", "ID"))
    assert "prabowo-subianto" in keys(known.holding("President", "ID"))


def test_an_office_that_an_old_source_has_as_open_is_held_until_it_was_seen(known: Base) -> None:
    stale = next(o for actor in known for o in actor.offices if o.seen)
    assert stale.end is None and not stale.on(None) and not stale.on(date(2026, 11, 1))
    assert stale.on(date.fromisoformat(stale.seen or ""))


def test_the_table_is_large_whole_and_small(known: Base) -> None:
    counts = {type_: sum(1 for actor in known if actor.type == type_) for type_ in ("Person", "Organization", "Place")}
    assert counts["Person"] >= 1500 and counts["Organization"] >= 1000 and counts["Place"] >= 38 + 514
    assert sum(path.stat().st_size for path in SHIPPED.glob("*.csv")) < 2_000_000
    codes = {row["key"] for row in read_actors(SHIPPED / "actors.csv")}
    offices = list(csv.DictReader((SHIPPED / "offices.csv").open(encoding="utf-8")))
    assert all(row["key"] in codes and (len(row["of"]) == 2 or row["of"] in codes) for row in offices)
    assert all(not row["end"] or row["start"][: len(row["end"])] <= row["end"] for row in offices)
    ids = [actor.wikidata for actor in known if actor.wikidata]
    assert len(ids) == len(set(ids))


def test_it_loads_fast() -> None:
    code = (
        "import time; from kg.actors.base import base; t = time.process_time(); base(); print(time.process_time() - t)"
    )
    spent = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert float(spent) < 0.2


def test_a_users_table_adds_and_replaces(tmp_path: Path) -> None:
    own, held = tmp_path / "own.csv", tmp_path / "held.csv"
    own.write_text("key,type,en,aliases\nour-village,Place,Our Village,OV\nkompas,Organization,Kompas Gramedia,\n")
    held.write_text("key,title_en,of,start,end\njoko-widodo,Chairman,our-village,2025-01-01,\n")
    found = base(own, held)
    assert keys(found.named("OV")) == ["our-village"] and found.named("Kompas Gramedia")[0].key == "kompas"
    assert keys(found.holding("ketua", "our-village", date(2025, 6, 1))) == ["joko-widodo"]
    assert keys(base().named("OV")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: empty"),
        ("key,type\na,Person\n", "line 1: no column en"),
        ("key,type,en\na,Person\n", "line 2: 2 columns, its first line has 3"),
        ("key,type,en\na,Person,A\nB C,Person,B\n", "line 3, column key: 'B C' is not a slug"),
        ("key,type,en\na,Human,A\n", "line 2, column type: 'Human' is not one of"),
        ("key,type,en,wikidata\na,Person,A,7747\n", "line 2, column wikidata: '7747' is not an id"),
        ("key,title_en,of,start,end\na,Mayor,ID,01/02/2020,\n", "line 2, column start: '01/02/2020' is not a year"),
        ("key,title_en,of,start,end\na,Mayor,Indonesia,2020,\n", "line 2, column of: 'Indonesia' is not a country"),
    ],
)
def test_a_wrong_table_says_file_line_and_column(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(SourceError) as raised:
        base(path)
    assert str(path) in str(raised.value) and says in str(raised.value) and "\n" not in str(raised.value)


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="UTF-8"):
        base(path)
    with pytest.raises(SourceError, match="No such file"):
        base(tmp_path / "none.csv")


def test_names_are_folded() -> None:
    assert key_of("The  U.N.") == key_of("un") and key_of("al-Qa’ida") == key_of("Al Qaida") and len(ACTORS) == 8
