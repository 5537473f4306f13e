"""Questions in words: /ask?q=who met X in 2025, answered by the JSON of `kg ask --json`; `lang` is that of names."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.labels import LANGUAGES
from kg.web.protocol import ask
from kg.web.requests import Refused, pairs
from kg.worker import messages

LONGEST = 500  # characters: a question, and no text to be read through


async def words(request: Request) -> Response:
    """Have a reader answer, over the current snapshot; a question that is not understood is refused with the reason."""
    given = dict(pairs(request.url.query))
    question, language = given.get("q", "").strip(), given.get("lang", "")
    if not question:
        raise Refused(400, "give the question: ?q=who met X in 2025")
    if len(question) > LONGEST:
        raise Refused(413, f"a question has {LONGEST} characters at most")
    if language and language not in LANGUAGES:
        raise Refused(400, f"lang is one of {', '.join(LANGUAGES)}")
    known = {"lang": language} if language else {}
    folder = str(request.app.state.source.store)  # beside which its names are kept
    return await ask(request, messages.Request(op="words", query=question, parameters=known, folder=folder))
