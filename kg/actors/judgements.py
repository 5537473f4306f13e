"""What people have said of two names: one actor ("same") or two ("different"); data beside a store, one a line.

A judgement names local IRIs, and an article where only that article's name is meant, so that it holds whatever else is
built, and may be carried to another store. The last word on a pair counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import SourceError

if TYPE_CHECKING:
    from kg.actors.nodes import Node

Name = tuple[str, str]  # a local IRI, and an article's IRI, or "" for any article's
SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two names, the lesser first, and whether they are one actor's."""

    left: Name
    right: Name
    verdict: str
    act: int = 0  # those of one act are undone together

    @classmethod
    def of(cls, verdict: str, one: Name, other: Name, act: int = 0) -> Self:
        """Return the judgement of two names in whatever order."""
        return cls(min(one, other), max(one, other), verdict, act)

    def to_json(self) -> dict[str, Any]:
        """Return it as a line holds it."""
        ends = {}
        for end, (iri, article) in (("left", self.left), ("right", self.right)):
            ends[end] = {"iri": iri, "article": article} if article else {"iri": iri}
        return {"judgement": self.verdict, **ends, "act": self.act}


@dataclass(slots=True)
class Judgements:
    """All judgements, the last on each pair."""

    verdicts: dict[tuple[Name, Name], str] = field(default_factory=dict)
    acts: dict[tuple[Name, Name], int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> Self:
        """Read a file; none where it does not exist. Raises SourceError, naming the line, where one is malformed."""
        found = cls()
        if path is None or not path.exists():
            return found
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                found.put(_judgement(line, f"{path}, line {number}"))
        return found

    def put(self, judgement: Judgement) -> None:
        """Add a judgement in the place of what was said of its pair."""
        ends = judgement.left, judgement.right
        self.verdicts.pop(ends, None)
        self.verdicts[ends] = judgement.verdict
        self.acts[ends] = judgement.act

    @property
    def next_act(self) -> int:
        """The number of the next act."""
        return max((self.acts[ends] for ends in self.verdicts), default=0) + 1

    def undo(self) -> list[Judgement]:
        """Take the judgements of the last act back, and return them; none where there are none."""
        last = self.next_act - 1
        gone = [judgement for judgement in self if judgement.act == last]
        for judgement in gone:
            del self.verdicts[judgement.left, judgement.right]
        return gone

    def write(self, path: Path) -> None:
        """Write all judgements, in the order in which they were made."""
        lines = [json.dumps(judgement.to_json(), ensure_ascii=False) for judgement in self]
        new = path.with_name(path.name + ".new")
        new.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        new.replace(path)

    def __iter__(self) -> Iterator[Judgement]:
        return (Judgement(*ends, verdict, self.acts[ends]) for ends, verdict in self.verdicts.items())

    def __len__(self) -> int:
        return len(self.verdicts)

    def has(self, left: Name, right: Name) -> bool:
        """Say whether a pair, the lesser first, is judged."""
        return (left, right) in self.verdicts

    def by_article(self) -> set[str]:
        """Return the local IRIs of which single articles' names are judged."""
        return {iri for ends in self.verdicts for iri, article in ends if article}

    def same(self) -> list[tuple[Name, Name]]:
        """Return the pairs that are one actor's, sorted."""
        return sorted(ends for ends, verdict in self.verdicts.items() if verdict == SAME)

    def parted(self, some: Iterable[Node], others: Iterable[Node]) -> bool:
        """Say whether two groups of nodes hold a pair that is judged to be two actors'."""
        if DIFFERENT not in self.verdicts.values():
            return False
        different = [ends for ends, verdict in self.verdicts.items() if verdict == DIFFERENT]
        left, right = ({name for node in group for name in names_of(node)} for group in (some, others))
        return any((a in left and b in right) or (b in left and a in right) for a, b in different)


def names_of(node: Node) -> set[Name]:
    """Return the names under which a judgement may mean a node."""
    found = {(node.iri, ""), *((node.iri, article) for article in node.articles)}
    return found | {(node.known.iri(), "")} if node.known else found


def _judgement(line: str, where: str) -> Judgement:
    try:
        row = json.loads(line)
        verdict, act = row["judgement"], int(row.get("act", 0))
        left, right = ((str(row[end]["iri"]), str(row[end].get("article", ""))) for end in ("left", "right"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        form = '{"judgement": "same", "left": {"iri": …}, "right": {"iri": …}}'
        raise SourceError(f"{where}: no judgement; write {form}") from error
    if verdict not in (SAME, DIFFERENT):
        raise SourceError(f"{where}: the judgement is {verdict!r}; write same or different")
    return Judgement.of(verdict, left, right, act)
