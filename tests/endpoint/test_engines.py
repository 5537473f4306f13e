"""The same graph in a store here, on Oxigraph's server and on Virtuoso: the same rows, and what loads make of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS

from endpoint.engines import Engine
from kg.api import Graph
from kg.endpoint import Address, Client, Remote
from kg.graph import Store, queries
from kg.graph.asked import answered
from kg.pipeline import remote, who
from kg.vocab import KG

pytestmark = pytest.mark.slow
ASKED = [
    {},
    {"actor": "Turkey"},
    {"actor": "Armenia", "lang": "id"},
    {"on": "2020-10-05"},
    {"actor": "Azerbaijan", "on": "2021", "lang": "id"},
    {"from": "2020", "to": "2020-10"},
    {"office": "Presiden"},
]


def asked(address: str, sparql: str, **parameters: str) -> list[tuple[str, ...]]:
    with Client(Address.parse(address)) as client:
        return answered(Remote(client), sparql, parameters).table()


def everything(address: str) -> set[tuple[str, ...]]:
    """Return all quads of an endpoint but its own state."""
    with Client(Address.parse(address)) as client:
        return {
            (str(q.graph_name), str(q.triple))
            for q in Remote(client).quads()
            if "newskg" in str(q.graph_name) and not str(q.graph_name).endswith("graph/endpoint>")
        }


def built(folder: Path, *articles) -> Path:
    with Store.open(folder) as store:
        for article, statements in articles:
            store.add(article, statements)
        who.settle(store)
    return folder


def quads(store: Path) -> set[tuple[str, ...]]:
    own = (KG.origin, KG.unsettled)
    with Store.load(store) as opened:
        return {(str(q.graph_name), str(q.triple)) for q in opened if q.predicate not in own}


def test_every_named_query_gives_the_rows_of_the_store(engine: Engine, demo_store: Path):
    remote.load(demo_store, Address.parse(engine.url))
    different = []
    with Store.load(demo_store) as store:
        for name in queries.names():
            for given in [*ASKED, {"actor": "Joko Widodo"}, {"actor": "Iran", "lang": "id"}]:
                if not set(given) <= set(queries.load(name).parameters):
                    continue
                try:
                    here = answered(store, name, given).table()
                except queries.QueryError:  # nobody here is called so
                    continue
                if asked(engine.url, name, **given) != here:
                    different.append((name, given))
    assert different == []


def test_loads_of_two_stores_meet_in_the_graph_of_both(engine: Engine, tmp_path: Path):
    """Each has an article of its own, and names that both know: the shared graph follows from the two together."""
    one = built(tmp_path / "one", (ARTICLE, STATEMENTS))
    other = built(tmp_path / "other", (ENGLISH, ENGLISH_STATEMENTS))
    both = built(tmp_path / "both", (ARTICLE, STATEMENTS), (ENGLISH, ENGLISH_STATEMENTS))
    address = Address.parse(engine.url)
    assert remote.load(one, address) == (1, 1)
    assert everything(engine.url) == quads(one)
    remote.load(other, address)
    assert everything(engine.url) == quads(both)
    assert remote.load(one, address)[1] == 0  # again changes nothing
    with remote.written(address) as work:
        work.store.remove(ENGLISH.id)
        work.store.settled = False
    assert everything(engine.url) == quads(one)


def test_another_machine_reads_what_is_there_and_only_what_changed(engine: Engine, tmp_path: Path, monkeypatch, two):
    address = Address.parse(engine.url)
    remote.load(two, address)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "another"))
    with remote.read(address).store as copy:
        assert {q for q in copy if q.predicate != KG.origin} == {
            q for q in Store.load(address.copy) if q.predicate != KG.origin
        }
    from kg.endpoint import copy as copies

    read = []
    real = copies.graphs
    monkeypatch.setattr(copies, "graphs", lambda there, names: read.extend(names) or real(there, names))
    remote.read(address)
    assert read == []


def test_commands_take_an_endpoint_for_a_store(engine: Engine, tmp_path: Path, two: Path):
    def kg(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([sys.executable, "-m", "kg", *words], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done

    there = f"sparql+{engine.url}"
    assert "2 articles, 2 changed" in kg("load", str(two), "--endpoint", engine.url).stderr
    assert "2 articles, 0 changed" in kg("load", str(two), "--endpoint", engine.url).stderr
    here = kg("query", str(two), "visits", "--format", "csv").stdout
    assert kg("query", "--endpoint", engine.url, "visits", "--format", "csv").stdout == here
    assert kg("query", there, "visits", "--format", "csv").stdout == here
    kg("explore", "--endpoint", engine.url, "-o", str(tmp_path / "page.html"))
    assert "Cavusoglu" in (tmp_path / "page.html").read_text()
    kg("export", there, "-o", str(tmp_path / "x.csv"))
    kg("export", str(two), "-o", str(tmp_path / "y.csv"))
    assert (tmp_path / "x.csv").read_text() == (tmp_path / "y.csv").read_text()
    kg("validate", f"--endpoint={engine.url}")
    assert "no actor here" in kg("query", there, "about", "--param", "actor=Nobody Atall", code=2).stderr
    kg("remove", "--endpoint", engine.url, ENGLISH.id)
    assert kg("query", there, "SELECT ?id { ?a kg:articleId ?id }", "--format", "csv").stdout.split() == [
        "id",
        ARTICLE.id,
    ]
    said = kg("remove", there, ENGLISH.id, code=1).stderr
    assert "has no article" in said and f"kg query --endpoint {engine.url} " in said


def test_new_articles_are_built_and_old_ones_are_not_read_again(engine: Engine, tmp_path: Path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text("Presiden Rusia Vladimir Putin mengunjungi Turki pada 3 Mei 2023.")
    command = [sys.executable, "-m", "kg", "build", str(texts), "--fast", "--lang", "id", "--endpoint", engine.url]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    (texts / "two.txt").write_text("Presiden Turki Recep Tayyip Erdogan bertemu dengan Vladimir Putin di Ankara.")
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    assert "1 unchanged" in second.stderr or "1 article was" in second.stderr or "unchanged" in second.stderr
    ids = asked(engine.url, "SELECT ?id { ?a kg:articleId ?id } ORDER BY ?id")
    assert ids == [("one",), ("two",)]
    with Graph.load(Address.parse(engine.url).copy).store as copy:
        own = {(str(q.graph_name), str(q.triple)) for q in copy if q.predicate not in (KG.origin, KG.unsettled)}
    assert everything(engine.url) == own


def test_an_answer_beyond_the_servers_limit_is_whole(engine: Engine):
    """Virtuoso as shipped cuts every answer after 10,000 rows."""
    with Client(Address.parse(engine.url)) as client:
        triples = " . ".join(f"<urn:many:{n}> <urn:is> {n}" for n in range(2_000))
        for part in range(6):
            client.update(f"INSERT DATA {{ GRAPH <urn:many> {{ {triples.replace('many:', f'many:{part}-')} }} }}")
        rows = Remote(client).query("SELECT ?s WHERE { GRAPH <urn:many> { ?s <urn:is> ?n } }").rows
        assert len(rows) == len(set(rows)) == 12_000
        assert sum(1 for _ in Remote(client).rows(("s", "n"), "GRAPH <urn:many> { ?s <urn:is> ?n }")) == 12_000


def test_a_graph_beyond_the_servers_limit_is_whole(engine: Engine):
    """Virtuoso cuts a CONSTRUCT as well, and says so nowhere."""
    with Client(Address.parse(engine.url)) as client:
        triples = " . ".join(f"<urn:many:{n}> <urn:is> {n}" for n in range(2_000))
        for part in range(6):
            client.update(f"INSERT DATA {{ GRAPH <urn:many> {{ {triples.replace('many:', f'many:{part}-')} }} }}")
        found = Remote(client).query("CONSTRUCT { ?s <urn:was> ?n } WHERE { GRAPH <urn:many> { ?s <urn:is> ?n } }")
        assert len(found.triples) == 12_000


def test_an_article_that_is_long_is_written_in_parts(engine: Engine, tmp_path: Path):
    """More quads than Virtuoso compiles at once."""
    one = STATEMENTS[0]
    places = [
        replace(one.object, name=f"Kota {n}", names=(f"Kota {n}",), iri=f"https://w3id.org/newskg/entity/place/{n}")
        for n in range(300)
    ]
    long = built(tmp_path / "long", (ARTICLE, [replace(one, object=place) for place in places]))
    address = Address.parse(engine.url)
    assert remote.load(long, address) == (1, 1)
    assert everything(engine.url) == quads(long)
    assert len(quads(long)) > 10_000


def test_what_people_judged_goes_along_and_holds_for_others(oxigraph: Engine, two: Path, tmp_path: Path, monkeypatch):
    """A store's judgements come with it, and hold on another machine that builds there."""
    from kg.actors.judgements import DIFFERENT, Judgement, Judgements

    judged = Judgements()
    judged.put(Judgement.of(DIFFERENT, ("https://w3id.org/newskg/entity/person/a", ""), ("urn:b", ""), 1))
    judged.write(who.judgements_file(two))
    address = Address.parse(oxigraph.url)
    remote.load(two, address)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "another"))
    with remote.written(address) as work:
        assert list(Judgements.read(who.judgements_of(work.store))) == list(judged)


def test_what_another_tool_loaded_is_read_and_given_digests(oxigraph: Engine, two: Path, tmp_path: Path):
    """An engine's own loader writes no digests."""
    from kg.endpoint import state
    from kg.endpoint.push import data

    address = Address.parse(oxigraph.url)
    with Store.load(two) as store, Client(address) as client:
        client.update(f"INSERT DATA {{ {data(q for q in store if q.predicate not in (KG.origin, KG.unsettled))} }}")
        with remote.read(address).store as copy:
            assert set(copy.articles()) == {ARTICLE.id, ENGLISH.id}
        assert set(state.digests(Remote(client)).values()) == {""}
        with remote.written(address):
            pass
        assert all(state.digests(Remote(client)).values())
    assert everything(oxigraph.url) == quads(two)
