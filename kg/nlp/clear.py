"""ClearNLP dependencies, which spaCy's English pipelines give → Universal Dependencies, content words as heads.

Each rule works on plain lists of heads and labels, in the order in which the later ones may rely on the earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.labels import base_label

RENAMED = {
    "ROOT": "root", "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
    "agent": "advmod", "dative": "iobj", "poss": "nmod:poss", "prt": "compound", "neg": "advmod", "intj": "discourse",
    "relcl": "acl:relcl", "predet": "det", "preconj": "cc", "quantmod": "advmod", "oprd": "xcomp", "acomp": "xcomp",
    "attr": "xcomp", "prep": "advmod", "pcomp": "advcl", "pobj": "obl", "meta": "dep", "": "dep",
}  # fmt: skip
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
_ADPOSITIONAL = frozenset({"prep", "agent", "dative"})
_CLAUSAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Tree:
    """One sentence's analysis as lists, one entry a token; a root is its own head."""

    heads: list[int]
    deps: list[str]
    pos: list[str]
    lemmas: list[str]
    person: list[int]  # number of the PER name that the token is in, 0 for none

    def children(self, i: int) -> list[int]:
        """Return the dependents of token `i`, left to right."""
        return [k for k, head in enumerate(self.heads) if head == i and k != i]

    def promote(self, new: int, old: int, dep: str) -> None:
        """Put `new`, a descendant of `old`, in its place; `old` hangs from it with `dep`, its other children too."""
        kids = [k for k in self.children(old) if k != new]
        self.heads[new] = new if self.heads[old] == old else self.heads[old]
        for kid in kids:
            self.heads[kid] = new
        self.heads[old], self.deps[old] = new, dep


def to_universal(tree: Tree) -> Tree:
    """Return `tree` with Universal Dependencies heads and the labels of `kg`."""
    _coordination(tree)
    for i in range(len(tree.heads)):  # outer prepositions first: "out of the house"
        if tree.deps[i] in _ADPOSITIONAL or (tree.deps[i] == "conj" and tree.pos[i] == "ADP"):
            _preposition(tree, i)
    for i in range(len(tree.heads)):
        if tree.lemmas[i] == "be" and tree.pos[i] in _CLAUSAL:
            _copula(tree, i)
    _raising(tree)
    _names(tree)
    for i, dep in enumerate(tree.deps):
        tree.deps[i] = _label(tree, i, dep)
    return tree


def _coordination(tree: Tree) -> None:
    """Hang every conjunct from the first, and each "and" from the conjunct that it precedes."""
    for i, dep in enumerate(tree.deps):
        if dep == "conj":
            top = tree.heads[i]
            while tree.deps[top] == "conj" and tree.heads[top] < top:
                top = tree.heads[top]
            tree.heads[i] = top
    for i, dep in enumerate(tree.deps):
        if dep in ("cc", "punct"):
            top = tree.heads[i]
            while tree.deps[top] == "conj" and tree.heads[top] < top < i:
                top = tree.heads[top]
            after = [k for k in tree.children(top) if tree.deps[k] == "conj" and k > i]
            between = dep == "cc" or (any(tree.deps[k] == "conj" for k in tree.children(top) if k > i) and i > top)
            if after and between and top < i:
                tree.heads[i] = min(after)


def _complement(tree: Tree, i: int) -> int | None:
    """Return the object or clause of preposition `i`, looking through a second preposition ("out of", "up to")."""
    for wanted in ("pobj", "pcomp"):
        for kid in tree.children(i):
            if tree.deps[kid] == wanted and not (wanted == "pcomp" and tree.pos[kid] == "ADP"):
                return kid
    for kid in tree.children(i):
        if tree.deps[kid] in ("prep", "pcomp") and tree.pos[kid] in ("ADP", "SCONJ") and kid > i:
            inner = _complement(tree, kid)
            if inner is not None:
                return inner
    return None


def _preposition(tree: Tree, i: int) -> None:
    """Make the object of preposition `i` the head: "in" ← "Paris", with the place in the tree that "in" had."""
    dep, head = tree.deps[i], tree.heads[i]
    obj = _complement(tree, i)
    if obj is None or head == i:
        return
    clause = tree.deps[obj] == "pcomp" and tree.pos[obj] in _CLAUSAL
    middle = tree.heads[obj]
    if middle != i:  # the inner preposition joins the outer one as a case marker
        tree.promote(obj, middle, "case")
    nominal_head = tree.pos[head] in _NOMINAL and dep != "agent"
    tree.promote(obj, i, "mark" if clause else "case")
    if dep == "conj":
        tree.deps[obj] = "conj"
    elif dep == "agent":
        tree.deps[obj] = "obl:agent"
    elif clause:
        tree.deps[obj] = "acl" if nominal_head else "advcl"
    else:
        tree.deps[obj] = "nmod" if nominal_head else "obl"


