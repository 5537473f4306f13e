"""The base is made again by one command, with the same bytes, from tables by hand and public files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.actors.base import SHIPPED
from kg.actors.make.__main__ import HERE, make
from kg.actors.make.hand import Titles
from kg.actors.make.table import family_name
from kg.errors import SourceError

HOLDERS = """position,person,personID,start,end
President,Ana Maria Contoh,Q1001,2001-02-03,2005
Minister of Foreign Affairs,Bela Contoh,Q1002,2021-01-01,
Minister of Foreign Affairs,Q1003,Q1003,2019-01-01,
Minister of Silly Walks,Cara Contoh,Q1004,2019-01-01,
President,Dora Lama,Q1005,1950-01-01,1955
"""


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, Path]:
    hand, public, to = (tmp_path / name for name in ("hand", "public", "to"))
    for folder in (hand / "bodies", hand / "offices", hand / "persons", hand / "places", public, to):
        folder.mkdir(parents=True)
    (hand / "titles.csv").write_text((HERE / "hand" / "titles.csv").read_text("utf-8"), "utf-8")
    (hand / "bodies" / "b.csv").write_text("en,id,aliases,iso,wikidata\nOur Club,Klub Kita,OC,ID,\n")
    (hand / "persons" / "p.csv").write_text("en,id,aliases,iso,wikidata\nAna M. Contoh,,~Contohh,PT,Q1001\n")
    (hand / "offices" / "o.csv").write_text(
        "title,of,person,start,end,aliases\n"
        "President,PT,Ana M. Contoh,2001,2006,\n"
        "Chairman,our-club,Eko Contoh,2020,,\n"
    )
    (public / "pt.csv").write_text(HOLDERS)
    names = ["Kabupaten Contoh", "Kota Contoh", "Kabupaten Sendiri"]
    (public / "kabupaten.json").write_text(json.dumps([{"nama_kabupaten": name} for name in names]))
    repositories = tmp_path / "repositories.csv"
    repositories.write_text(
        "file,iso,repository,commit,date\npt.csv,PT,x/pt,c,2022-08-01\nkabupaten.json,ID,x/id,c,2025\n"
    )
    return {"public": public, "to": to, "hand": hand, "repositories": repositories}


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def test_hand_and_public_are_joined(inputs: dict[str, Path]) -> None:
    make(**inputs)
    actors, offices = rows(inputs["to"] / "actors.csv"), rows(inputs["to"] / "offices.csv")
    assert set(actors) == {
        "our-club", "ana-m-contoh", "eko-contoh", "bela-contoh", "contoh", "contoh-regency", "sendiri",
    }  # fmt: skip
    assert actors["ana-m-contoh"]["aliases"] == "Ana M. Contohh|Contohh|Contoh"
    assert actors["eko-contoh"]["iso"] == "ID" and actors["bela-contoh"]["wikidata"] == "Q1002"
    assert actors["contoh-regency"]["id"] == "Kabupaten Contoh" and "Contoh" in actors["contoh-regency"]["aliases"]
    assert offices["ana-m-contoh"]["end"] == "2006"  # what is written by hand outweighs
    assert (offices["bela-contoh"]["end"], offices["bela-contoh"]["seen"]) == ("", "2022-08-01")


def test_the_same_bytes_again(inputs: dict[str, Path]) -> None:
    make(**inputs)
    first = {path.name: path.read_bytes() for path in inputs["to"].iterdir()}
    make(**inputs)
    assert {path.name: path.read_bytes() for path in inputs["to"].iterdir()} == first


def test_what_is_wrong_is_said_with_its_place(inputs: dict[str, Path]) -> None:
    offices = inputs["hand"] / "offices" / "o.csv"
    offices.write_text("title,of,person,start,end,aliases\nKing of Hearts,PT,A B,1,,\n")
    with pytest.raises(SourceError, match="line 2, column title"):
        make(**inputs)
    offices.write_text("title,of,person,start,end,aliases\nKing,our-house,A B,1,,\n")
    with pytest.raises(SourceError, match="line 2, column of"):
        make(**inputs)
    (inputs["public"] / "pt.csv").unlink()
    with pytest.raises(SourceError, match=r"pt\.csv: missing"):
        make(**inputs)


def test_the_shipped_tables_hold_what_is_written_by_hand() -> None:
    actors = rows(SHIPPED / "actors.csv")
    assert (SHIPPED / "titles.csv").read_text("utf-8") == (HERE / "hand" / "titles.csv").read_text("utf-8")
    for path in (HERE / "hand" / "bodies").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            names = {row["en"] for row in csv.DictReader(file)}
        assert names <= {row["en"] for row in actors.values()}, f"{path}: run python -m kg.actors.make"


def test_titles_are_found_by_any_wording_that_means_one() -> None:
    titles = Titles(HERE / "hand" / "titles.csv")
    assert titles.of("External Affairs Minister") == ("Minister of Foreign Affairs", "Menteri Luar Negeri")
    assert titles.of("Ketua") is None  # of many


@pytest.mark.parametrize(
    ("name", "last"), [("Ursula von der Leyen", "von der Leyen"), ("Joe Biden", "Biden"), ("Pelé", ""), ("A Li", "")]
)
def test_family_names(name: str, last: str) -> None:
    assert family_name(name) == last
