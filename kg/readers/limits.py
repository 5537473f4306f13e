"""What a reader that asks elsewhere may take: requests, money, and requests a minute."""

from __future__ import annotations

import time

from kg.errors import SourceError
from kg.readers.interface import Usage

PER = 1_000_000  # tokens that a price is for
CHARS = 3  # per token, of Indonesian and English with names: an estimate rather too high than too low


def tokens(text: str) -> int:
    """Return about how many tokens a text is, rather too many than too few."""
    return len(text) // CHARS + 1


class Limits:
    """Counts into `usage`, and says whether another request may be made."""

    def __init__(
        self,
        *,
        max_requests: int | None = None,
        max_cost: float | None = None,
        prices: tuple[float, float] | None = None,
        rate: float | None = None,
    ) -> None:
        self.usage = Usage(cost=0.0 if prices else None)
        self._most, self._dearest, self._prices = max_requests, max_cost, prices
        self._apart = 60 / rate if rate else 0.0
        self._last = 0.0

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Return what so many tokens cost, where prices are known."""
        return (tokens_in * self._prices[0] + tokens_out * self._prices[1]) / PER if self._prices else None

    def admit(self, at_most: float | None) -> int | None:
        """Return how many requests are left, None for any number; raises SourceError where none may be made.

        `at_most` is the most that the next one may cost.
        """
        remedy = "raise it and run again: what was answered is kept"
        if self._most is not None and self.usage.requests >= self._most:
            raise SourceError(f"not read: the {self._most} of --max-requests are made; {remedy}")
        spent = self.usage.cost or 0.0
        if self._dearest is not None and at_most is not None and spent + at_most > self._dearest:
            raise SourceError(
                f"not read: {spent:.4f} of --max-cost {self._dearest:g} are spent, this article may take "
                f"{at_most:.4f}; {remedy}"
            )
        return None if self._most is None else self._most - self.usage.requests

    def pace(self) -> None:
        """Wait until the next request may be made."""
        wait = self._last + self._apart - time.monotonic()
        if self._last and wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()

    def add(self, tokens_in: int, tokens_out: int, *, estimated: bool) -> None:
        """Count the tokens of an answer."""
        self.usage.tokens_in += tokens_in
        self.usage.tokens_out += tokens_out
        self.usage.estimated |= estimated
        cost = self.cost(tokens_in, tokens_out)
        if cost is not None:
            self.usage.cost = (self.usage.cost or 0.0) + cost
