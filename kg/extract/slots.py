"""Where the two ends of a relation stand relative to its trigger: the slots of relations/_frames.toml.

Where the parse gives an argument, it decides; where it gives none, the surface may.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.arguments import Arguments
from kg.extract.coreference import Coreference
from kg.extract.grammar import VERBAL, case_of, children, is_passive, lemma, obliques, one_of, subject_tokens, traits
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.extract.triggers import Trigger, control_words, motion_words, relation_words, relations_where

# How far right of a trigger an oblique may begin when the parse attached it elsewhere ("arrived late in Baku").
OBLIQUE_REACH = 8
# "A meeting earlier the same day in Jerusalem between": adverbs and a place may come first.
BETWEEN_REACH = 14
# Words between a verb of asking and its "agar", "that".
WISH_REACH = 4


class Slots:
    """Fills the slots of triggers in one document; each slot's method returns the mentions that stand there."""

    def __init__(self, doc: Doc, lexicon: Lexicon, arguments: Arguments, coreference: Coreference) -> None:
        self.doc, self.lexicon, self.args, self.coref = doc, lexicon, arguments, coreference
        self.language, self.traits = lexicon.language, traits(lexicon.language)
        clause = lexicon.grammar.clause
        self.light, self.agent = clause.light, clause.agent
        self.receive, self.giver = clause.receive, clause.giver
        self.attended = clause.attended
        self.control = control_words(lexicon.language)
        self.spoken = relation_words(lexicon.language, relations_where(lambda relation: relation.speech_act))
        self.owning = clause.owning
        self.engaged = clause.engaged
        self.motion = motion_words(lexicon.language)
        self.purpose = lexicon.factuality.marks.purpose_case
        self.inside = clause.inside
        self.there = clause.there
        self.wished = clause.wished
        self.conditions = lexicon.factuality.marks.condition
        self.between_words = clause.between
        self.goals = clause.goals
        self.amid = self.inside | self.engaged | clause.causes
        self.attending = lexicon.factuality.marks.adjunct_case | self.engaged

    def first(self, token: Token, trigger: Trigger, slots: tuple[str, ...]) -> list[Mention]:
        """Return the mentions in the first of the slots that has any."""
        for slot in slots:
            found: list[Mention] = getattr(self, f"_{slot}")(token, trigger)  # specs.SLOTS, each a method here
            if found:
                return found
        return []

    def _subj(self, verb: Token, trigger: Trigger) -> list[Mention]:
        if self._passive(verb, trigger):
            return self._by(verb, trigger)
        heads = self._outer(verb) or self._controller(verb) or subject_tokens(verb, self.language)
        found = [m for head in heads for m in self.args.of(head, subject=True) or self._doers(head, trigger)]
        if found or (heads and any(True for _ in children(verb, "nsubj", "nsubj:pass"))):
            return found
        if heads and (verb.dep_ not in ("parataxis", "advcl") or not self.traits.clauses_juxtaposed):
            return []
        return self.args.before(verb.i)

    def _outer(self, verb: Token) -> list[Token]:
        """Return who speaks where a speech act follows another's complement: "A accused B of … and urged C to …"."""
        inner = verb.head
        outer = inner.head
        own = children(verb, "nsubj", "nsubj:pass")
        if verb.dep_ != "conj" or inner.dep_ not in ("xcomp", "ccomp", "advcl") or own:
            return []
        both = ({lemma(verb), verb.lower_} & self.control) and ({lemma(outer), outer.lower_} & self.spoken)
        return subject_tokens(outer, self.language) if both else []

    def _controller(self, verb: Token) -> list[Token]:
        """Return the object of an accusing or urging verb that the predicate is the complement of: who does it."""
        governor = verb.head
        if (
            governor.i == verb.i
            or verb.dep_ not in ("xcomp", "ccomp", "advcl")
            or children(verb, "nsubj", "nsubj:pass")
        ):
            return []
        if not one_of(governor, self.control):
            return []
        return [c for c in children(governor, "obj", "iobj") if governor.i < c.i < verb.i][:1]

    def _obj(self, verb: Token, trigger: Trigger) -> list[Mention]:
        if self._passive(verb, trigger):
            heads = subject_tokens(verb, self.language)
            found = [m for head in heads for m in self._object(head, trigger)]
            return found or ([] if heads else self.args.before(verb.i))
        heads = children(verb, "obj", "iobj")
        if trigger.jointly and not heads:
            heads = [c for c in children(verb, "obl", "nmod") if case_of(c) in trigger.jointly]
        relative = self.lexicon.grammar.clause.relative
        if (
            verb.dep_ == "acl:relcl"
            and all(h.lower_ in relative for h in heads)
            and any(s.lower_ not in relative for s in children(verb, "nsubj"))
        ):
            return self._object(verb.head, trigger)  # "Hezbollah, which Israel fought"
        if self.traits.object_unlabelled and not heads:
            heads = [
                c
                for c in children(verb, "obl", "nmod", "xcomp", "flat")
                if not case_of(c) and c.i > verb.i and c.pos_ != "VERB"
            ][:1]
        if heads:
            found = [m for head in heads[:1] for m in self._object(head, trigger)]
            beside = self.args.chunk.get(verb.i + 1)
            if not found and self.lexicon.title_first and beside is not None and not beside.modifier:
                return self.args.coordinated(beside)  # "membombardir X semalam": what follows X is not what X modifies
            return found or (self._site(verb, heads[0]) if trigger.civil else [])
        if children(verb, "ccomp", "xcomp") and trigger.frame == "complement":
            return []
        mention = self.args.after(verb.i + 1, verb.sent.end)
        return self.args.coordinated(mention) if mention else []

    def _site(self, verb: Token, head: Token) -> list[Mention]:
        """Return the place of an unnamed thing visited: "toured the flood site in Bekasi"."""
        for child in [*children(head, "nmod", "obl"), *children(verb, "obl")]:
            if child.i > head.i and case_of(child) in self.inside:
                return [m for m in self.args.of(child) if m.type in ("Place", "Country")]
        return []

    def _object(self, head: Token, trigger: Trigger) -> list[Mention]:
        if trigger.owner_only and one_of(head, self.motion):
            return []  # who welcomes somebody's arrival receives them
        if trigger.owner_only:
            mention = self.args.chunk.get(head.i)
            return [] if mention is not None and not mention.modifier else self.args.of(head, owner=True)
        return self.args.of(head, owner=trigger.owner)

    def _passive(self, verb: Token, trigger: Trigger) -> bool:
        if trigger.planned:
            return False  # "is expected in Y": who is expected goes
        if self.traits.passive_prefix:
            return one_of(verb, trigger.passive)  # these have been listed
        return is_passive(verb, self.language)

    def _doers(self, head: Token, trigger: Trigger) -> list[Mention]:
        """Return whose deed a noun of the trigger's own relation is: "an Israeli strike killed two Hamas fighters"."""
        same = trigger.pos == "verb" and one_of(head, relation_words(self.language, trigger.own))
        return self.args.owners(head) if same else []

    def _agents(self, token: Token) -> list[Token]:
        """Return the heads of a passive's agent, or of who is named with "by" after a noun."""
        heads = [c for c in token.children if c.dep_ in ("obl:agent", "obl", "nmod") and case_of(c) in self.agent]
        heads = heads or children(token, "obl:agent")
        if heads or not self.traits.agent_unmarked or token.pos_ not in VERBAL:
            return heads
        bare = children(token, "obl", "obj", "nsubj", "nsubj:pass")  # "dikatakan X"
        return [c for c in bare if c.i > token.i and not case_of(c)][:1]

    def _by(self, token: Token, trigger: Trigger) -> list[Mention]:
        heads = self._agents(token)
        if not heads and token.pos_ in VERBAL:  # "killed in an Israeli strike"
            amid = [c for c in children(token, "obl") if case_of(c) in self.amid]
            found = [m for c in amid for m in self._doers(c, trigger)]
            if found:
                return found
        if heads:
            return [m for head in heads for m in self.args.of(head) or self._doers(head, trigger)]
        beside = self.args.chunk.get(token.i + 1)
        if self.traits.agent_unmarked and trigger.pos == "verb" and beside is not None and not beside.modifier:
            return self.args.coordinated(beside)  # "disokong Iran": the agent of a passive needs no preposition
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
            return [m for head in heads for m in self.args.of(head, owner=trigger.owner, subject=True)]
        if trigger.civil and verb.dep_ == "acl:relcl" and any(c.lower_ in self.there for c in verb.children):
            return self.args.of(verb.head)  # "the airport where X was arriving"
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
        if not heads and self.args.owners(noun):  # "the war that X waged against Y"
            clauses = [c for c in children(noun, "acl:relcl", "acl") if self._is_light(c)]
            heads = [t for clause in clauses for t in obliques(clause, trigger.prepositions)]
        if heads:
            return [m for head in heads for m in self.args.of(head, owner=trigger.owner, subject=True)]
        return self._surface_oblique(noun.i, trigger)

    def _comp(self, verb: Token, trigger: Trigger) -> list[Mention]:
        if self._passive(verb, trigger):
            return []
        for clause in children(verb, "ccomp", "xcomp", "advcl"):
            marks = {m.lower_ for m in children(clause, "mark")}
            if (clause.dep_ == "advcl" and not marks & self.wished) or marks & self.conditions:
                continue  # "asked whether": a question
            for head in children(clause, "nsubj", "nsubj:pass"):
                found = self.args.of(head, owner=True)
                if found:
                    return found
        for i in range(verb.i + 1, min(verb.sent.end - 1, verb.i + WISH_REACH)):
            if self.doc[i].lower_ in self.wished:  # "mendesak agar X …", wherever the parse put the clause
                mention = self.args.after(i + 1, verb.sent.end)
                return self.args.coordinated(mention) if mention else []
            if self.doc[i].pos_ in ("VERB", "ADP") or self.doc[i].text in (",", ";"):
                break
        return []

    def _owner(self, noun: Token, trigger: Trigger) -> list[Mention]:
        others = trigger.prepositions & self.goals
        apart = any(self.args.of(t) for t in obliques(noun, others))  # "the support of X for Y" is X's
        found = self.args.owners(
            noun,
            origin=trigger.civil,
            agent=trigger.frame != "noun_of",
            object_of=frozenset() if apart else trigger.prepositions,
        )
        suffix = self.traits.possessor_suffix
        if not found and suffix and noun.lower_.endswith(suffix):
            entity = self._accused(noun)
            if entity is None:
                entity = self.coref.person_before(noun)
            if entity is not None:
                found = [Mention(noun.i, noun.i + 1, "pronoun", "Person", source="ruled", entity=entity)]
        return found

    def _accused(self, noun: Token) -> int | None:
        """Return the person accused or urged in whose complement "-nya" stands: it is theirs."""
        for ancestor in noun.ancestors:
            if one_of(ancestor, self.control):
                persons = [m for c in children(ancestor, "obj", "iobj") if c.i < noun.i for m in self.args.of(c)]
                return next((m.entity for m in persons if m.type == "Person"), None)
        return None

    def _is_light(self, verb: Token) -> bool:
        return one_of(verb, self.light)

    def _light(self, noun: Token, trigger: Trigger) -> list[Mention]:
        predicate = children(noun, "nsubj")
        if predicate:  # "X is at war with Y": the noun is the predicate
            return [m for head in predicate[:1] for m in self.args.of(head, subject=True)]
        if noun.dep_ == "appos":
            return self.args.of(noun.head)
        outer, verb = self._hung(noun)
        if trigger.civil and children(verb, "cop") and self._journey(outer):
            return [m for head in children(verb, "nsubj") for m in self.args.of(head, subject=True)]
        if trigger.civil and verb.pos_ in VERBAL and self._journey(outer):
            heads = subject_tokens(verb, self.language)  # "on a visit to Rabat, he pledged"
            return [m for head in heads for m in self.args.of(head, subject=True)]
        if (
            noun.dep_ in ("nmod", "obl")
            and verb.pos_ == "NOUN"
            and case_of(noun) in self.purpose
            and one_of(verb, self.motion)
        ):
            return self.args.owners(verb)  # "the arrival of X for talks with Y"
        going = one_of(verb, self.motion) and case_of(noun) in self.purpose
        if (
            verb.pos_ not in VERBAL
            or outer.dep_ not in ("obj", "obl", "xcomp", "nmod", "nsubj:pass")
            or not (going or self._is_light(verb))
        ):
            return []
        if noun.dep_ == "nsubj:pass" or is_passive(verb, self.language):
            return self._by(verb, trigger)
        heads = subject_tokens(verb, self.language)
        if heads:
            return [m for head in heads for m in self.args.of(head, subject=True)]
        return self.args.before(verb.i)

    def _hung(self, noun: Token) -> tuple[Token, Token]:
        """Return what a noun hangs on, past nouns that only hold it ("a series of talks"), and the last of these."""
        outer, above = noun, noun.head
        while one_of(above, self.owning) and above.head.i != above.i:
            outer, above = above, above.head
        return outer, above

    def _journey(self, noun: Token) -> bool:
        """Return whether an event noun tells what somebody is away for: "on a visit", "dalam rangka kunjungan"."""
        case, present = case_of(noun), bool(children(noun.head, "cop"))
        words = self.engaged | self.purpose if present else self.engaged  # "is in Baku for a visit"
        return case in words or case.split(" ")[0] in words

    def _whither(self, noun: Token, trigger: Trigger) -> list[Mention]:
        """Return the place where somebody is on a visit: "is in Baku on an official visit", "berada di Baku"."""
        outer, place = self._hung(noun)
        if not self._journey(outer):
            return []
        if not children(place, "cop"):
            return [m for t in obliques(place, self.inside) for m in self.args.of(t)] if self._is_light(place) else []
        return self.args.of(place) if case_of(place) in self.inside else []

    def _attends(self, noun: Token, trigger: Trigger) -> list[Mention]:
        """Return who did something else at, or after, what the noun names: "said after talks with Y", "usai rapat".

        Or else who was at it: "pertemuan dengan Y dihadiri Z".
        """
        verb = noun.head
        guests = self._guests(noun, trigger)
        if guests:
            return guests
        opening = {c.lower_ for c in children(noun, "case", "mark") if c.i < noun.i}
        hung = verb.pos_ in VERBAL and noun.dep_ in ("obl", "advcl", "nmod")
        if not hung or not opening & self.attending:
            return []
        heads = self._agents(verb) if is_passive(verb, self.language) else []
        heads = heads or subject_tokens(verb, self.language)
        return [m for head in heads for m in self.args.of(head, subject=True) if m.type != "Place"]

    def _guests(self, noun: Token, trigger: Trigger) -> list[Mention]:
        """Return the agents of a passive of attending, whose subject the noun is, where it says with whom it was."""
        told = [noun.head] if noun.dep_ in ("nsubj", "nsubj:pass") else []
        told = [verb for verb in (*told, *children(noun, "acl:relcl", "acl")) if one_of(verb, self.attended)]
        passive = [verb for verb in told if is_passive(verb, self.language)]
        if not passive or not obliques(noun, trigger.prepositions):
            return []
        return [m for head in self._agents(passive[0]) for m in self.args.of(head, subject=True) if m.type != "Place"]

    def _receives(self, noun: Token) -> bool:
        verb = noun.head
        if case_of(noun).split(" ")[0] in self.receive:
            return True  # "X is under pressure from Y"
        return noun.dep_ in ("obj", "obl", "nmod") and one_of(verb, self.receive)

    def _giver(self, noun: Token, trigger: Trigger) -> list[Mention]:
        if not self._receives(noun):
            return []
        heads = [*obliques(noun, self.giver), *(t for t in obliques(noun.head, self.giver) if t.i > noun.i)]
        return [m for head in heads[:1] for m in self.args.of(head, owner=True)]

    def _recipient(self, noun: Token, trigger: Trigger) -> list[Mention]:
        if not (self._receives(noun) or one_of(noun.head, trigger.answered)):
            return []
        predicate = children(noun, "nsubj")
        if predicate:
            return self.args.of(predicate[0], owner=trigger.owner)
        return [m for head in subject_tokens(noun.head, self.language) for m in self.args.of(head, owner=trigger.owner)]

    def between(self, noun: Token) -> list[Mention]:
        """Return those of "between A and B" after a noun."""
        end = noun.sent.end
        for i in range(noun.i + 1, min(end, noun.i + BETWEEN_REACH)):
            if self.doc[i].lower_ in self.between_words:
                if (
                    i > noun.i + 1
                    and self.doc[i - 1].pos_ == "NOUN"
                    and self.doc[i - 1].ent_type_ == ""
                    and self.doc[i - 1].head.i != noun.i
                    and self.doc[i].head.head.i == i - 1
                ):
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
