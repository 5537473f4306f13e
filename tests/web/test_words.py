"""Questions in words over HTTP."""

from __future__ import annotations

import pytest

from web.conftest import Server


def test_a_question_is_answered_as_the_command_answers_it(reader: Server) -> None:
    found = reader.client.get("/ask", params={"q": "who supports Azerbaijan?"}).json()
    assert found["answer"] == "Turkey."
    assert found["rows"][0]["who"] == "Turkey"
    assert reader.ask(found["sparql"]).status_code == 200


def test_names_come_in_the_language_that_is_asked_for(reader: Server) -> None:
    found = reader.client.get("/ask", params={"q": "who supports Azerbaijan?", "lang": "id"}).json()
    assert (found["language"], 'LANG(?s_1) = "id"' in found["sparql"]) == ("en", True)


@pytest.mark.parametrize(
    ("given", "status", "named"),
    [
        ({}, 400, "give the question"),
        ({"q": "who won the cup?"}, 400, "not understood: won"),
        ({"q": "who?", "lang": "xx"}, 400, "lang is one of"),
        ({"q": "who met " * 100}, 413, "500 characters"),
        ({"q": '"} DROP ALL #'}, 400, "not understood"),
    ],
)
def test_what_is_no_question_is_refused(reader: Server, given: dict[str, str], status: int, named: str) -> None:
    answer = reader.client.get("/ask", params=given)
    assert (answer.status_code, named in answer.text) == (status, True), answer.text
