"""The reader of OpenAI-compatible addresses, against a server that does what servers do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ReaderError, SourceError
from kg.model import Statement
from kg.readers import Rejected, checked
from kg.readers.endpoint import EndpointReader
from kg.vocab import ontology
from readers.samples import ENTITIES, FIRST, GOOD, SECOND, TEXT, article, said
from readers.served import Server, Turn, breaks_off, gives, says, serving, waits


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_API_KEY", "OPENAI_API_KEY", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def reader(server: Server, **options: str) -> EndpointReader:
    return EndpointReader(**{"url": server.url, "model": "m", "timeout": "5", "_backoff": 0.001} | options)  # type: ignore[arg-type]


def read(one: EndpointReader, **changes: object) -> tuple[list[Statement], list[Rejected]]:
    what = article(**changes)
    found = list(checked(what, one.read(what)))
    return [s for s in found if isinstance(s, Statement)], [r for r in found if isinstance(r, Rejected)]


def only(*statements: dict[str, object]) -> dict[str, object]:
    return {"entities": ENTITIES, "statements": list(statements)}


# ---- what is asked


def test_a_good_answer_is_read_and_grounded() -> None:
    with serving(says(GOOD)) as server:
        one = reader(server)
        (visits, meets), rejected = read(one)
    assert not rejected
    assert (visits.relation, visits.subject.name, visits.object.iso, visits.date) == (
        "visits",
        "Ada Lund",
        "NO",
        "2031-03-03",
    )
    assert meets.place is not None and meets.place.name == "Oslo"
    for statement, sentence in ((visits, FIRST), (meets, SECOND)):
        (evidence,) = statement.evidence
        assert evidence.sentence == sentence == TEXT[evidence.start : evidence.end]
    assert server.paths == ["/v1/chat/completions"]
    assert (one.usage.requests, one.usage.tokens_in, one.usage.tokens_out, one.usage.cost) == (1, 1000, 200, None)


def test_the_ontology_and_the_article_are_what_is_sent() -> None:
    with serving(says(GOOD)) as server:
        read(reader(server))
    (body,) = server.asked
    system, user = (message["content"] for message in body["messages"])
    for name, relation in ontology().relations.items():
        assert f"## {name}\n" in system and relation.comments["en"] in system
    assert "It does not when one lives, is posted" in system  # the guide's row of visits
    assert "Day of publication: 2031-03-04" in user and FIRST in user and "Read also" not in user
    shape = body["response_format"]["json_schema"]["schema"]["properties"]["statements"]["items"]
    assert shape["properties"]["relation"]["enum"] == [*ontology().relations]
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("m", 0.0, 8000)
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(("format", "asked"), [("object", {"type": "json_object"}), ("text", None)])
def test_who_is_not_held_to_a_schema_is_told_it(format: str, asked: object) -> None:
    with serving(says("Here you are:\n```json\n" + json.dumps(GOOD) + "\n```")) as server:
        statements, _ = read(reader(server, format=format, temperature="none"))
    (body,) = server.asked
    assert len(statements) == 2 and body.get("response_format") == asked and "temperature" not in body
    assert '"additionalProperties": false' in body["messages"][0]["content"]


def test_a_key_goes_to_the_address_that_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-theirs")
    with serving(says(GOOD)) as server:
        read(reader(server, cache="none"))
        monkeypatch.setenv("KG_API_KEY", "ours ")
        read(reader(server, cache="none"))
    assert [headers.get("Authorization") for headers in server.headers] == [None, "Bearer ours"]


@pytest.mark.parametrize("key", ["sk-secret\nX-More: y", "sk-\u201csecret\u201d", "sk-secret\x7f"])
def test_a_key_that_is_none_is_not_told(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("KG_API_KEY", key)
    with pytest.raises(ReaderError, match="KG_API_KEY") as error:
        EndpointReader(url="http://127.0.0.1:1/v1", model="m")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("status", [400, 200])
def test_a_key_that_a_server_repeats_is_not_told(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("KG_API_KEY", "sk-secret")
    told = gives(status, '{"error": {"message": "no credit for sk-secret"}}')
    with serving(told) as server, pytest.raises(SourceError, match=r"no credit for …") as error:
        read(reader(server))
    assert "secret" not in str(error.value)


# ---- what is not true of the article


def test_signs_and_line_breaks_may_differ_and_the_article_s_are_quoted() -> None:
    quotation = '"We will not attack anybody," Lund said.'
    with serving(says(only(said("visits", "e1", "e2", quotation, "visited Norway")))) as server:
        (one,), _ = read(reader(server))
    assert [e.sentence for e in one.evidence] == ["“We will not attack\nanybody,” Lund said.", FIRST]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (said("visits", "e1", "e2", "Ada Lund toured Norway."), "sentence"),
        (said("visits", "e1", "e2", FIRST, "Ada Lund attacked Bo Orn."), "sentence"),  # furniture
        (said("visits", "e1", "e2"), "sentence"),
        (said("visits", "e1", "e9", FIRST), "form"),
        (said("loves", "e1", "e2", FIRST), "relation"),
        (said("visits", "e1", "e3", FIRST), "type"),
        (said("visits", "e1", "e2", FIRST, date="Monday"), "date"),
        ({"relation": "visits"}, "form"),
        ("visits", "form"),
        (said("visits", "e1", "e2", FIRST) | {"sentences": FIRST}, "form"),
        (said("visits", "e1", "e2", FIRST) | {"sentences": None}, "form"),
        (said("visits", "e1", "e2", FIRST) | {"subject": ["e1"]}, "form"),
    ],
)
def test_what_is_made_up_is_rejected_and_the_rest_kept(statement: dict[str, object], reason: str) -> None:
    with serving(says(only(statement, said("meets", "e1", "e3", SECOND)))) as server:
        (kept,), (rejected,) = read(reader(server))
    assert kept.relation == "meets" and rejected.reason == reason


def test_somebody_made_up_is_rejected() -> None:
    ghost = {"id": "e1", "type": "Person", "names": ["Cy Ek"], "iso": None}
    answer = {"entities": [ghost, *ENTITIES[1:], {"id": 7}], "statements": [said("visits", "e1", "e2", FIRST)]}
    with serving(says(answer)) as server:
        _, rejected = read(reader(server))
    assert [one.reason for one in rejected] == ["form", "name"]


def test_an_article_without_statements_gives_none() -> None:
    with serving(says({"entities": [], "statements": []})) as server:
        assert read(reader(server)) == ([], [])


# ---- what servers do


def test_no_json_is_asked_for_twice_and_then_the_article_is_skipped() -> None:
    with serving(says("I am sorry."), says(GOOD)) as server:
        assert len(read(reader(server))[0]) == 2
    with serving(says("I am sorry."), says('{"entities": []}')) as server:
        one = reader(server, cache="none")
        with pytest.raises(SourceError, match="not the JSON"):
            read(one)
        assert len(server.asked) == one.usage.requests == 2 and one.usage.tokens_out == 400


@pytest.mark.parametrize("fault", [gives(429, retry_after="0"), gives(500, "oops"), gives(503), breaks_off()])
def test_what_passes_is_tried_again(fault: Turn) -> None:
    with serving(fault, fault, says(GOOD)) as server:
        one = reader(server)
        assert len(read(one)[0]) == 2
        assert len(server.asked) == one.usage.requests == 3


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (gives(429, '{"error": {"message": "slow\\ndown"}}'), "429: slow down"),
        (gives(500, "<h1>oops"), "500: <h1>oops"),
        (breaks_off(), "broke"),
        (gives(400, '{"error": {"message": "too long"}}'), "400: too long"),
        (gives(200, "<html>"), "no chat completion: <html>"),
        (gives(200, '{"choices": []}'), "no chat completion"),
        (gives(200, '{"choices": [{"message": {"content": null, "refusal": "no"}}]}'), "no answer .no."),
        (says(GOOD, reason="length"), "cut off at 8000 tokens; raise --set max_tokens"),
    ],
)
def test_what_does_not_pass_skips_the_article_and_then_ends_the_run(fault: Turn, told: str) -> None:
    with serving(fault) as server:
        one = reader(server, tries="2")
        for _ in range(2):
            with pytest.raises(SourceError, match=told):
                read(one)
        with pytest.raises(ReaderError, match=f"3 articles in a row.*{told}"):
            read(one)
        assert one.usage.requests == len(server.asked)
        server.turns = [says(GOOD)]
        assert len(read(one)[0]) == 2  # nothing of it was kept


def test_one_good_answer_between_forgives() -> None:
    with serving(gives(400), gives(400), says(GOOD), gives(400)) as server:
        one = reader(server)
        for _ in range(2):
            with pytest.raises(SourceError):
                read(one)
        read(one)
        for _ in range(2):
            with pytest.raises(SourceError):
                read(one, text=TEXT.replace("Oslo", "Moss"))


def test_slow_is_given_up() -> None:
    with serving(waits(1.5, says(GOOD))) as server:
        one = reader(server, timeout="0.2", tries="2")
        with pytest.raises(SourceError, match="in time; raise --set timeout"):
            read(one)
        assert one.usage.requests == 2


@pytest.mark.parametrize(("status", "told"), [(401, "KG_API_KEY"), (403, "key"), (404, "model"), (307, "elsewhere")])
def test_what_every_article_would_meet_ends_the_run_at_once(status: int, told: str) -> None:
    with serving(says(GOOD)) as other, serving(gives(status, location=other.url)) as server:
        with pytest.raises(ReaderError, match=told):
            read(reader(server))
        assert len(server.asked) == 1 and not other.asked


def test_nobody_there_ends_the_run() -> None:
    with serving(gives(500)) as server:
        pass
    with pytest.raises(ReaderError, match=r"cannot be reached .*refused.; is it running"):
        read(reader(server, tries="1"))


# ---- what it takes


def test_an_answer_is_kept_by_all_that_it_depends_on() -> None:
    with serving(says(GOOD)) as server:
        first = read(reader(server))
        again = reader(server)
        assert read(again) == first and (again.usage.requests, again.usage.cached) == (0, 1)
        for options, changes in (
            ({"model": "n"}, {}),
            ({"temperature": "1"}, {}),
            ({}, {"text": TEXT.replace("Oslo", "Moss")}),
        ):
            read(reader(server, **options), **changes)
        assert len(server.asked) == 4
        with serving(says(GOOD)) as other:  # which calls its model the same
            assert not reader(other).prepare(article()).cached
            read(reader(other))
        assert len(other.asked) == 1


def test_a_damaged_file_of_the_cache_is_asked_for_anew(tmp_path: Path) -> None:
    with serving(says(GOOD)) as server:
        read(reader(server, cache=str(tmp_path / "kept")))
        (file,) = (tmp_path / "kept").rglob("*.json")
        file.write_text('"{')
        assert len(read(reader(server, cache=str(tmp_path / "kept")))[0]) == 2
        file.write_text('"no json of ours"')
        assert len(read(reader(server, cache=str(tmp_path / "kept")))[0]) == 2
        assert len(server.asked) == 3


def test_a_cache_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with serving(says(GOOD)) as server, pytest.raises(ReaderError, match="cache=DIR"):
        read(reader(server, cache=str(tmp_path / "file")))


def test_requests_are_bounded_also_those_that_fail() -> None:
    with serving(gives(500), gives(500), says(GOOD)) as server:
        one = reader(server, max_requests="2")
        with pytest.raises(SourceError, match="500"):
            read(one)
        with pytest.raises(SourceError, match="2 of --max-requests"):
            read(one)
        assert len(server.asked) == 2
    with serving(says(GOOD)) as server:
        one = reader(server, max_requests="1")
        read(one)
        read(one)  # from the cache
        for _ in range(4):  # what the budget leaves out is no failure of the server
            with pytest.raises(SourceError, match="--max-requests"):
                read(one, text=TEXT.replace("Oslo", "Moss"))


def test_cost_is_bounded_before_it_is_spent() -> None:
    with serving(says(GOOD)) as server:
        prices = {"price_in": "2", "price_out": "10", "max_tokens": "1000"}
        most = reader(server, **prices).prepare(article()).cost
        assert most is not None and 0.012 < most < 0.03
        one = reader(server, **prices, max_cost=str(most))
        read(one)
        assert one.usage.cost == pytest.approx(0.004)  # 1000 tokens in, 200 out
        with pytest.raises(SourceError, match=r"0\.0040 of --max-cost"):
            read(one, text=TEXT.replace("Oslo", "Moss"))
        assert len(server.asked) == 1


def test_a_server_that_counts_no_tokens_is_estimated() -> None:
    with serving(says(GOOD, usage=None)) as server:
        one = reader(server)
        read(one)
    assert one.usage.estimated and 2000 < one.usage.tokens_in < 6000 and 100 < one.usage.tokens_out < 600


def test_requests_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kg.readers.limits.time.sleep", slept.append)
    with serving(says(GOOD)) as server:
        one = reader(server, rate="2", cache="none")
        read(one)
        read(one)
    assert len(slept) == 1 and 25 < slept[0] <= 30


def test_preparing_sends_nothing_and_says_what_would_be_sent() -> None:
    with serving(says(GOOD)) as server:
        one = reader(server, price_in="2", price_out="10")
        prepared = one.prepare(article())
        assert not server.asked and not prepared.cached
        read(one)
        assert server.asked == [prepared.body] and one.prepare(article()).cached
        assert prepared.url == server.url + "/chat/completions"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"model": ""}, "an address and a model"),
        ({"url": "ftp://x"}, "http"),
        ({"url": "http://me:word@x/v1"}, "KG_API_KEY"),
        ({"url": "http://x/v1?key=word"}, "KG_API_KEY"),
        ({"format": "xml"}, "schema, object, text"),
        ({"price_in": "1"}, "both prices"),
        ({"max_cost": "1"}, "both prices"),
        ({"timeout": "0"}, "timeout=0"),
        ({"tries": "many"}, "tries=many"),
        ({"rate": "-1"}, "rate=-1"),
        ({"temperature": "nan"}, "temperature=nan"),
        ({"max_requests": "1.5"}, "max_requests=1.5"),
    ],
)
def test_wrong_options_are_told(options: dict[str, str], told: str) -> None:
    with pytest.raises(ReaderError, match=told) as error:
        EndpointReader(**{"url": "http://127.0.0.1:1/v1", "model": "m"} | options)  # type: ignore[arg-type]
    assert "word" not in str(error.value)
