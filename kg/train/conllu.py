"""CoNLL-U and column files → sentences of surface tokens with their place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One surface token: its text, whether a space follows, its analysis; `head` is an index, its own at the root."""

    text: str
    space: bool
    pos: str = "X"
    tag: str = ""
    lemma: str = ""
    head: int = 0
    dep: str = "dep"
    feats: str = ""
    ent: str = "O"


@dataclass(slots=True)
class Sentence:
    """The words of one sentence, with the id that the treebank gives it."""

    words: list[Word] = field(default_factory=list)
    id: str = ""

    @property
    def text(self) -> str:
        """Return the sentence as written, without the space after its last word."""
        return "".join(w.text + " " * w.space for w in self.words).rstrip(" ")

    def offsets(self) -> list[tuple[int, int]]:
        """Return the start and end of each word in `text`."""
        spans, at = [], 0
        for word in self.words:
            spans.append((at, at + len(word.text)))
            at += len(word.text) + word.space
        return spans


def read_conllu(path: Path, *, join: bool = True) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file.

    With `join` each multiword token is one word that keeps its syntactic head's analysis ("kunjungan+nya"); without it
    its parts are words, as English tokenizers have them ("do+n't").
    """
    for rows, sent_id in _blocks(path):
        ranges = {int(r[0].split("-")[0]): r for r in rows if "-" in r[0]}
        plain = [r for r in rows if r[0].isdigit()]
        if not join and ranges:
            _close_up(plain, ranges)
            ranges = {}
        yield Sentence(_surface(plain, ranges), sent_id)


def _blocks(path: Path) -> Iterator[tuple[list[list[str]], str]]:
    rows: list[list[str]] = []
    sent_id = ""
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if not line.strip():
            if rows:
                yield rows, sent_id
            rows = []
        elif line.startswith("# sent_id"):
            sent_id = line.partition("=")[2].strip()
        elif not line.startswith("#"):
            rows.append(line.rstrip("\r").split("\t"))


def _close_up(plain: list[list[str]], ranges: dict[int, list[str]]) -> None:
    """Mark that no space follows the parts of a multiword token, but its last where the whole has one."""
    for first, row in ranges.items():
        last = int(row[0].split("-")[1])
        for number in range(first, last + 1):
            plain[number - 1][9] = "SpaceAfter=No" if number < last else row[9]


def _surface(plain: list[list[str]], ranges: dict[int, list[str]]) -> list[Word]:
    """Join multiword tokens: the member whose head lies outside gives the analysis, the others vanish into it."""
    group_of: dict[int, int] = {}
    groups: list[tuple[list[list[str]], list[str] | None]] = []
    at = 0
    while at < len(plain):
        number = int(plain[at][0])
        row = ranges.get(number)
        size = int(row[0].split("-")[1]) - number + 1 if row else 1
        members = plain[at : at + size]
        for member in members:
            group_of[int(member[0])] = len(groups)
        groups.append((members, row))
        at += size
    words = []
    for index, (members, row) in enumerate(groups):
        head = next((m for m in members if m[6] == "0" or group_of.get(int(m[6])) != index), members[0])
        source = row or head
        target = index if head[6] == "0" else group_of[int(head[6])]
        words.append(
            Word(
                # A few treebank tokens hold a space ("10 000"); spaCy's never do.
                text=source[1].replace(" ", ""),
                space="SpaceAfter=No" not in source[9],
                pos=head[3],
                tag=head[4],
                lemma=head[2],
                head=target,
                dep="root" if head[6] == "0" else head[7],
                feats=head[5],
            )
        )
    return words


def read_columns(path: Path, *, word: int = 0, tag: int = -1) -> Iterator[Sentence]:
    """Yield the sentences of a file with one token and its BIO tag a line, blank lines between sentences."""
    sentence = Sentence()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        fields = line.rstrip("\r").split("\t") if "\t" in line else line.split()
        if len(fields) < 2:
            if sentence.words:
                yield sentence
            sentence = Sentence()
        elif not line.startswith("# "):
            sentence.words.append(Word(fields[word], space=True, ent=fields[tag]))


def read_uner(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a Universal NER file; their spaces are found in its "# text" lines."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        sentence, text = Sentence(), ""
        for line in block.splitlines():
            if line.startswith("# sent_id"):
                sentence.id = line.partition("=")[2].strip()
            elif line.startswith("# text"):
                text = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                fields = line.split("\t")
                sentence.words.append(Word(fields[1].replace(" ", ""), space=True, ent=fields[2]))
        at = 0
        for word in sentence.words:
            at = text.find(word.text, at) + len(word.text)
            word.space = text[at : at + 1] == " "
        if sentence.words and sentence.text == text:
            yield sentence
