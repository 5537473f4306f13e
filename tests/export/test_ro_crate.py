"""RO-Crate: its own library reads it, its digests are those of its files, and it says what made the graph."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS
from rocrate.rocrate import ROCrate

from kg import __version__, bundle
from kg.cli import main
from kg.errors import StoreError
from kg.export.ro_crate import write_crate
from kg.graph import Store

OWN = f"circumstances/{bundle.digest('circumstances')}"
OTHERS = f"encoder/{'a' * 64}"


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(replace(ARTICLE, weights=(OWN,)), STATEMENTS)
    store.add(replace(ENGLISH, weights=(OTHERS,)), ENGLISH_STATEMENTS)
    return store


def test_the_library_of_the_standard_reads_it(store: Store, tmp_path: Path) -> None:
    write_crate(store, tmp_path / "crate", title="Kyiv", license_="https://spdx.org/licenses/CC0-1.0")
    crate = ROCrate(tmp_path / "crate")
    assert (crate.version, crate.root_dataset["name"]) == ("1.2", "Kyiv")
    assert crate.root_dataset["license"].id == "https://spdx.org/licenses/CC0-1.0"
    files = {entity.id: entity for entity in crate.root_dataset["hasPart"]}
    on_disk = {str(path.relative_to(tmp_path / "crate")) for path in (tmp_path / "crate").rglob("*.*")}
    assert set(files) == on_disk - {"ro-crate-metadata.json"}
    for name, entity in files.items():
        data = (tmp_path / "crate" / name).read_bytes()
        assert (entity["sha256"], entity["contentSize"]) == (hashlib.sha256(data).hexdigest(), str(len(data)))
    action = crate.dereference("#extraction")
    assert action["result"].id == "graph.trig" and action["object"].id == "articles.csv"
    made_with = {entity["name"]: entity for entity in action["instrument"]}
    assert set(made_with) == {"newskg", "Weights circumstances", "Weights encoder"}
    software = made_with["newskg"]  # both of which the specification asks of a SoftwareApplication
    assert software["version"] == __version__ and software["url"] == software.id
    assert made_with["Weights encoder"]["sha256"] == "a" * 64
    assert "version" not in made_with["Weights encoder"]  # not those of this installation: it cannot know them
    assert made_with["Weights circumstances"]["isBasedOn"][0]["name"] == "annotated articles"
    assert {holder["name"] for holder in crate.dereference("#quotations")["copyrightHolder"]} >= {ARTICLE.publisher}
    with Store.load(tmp_path / "crate" / "graph.trig") as again:
        assert set(again.quads()) == set(store.quads())
    with (tmp_path / "crate" / "articles.csv").open(newline="") as table:
        assert [row["id"] for row in csv.DictReader(table)] == sorted([ARTICLE.id, ENGLISH.id])


def test_every_entity_that_is_named_is_described(store: Store, tmp_path: Path) -> None:
    write_crate(store, tmp_path / "crate")
    told = json.loads((tmp_path / "crate" / "ro-crate-metadata.json").read_bytes())["@graph"]
    ids = [entity["@id"] for entity in told]
    context = json.loads(resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_text())["@context"]
    words = {key for entity in told for key in entity} | {kind for entity in told for kind in [entity["@type"]]}
    assert {word for word in words if not word.startswith("@")} <= set(context)  # a word without a meaning is none
    assert len(ids) == len(set(ids))

    def named(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(named, value))
        if isinstance(value, dict):
            return {value["@id"]} if set(value) == {"@id"} else set().union(*map(named, value.values()))
        return set()

    assert {name for name in named(told) if not name.startswith("https://w3id.org/ro/")} <= set(ids)


def test_the_zip_is_the_folder_and_the_same_each_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1601967960")
    for name in ("one.zip", "two.zip", "folder", "folder"):  # the same folder twice: written anew
        write_crate(store, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "folder" / name).read_bytes()
        assert b'"datePublished": "2020-10-06"' in archive.read("ro-crate-metadata.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "one.zip", "two.zip"]


def test_other_files_stay(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"mine\.txt"):
        write_crate(store, tmp_path)
    assert [path.name for path in tmp_path.glob("*.*")] == ["mine.txt"]
    with pytest.raises(StoreError, match="make the folder"):
        write_crate(store, tmp_path / "no" / "crate.zip")


def test_the_digest_of_weights_is_that_of_sha256sum() -> None:
    files = sorted(bundle.manifest()["encoder"]["sha256"])
    printed = subprocess.run(["sha256sum", *files], cwd=bundle.ROOT / "encoder", capture_output=True, check=True).stdout
    assert bundle.digest("encoder") == hashlib.sha256(printed).hexdigest()


def test_an_articles_weights_go_with_it(store: Store) -> None:
    of = "SELECT ?digest { ?activity prov:used ?weights . ?weights a prov:Entity ; schema:sha256 ?digest }"
    assert {row[0].value for row in store.query(of).rows} == {OWN.partition("/")[2], "a" * 64}
    assert store.knows(replace(ENGLISH, weights=(OTHERS,))) and not store.knows(replace(ENGLISH, weights=(OWN,)))
    store.remove(ENGLISH.id)
    assert {row[0].value for row in store.query(of).rows} == {OWN.partition("/")[2]}
    assert not list(store.query("SELECT ?s { ?s schema:sha256 '" + "a" * 64 + "' }").rows)


def test_the_command(turtle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(turtle), "-o", str(tmp_path / "x.zip"), "--as", "ro-crate", "--title", "T"]) == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert '"name": "T"' in archive.read("ro-crate-metadata.json").decode()
    for wrong in (["--as", "ro-crate", "--license", "MIT"], ["--title", "T"], ["--as", "ro-crate", "--lang", "id"]):
        assert main(["export", str(turtle), "-o", str(tmp_path / "y"), *wrong]) == 2
    assert main(["export", str(turtle), "-o", str(tmp_path / "y.ttl"), "--as", "ro-crate"]) == 2
    assert "name a folder" in capsys.readouterr().err