def _copula(tree: Tree, i: int) -> None:
    """Make the predicate of "be" the head: "is" ← "president"; "there is a war" keeps "is" and gets a subject."""
    if tree.deps[i] in ("aux", "auxpass", "cop"):
        return
    kids = tree.children(i)
    there = any(tree.deps[k] == "expl" and tree.lemmas[k].lower() == "there" for k in kids)
    subject = any(tree.deps[k] in ("nsubj", "csubj", "expl") for k in kids)
    predicates = [k for k in kids if tree.deps[k] in ("attr", "acomp")]
    if there:
        for k in predicates:
            tree.deps[k] = "nsubj"
        return
    if not predicates and subject and not any(tree.deps[k] in ("ccomp", "xcomp", "auxpass") for k in kids):
        predicates = [k for k in kids if k > i and tree.deps[k] == "obl"][:1]
    if not predicates:
        return
    new, dep = predicates[0], tree.deps[i]
    tree.promote(new, i, "cop")
    tree.deps[new] = dep


def _raising(tree: Tree) -> None:
    """Make the subject of an infinitive its governor's object: "urged Iran to stop" ← obj "Iran", xcomp "stop"."""
    for i, dep in enumerate(tree.deps):
        governor = tree.heads[i]
        if dep != "ccomp" or governor > i or tree.pos[governor] != "VERB":
            continue
        kids = tree.children(i)
        infinitive = any(tree.deps[k] == "aux" and tree.lemmas[k] == "to" for k in kids)
        subjects = [k for k in kids if tree.deps[k] in ("nsubj", "nsubjpass") and governor < k < i]
        if infinitive and len(subjects) == 1 and not any(tree.deps[k] == "mark" for k in kids):
            tree.heads[subjects[0]], tree.deps[subjects[0]] = governor, "dobj"
            tree.deps[i] = "xcomp"


def _names(tree: Tree) -> None:
    """Give a person's name its first word as head and the rest as `flat`; a title before it is `nmod`."""
    spans: dict[int, list[int]] = {}
    for i, number in enumerate(tree.person):
        if number and tree.pos[i] not in ("PART", "PUNCT", "ADP"):
            spans.setdefault(number, []).append(i)
    for members in spans.values():
        inside = set(members)
        tops = [i for i in members if tree.heads[i] not in inside or tree.heads[i] == i]
        if len(tops) != 1:
            continue
        first, top = members[0], tops[0]
        for i in members:
            for kid in tree.children(i):
                if tree.deps[kid] == "compound" and kid not in inside:
                    tree.deps[kid] = "nmod"
        if any(tree.deps[i] not in ("compound", "nmod", "flat", "amod", "appos") for i in members if i != top):
            continue
        dep = tree.deps[top]
        if first != top:
            tree.promote(first, top, "flat")
            tree.deps[first] = dep
        for i in members[1:]:
            tree.heads[i], tree.deps[i] = first, "flat"


def _label(tree: Tree, i: int, dep: str) -> str:
    head = tree.heads[i]
    if head == i:
        return "root"
    if dep == "npadvmod":
        return "nmod" if tree.pos[head] in ("NOUN", "PROPN") else "obl"
    if dep == "pobj":
        return "nmod" if tree.pos[head] in _NOMINAL else "obl"
    if dep == "aux" and tree.lemmas[i] == "to" and tree.pos[i] == "PART":
        return "mark"
    if dep == "agent":
        return "case" if tree.pos[i] == "ADP" else "advmod"
    return base_label(RENAMED.get(dep, dep))


def tree_of(span: Span, person: list[int]) -> Tree:
    """Return the analysis of a sentence as lists; `person` numbers the people's names of the whole document."""
    return Tree(
        heads=[t.head.i - span.start for t in span],
        deps=[t.dep_ for t in span],
        pos=[t.pos_ for t in span],
        lemmas=[t.lemma_.lower() for t in span],
        person=person[span.start : span.end],
    )


def _people(doc: Doc) -> list[int]:
    person = [0] * len(doc)
    for number, span in enumerate(doc.ents, start=1):
        if span.label_ in ("PERSON", "PER"):
            person[span.start : span.end] = [number] * len(span)
    return person


@Language.component("kg_clear_to_ud", retokenizes=False)
def clear_to_ud(doc: Doc) -> Doc:
    """Bring a document's ClearNLP analysis to Universal Dependencies, in place."""
    if not len(doc):
        return doc
    rows: list[tuple[int, int]] = []
    person = _people(doc)
    for sentence in doc.sents:
        tree = to_universal(tree_of(sentence, person))
        for i, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
            label = doc.vocab.strings.add("ROOT" if dep == "root" else dep)
            rows.append(((head - i) % 2**64, label))  # heads are offsets, in two's complement
    values: Any = np.array(rows, dtype="uint64").reshape(len(doc), 2)
    return doc.from_array([HEAD, DEP], values)
