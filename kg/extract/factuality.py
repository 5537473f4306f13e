"""Whether a predicate is asserted, planned, negated, or only thought of (None: no statement).

Marks on the predicate itself come first (negation, future, modals), then what governs it, upwards: "refused to meet",
"plans to visit", "urged Syria to withdraw", "if Iran attacks".
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.grammar import VERBAL, ancestors_in_clause, case_of, children, lemma, one_of, traits
from kg.extract.lexicon import Lexicon
from kg.extract.triggers import motion_words

# How far left of the predicate a mark may stand when the parse did not attach it: "tidak akan pernah bertemu".
WINDOW = 4
_CLAUSE_BREAKS = (",", ";", ":", "-", "--", "“", "”", '"', "yang", "who", "which", "that", "bahwa")


class Factuality:
    """Judges predicates by the words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        marks, governors = lexicon.factuality.marks, lexicon.factuality.governors
        self.marks, self.governors = marks, governors
        self.all_marks, self.all_governors = marks.all(), governors.all()
        self.speech = lexicon.speech.verbs
        self.light = lexicon.grammar.clause.light
        self.means = marks.means
        self.including = lexicon.grammar.noun_phrase.including
        self.relative = lexicon.grammar.clause.relative
        self.adjunct_case = marks.adjunct_case
        self.purpose_case = marks.purpose_case
        self.planned_case = self.purpose_case | marks.planned_case
        self.motion = motion_words(lexicon.language)
        self.traits = traits(lexicon.language)

    def judge(self, predicate: Token, *, speech_act: bool = False) -> str | None:
        """Return asserted, planned or negated; None where nothing is stated.

        A `speech_act` coordinated to a purpose clause is stated by itself: "backs its right to … and calls on Y to …".
        """
        status = self._own(predicate)
        if predicate.pos_ not in VERBAL:
            for clause in children(predicate, "acl:relcl", "acl"):
                if one_of(clause, self.light):
                    status = self._join(status, self._own(clause))  # "the meeting that will be held"
        if status is None:
            return None
        node = predicate
        for node, governor in ancestors_in_clause(predicate):
            if self._conditional(node):
                return None
            if node.dep_ in ("nsubj", "nsubj:pass") and governor.pos_ in VERBAL and node.pos_ not in VERBAL:
                status = self._join(status, self._event_subject(governor))
                if status is None:
                    return None
                continue
            if node.dep_ == "advcl" and any(c.lower_ in self.means for c in children(node, "mark", "case")):
                return status  # "tries to topple X by funding Y": the funding is stated
            if self._asked(node, governor):
                return None  # "meminta X menegur Y", where the parser hung the second verb on X
            if node.dep_ in ("acl:relcl", "appos") or (node.dep_ == "acl" and governor.pos_ in ("PROPN",)):
                return status  # what a relative clause says is stated whatever the main clause does
            if node.dep_ in ("conj", "parataxis", "list") and governor.pos_ in VERBAL:
                # a coordinated predicate shares the auxiliaries of the first where it has no subject of its own
                if (
                    node.dep_ == "conj"
                    and not children(node, "nsubj", "nsubj:pass", "aux", "cop")
                    and node.pos_ in VERBAL
                ):
                    status = self._join(status, self._own(governor))
                    if status is None:
                        return None
                if speech_act and node.i == predicate.i and self._purpose(governor) and not self._purpose(node):
                    return status
                continue
            if self._adjunct(node) and governor.pos_ in VERBAL:
                # what is done "after talks", "on a visit" leaves them as they are; only the future holds for both
                return self._join(status, "planned") if self._own(governor) == "planned" else status
            status = self._join(status, self._governed(node, governor))
            if status is None:
                return None
        return None if self._conditional(node) else status

    def _asked(self, node: Token, governor: Token) -> bool:
        """Return whether a verb without a relative word follows the object of a verb of asking or wishing."""
        verb = governor.head
        return (
            self.traits.relative_word_required
            and node.dep_ == "acl"
            and governor.dep_ in ("obj", "iobj")
            and bool({lemma(verb), verb.lower_} & self.governors.unreal)
            and not any(t.lower_ in self.relative for t in node.doc[governor.i : node.i])
        )

    def _adjunct(self, node: Token) -> bool:
        """Return whether an event noun only tells when something else happens: "at talks with X", "usai kunjungan"."""
        return (
            node.pos_ in ("NOUN", "PROPN")
            and node.dep_ in ("obl", "nmod", "advcl")
            and case_of(node).split(" ")[0] in self.adjunct_case
        )

    def _event_subject(self, verb: Token) -> str | None:
        """Judge an event noun by the verb it is the subject of: "talks failed", "the visit will take place"."""
        words = self._governing(verb)
        if words & self.governors.negated:
            return "negated"
        if words & self.governors.planned:
            return "planned"
        return self._own(verb)

    def _governing(self, verb: Token) -> set[str]:
        """Return what a governor is looked up by: a phrasal verb that is listed whole ("call off"), else the word."""
        whole = {f"{lemma(verb)} {c.lower_}" for c in children(verb, "compound", "advmod") if c.i == verb.i + 1}
        listed = {phrase for phrase in whole if phrase in self.all_governors}
        return listed or {lemma(verb), verb.lower_}

    def _own(self, token: Token) -> str | None:
        words = self._marks_of(token)
        if words & self.marks.negation:
            return "negated"
        if words & self.marks.future:
            return "planned"
        if words & self.marks.reported_future and self._reported(token):
            return "planned"
        if words & self.marks.modal:
            return None
        return "asserted"

    def _marks_of(self, token: Token) -> set[str]:
        words = {
            child.lower_
            for child in token.children
            if child.dep_ in ("aux", "aux:pass", "advmod", "det", "mark", "cop") and child.i < token.i
        }
        loose = self.traits.marks_unattached
        if token.pos_ in VERBAL or loose:
            low = max(token.sent.start, token.i - WINDOW)
            for i in range(token.i - 1, low - 1, -1):
                before = token.doc[i]
                if before.lower_ in _CLAUSE_BREAKS:
                    break
                if before.pos_ in ("AUX", "PART", "ADV") or (
                    loose and (before.pos_ not in ("NOUN", "PROPN", "PRON") or self._is_mark(before.lower_))
                ):
                    if before.pos_ == "VERB" and loose and not self._is_mark(before.lower_):
                        break
                    if loose or before.head.i == token.i:
                        words.add(before.lower_)
                else:
                    break
        return words

    def _is_mark(self, word: str) -> bool:
        return word in self.all_marks

    def _reported(self, token: Token) -> bool:
        return any(lemma(governor) in self.speech for _, governor in ancestors_in_clause(token))

    def _conditional(self, token: Token) -> bool:
        return any(
            child.lower_ in self.marks.condition for child in children(token, "mark", "advmod") if child.i < token.i
        )

    def _governed(self, node: Token, governor: Token) -> str | None:
        """Judge what a governor makes of its dependent: None for the merely wished, "" for no influence."""
        words = self._governing(governor)
        complement = node.dep_ in (
            "xcomp",
            "ccomp",
            "acl",
            "advcl",
            "obj",
            "obl",
            "nmod",
            "csubj",
            "csubj:pass",
            "dep",
            "nsubj",
        )
        verbal = node.dep_ in ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass", "dep")
        if not complement:
            return "asserted"
        denies = bool(words & self.governors.negated) and verbal
        if not denies and (words & self.governors.transparent or words & self.speech):
            return self._own_of_governor(governor, node)
        if words & self.governors.unreal:
            adverbial = node.dep_ == "advcl" and not self._wished(node)
            return None if (verbal and not adverbial) or node.dep_ in ("obj", "obl", "nmod") else "asserted"
        if words & self.governors.negated:
            return "negated" if (verbal and node.dep_ != "advcl") or node.dep_ == "obj" else "asserted"
        governed = node.dep_ == "obj" or (node.dep_ in ("obl", "nmod") and case_of(node) in self.planned_case)
        if words & self.governors.planned and (verbal or governed):
            return self._join("planned", self._own(governor)) if verbal else "planned"
        if node.dep_ in ("xcomp", "advcl", "acl", "ccomp", "dep") and self._purpose(node):
            return "planned" if self._own(governor) is not None else None
        if node.dep_ in ("obl", "nmod") and case_of(node) in self.purpose_case and words & self.motion:
            return self._join("planned", self._own(governor))  # "arrived in Cairo for talks with"
        if governor.pos_ in VERBAL and (words & self.light or node.dep_ in ("xcomp", "obj", "obl")):
            return self._own(governor)
        return "asserted"

    def _wished(self, node: Token) -> bool:
        """Return whether a clause that the parser took for an adverbial one is what is wished: it has its own subject.

        "Washington ingin A dan B menunjukkan …": no conjunction, or one that only names examples.
        """
        marks = {m.lower_ for m in children(node, "mark")}
        return self.traits.clauses_juxtaposed and bool(children(node, "nsubj")) and marks <= self.including

    def _own_of_governor(self, governor: Token, node: Token) -> str | None:
        status = self._own(governor)
        return (
            "asserted" if status is None and node.dep_ == "ccomp" else (status if status != "planned" else "asserted")
        )

    def _purpose(self, node: Token) -> bool:
        return any(
            child.lower_ in self.marks.purpose
            for child in node.children
            if child.dep_ in ("mark", "case", "aux") and child.i < node.i
        )

    @staticmethod
    def _join(inner: str | None, outer: str | None) -> str | None:
        """Join the status of a predicate with that of what governs it; negation wins over plans, plans over facts."""
        if inner is None or outer is None:
            return None
        for status in ("negated", "planned"):
            if status in (inner, outer):
                return status
        return "asserted"
