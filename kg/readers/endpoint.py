"""The reader `openai`: articles are sent to an OpenAI-compatible address, and what its model answers is grounded."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from kg.errors import ReaderError, SourceError
from kg.model import Article, Statement
from kg.readers import answers, prompt
from kg.readers.cache import Cache
from kg.readers.chat import Answered, Chat
from kg.readers.interface import Prepared, Rejected, Usage
from kg.readers.limits import Limits, tokens
from kg.readers.options import number, whole

OPENAI = "api.openai.com"
FORMATS = ("schema", "object", "text")
ASKS = 2  # for an answer that is no JSON, or not by the schema
IN_A_ROW = 3  # articles that fail, after which it is no article's fault


class EndpointReader:
    """Reads by a language model at `url`; `model` names it there. Nothing is sent before `read`, and only there.

    `format` is how JSON is asked for: by schema, as an object, or in words alone. `temperature` "none" is not sent.
    `rate` is requests a minute, `tries` how often one is made that fails, `timeout` seconds. Prices are per million
    tokens. `cache` is a folder, or "none". The key is $KG_API_KEY; OpenAI's own address also takes $OPENAI_API_KEY.
    """

    def __init__(
        self,
        *,
        model: str = "",
        url: str = "",
        format: str = "schema",
        temperature: str = "0",
        max_tokens: str = "8000",
        timeout: str = "120",
        tries: str = "5",
        rate: str = "",
        price_in: str = "",
        price_out: str = "",
        max_requests: str = "",
        max_cost: str = "",
        cache: str = "",
        _backoff: float = 1.0,
    ) -> None:
        if not url or not model:
            raise ReaderError(
                "the reader openai needs an address and a model: --set url=http://127.0.0.1:8080/v1 --set model=NAME"
            )
        if format not in FORMATS:
            raise ReaderError(f"--set format={format}: it is one of {', '.join(FORMATS)}")
        if bool(price_in) != bool(price_out) or (max_cost and not price_in):
            raise ReaderError("a cost needs both prices, per million tokens: --set price_in=… --set price_out=…")
        prices = (number("price_in", price_in), number("price_out", price_out)) if price_in else None
        self._limits = Limits(
            max_requests=whole("max_requests", max_requests, least=0) if max_requests else None,
            max_cost=number("max_cost", max_cost) if max_cost else None,
            prices=prices,
            rate=number("rate", rate, above=0) if rate else None,
        )
        host = urlsplit(url).hostname or ""
        key = os.environ.get("KG_API_KEY") or (os.environ.get("OPENAI_API_KEY", "") if host == OPENAI else "")
        self._chat = Chat(
            url,
            key.strip(),
            timeout=number("timeout", timeout, above=0),
            tries=whole("tries", tries),
            backoff=_backoff,
        )
        self._model, self._format = model, format
        self._temperature = None if temperature == "none" else number("temperature", temperature)
        self._most = whole("max_tokens", max_tokens)
        self._most_name = "max_completion_tokens" if host == OPENAI else "max_tokens"  # OpenAI gave it a new name
        self._cache = Cache("openai", cache)
        self._failed = 0
        told = json.dumps([prompt.instructions(), prompt.schema(), format, self._temperature])
        self.version = f"{model}, prompt {hashlib.sha256(told.encode()).hexdigest()[:8]}"

    @property
    def usage(self) -> Usage:
        """What reading has taken so far."""
        return self._limits.usage

    def prepare(self, article: Article) -> Prepared:
        """Return what would be sent for an article; nothing is."""
        body = self._body(article)
        before = tokens(json.dumps(body, ensure_ascii=False))
        cached = self._cache.get(self._asks(body)) is not None
        return Prepared(self._chat.url, body, cached, before, self._most, self._limits.cost(before, self._most))

    def read(self, article: Article) -> Iterator[Statement | Rejected]:
        """Yield what the model says that the article says."""
        body = self._body(article)
        content = self._cache.get(self._asks(body))
        try:
            answer = answers.parsed(content) if isinstance(content, str) else None
        except ValueError:
            answer = None
        if answer is None:
            answer = self._asked(article, body)
        else:
            self.usage.cached += 1
        yield from answers.statements(article, answer)

    def _asked(self, article: Article, body: dict[str, Any]) -> dict[str, Any]:
        wrong = SourceError("the model was not asked")
        for _ in range(ASKS):
            told = self._told(article, body)
            if isinstance(told, SourceError):
                wrong = told
                break
            if not told.finished:
                wrong = SourceError(f"the answer was cut off at {self._most} tokens; raise --set max_tokens")
                break
            try:
                answer = answers.parsed(told.content)
            except (ValueError, RecursionError) as error:
                wrong = SourceError(f"the model's answer is not the JSON that was asked for, {ASKS} times ({error})")
                continue
            self._failed = 0
            self._cache.put(self._asks(body), told.content)
            return answer
        self._failed += 1
        if self._failed >= IN_A_ROW:
            raise ReaderError(f"{IN_A_ROW} articles in a row could not be read, the last: {wrong}") from wrong
        raise wrong

    def _told(self, article: Article, body: dict[str, Any]) -> Answered | SourceError:
        prepared = self.prepare(article)
        left = self._limits.admit(prepared.cost)
        self._limits.pace()
        told, made = self._chat.ask(body, left)
        self.usage.requests += made
        if isinstance(told, Answered):
            counted = told.tokens_in, told.tokens_out
            self._limits.add(
                prepared.tokens_in if counted[0] is None else counted[0],
                tokens(told.content) if counted[1] is None else counted[1],
                estimated=None in counted,
            )
        return told

    def _asks(self, body: dict[str, Any]) -> list[Any]:
        """Return what an answer is kept by: many servers call their model the same."""
        return [self._chat.url, body]

    def _body(self, article: Article) -> dict[str, Any]:
        """Return the request."""
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": prompt.instructions() + self._by_schema()},
                {"role": "user", "content": prompt.shown(article)},
            ],
            self._most_name: self._most,
        }
        if self._temperature is not None:
            body["temperature"] = self._temperature
        if self._format == "schema":
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "statements", "strict": True, "schema": prompt.schema()},
            }
        elif self._format == "object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _by_schema(self) -> str:
        """Return the schema in words, for models that are not held to it."""
        return "" if self._format == "schema" else f"\n\n# The JSON schema\n\n{json.dumps(prompt.schema())}\n"
