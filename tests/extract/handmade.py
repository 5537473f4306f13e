"""Hand-made parses: CoNLL-U text → spaCy Docs as `kg.nlp` hands them on, without a model; and the statements expected.

A case is a `# newdoc id = …` of tests/cases/RELATION.conllu, with comments that say what it is about:

    # newdoc id = passive with agent
    # lang = en                               en or id
    # published = 2021-03-02                  the article's day of publication, where a date needs it
    # headline = yes                          the first sentence is the article's headline
    # expect = meets(Ines, Omar) planned 2021-03-04 place=Oslo source=Reuters office=president
    # allow = visits(Ines, NO)                optional by the guide: neither wanted nor wrong
    # xfail = the reason                      a known bug: the case must fail

No `# expect` means that nothing may be found. Ends are names or ISO codes; what `expect` does not mention (date,
place, source) must be absent, and factuality is asserted; a title is compared where it is given, and `source=*` is
any or none (annotators differ on whether what somebody is accused of is the accuser's word), as is `place=*` (and on
whether who has just come to a city met somebody there). Names are marked in the MISC column: `Entity=B-PER`, then
`Entity=I-PER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Article, Entity, Statement
from kg.vocab import ontology

CASES = Path(__file__).parent.parent / "cases"
_EXPECTED = re.compile(
    r"(?P<relation>\w+)\((?P<subject>[^,]+), (?P<object>[^)]+)\)(?: (?P<factuality>asserted|planned|negated))?"
    r"(?: (?P<date>\d{4}(?:-\d\d){0,2}))?(?: place=(?P<place>.+?))?(?: source=(?P<source>.+?))?"
    r"(?: office=(?P<office>.+))?"
)


@dataclass
class Word:
    """One row of CoNLL-U; `head` counts from 1 within its sentence, 0 at the root."""

    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    misc: dict[str, str]


@dataclass
class Case:
    """Sentences of one article, with what must be found in them."""

    file: str
    title: str
    language: str = ""
    published: datetime | None = None
    headline: bool = False
    expect: list[str] = field(default_factory=list)
    allow: list[str] = field(default_factory=list)
    xfail: str | None = None
    sentences: list[list[Word]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.file}-{self.language}: {self.title}"

    def relations(self) -> set[str]:
        return {line.partition("(")[0] for line in self.expect}


def read(text: str, file: str = "inline") -> list[Case]:
    """Return the cases of a file."""
    cases: list[Case] = []
    fresh = True
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = (part.strip() for part in line.lstrip("# ").partition("="))
        if line.startswith("# newdoc id"):
            cases.append(Case(file, value))
            fresh = True
        elif line.startswith("#"):
            _comment(cases[-1], key, value, f"{file}:{number}")
        elif not line.strip():
            fresh = True
        else:
            if fresh:
                cases[-1].sentences.append([])
                fresh = False
            cases[-1].sentences[-1].append(_word(line, f"{file}:{number}"))
    return cases


def _comment(case: Case, key: str, value: str, where: str) -> None:
    match key:
        case "lang":
            case.language = value
        case "published":
            case.published = datetime.fromisoformat(value).replace(hour=12, tzinfo=UTC)
        case "headline":
            assert value == "yes", f"{where}: a headline is marked with yes"
            case.headline = True
        case "xfail":
            case.xfail = value
        case "expect" | "allow":
            assert _EXPECTED.fullmatch(value), f"{where}: not an expected statement: {value}"
            getattr(case, key).append(value)
        case _:
            assert key == "text", f"{where}: unknown comment {key!r}"


def _word(line: str, where: str) -> Word:
    columns = line.split("\t")
    assert len(columns) == 10, f"{where}: ten columns with tabs between are wanted"
    _, text, lemma, pos, tag, _, head, dep, _, misc = columns
    marks = dict(mark.split("=", 1) for mark in misc.split("|") if "=" in mark)
    return Word(text, lemma, pos, "" if tag == "_" else tag, int(head), dep, marks)


@cache
def vocab(language: str) -> Vocab:
    return spacy.blank(language).vocab


def doc_of(case: Case) -> Doc:
    """Return the case as one parsed article."""
    words = [(i, first, w) for first, s in _sentences(case) for i, w in enumerate(s)]
    doc = Doc(
        vocab(case.language),
        words=[w.text for _, _, w in words],
        spaces=[w.misc.get("SpaceAfter") != "No" for _, _, w in words],
        lemmas=[w.lemma for _, _, w in words],
        pos=[w.pos for _, _, w in words],
        tags=[w.tag for _, _, w in words],
        heads=[first + (w.head - 1 if w.head else i) for i, first, w in words],
        deps=["ROOT" if w.head == 0 else w.dep for _, _, w in words],
        ents=[w.misc.get("Entity", "O") for _, _, w in words],
        sent_starts=[i == 0 for i, _, _ in words],
    )
    return as_article(doc, case.language, case.published, headline=case.headline)


def as_article(doc: Doc, language: str, published: datetime | None = None, *, headline: bool = False) -> Doc:
    """Return the doc with the article and offsets that `kg.nlp.parse` would give it."""
    first = next(iter(doc.sents)).text_with_ws if headline else ""
    blocks = tuple(block for block in ((0, len(first)), (len(first), len(doc.text))) if block[0] < block[1])
    doc.user_data["article"] = Article(
        "case", doc.text, language, blocks, headline=first.strip() or None, published=published
    )
    doc.user_data["offsets"] = [token.idx for token in doc]
    doc.user_data["ends"] = [token.idx + len(token) for token in doc]
    return doc


def _sentences(case: Case) -> Iterator[tuple[int, list[Word]]]:
    first = 0
    for sentence in case.sentences:
        yield first, sentence
        first += len(sentence)


def cases() -> list[Case]:
    """Return all cases of tests/cases."""
    return [case for path in sorted(CASES.glob("*.conllu")) for case in read(path.read_text("utf-8"), path.stem)]


def differences(case: Case, found: list[Statement]) -> list[str]:
    """Return what is missing, unexpected or different, one line each."""
    left, wrong = list(found), []
    for line in case.expect:
        match = _EXPECTED.fullmatch(line)
        assert match
        wanted = match.groupdict()
        statement = next((s for s in left if _same(wanted, s)), None)
        if statement is None:
            wrong.append(f"missing:    {line}")
            continue
        left.remove(statement)
        wrong += [f"different:  {shown(statement)}\n    wanted: {line}"] * (not _circumstances(wanted, statement))
    allowed = [m.groupdict() for line in case.allow if (m := _EXPECTED.fullmatch(line))]
    wrong += [f"unexpected: {shown(s)}" for s in left if not any(_same(a, s) for a in allowed)]
    return wrong


def called(entity: Entity | None) -> set[str]:
    """Return what an entity may be called in an expectation."""
    return {entity.name, *entity.names, entity.iso or entity.name} if entity else {""}


def _same(wanted: dict[str, str | None], statement: Statement) -> bool:
    if wanted["relation"] != statement.relation:
        return False
    ends = [(statement.subject, statement.object)]
    if ontology().relations[statement.relation].symmetric:
        ends.append((statement.object, statement.subject))
    return any(wanted["subject"] in called(a) and wanted["object"] in called(b) for a, b in ends)


def _circumstances(wanted: dict[str, str | None], statement: Statement) -> bool:
    return (
        statement.factuality == (wanted["factuality"] or "asserted")
        and statement.date == wanted["date"]
        and (wanted["place"] == "*" or (wanted["place"] or "") in called(statement.place))
        and (wanted["source"] == "*" or (wanted["source"] or "") in called(statement.source))
        and wanted["office"] in (None, statement.office)
    )


def shown(statement: Statement) -> str:
    """Return a statement in the notation of `# expect`."""
    s = statement
    marks = [f"{s.relation}({s.subject.iso or s.subject.name}, {s.object.iso or s.object.name})", s.factuality]
    marks += [s.date or "", f"place={s.place.iso or s.place.name}" if s.place else ""]
    marks += [f"source={s.source.iso or s.source.name}" if s.source else "", f"office={s.office}" if s.office else ""]
    return " ".join(filter(None, marks))


def parse_shown(doc: Doc) -> str:
    """Return the parse as it stands, for the screen."""
    rows = [
        f"{t.i:3} {t.text:15} {t.lemma_:13} {t.pos_:6} {t.dep_:11} → {t.head.text:14} "
        f"{t.ent_iob_ if t.ent_type_ else ''} {t.ent_type_}"
        for t in doc
    ]
    return "\n".join([doc.text, *rows])
