"""Events and offices of a document → statements: typed by the ontology, one per relation and participants.

Each statement keeps every sentence that states it; what one sentence leaves open (date, place, source) another fills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span

from kg import specs
from kg.bare import whole
from kg.extract.attribution import Attribution
from kg.extract.candidates import Candidates
from kg.extract.chooser import Odds, best, bundled, merged, odds_of
from kg.extract.entities import Entities
from kg.extract.frames import Event
from kg.extract.mentions import Mention
from kg.extract.titles import Office
from kg.model import Article, Entity, Evidence, Statement
from kg.specs.circumstances import KINDS
from kg.vocab import Relation, ontology

# Which factuality a statement has when its sentences differ: what happened outweighs what was planned or denied.
_RANK = {"asserted": 0, "planned": 1, "negated": 2}
# A calibration over a thousand articles tells no more.
_DIGITS = 2


@dataclass(slots=True)
class Draft:
    """A statement while its evidence is gathered."""

    relation: str
    subject: int
    object: int
    factuality: str
    odds: dict[str, Odds] = field(default_factory=dict)  # of each kind of circumstance
    sources: tuple[int, ...] = ()
    office: str | None = None
    confidence: float | None = None
    evidence: list[Evidence] = field(default_factory=list)


class Statements:
    """Gathers the drafts of one document."""

    def __init__(self, doc: Doc, entities: Entities, attribution: Attribution) -> None:
        self.doc, self.entities = doc, entities
        self.article: Article = doc.user_data["article"]
        self.offsets: list[int] = doc.user_data["offsets"]
        self.ends: list[int] = doc.user_data["ends"]
        self.attribution, self.weights = attribution, bundled()
        self.relations, self.known = ontology().relations, specs.relations()
        self.drafts: dict[tuple[str, int, int], Draft] = {}

    def add_events(self, events: Iterable[Event], candidates: Candidates) -> None:
        """Add the events whose ends have the types that the relation asks for, with what may be their circumstances."""
        for event in events:
            relation = self.relations[event.relation]
            known = self.known[event.relation]
            subject = self._typed(event.subject, relation.domain, event.subject_mention)
            object_ = self._typed(event.object, relation.range, event.object_mention, as_place=known.place_as_such)
            if subject is None or object_ is None or subject == object_:
                continue
            self._add(
                relation,
                Draft(
                    event.relation,
                    subject,
                    object_,
                    event.factuality,
                    odds_of(candidates.of(event, {subject, object_}), self.weights),
                    self.attribution.of(event.trigger, {subject}),
                    confidence=event.confidence,
                    evidence=[self._evidence(event.trigger.sent, event.subject_mention, event.object_mention)],
                ),
            )

    def add_offices(self, offices: Iterable[Office], confidence: float | None = None) -> None:
        """Add who holds which office; the first title of a person at a body is the one that counts.

        `confidence` is what all of them get: titles are read by rules, whose precision was measured as a whole.
        """
        relation = self._the(lambda known: known.office)
        chairing = self._the(lambda known: known.chairing)
        for office in offices:
            if office.holder is None or office.body is None or office.holder.entity < 0 or office.body.entity < 0:
                continue
            body = self._typed(office.body.entity, relation.range, office.body, as_place=True)
            if body is None:
                continue
            draft = Draft(
                relation.name,
                office.holder.entity,
                body,
                "asserted",
                office=office.title,
                confidence=confidence,
                evidence=[self._evidence(self.doc[office.start].sent, office.holder, office.body)],
            )
            self._add(relation, draft)
            if office.chairs and not office.former:
                self._add(chairing, replace(draft, relation=chairing.name, office=None, evidence=[*draft.evidence]))

    def _the(self, test: Callable[[specs.Relation], bool]) -> Relation:
        """Return the one relation of which the test is true; specs has seen to it that there is one."""
        return next(self.relations[name] for name, known in self.known.items() if test(known))

    def _typed(self, entity: int, allowed: frozenset[str], mention: Mention, *, as_place: bool = False) -> int | None:
        """Return the entity, or the state that a capital stands for where a place cannot be, or None."""
        cluster = self.entities.clusters[entity]
        if cluster.type in allowed and (as_place or not cluster.anchor):
            return entity
        if cluster.type == "Place" and cluster.anchor and "Country" in allowed:
            text = self.doc[mention.start : mention.end].text
            return self.entities.country(cluster.anchor, text)
        return entity if cluster.type in allowed else None

    def _evidence(self, sentence: Span, subject: Mention, object_: Mention) -> Evidence:
        start, end = whole(self.article.text, self._offset(sentence.start), self._end(sentence.end - 1))
        spans = [self._span(m) if sentence.start <= m.start < sentence.end else None for m in (subject, object_)]
        return Evidence(self.article.text[start:end], start, end, *spans)

    def _span(self, mention: Mention) -> tuple[int, int]:
        return self._offset(mention.start), self._end(mention.end - 1)

    def _offset(self, i: int) -> int:
        return self.offsets[i]

    def _end(self, i: int) -> int:
        return self.ends[i]

    def _add(self, relation: Relation, draft: Draft) -> None:
        key = (draft.relation, draft.subject, draft.object)
        if relation.symmetric and (draft.relation, draft.object, draft.subject) in self.drafts:
            key = (draft.relation, draft.object, draft.subject)
        known = self.drafts.get(key)
        if known is None:
            self.drafts[key] = draft
            return
        if _RANK[draft.factuality] < _RANK[known.factuality]:
            known.factuality = draft.factuality
        known.odds = {kind: merged((known.odds.get(kind, Odds()), draft.odds.get(kind, Odds()))) for kind in KINDS}
        known.sources = known.sources or draft.sources
        known.office = known.office or draft.office
        known.confidence = max((c for c in (known.confidence, draft.confidence) if c is not None), default=None)
        known.evidence += [e for e in draft.evidence if e.start not in {k.start for k in known.evidence}]

    def result(self) -> list[Statement]:
        """Return the statements in the order of their first evidence."""
        drafts = sorted(self.drafts.values(), key=lambda d: (d.evidence[0].start, d.relation, d.subject, d.object))
        entity = {i: c.entity(self.article.language) for i, c in enumerate(self.entities.clusters)}
        return [self._statement(d, entity) for d in drafts]

    def _statement(self, draft: Draft, entity: dict[int, Entity]) -> Statement:
        date, place = (best(draft.odds.get(kind, Odds()), getattr(self.weights, kind)) for kind in KINDS)
        return Statement(
            doc=self.article.id,
            relation=draft.relation,
            subject=entity[draft.subject],
            object=entity[draft.object],
            factuality=draft.factuality,
            date=None if date is None else str(date),
            place=None if place is None else entity[int(place)],
            attribution=tuple(entity[i] for i in draft.sources),
            office=draft.office,
            evidence=tuple(draft.evidence),
            language=self.article.language,
            confidence=None if draft.confidence is None else round(draft.confidence, _DIGITS),
        )
