"""The store: replacing, removing, opening, refusing; and the union of its graphs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.examples import ARTICLE, CLASH, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, VISIT
from kg.errors import KGError, QueryError, StoreError
from kg.graph import Store
from kg.graph.store_errors import explained
from kg.vocab import KG, article_iri


def both() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


def test_building_twice_changes_nothing() -> None:
    store = both()
    before = set(store)
    assert store.add(ARTICLE, STATEMENTS) == "same" and set(store) == before


def test_a_changed_article_replaces_what_it_said() -> None:
    store = both()
    assert store.add(ARTICLE, [CLASH]) == "changed"
    afresh = Store.memory()
    afresh.add(ENGLISH, ENGLISH_STATEMENTS)
    afresh.add(ARTICLE, [CLASH])
    assert set(store) == set(afresh)
    assert not store.query("ASK { ?a kg:visits ?b }")


def test_removing_takes_back_exactly_what_the_article_alone_supported() -> None:
    store = both()
    assert store.remove("visit-1")
    alone = Store.memory()
    alone.add(ENGLISH, ENGLISH_STATEMENTS)
    assert set(store) == set(alone)
    assert store.query("ASK { country:AM kg:clashesWith country:AZ }")  # the other article says so too
    assert not store.remove("visit-1") and not store.remove("no such <article>")


def test_a_denial_does_not_support_the_plain_triple() -> None:
    store = Store.memory()
    store.add(ARTICLE, [CLASH])
    store.add(replace(ARTICLE, id="other"), [replace(CLASH, factuality="negated")])
    store.remove("visit-1")
    assert not store.query("ASK { ?a kg:clashesWith ?b }")


def test_add_all_writes_in_batches_what_add_writes_one_by_one() -> None:
    built = [(replace(ARTICLE, id=f"a{n % 5}"), STATEMENTS[: 1 + n % 4]) for n in range(12)]
    store, one_by_one = Store.memory(), Store.memory()
    outcomes = list(store.add_all(built, batch=3))
    for article, statements in built:
        one_by_one.add(article, list(statements))
    assert set(store) == set(one_by_one) and len(outcomes) == 12 and outcomes.count("new") == 5


def test_articles_are_listed_with_the_hash_of_their_text() -> None:
    store = both()
    assert list(store.articles()) == ["support-2", "visit-1"]
    assert all(len(digest) == 64 for digest in store.articles().values())


def test_on_disk_it_is_the_same_graph_and_stays(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
    with Store.open(tmp_path / "store") as store:
        assert store.add(ARTICLE, STATEMENTS) == "same"
        assert store.add(ENGLISH, ENGLISH_STATEMENTS) == "new"
    with Store.load(tmp_path / "store") as store:
        assert set(store) == set(both())
        with pytest.raises(StoreError, match="reading only"):
            store.remove("visit-1")
    with pytest.raises(StoreError, match="closed"):
        len(store)


def test_a_snapshot_can_be_read_while_the_store_is_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
        store.snapshot(tmp_path / "view")
        store.add(ENGLISH, ENGLISH_STATEMENTS)
        assert list(Store.load(tmp_path / "view").articles()) == ["visit-1"]
        with pytest.raises(StoreError):
            store.snapshot(tmp_path / "view")


def test_a_reader_keeps_its_view_while_another_process_writes_and_merges(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.graph import Store; s = Store.open(sys.argv[1])\n"
        "from graph.examples import *\n"
        "s.add(ARTICLE, STATEMENTS); print('added', flush=True); sys.stdin.readline()\n"  # in the log, not flushed
        "s.add(ENGLISH, ENGLISH_STATEMENTS); s.remove('visit-1'); s.flush(); s.inner.optimize()\n"
        "print('merged', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "store")],
        stdin=subprocess.PIPE,
        text=True,
        stdout=subprocess.PIPE,
        env=environment,
    ) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == "added\n"
        with Store.load(tmp_path / "store") as reader:
            assert list(reader.articles()) == ["visit-1"]
            before = set(reader)
            other.stdin.write("\n")
            other.stdin.flush()
            assert other.stdout.readline() == "merged\n"
            for table in (tmp_path / "store").glob("*.sst"):
                table.rename(table.with_suffix(".moved"))  # as if all had been merged away
            assert set(reader) == before and reader.query("ASK { ?a kg:visits ?b }")
            for table in (tmp_path / "store").glob("*.moved"):
                table.rename(table.with_suffix(".sst"))
        with Store.load(tmp_path / "store") as reader:
            assert list(reader.articles()) == [ENGLISH.id]
        other.kill()
    with Store.load(tmp_path / "store") as reader:
        assert list(reader.articles()) == [ENGLISH.id]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_view_of_a_reader_that_was_killed_is_taken_away(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
    code = "import sys, os; from kg.graph import Store; s = Store.load(sys.argv[1]); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    with Store.load(tmp_path / "store") as store:
        assert len(store) > 0
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def refusal(path: Path, *, read_only: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, read_only=read_only)
    message = str(caught.value)
    assert "\n" not in message and str(path) in message
    return message


def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert "holds no store" in refusal(tmp_path)
    assert "holds no store" in refusal(tmp_path, read_only=True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert "kg build" in refusal(tmp_path / "missing", read_only=True)
    assert "no folder" in refusal(tmp_path / "notes.txt") or "no store" in refusal(tmp_path / "notes.txt")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    assert "damaged" in refusal(tmp_path / "store")


def spoil(path: Path, start: int) -> None:
    """Change bytes of the tables from a place on."""
    for table in path.glob("*.sst"):
        data = bytearray(table.read_bytes())
        if len(data) > 5_000:
            for at in range(start, start + 2_000, 7):
                data[at] ^= 0x5A
            table.write_bytes(data)


def test_damage_inside_the_tables_is_named_when_they_are_opened_or_read(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
        store.add(ENGLISH, ENGLISH_STATEMENTS)
    Store.open(tmp_path / "store").close()  # what is in the log becomes tables
    spoil(tmp_path / "store", 0)
    with pytest.raises(StoreError, match="damaged") as caught, Store.open(tmp_path / "store") as store:
        list(store)
    assert "another process" not in str(caught.value)  # RocksDB speaks of a damaged `block`, and of a `lock`


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("IO error: While lock file: st/LOCK: Resource temporarily unavailable", "another process"),
        ("IO error: lock hold by current process, acquire time 1: st/LOCK: No locks available", "another process"),
        ("IO error: while open a file for lock: st/LOCK: Permission denied", "no permission"),
        ("IO error: While open a file for appending: st/LOG: Read-only file system", "read-only"),
        ("IO error: While mkdir if missing: a/st: No such file or directory", "make the folder a first"),
        ("Corruption: block checksum mismatch: stored = 1 in lock/st/000016.sst", "damaged"),
        ("IO error: No space left on device: While appending to file: st/000011.sst", "disk is full"),
    ],
)
def test_each_trouble_is_told_by_its_name(said: str, told: str) -> None:
    assert told in str(explained(Path("a/st"), OSError(said)))


def test_a_store_that_another_process_writes_is_refused(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.graph import Store; s = Store.open(sys.argv[1]); print('open', flush=True);"
        " sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "store")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdout.readline() == "open\n"
        assert "another process" in refusal(tmp_path / "store")
        other.communicate("")
    Store.open(tmp_path / "store").close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "permission" in refusal(tmp_path / "store")


def test_a_store_of_another_layout_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.inner.add(ox.Quad(KG.x, KG.layoutVersion, ox.Literal(99), KG.x))
    assert "layout 99" in refusal(tmp_path / "store")


def test_prefixes_need_no_declaration_and_may_be_declared() -> None:
    store = both()
    assert store.query("ASK { ?a kg:visits ?b }")
    assert store.query(f"PREFIX k: <{KG.iri}> ASK {{ ?a k:visits ?b }}")


def test_graphs_can_be_named_in_a_query() -> None:
    store = both()
    asked = "SELECT DISTINCT ?g { GRAPH ?g { ?e a sem:Event } } ORDER BY ?g"
    assert store.query(asked).table() == [("article:support-2",), ("article:visit-1",)]
    named = "SELECT ?e FROM article:support-2 { ?e a sem:Event }"
    assert len(store.query(named)) == 3  # pyoxigraph would take the union of all graphs here
    with pytest.raises(QueryError, match="no graph here has that name"):
        store.query("SELECT ?e FROM <http://example.org/elsewhere> { ?e a sem:Event }")


def test_a_dataset_can_be_given_beside_the_query() -> None:
    store = both()
    graphs = [article_iri(name) for name in ("support-2", "visit-1")]
    assert len(store.query("SELECT ?e { ?e a sem:Event }", default=graphs[:1], named=())) == 3
    assert len(store.query("SELECT ?e { GRAPH ?g { ?e a sem:Event } }", default=(), named=graphs[:1])) == 3
    assert not store.query("ASK { ?s ?p ?o }", default=(), named=())  # no graphs at all are not all of them
    relative = store.query("SELECT (<x> AS ?iri) {}", base="http://example.org/a/").dicts()
    assert relative == [{"iri": "http://example.org/a/x"}]
    with pytest.raises(QueryError, match="failed"):
        store.query("ASK { ?s ?p ?o }", default=["no IRI"])


@pytest.mark.parametrize(
    "bad",
    [
        "SELECT ?s {",
        "",
        "INSERT DATA { kg:a kg:b kg:c }",
        "DROP ALL",
        "SELECT ?s { ?s nope:x ?o }",
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK " + "{" * 5000,
        "ASK { FILTER(" + "!" * 20000 + "true) }",
        "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 20000) + " }",
        "LOAD <file:///etc/passwd>",
    ],
)
def test_bad_queries_give_one_line(bad: str) -> None:
    with pytest.raises(QueryError) as caught:
        both().query(bad)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


def test_words_in_strings_and_iris_are_no_keywords() -> None:
    store = both()
    assert not store.query('ASK { ?s rdfs:label "SERVICE FROM {{{{" } # SERVICE')
    assert not store.query("ASK { ?service <http://example.org/SERVICE> ?from }")


def test_a_foreign_file_that_repeats_triples_is_not_counted_twice(tmp_path: Path) -> None:
    lines = [f"<http://e/s> <http://e/p> <http://e/o> <http://e/g{n}> .\n" for n in range(3)]
    (tmp_path / "x.nq").write_text("".join(lines))
    store = Store.load(tmp_path / "x.nq")
    assert store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").table() == [("1",)]
    assert len(store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")) == 3
    assert len(list(store)) == 3 and len(list(store.quads())) == 1
    with pytest.raises(KGError, match="queried"):
        store.add(ARTICLE, [VISIT])


def test_the_base_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_BASE_IRI", "https://example.org/n/")
    store = Store.memory()
    store.add(ENGLISH, [])
    assert store.query("ASK { GRAPH <https://example.org/n/article/support-2> { ?a a kg:Article } }")
    monkeypatch.delenv("KG_BASE_IRI")
    assert store.remove("support-2")
