"""Clause grammar over Universal Dependencies: subjects, objects and obliques of a predicate, voice, and control.

The parse is evidence, not truth: where it gives an argument, it decides; where it gives none, callers may fall back to
the surface.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Token

from kg import specs
from kg.specs import Traits

SUBJECT = ("nsubj", "nsubj:pass", "csubj")
VERBAL = ("VERB", "AUX")


def traits(language: str) -> Traits:
    """Return a language's traits; raises SpecError where any data file is wrong."""
    return specs.language(language).grammar.traits


def lemma(token: Token) -> str:
    """Return what triggers and word lists are matched on: the lemma, lower-cased, a reduplicated plural once."""
    return once((token.lemma_ or token.text).lower())


def one_of(token: Token, words: Container[str]) -> bool:
    """Return whether a word, as it stands or by its lemma, is in a list."""
    return token.lower_ in words or lemma(token) in words


def once(word: str) -> str:
    """Return a reduplicated plural once: "pejabat-pejabat" → "pejabat"."""
    half, _, other = word.partition("-")
    return half if half and other.startswith(half) else word


def children(token: Token, *labels: str) -> list[Token]:
    """Return the dependents with one of the labels, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def relative_words(language: str) -> frozenset[str]:
    """Return the words that begin a relative clause."""
    return specs.language(language).grammar.clause.relative


def case_of(token: Token) -> str:
    """Return the preposition of a nominal, lower-cased; several are joined ("because of"); "" for none."""
    words = [child.lower_ for child in token.children if child.dep_ == "case" and child.i < token.i]
    for child in list(token.children):
        if child.dep_ == "case" and child.i < token.i:
            words += [grand.lower_ for grand in child.children if grand.dep_ == "fixed"]
    return " ".join(words)


def is_passive(verb: Token, language: str) -> bool:
    """Return whether a verb stands in the passive: by its dependents, or by its form."""
    own = traits(language)
    if own.accidental_prefix and verb.lower_.startswith(own.accidental_prefix):  # "terlibat": only with an agent
        return any(case_of(child) == "oleh" for child in verb.children)
    if any(child.dep_ in ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") for child in verb.children):
        return True
    if own.passive_prefix:
        return verb.lower_.startswith(own.passive_prefix) and verb.pos_ == "VERB" and not children(verb, "obj")
    bare = verb.tag_ == "VBN" and not children(verb, "aux", "obj", "nsubj")
    return (verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")) or (bare and verb.dep_ in ("advcl", "conj", "ROOT"))


def subject_tokens(verb: Token, language: str) -> list[Token]:
    """Return the heads of the grammatical subject, own or shared; a relative pronoun gives way to its noun."""
    seen: set[int] = set()
    node, own_traits = verb, traits(language)
    while node.i not in seen:
        seen.add(node.i)
        own = children(node, *SUBJECT)
        if own:
            nominal = [t for t in own if t.pos_ not in VERBAL] or own
            return [antecedent(nominal[0], node)]
        if node.dep_ == "acl" and children(node, "mark"):
            noun = node.head  # "his first visit to hold talks": whose visit, or who is on it
            possessor = children(noun, "nmod:poss") or [
                c
                for c in children(noun, "nmod")
                if not case_of(c) and own_traits.possessor_unmarked and c.pos_ in ("PROPN", "PRON") and c.i > noun.i
            ]
            if possessor and (
                node.i == verb.i or not own_traits.verbs_uninflected
            ):  # a coordinated predicate is rather the main clause's
                return possessor[:1]
            while noun.pos_ not in VERBAL and noun.head.i != noun.i:
                noun = noun.head
            node = noun
            continue
        if node.dep_ in ("acl:relcl", "acl"):
            between = {t.lower_ for t in node.doc[node.head.i : node.i]}
            if own_traits.relative_word_required and not between & relative_words(language):
                return []  # without "yang" it is no relative clause: the parser lost the subject
            return [node.head]
        if node.dep_ in ("conj", "xcomp", "advcl", "parataxis", "ccomp") and node.head.i != node.i:
            controls = any(
                m.lower_ in ("of", "from", "for") for m in children(node, "mark", "case")
            )  # "accuse X of arming"
            conjunct = verb.dep_ == "conj" and verb.head.i == node.i and _alike(verb, node, language)
            shares = node.i == verb.i or conjunct
            if shares and (node.dep_ == "xcomp" or (node.dep_ == "advcl" and controls)):
                controlled = children(node.head, "obj", "iobj")
                if controlled:
                    return controlled[:1]
            if node.dep_ == "conj" and node.head.pos_ not in (*VERBAL, "ADJ", "NOUN"):
                return []
            if (
                is_passive(node, language) != is_passive(node.head, language)
                and node.dep_ == "conj"
                and children(node.head, *SUBJECT)
                and own_traits.passive_prefix
            ):
                return [antecedent(children(node.head, *SUBJECT)[0], node.head)]
            node = node.head
            continue
        return []
    return []


def _alike(verb: Token, first: Token, language: str) -> bool:
    """Return whether a coordinated verb has the form of the first: "urged X to leave and vote", no "and voted"."""
    return traits(language).verbs_uninflected or verb.tag_ == first.tag_


def antecedent(subject: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the subject itself."""
    if subject.lower_ in ("who", "which", "that", "whom", "yang"):
        before = subject.i - 2 if subject.i > 1 and subject.nbor(-1).text == "," else subject.i - 1
        if before >= subject.sent.start and subject.doc[before].pos_ == "PROPN":
            return subject.doc[before]  # a name right before the pronoun is surer than the parser's noun
        node = verb
        while node.dep_ in ("conj", "xcomp", "ccomp") and node.head.i != node.i:
            node = node.head
        if node.dep_ in ("acl:relcl", "acl") and node.head.i != node.i:
            return node.head
    return subject


def obliques(predicate: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """Yield the nominal dependents with one of the prepositions, of the predicate and of those sharing its clause."""
    for child in predicate.children:
        if child.dep_ in ("obl", "obl:agent", "nmod", "advmod", "obj", "xcomp", "iobj", "advcl", "conj") and _has_case(
            child, prepositions
        ):
            yield child
    for child in children(predicate, "xcomp", "advcl", "conj", "ccomp"):
        if child.lower_ in prepositions:  # "bertempur melawan X": the preposition is parsed as a verb
            yield from children(child, "obj", "obl")[:1]
    for child in children(predicate, "obj", "xcomp", "compound"):
        for grandchild in child.children:
            if grandchild.dep_ in ("nmod", "obl") and _has_case(grandchild, prepositions):
                yield grandchild


def _has_case(token: Token, prepositions: frozenset[str]) -> bool:
    case = case_of(token)
    return bool(case) and (case in prepositions or case.split()[0] in prepositions or case.split()[-1] in prepositions)


def ancestors_in_clause(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (dependent, governor) up from a predicate to the root of its sentence."""
    node = token
    while node.head.i != node.i:
        yield node, node.head
        node = node.head
