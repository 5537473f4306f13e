"""Answers are kept for as long as they are true, and worked out once however many ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kg.web.cache import Answers
from kg.worker.messages import Answer, Request
from web.running import served


class Work:
    """Answers with the number of times that it was asked."""

    def __init__(self, status: int = 200, size: int = 0) -> None:
        self.calls, self.status, self.size = 0, status, size

    async def __call__(self, request: Request) -> Answer:
        self.calls += 1
        await asyncio.sleep(0.01)
        return Answer(self.status, str(self.calls).encode().ljust(self.size))


def asked(query: str = "ASK {}", **more: str) -> Request:
    return replace(Request(op="query", query=query, store="/1"), **more)


def test_a_question_is_worked_out_once() -> None:
    async def main() -> None:
        answers, work = Answers(1000), Work()
        found = await asyncio.gather(*(answers.get(asked(), work) for _ in range(10)), answers.get(asked(), work))
        assert {answer.body for answer in found} == {b"1"}
        assert (await answers.get(asked(), work)).body == b"1" and work.calls == 1
        for other in (asked("ASK { }"), asked(store="/2"), asked(accept="text/csv")):
            await answers.get(other, work)
        assert work.calls == 4

    asyncio.run(main())


@pytest.mark.parametrize(
    "request_", [asked("SELECT (rand() AS ?x) {}"), asked("SELECT (NOW() AS ?x) {}"), Request(op="ask", store="/1")]
)
def test_what_is_new_each_time_is_worked_out_each_time(request_: Request) -> None:
    async def main() -> None:
        answers, work = Answers(1000), Work()
        for _ in range(3):
            await answers.get(request_, work)
        assert work.calls == 3

    asyncio.run(main())


def test_failures_are_not_kept_and_neither_is_too_much() -> None:
    async def main() -> None:
        answers = Answers(1600)
        for work in (Work(503), Work(400), Work(200, size=101)):
            await answers.get(asked(), work)
            await answers.get(asked(), work)
            assert work.calls == 2
        work = Work(200, size=100)
        for n in range(50):
            await answers.get(asked(str(n)), work)
        await answers.get(asked("49"), work)
        assert work.calls == 50
        await answers.get(asked("0"), work)
        assert work.calls == 51

    asyncio.run(main())


def test_one_that_goes_leaves_the_answer_to_the_others() -> None:
    async def main() -> None:
        answers, work = Answers(1000), Work()
        first = asyncio.ensure_future(answers.get(asked(), work))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(answers.get(asked(), work))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).body == b"1" and work.calls == 1

    asyncio.run(main())


def test_what_is_written_is_seen(tmp_path: Path) -> None:
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    with served(tmp_path / "store", "--write", "--open") as url:
        for n in range(3):
            for _ in range(2):
                found = httpx.get(f"{url}/sparql", params=count).json()["results"]["bindings"][0]["n"]["value"]
                assert found == str(n)
            httpx.post(f"{url}/sparql", data={"update": f"INSERT DATA {{ <http://e/{n}> a <http://e/x> }}"})
