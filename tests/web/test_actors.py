"""Who is who over HTTP: actors and merges to see for all, doubtful pairs to judge for who has the token."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.actors.judgements import Judgements
from kg.cli import main
from kg.graph import Store
from kg.pipeline.who import judgements_file
from kg.vocab import entity_iri
from web.running import answered, served
from web.who_store import made

TARIK = entity_iri("Person", "Tarok Wibisana")
TOKEN = {"Authorization": "Bearer secret"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("who") / "news")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    """A server that writes with the token, and a client that has none."""
    with served(folder, "--write", "--token", "secret") as url, httpx.Client(base_url=url, timeout=180) as client:
        yield client


def asked(client: httpx.Client, path: str, **query: object) -> dict:
    answer = client.get(f"/actors{path}", params=query, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def judged(client: httpx.Client, name: str, given: object, **headers: str) -> httpx.Response:
    return client.post(f"/actors/{name}", json=given, headers={**TOKEN, **headers})


def test_actors_are_told_with_their_merges(client: httpx.Client) -> None:
    found = asked(client, "", q="wibisana")
    (one,) = found["actors"]
    assert (one["label"], one["articles"], one["merges"]) == ("Tarok Wibisana", 4, 2)
    assert asked(client, "", merged="1")["total"] < asked(client, "")["total"]
    assert [one["label"] for one in asked(client, "", offset=1, limit=1)["actors"]] == ["Tarok Wibisana"]
    told = asked(client, "/actor", id=TARIK)
    assert {name["name"] for name in told["names"]} == {"Tarok Wibisana", "Tarok Wibisna", "Wibisana"}
    assert all(merge["reason"] and merge["score"] > 0 and merge["articles"] for merge in told["merges"])
    assert any("(sound)" in merge["reason"] for merge in told["merges"])
    assert any("(bunyi)" in merge["reason"] for merge in asked(client, "/actor", id=TARIK, lang="id")["merges"])
    assert len(told["articles"]) == 4
    assert told["total"] == {"articles": 4, "merges": 2}


def test_the_explorer_says_why_an_actor_is_one(client: httpx.Client) -> None:
    found = answered(client, "/explore/evidence.json", first=TARIK).json()["merges"]
    assert ["Tarok Wibisana", "Tarok Wibisna"] in [merge["names"] for merge in found]
    assert all(merge["because"]["en"] and merge["because"]["id"] for merge in found)
    alone = answered(client, "/explore/evidence.json", first=entity_iri("Person", "Mirna Lalang")).json()
    assert alone["rows"]["from"] and alone["merges"] == []


def test_doubtful_pairs_come_with_the_sentences_of_both_sides(client: httpx.Client) -> None:
    found = asked(client, "/review")
    assert found["total"] == len(found["pairs"]) > 1
    assert found["pairs"] == sorted(found["pairs"], key=lambda pair: -pair["score"])
    for pair in found["pairs"]:
        for side in (pair["left"], pair["right"]):
            assert any(side["name"] in sentence for sentence in side["in"]["sentences"])


def test_a_browser_gets_the_page_and_programs_get_data(client: httpx.Client) -> None:
    page = client.get("/actors", headers={"Accept": "text/html"})
    assert 'data-writing="token"' in page.text and "secret" not in page.text
    assert 'lang="id"' in client.get("/actors?lang=id", headers={"Accept": "text/html"}).text
    there = client.get("/actors/actor", params={"id": TARIK}, headers={"Accept": "text/html"})
    assert there.status_code == 303 and "#id=" in there.headers["location"]
    assert client.get("/actors", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/actors/actor", params={"id": "Nobody"}).status_code == 404
    assert client.get("/actors/actor").status_code == 400


@pytest.mark.parametrize("name", ["merge", "split", "answer", "undo"])
def test_judging_needs_the_token_and_json(client: httpx.Client, folder: Path, name: str) -> None:
    assert client.post(f"/actors/{name}", json={}).status_code == 401
    assert judged(client, name, {}, Authorization="Bearer wrong").status_code == 401
    # What a form of another site can send is refused, whatever the browser adds to it.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        sent = client.post(f"/actors/{name}", content=b"{}", headers={**TOKEN, "Content-Type": kind})
        assert sent.status_code == 415
    assert client.get(f"/actors/{name}").status_code == 405
    assert not judgements_file(folder).exists()


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("merge", {"actors": ["Tarok Wibisana"]}, 400),
        ("merge", {"actors": ["Tarok Wibisana", 7]}, 400),
        ("merge", [], 400),
        ("merge", {"actors": ["Tarok Wibisana", "Nobody At All"]}, 409),
        ("merge", {"actors": ["Tarok Wibisana", "Bandar Sena"]}, 409),
        ("split", {"actor": "Tarok Wibisana", "parts": []}, 400),
        ("split", {"actor": "Tarok Wibisana", "parts": ["nothing"]}, 409),
        ("answer", {"answers": []}, 400),
        ("answer", {"answers": [{"left": {"iri": "x"}, "right": {"iri": "y"}, "judgement": "same"}]}, 400),
        ("answer", {"answers": [{"left": {"iri": TARIK}, "right": {"iri": TARIK}, "judgement": "perhaps"}]}, 400),
        ("undo", {"act": 5}, 409),
        ("undo", {}, 409),
    ],
)
def test_what_cannot_be_done_is_said(client: httpx.Client, folder: Path, name: str, given: object, status: int) -> None:
    answer = judged(client, name, given)
    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") == 1 and str(folder) not in answer.text
    assert not [*Judgements.read(judgements_file(folder))]


def test_merge_split_answer_and_undo(client: httpx.Client, folder: Path) -> None:
    def labels() -> set[str]:
        return {one["label"] for one in asked(client, "")["actors"] if one["type"] == "Person"}

    before = labels()
    done = judged(client, "merge", {"actors": [TARIK, "Lalang Zelanskyy"]}).json()
    assert done["last"] == 1 and len(labels()) == len(before) - 1
    done = judged(client, "split", {"actor": "Lalang Zelanskyy", "parts": ["Lalang Zelanskyy"]}).json()
    assert done["last"] == 2 and "Lalang Zelanskyy" in labels()
    # Who saw another act as the last does not undo this one.
    assert judged(client, "undo", {"act": 1}).status_code == 409
    assert judged(client, "undo", {"act": 2}).status_code == 200
    assert len(judged(client, "undo", {}).json()["undone"]) > 0
    assert labels() == before
    pairs = asked(client, "/review")["pairs"]
    answers = [{**pairs[0], "judgement": "same"}, {**pairs[1], "judgement": "different"}]
    assert judged(client, "answer", {"answers": answers}).json()["judged"] == 2
    left = asked(client, "/review")["pairs"]
    assert not [pair for pair in left if (pair["left"], pair["right"]) in [(p["left"], p["right"]) for p in pairs[:2]]]
    told = asked(client, "/judgements")
    assert [one["judgement"] for one in told["judgements"]] == ["different", "same"]
    assert len(Judgements.read(judgements_file(folder))) == 2
    for act in (told["last"], told["last"] - 1):
        assert judged(client, "undo", {"act": act}).status_code == 200
    assert labels() == before


def test_without_write_all_is_seen_and_nothing_is_judged(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    shutil.copytree(folder, store)
    assert main(["actors", str(store), "merge", "Tarok Wibisana", "Lalang Zelanskyy"]) == 0
    with served(store) as url, httpx.Client(base_url=url, timeout=180) as client:
        assert 'data-writing="none"' in client.get("/actors", headers={"Accept": "text/html"}).text
        assert asked(client, "/judgements")["judgements"] and asked(client, "/review")["pairs"]
        assert judged(client, "undo", {}).status_code == 403
    assert main(["actors", str(store), "undo"]) == 0
    with Store.load(store) as one, Store.load(folder) as other:
        assert set(one) == set(other)
