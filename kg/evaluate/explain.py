"""Why a statement was missed, added or wrong in part: its sentences, what was found in them, and the likely cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.evaluate.causes import first_cause
from kg.evaluate.gold import GoldDocument, GoldStatement, Said
from kg.evaluate.matching import Actor, is_office, pairs_match
from kg.evaluate.scoring import Score
from kg.evaluate.trace import Fired, Trace, trace

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.evaluate.run import Run


@dataclass(frozen=True, slots=True)
class Explained:
    """One miss, extra, or statement with a wrong attribute; `cause` is a guess by rule, `notes` are to be read.

    `first` is the first cause of a missed event (`causes`).
    """

    kind: str
    doc: str
    relation: str
    subject: str
    object: str
    cause: str
    notes: tuple[str, ...]
    first: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the explanation."""
        return {
            "kind": self.kind,
            "doc": self.doc,
            "relation": self.relation,
            "subject": self.subject,
            "object": self.object,
            "cause": self.cause,
            "first_cause": self.first,
            "notes": list(self.notes),
        }


def explain(score: Score, run: Run) -> Iterator[Explained]:
    """Yield every miss, extra and wrong attribute, document by document, as one run of extraction came to them."""
    touched = [[row[0] for row in score.misses], [row[0] for row in score.extras], [row[0] for row in score.wrongs]]
    ids = dict.fromkeys(document.id for documents in touched for document in documents)
    for id_ in ids:
        doc = run.docs.get(id_)
        if doc is None:
            continue
        seen = trace(doc)
        for document, gold in score.misses:
            if document.id == id_:
                yield _miss(document, gold, seen, run.unsure.get(id_, []))
        for document, said in score.extras:
            if document.id == id_:
                yield _extra(document, said, seen)
        for document, gold, said, attribute in score.wrongs:
            if document.id == id_:
                yield _wrong(document, gold, said, attribute, seen)


def _miss(document: GoldDocument, gold: GoldStatement, seen: Trace, unsure: list[Said]) -> Explained:
    sentences = list(_evidence(document, gold, seen.doc))
    notes = [note for sentence in sentences for note in _notes(sentence, gold.relation, seen)]
    scored = _confidence(document, gold, unsure)
    cause = _cause_of_miss(document, gold, seen, sentences) if scored is None else "too improbable"
    wanted = f"wanted: {gold.factuality}" + (f", office {dict(gold.office)}" if gold.office else "")
    if scored is not None:
        notes.insert(0, f"confidence: {scored}, which is too little")
    first = None if is_office(gold.relation) else first_cause(gold, seen, document.shared_words)
    return Explained(
        "miss", document.id, gold.relation, gold.subject.name, gold.object.name, cause, (wanted, *notes), first
    )


def _confidence(document: GoldDocument, gold: GoldStatement, unsure: list[Said]) -> float | None:
    """Return how sure extraction is of a statement that it left out for want of confidence."""
    alike = (s for s in unsure if s.relation == gold.relation and s.confidence is not None)
    shared = document.shared_words
    found = [s.confidence for s in alike if pairs_match(gold.relation, gold.pair, s.pair, shared)]
    return max((c for c in found if c is not None), default=None)


def _cause_of_miss(document: GoldDocument, gold: GoldStatement, seen: Trace, sentences: list[Span]) -> str:
    shared = dict(document.shared_words)
    ends = seen.numbers(gold.subject, shared), seen.numbers(gold.object, shared)
    for name, numbers in zip(("subject", "object"), ends, strict=True):
        if not numbers:
            return f"{name} is no entity"
    if is_office(gold.relation):
        return _cause_of_office(seen, sentences, ends)
    here = [{n for m in seen.mentions(s) for n in (m.group or (m.entity,))} for s in sentences]
    both = [s for s, numbers in zip(sentences, here, strict=True) if numbers & ends[0] and numbers & ends[1]]
    fired = [f for s in sentences for f in seen.fired(s, gold.relation)]
    if not fired:
        return "no trigger" if both else "no trigger, and an end is unresolved in its sentences"
    if any((a in ends[0] and b in ends[1]) or (a in ends[1] and b in ends[0]) for f in fired for a, b in f.pairs):
        return "found, but wrong direction or type"
    if not both:
        return "an end is unresolved in its sentences"
    verdicts = {f.verdict for f in _fired_in(seen, both, gold.relation)}
    if not verdicts:
        return "the trigger is in another sentence than the ends"
    if verdicts == {"unmet"}:
        return "the trigger's conditions are unmet"
    if verdicts <= {"not stated", "unmet"}:
        return "judged as not stated"
    return "argument"


