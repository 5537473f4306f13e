"""A request and an answer come out of the pipe as they went in."""

from __future__ import annotations

import io
import json

import pytest

from kg.worker.messages import Answer, Part, Request


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (Request(op="ready"), b""),
        (Request(op="query", query="ASK {}\n", default=(), named=("http://e/g",), accept="text/csv"), b""),
        (Request(op="named", name="about", parameters={"actor": "Türkiye \ud800"}), b""),
        (Request(op="put", graph="http://e/g", base="http://e/", parts=(Part("text/turtle", 3),)), b"a\nb"),
    ],
)
def test_a_request_comes_out_as_it_went_in(request_: Request, body: bytes) -> None:
    stream = io.BytesIO(request_.sent(body) + request_.sent(body))
    assert Request.received(stream) == (request_, body)
    assert Request.received(stream) == (request_, body)
    assert Request.received(stream) is None


def test_an_answer_says_how_long_it_is_on_one_line() -> None:
    answer = Answer(200, "é\n".encode(), "text/csv")
    assert answer.header.endswith(b"\n") and json.loads(answer.header) == {"status": 200, "type": "text/csv", "size": 3}
    assert answer.message == "é\n"
