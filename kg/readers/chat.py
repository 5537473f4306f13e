"""One request to a chat-completions address → the model's answer. Retries are urllib3's; no redirect is followed.

The protocol is OpenAI's `POST /chat/completions`, as vLLM, llama.cpp, Ollama, LM Studio and others serve it too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg._version import __version__
from kg.errors import ReaderError, SourceError

AGAIN = (408, 409, 429, 500, 502, 503, 504)  # statuses that may be another the next time
ENDS = {  # statuses that the next article would meet too
    401: "the key is missing or wrong; set KG_API_KEY",
    402: "the account has no credit",
    403: "the key may not do this",
    404: "there is no such address or model; look at --set url and model",
}
LONGEST_WAIT = 120  # seconds, whatever a server asks for
MOST_TOLD = 200  # characters of what a server says


@dataclass(frozen=True, slots=True)
class Answered:
    """What the model said, whether it came to its end, and the tokens where the server counts them."""

    content: str
    finished: bool
    tokens_in: int | None
    tokens_out: int | None


class Chat:
    """An address that is asked; `tries` is how often a request is made that fails for a reason that may pass."""

    def __init__(self, url: str, key: str, *, timeout: float, tries: int, backoff: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ReaderError(f"--set url={url}: an http(s) address is needed, such as http://127.0.0.1:8080/v1")
        if parts.username is not None or parts.query or parts.fragment:  # which would be shown, or not be understood
            raise ReaderError(
                f"--set url=…: {parts.hostname} has a login, ? or # with it; leave that out, a key comes by KG_API_KEY"
            )
        if not (key.isascii() and key.isprintable()):  # the header would be refused, and told with the key
            raise ReaderError("the key has signs that no key has, as a line break; set KG_API_KEY anew")
        try:
            import urllib3
        except ModuleNotFoundError as error:
            raise ReaderError("the reader openai needs the package urllib3: `pip install 'newskg[openai]'`") from error
        self.url = url.rstrip("/") + "/chat/completions"
        self._host, self._key, self._tries, self._backoff = parts.netloc, key, tries, backoff
        self._headers = {"User-Agent": f"newskg/{__version__}", "Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=min(timeout, 10.0), read=timeout))

    def ask(self, body: dict[str, Any], left: int | None) -> tuple[Answered | SourceError, int]:
        """Return the answer, or why there is none, and how many requests that took: no more than are `left`.

        Raises ReaderError for what the next article would meet too.
        """
        import urllib3

        again = max(0, min(self._tries, left or self._tries) - 1)
        retry = urllib3.Retry(
            total=again,
            redirect=False,
            allowed_methods=None,
            status_forcelist=AGAIN,
            backoff_factor=self._backoff,
            backoff_jitter=self._backoff / 2,
            backoff_max=LONGEST_WAIT,
            retry_after_max=LONGEST_WAIT,
            raise_on_status=False,
        )
        data = json.dumps(body, ensure_ascii=False).encode()
        try:
            reply = self._pool.request("POST", self.url, body=data, headers=self._headers, retries=retry)
        except urllib3.exceptions.HTTPError as error:
            return self._broken(error), again + 1
        made = 1 + len(reply.retries.history if reply.retries else ())
        if reply.status != 200:
            return self._refused(reply.status, reply.data), made
        return self._answered(reply.data), made

    def _broken(self, error: Exception) -> SourceError:
        import urllib3.exceptions as wrong

        reason = getattr(error, "reason", None) or error
        if isinstance(reason, wrong.NewConnectionError | wrong.NameResolutionError | wrong.SSLError | wrong.ProxyError):
            why = _short(reason).rpartition("): ")[2]
            raise ReaderError(f"{self._host} cannot be reached ({why}); is it running, and is --set url right?")
        if isinstance(reason, wrong.TimeoutError):
            return SourceError(f"{self._host} did not answer in time; raise --set timeout")
        return SourceError(f"the connection to {self._host} broke ({_short(reason)}); run again")

    def _refused(self, status: int, data: bytes) -> SourceError:
        if status in ENDS:
            raise ReaderError(f"{self._host} answered {status}: {ENDS[status]}")
        if 300 <= status < 400:
            raise ReaderError(
                f"{self._host} answered {status}, elsewhere: nothing is sent there; give that by --set url"
            )
        return SourceError(f"{self._host} answered {status}: {self._hidden(_told(data))}")

    def _hidden(self, told: str) -> str:
        """Return what a server says without the key, which some repeat."""
        return told.replace(self._key, "…") if self._key else told

    def _answered(self, data: bytes) -> Answered | SourceError:
        try:
            answer = json.loads(data)
            choice, usage = answer["choices"][0], answer.get("usage") or {}
            content = choice["message"]["content"]
            if not isinstance(content, str):
                said = choice["message"].get("refusal")
                return SourceError(f"the model gave no answer ({_short(said or content)})")
            finished = choice.get("finish_reason") != "length"
            return Answered(content, finished, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            return SourceError(
                f"{self._host} answered what is no chat completion: {self._hidden(_short(data[:MOST_TOLD]))}"
            )


def _count(usage: dict[str, Any], key: str) -> int | None:
    value = usage.get(key)
    return value if isinstance(value, int) and value >= 0 else None


def _told(data: bytes) -> str:
    """Return the message of an error as servers write it: {"error": {"message": …}}, or the text."""
    try:
        error = json.loads(data)["error"]
        return _short(error["message"] if isinstance(error, dict) else error)
    except (ValueError, KeyError, TypeError):
        return _short(data[:MOST_TOLD])


def _short(said: object) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())[:MOST_TOLD]