def _fired_in(seen: Trace, sentences: list[Span], relation: str) -> list[Fired]:
    """Return what became of the triggers of a relation in several sentences."""
    return [f for s in sentences for f in seen.fired(s, relation)]


def _cause_of_office(seen: Trace, sentences: list[Span], ends: tuple[set[int], set[int]]) -> str:
    offices = [o for s in sentences for o in seen.offices(s)]
    if not offices:
        return "no title read"
    held = [o for o in offices if o.holder is not None and o.holder.entity in ends[0]]
    if not held:
        return "title without its holder"
    if all(o.weak or o.prospective for o in held):
        return "title counted as weak or prospective"
    return "office without its body" if all(o.body is None for o in held) else "office of another body"


def _extra(document: GoldDocument, said: Said, seen: Trace) -> Explained:
    shared = document.shared_words
    gold = document.statements
    related = [g for g in gold if g.relation == said.relation]
    if any(pairs_match(said.relation, g.pair, (said.object, said.subject), shared) for g in related):
        cause = "wrong direction"
    elif any(pairs_match(g.relation, g.pair, said.pair, shared) for g in gold):
        cause = "another relation of the two"
    elif any(g.subject.same(said.subject, shared) for g in related):
        cause = "wrong object"
    elif any(g.object.same(said.object, shared) for g in related):
        cause = "wrong subject"
    else:
        known = document.actors
        ends = [any(a.same(end, shared) for a in known) for end in said.pair]
        cause = "nothing like it stated" if all(ends) else "an end is no actor of the gold"
    sentences = [s for s in seen.doc.sents if _offset(seen.doc, s.start) == said.start]
    notes = [note for sentence in sentences for note in _notes(sentence, said.relation, seen)]
    stated = f"stated: {said.factuality}" + (f", office {said.office}" if said.office else "")
    return Explained("extra", document.id, said.relation, said.subject.name, said.object.name, cause, (stated, *notes))


def _wrong(document: GoldDocument, gold: GoldStatement, said: Said, attribute: str, seen: Trace) -> Explained:
    wanted, stated = getattr(gold, attribute), getattr(said, attribute)
    shown = [value.name if isinstance(value, Actor) else str(value) for value in (wanted, stated)]
    notes = [note for sentence in _evidence(document, gold, seen.doc) for note in _notes(sentence, gold.relation, seen)]
    return Explained(
        "wrong",
        document.id,
        gold.relation,
        gold.subject.name,
        gold.object.name,
        attribute,
        (f"wanted: {shown[0]}, stated: {shown[1]}", f"stated in: {said.sentence}", *notes),
    )


def _notes(sentence: Span, relation: str, seen: Trace) -> Iterator[str]:
    yield "sentence: " + sentence.text
    yield "mentions: " + "; ".join(
        f"{seen.doc[m.left : m.right].text} [{m.kind}{', modifier' if m.modifier else ''}"
        f"{', part of a title' if m.consumed else ''}] = {m.type} {seen.name(m)}"
        for m in seen.mentions(sentence)
    )
    yield "parse: " + " ".join(f"{t.text}/{t.pos_}/{t.dep_}>{t.head.text}" for t in sentence)
    if is_office(relation):
        for office in seen.offices(sentence):
            holder, body = (seen.name(m) if m else "?" for m in (office.holder, office.body))
            marks = "".join(f", {mark}" for mark in ("weak", "former", "prospective") if getattr(office, mark))
            yield f"title: {office.title}, holder {holder}, body {body}{marks}"
    else:
        for fired in seen.fired(sentence, relation):
            yield f"trigger: {fired}"


def _evidence(document: GoldDocument, gold: GoldStatement, doc: Doc) -> Iterator[Span]:
    """Yield the sentences on the gold's lines; these count the text's lines, or those with text in them."""
    starts, at, texts = [], 0, []
    for line in doc.user_data["article"].text.split("\n"):
        starts.append(at)
        texts.append(line)
        at += len(line) + 1
    filled = [i for i, line in enumerate(texts) if line.strip()]
    first, last = document.lines or (1, len(filled))
    numbered = list(range(len(texts))) if document.lines and last - first + 1 == len(texts) else filled
    if len(filled) == last - first + 2:
        del numbered[1]  # the line of publisher and date is not counted
    wanted = {numbered[n - first] for n in gold.lines if 0 <= n - first < len(numbered)}
    for sentence in doc.sents:
        offset = _offset(doc, sentence.start)
        line = max(i for i, start in enumerate(starts) if start <= offset)
        if line in wanted:
            yield sentence


def _offset(doc: Doc, token: int) -> int:
    offset: int = doc.user_data["offsets"][token]
    return offset
