"""Triggers and their frames → events: which relation a word expresses between whom, and whether it is stated.

Frames choose among the mentions of the sentence by what the parse and the surface say (relations/_frames.toml); types
are checked against the ontology's domains and ranges, so that what cannot be is never written.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from spacy.tokens import Doc, Token

from kg.extract.arguments import Arguments
from kg.extract.coreference import Coreference
from kg.extract.factuality import Factuality
from kg.extract.grammar import VERBAL, case_of, children, is_passive, lemma, obliques, subject_tokens
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.extract.triggers import Trigger, matching

# How far right of a trigger an oblique may begin when the parse attached it elsewhere ("arrived late on Monday in Baku").
OBLIQUE_REACH = 8
# Relations that are acts of speech: coordinated after a complement they are the speaker's, not part of what is spoken of.
SPEECH_ACTS = frozenset({"accuses", "urges", "supports"})
# "A meeting earlier the same day in Jerusalem between": adverbs and a place may come first.
BETWEEN_REACH = 14


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


class Frames:
    """Finds the events of one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon, arguments: Arguments, coreference: Coreference) -> None:
        self.doc, self.lexicon, self.args, self.coref = doc, lexicon, arguments, coreference
        self.language = lexicon.language
        self.factuality = Factuality(lexicon)
        clause = lexicon.grammar["clause"]
        self.light, self.agent = frozenset(clause["light"]), frozenset(clause["agent"])
        self.receive, self.giver = frozenset(clause["receive"]), frozenset(clause["giver"])
        self.between = frozenset(clause["between"])
        self._last: dict[str, Event] = {}
        self.reciprocal = frozenset(clause["reciprocal"])

    def events(self) -> Iterator[Event]:
        """Yield the events in text order."""
        for token in self.doc:
            for trigger in matching(token, self.language):
                yield from self._fire(token, trigger)

    def _fire(self, token: Token, trigger: Trigger) -> Iterator[Event]:
        if not self._conditions(token, trigger):
            return
        status = "planned" if trigger.planned else self.factuality.judge(token, speech_act=trigger.relation in SPEECH_ACTS)
        if status is None:
            return
        pairs = list(self._pairs(token, trigger))
        if not pairs and trigger.pos == "noun" and trigger.relation in self._last and token.dep_ in ("nsubj", "nsubj:pass"):
            yield replace(self._last[trigger.relation], trigger=token)  # "the fighting began on …"
        if trigger.civil:
            pairs = [(s, o) for s, o in pairs if not self._armed(s)]
        for subject, object_ in pairs:
            for s, s_mention in self._expand(subject):
                for o, o_mention in self._expand(object_):
                    if s != o and s >= 0 and o >= 0 and not self._inside(token, s_mention) and not self._inside(token, o_mention):
                        event = Event(trigger.relation, s, o, status, token, s_mention, o_mention, trigger.frame)
                        self._last[trigger.relation] = event
                        yield event

    @staticmethod
    def _inside(token: Token, mention: Mention) -> bool:
        """Return whether a trigger is part of a participant's own name ("First Opium War")."""
        return mention.kind == "name" and mention.start <= token.i < mention.end

    def _armed(self, mention: Mention) -> bool:
        """Return whether a mention stands for armed forces: deploying is not visiting (GUIDE.md)."""
        return mention.kind == "anchor" and any(t.lower_ in self.lexicon.actors["forces"]
                                                for t in self.doc[mention.left : mention.right])

    def _expand(self, mention: Mention) -> list[tuple[int, Mention]]:
        return [(entity, mention) for entity in mention.group] if mention.group else [(mention.entity, mention)]

    def _conditions(self, token: Token, trigger: Trigger) -> bool:
        near = {t.lower_ for t in self.doc[max(token.sent.start, token.i - 2) : min(token.sent.end, token.i + 3)]}
        if trigger.jointly and not near & trigger.jointly:
            return False
        if trigger.alone and near & trigger.alone:
            return False
        if trigger.needs_infinitive and not any(children(c, "mark", "aux") and children(c, "mark", "aux")[0].lower_ in ("to", "not")
                                                for c in children(token, "xcomp", "ccomp", "advcl")):
            return False
        if trigger.needs:
            clause = {lemma(t) for t in token.subtree} | {t.lower_ for t in token.subtree}
            return bool(clause & trigger.needs)
        return True

    def _pairs(self, token: Token, trigger: Trigger) -> Iterator[tuple[Mention, Mention]]:
        if trigger.between:
            group = self._between(token)
            if len(self._flat(group)) >= 2:
                yield from self._mutual(group)
                return
        subjects = self._first(token, trigger, trigger.subject)
        if trigger.pos == "verb" and self._is_reciprocal(token):
            if len(self._flat(subjects)) >= 2:
                yield from self._mutual(subjects, both=True)
            return
        objects = self._first(token, trigger, trigger.object)
        if trigger.persons:
            objects = [m for m in objects if m.type == "Person"]
            subjects = [m for m in subjects if m.type == "Person"]
        if subjects and objects:
            for subject in subjects:
                for object_ in objects:
                    yield subject, object_
        elif trigger.plural_subject and len(self._flat(subjects)) >= 2 and not self._unresolved(token, trigger):
            yield from self._mutual(subjects)

    def _unresolved(self, token: Token, trigger: Trigger) -> bool:
        """Return whether the predicate has another party that no mention resolves: then it is not the subjects' own."""
        return bool(children(token, "obj")) and trigger.pos == "verb" or any(True for _ in obliques(token, trigger.prepositions))

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
        window = self.doc[max(token.sent.start, token.i - 1) : min(token.sent.end, token.i + 3)]
        return any(t.lower_ in self.reciprocal for t in window) or "each other" in window.text.lower() \
            or "one another" in window.text.lower()

    def _first(self, token: Token, trigger: Trigger, slots: tuple[str, ...]) -> list[Mention]:
        for slot in slots:
            found = getattr(self, f"_{slot}")(token, trigger)
            if found:
                return found  # type: ignore[no-any-return]
        return []

    # Slots: each returns the mentions that stand there. See relations/_frames.toml.

    def _subj(self, verb: Token, trigger: Trigger) -> list[Mention]:
        if self._passive(verb, trigger):
            return self._by(verb, trigger)
        heads = subject_tokens(verb, self.language)
        found = [m for head in heads for m in self.args.of(head)]
        if found or (heads and any(True for _ in children(verb, "nsubj", "nsubj:pass"))):
            return found
        if heads and (verb.dep_ not in ("parataxis", "advcl") or self.language != "id"):
            return []
        return self.args.before(verb.i)

    def _obj(self, verb: Token, trigger: Trigger) -> list[Mention]:
        if self._passive(verb, trigger):
            heads = subject_tokens(verb, self.language)
            found = [m for head in heads for m in self._object(head, trigger)]
            return found or ([] if heads else self.args.before(verb.i))
        heads = children(verb, "obj", "iobj")
        relative = self.lexicon.grammar["clause"]["relative"]
        if verb.dep_ == "acl:relcl" and all(h.lower_ in relative for h in heads) and \
                any(s.lower_ not in relative for s in children(verb, "nsubj")):
            return self._object(verb.head, trigger)  # "Hezbollah, which Israel fought"
        if self.language == "id" and not heads:
            heads = [c for c in children(verb, "obl", "nmod", "xcomp", "flat") if not case_of(c) and c.i > verb.i and c.pos_ != "VERB"][:1]
        if heads:
            return [m for head in heads[:1] for m in self._object(head, trigger)]
        if children(verb, "ccomp", "xcomp") and trigger.frame == "complement":
            return []
        mention = self.args.after(verb.i + 1, verb.sent.end)
        return self.args.coordinated(mention) if mention else []

    def _object(self, head: Token, trigger: Trigger) -> list[Mention]:
        if trigger.owner_only:
            mention = self.args.chunk.get(head.i)
            return [] if mention is not None and not mention.modifier else self.args.of(head, owner=True)
        return self.args.of(head, owner=trigger.owner)

    def _passive(self, verb: Token, trigger: Trigger) -> bool:
        if self.language == "id":
            return verb.lower_ in trigger.passive or lemma(verb) in trigger.passive
        return is_passive(verb, self.language)

    def _by(self, token: Token, trigger: Trigger) -> list[Mention]:
        heads = [c for c in token.children if c.dep_ in ("obl:agent", "obl", "nmod") and case_of(c) in self.agent]
        if not heads:
            heads = [c for c in children(token, "obl:agent")]
        if not heads and self.language == "id" and trigger.pos == "verb":
            heads = [c for c in children(token, "obl", "obj", "nsubj", "nsubj:pass") if c.i > token.i and not case_of(c)][:1]
        if heads:
            return [m for head in heads for m in self.args.of(head)]
        for i in range(token.i + 1, min(token.sent.end, token.i + OBLIQUE_REACH)):
            if self.doc[i].lower_ in self.agent:
                mention = self.args.after(i + 1, token.sent.end)
                return self.args.coordinated(mention) if mention else []
            if self.doc[i].pos_ in ("VERB", "SCONJ") or self.doc[i].text in (",", ";"):
                break
        return []

    def _obl(self, verb: Token, trigger: Trigger) -> list[Mention]:
        heads = list(obliques(verb, trigger.prepositions))
        if heads:
            found = [m for head in heads for m in self.args.of(head, owner=trigger.owner)]
            return found
        return self._surface_oblique(verb.i, trigger)

    def _surface_oblique(self, position: int, trigger: Trigger) -> list[Mention]:
        end = self.doc[position].sent.end
        for i in range(position + 1, min(end, position + OBLIQUE_REACH)):
            token = self.doc[i]
            if token.lower_ in trigger.prepositions and token.pos_ in ("ADP", "SCONJ", "PART"):
                mention = self.args.after(i + 1, end)
                return self.args.coordinated(mention) if mention else []
            if token.pos_ == "VERB" or token.text in (",", ";"):
                break
        return []

    def _nmod(self, noun: Token, trigger: Trigger) -> list[Mention]:
        heads = list(obliques(noun, trigger.prepositions))
        if not heads and noun.head.pos_ in VERBAL and self._is_light(noun.head):
            heads = [t for t in obliques(noun.head, trigger.prepositions) if t.i > noun.i]
        if heads:
            return [m for head in heads for m in self.args.of(head, owner=trigger.owner)]
        return self._surface_oblique(noun.i, trigger)

    def _comp(self, verb: Token, trigger: Trigger) -> list[Mention]:
        for clause in children(verb, "ccomp", "xcomp"):
            for head in children(clause, "nsubj", "nsubj:pass"):
                if not self._passive(verb, trigger):
                    return self.args.of(head)
        return []

    def _owner(self, noun: Token, trigger: Trigger) -> list[Mention]:
        found = self.args.owners(noun, origin=trigger.civil)
        if not found and self.language == "id" and noun.lower_.endswith("nya"):
            entity = self.coref.person_before(noun)
            if entity is not None:
                found = [Mention(noun.i, noun.i + 1, "pronoun", "Person", source="ruled", entity=entity)]
        return found

    def _is_light(self, verb: Token) -> bool:
        return lemma(verb) in self.light or verb.lower_ in self.light

    def _light(self, noun: Token, trigger: Trigger) -> list[Mention]:
        verb = noun.head
        if verb.pos_ not in VERBAL or noun.dep_ not in ("obj", "obl", "xcomp", "nmod", "nsubj:pass") or not self._is_light(verb):
            return []
        if noun.dep_ == "nsubj:pass" or is_passive(verb, self.language):
            return self._by(verb, trigger)
        heads = subject_tokens(verb, self.language)
        if heads:
            return [m for head in heads for m in self.args.of(head)]
        return self.args.before(verb.i)

    def _receives(self, noun: Token) -> bool:
        verb = noun.head
        return noun.dep_ in ("obj", "obl", "nmod") and (lemma(verb) in self.receive or verb.lower_ in self.receive)

    def _giver(self, noun: Token, trigger: Trigger) -> list[Mention]:
        if not self._receives(noun):
            return []
        heads = [*obliques(noun, self.giver), *(t for t in obliques(noun.head, self.giver) if t.i > noun.i)]
        return [m for head in heads[:1] for m in self.args.of(head, owner=True)]

    def _recipient(self, noun: Token, trigger: Trigger) -> list[Mention]:
        if not self._receives(noun):
            return []
        return [m for head in subject_tokens(noun.head, self.language) for m in self.args.of(head, owner=trigger.owner)]

    def _between(self, noun: Token) -> list[Mention]:
        end = noun.sent.end
        for i in range(noun.i + 1, min(end, noun.i + BETWEEN_REACH)):
            if self.doc[i].lower_ in self.between:
                if i > noun.i + 1 and self.doc[i - 1].pos_ == "NOUN" and self.doc[i - 1].ent_type_ == "" \
                        and self.doc[i - 1].head.i != noun.i and self.doc[i].head.head.i == i - 1:
                    return []  # it says between whom another noun stands: "talks on the border between"
                mention = self.args.after(i + 1, end)
                return self.args.coordinated(mention) if mention else []
            if self.doc[i].text in (";", ":"):
                break
        return []

    def _prefix(self, token: Token, trigger: Trigger) -> list[Mention]:
        mention = self.args.chunk.get(token.i - 2)
        return [mention] if mention is not None else []

    def _head(self, token: Token, trigger: Trigger) -> list[Mention]:
        return self.args.of(token.head) if token.head.i > token.i else []
