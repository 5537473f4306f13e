"""Triggers and their frames → events: which relation a word expresses between whom, and whether it is stated.

Frames choose among the mentions of the sentence by what the parse and the surface say (relations/_frames.toml); types
are checked against the ontology's domains and ranges, so that what cannot be is never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from spacy.tokens import Doc, Token

from kg.extract.arguments import Arguments
from kg.extract.coreference import Coreference
from kg.extract.factuality import Factuality
from kg.extract.grammar import VERBAL, children, lemma, obliques, one_of
from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import Mention
from kg.extract.observer import Observer, Tried
from kg.extract.retold import definite
from kg.extract.slots import Slots
from kg.extract.titles import Office
from kg.extract.triggers import Trigger, matching, triggers


@dataclass(slots=True)
class Event:
    """One relation between two mentions, found at a trigger; `subject` and `object` are entity numbers."""

    relation: str
    subject: int
    object: int
    factuality: str
    trigger: Token
    subject_mention: Mention
    object_mention: Mention
    frame: str
    confidence: float | None = None


class Frames:
    """Finds the events of one document."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        arguments: Arguments,
        coreference: Coreference,
        observer: Observer | None = None,
    ) -> None:
        self.observer = observer
        self.doc, self.lexicon, self.args, self.coref = doc, lexicon, arguments, coreference
        self.language = lexicon.language
        self.factuality = Factuality(lexicon)
        self.slots = Slots(doc, lexicon, arguments, coreference)
        self._last: dict[str, Event] = {}
        self.begin = lexicon.time.begin
        self.reciprocal = lexicon.grammar.clause.reciprocal

    def events(self) -> Iterator[Event]:
        """Yield the events in text order."""
        for event in self._events():
            if self.observer:
                self.observer.event(event)
            yield event

    def _events(self) -> Iterator[Event]:
        words, known = surface_of(self.doc), triggers(self.language)
        told = {s.start: any(i in self.args.chunk for i in range(s.start, s.end)) for s in self.doc.sents}
        someone = False  # in this sentence; a verb relates nobody where nobody is
        for i, (word, lemma_) in enumerate(zip(words.lower, words.lemma, strict=True)):
            someone = told.get(i, someone)
            if word in known or lemma_ in known:
                for trigger in matching(self.doc[i], self.language):
                    if self.observer:
                        self.observer.tried(self._tried(self.doc[i], trigger))
                    if not someone and trigger.pos == "verb":
                        continue
                    yield from self._fire(self.doc[i], trigger)

    def held(self, office: Office) -> bool:
        """Return whether an office is stated, not only asked for: "urged him to name X as minister"."""
        title = self.doc[office.start]
        verb = next((t for t in title.ancestors if t.pos_ in VERBAL), None)
        before = self.doc[office.start : office.head[0]]  # with the holder, where it stands in front
        served = office.served or any(t.lower_ in self.lexicon.title_as for t in before)
        if not served or verb is None or not {lemma(verb), verb.lower_} & self.lexicon.appointing:
            return True
        return self.factuality.judge(title) not in (None, "negated")

    def _judged(self, token: Token, trigger: Trigger) -> str | None:
        return "planned" if trigger.planned else self.factuality.judge(token, speech_act=trigger.kind.speech_act)

    def _tried(self, token: Token, trigger: Trigger) -> Tried:
        """Return what an observer is told of a trigger."""
        met = self._conditions(token, trigger)
        verdict = (self._judged(token, trigger) or "not stated") if met else "unmet"
        ends = (self.slots.first(token, trigger, slots) for slots in (trigger.subject, trigger.object))
        return Tried(token, trigger, verdict, *ends)

    def _fire(self, token: Token, trigger: Trigger) -> Iterator[Event]:
        if not self._conditions(token, trigger):
            return
        status = self._judged(token, trigger)
        if status is None and trigger.pos == "noun" and trigger.kind.presupposed and self.args.owners(token):
            status = "asserted"  # "to stop Iran's support for Y" takes the support for granted
        if trigger.pos == "noun" and token.dep_ == "obj" and one_of(token.head, trigger.answered):
            status = "asserted"  # "Iran denies the accusations of Y": made they were
        if status is None:
            return
        pairs = list(self._pairs(token, trigger))
        if (
            not pairs
            and trigger.pos == "noun"
            and trigger.relation in self._last
            and token.dep_ in ("nsubj", "nsubj:pass")
            and self._points_back(token, trigger)
        ):
            yield replace(self._last[trigger.relation], trigger=token)  # "the fighting began on …"
        if trigger.civil:
            pairs = [(s, o) for s, o in pairs if not self._armed(s)]
        for subject, object_ in pairs:
            for s, s_mention in self._expand(subject):
                for o, o_mention in self._expand(object_):
                    if (
                        s != o
                        and s >= 0
                        and o >= 0
                        and not self._inside(token, s_mention)
                        and not self._inside(token, o_mention)
                    ):
                        event = Event(trigger.relation, s, o, status, token, s_mention, o_mention, trigger.frame)
                        self._last[trigger.relation] = event
                        yield event

    def _points_back(self, noun: Token, trigger: Trigger) -> bool:
        """Return whether a noun without participants is one told of before: "bentrokan itu", "the fighting began"."""
        begins = one_of(noun.head, self.begin)
        return (definite(noun, self.lexicon) or begins) and not any(True for _ in obliques(noun, trigger.prepositions))

    @staticmethod
    def _inside(token: Token, mention: Mention) -> bool:
        """Return whether a trigger is part of a participant's own name ("First Opium War")."""
        return mention.kind == "name" and mention.start <= token.i < mention.end

    def _armed(self, mention: Mention) -> bool:
        """Return whether a mention stands for armed forces: deploying is not visiting (annotation-guide.md)."""
        return mention.kind == "anchor" and any(
            t.lower_ in self.lexicon.actors.forces for t in self.doc[mention.left : mention.right]
        )

    def _waters(self, mention: Mention) -> bool:
        """Return whether a mention is a sea: a missile that falls there has attacked nobody."""
        return any(t.lower_ in self.lexicon.waters for t in self.doc[mention.start : mention.end])

    def _expand(self, mention: Mention) -> list[tuple[int, Mention]]:
        return [(entity, mention) for entity in mention.group] if mention.group else [(mention.entity, mention)]

    @staticmethod
    def _infinitive(token: Token) -> bool:
        """Return whether somebody is told what to do: "urged X to leave"."""
        return any(
            children(c, "mark", "aux") and children(c, "mark", "aux")[0].lower_ in ("to", "not")
            for c in children(token, "xcomp", "ccomp", "advcl")
        )

    def _near(self, token: Token) -> set[str]:
        return {t.lower_ for t in self.doc[max(token.sent.start, token.i - 2) : min(token.sent.end, token.i + 3)]}

    def _conditions(self, token: Token, trigger: Trigger) -> bool:
        near = self._near(token)
        if trigger.jointly and not near & trigger.jointly and trigger.frame != "transitive":
            return False
        if near & (trigger.alone | trigger.unless):
            return False
        if trigger.needs_infinitive and not self._infinitive(token):
            return False
        if trigger.no_infinitive and self._infinitive(token):
            return False
        if trigger.intransitive and children(token, "obj"):
            return False  # "calling it an attack on X"
        if trigger.needs:
            clause = {lemma(t) for t in token.subtree} | {t.lower_ for t in token.subtree}
            if token.dep_ in ("acl", "acl:relcl"):
                clause |= {lemma(token.head)}  # "the summit headed by X"
            return bool(clause & trigger.needs)
        return True

    def _pairs(self, token: Token, trigger: Trigger) -> Iterator[tuple[Mention, Mention]]:
        if trigger.between:
            group = self.slots.between(token)
            if len(self._flat(group)) >= 2:
                yield from self._mutual(group)
                return
        subjects = self.slots.first(token, trigger, trigger.subject)
        if trigger.pos == "verb" and self._is_reciprocal(token):
            if len(self._flat(subjects)) >= 2:
                yield from self._mutual(subjects, both=True)
            return
        alone = len(self._flat(subjects)) < 2
        if (trigger.single and not alone) or (trigger.jointly and alone and not self._near(token) & trigger.jointly):
            return
        objects = self.slots.first(token, trigger, trigger.object)
        if trigger.guest:
            subjects = [m for m in subjects if m.type == "Person"]
        if trigger.persons:
            objects = [m for m in objects if m.type == "Person"]
            subjects = [m for m in subjects if m.type == "Person"]
        if trigger.ashore:
            objects = [m for m in objects if not self._waters(m)]
        if trigger.civil:
            objects = [place for m in objects for place in self.args.with_country(m)]
        if subjects and objects:
            for subject in subjects:
                for object_ in objects:
                    yield subject, object_
        elif trigger.plural_subject and len(self._flat(subjects)) >= 2 and not self._unresolved(token, trigger):
            yield from self._mutual(subjects)

    def _unresolved(self, token: Token, trigger: Trigger) -> bool:
        """Return whether the predicate has another party that no mention resolves: then it is not the subjects' own."""
        others = [t for t in children(token, "obj") if not one_of(t, trigger.needs)]
        return (bool(others) and trigger.pos == "verb") or any(True for _ in obliques(token, trigger.prepositions))

    def _flat(self, mentions: list[Mention]) -> list[int]:
        return list(dict.fromkeys(entity for m in mentions for entity, _ in self._expand(m)))

    def _mutual(self, mentions: list[Mention], *, both: bool = False) -> Iterator[tuple[Mention, Mention]]:
        if len(mentions) == 1 and mentions[0].group:
            yield mentions[0], mentions[0]  # the expansion pairs the two with each other
            return
        for first, second in combinations(mentions, 2):
            yield first, second
            if both:
                yield second, first

    def _is_reciprocal(self, token: Token) -> bool:
        start, end = max(token.sent.start, token.i - 1), min(token.sent.end, token.i + 3)
        window = surface_of(self.doc).lower[start:end]
        pairs = set(pairwise(window))
        return not self.reciprocal.isdisjoint(window) or ("each", "other") in pairs or ("one", "another") in pairs
