"""What is said of sources that are left out: the first of each kind by name, the others counted; with -v all."""

from __future__ import annotations

from collections import Counter

NAMED = 3  # of a kind


class Skips:
    """Counts what is left out, by what would mend it."""

    def __init__(self, *, every: bool) -> None:
        self.every = every
        self._kinds: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def __len__(self) -> int:
        return self._kinds.total()

    def add(self, source: object, reason: object) -> str:
        """Count a source; return the line that tells of it, or nothing where enough of its kind were told."""
        reason = " ".join(str(reason).split())
        # What mends it stands last: "its language is Dutch; force one with --lang id", "the same text as 01; …".
        kind = reason.rpartition("; ")[2]
        self._kinds[kind] += 1
        self._first.setdefault(kind, reason.replace(str(source), "").strip(" :"))
        named = reason if str(source) in reason else f"{source}: {reason}"
        told = self.every or self._kinds[kind] <= NAMED
        return " ".join(f"kg: skipped {named}".split()) if told else ""

    def summary(self) -> list[str]:
        """Return a line for each kind of which not all were told."""
        if self.every:
            return []
        return [
            f"kg: skipped {count - NAMED} more like the first of these: {self._first[kind]} (-v lists all {count})"
            for kind, count in self._kinds.items()
            if count > NAMED
        ]
