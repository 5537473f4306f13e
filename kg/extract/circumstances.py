"""The predicates that an event shares its circumstances with, and what stands nearest to it in its clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.grammar import VERBAL, one_of

# Relations to a governor through which "when" and "where" carry over: light verbs, purposes, coordinated predicates.
_THROUGH = frozenset({"obj", "obl", "nmod", "xcomp", "acl", "advcl", "nsubj", "nsubj:pass", "conj", "appos", "dep"})


def chain(trigger: Token, speech: frozenset[str]) -> list[Token]:
    """Return the trigger and the predicates above it that belong to the same happening, nearest first."""
    found = [trigger]
    node = trigger
    while node.head.i != node.i and node.dep_ in _THROUGH and len(found) < 4:
        node = node.head
        if one_of(node, speech):
            break
        found.append(node)
    return found


def governor(token: Token, predicates: frozenset[int]) -> Token:
    """Return the nearest predicate above a token: a verb, or one of the given event nouns."""
    node = token
    while node.head.i != node.i:
        node = node.head
        if node.pos_ in VERBAL or node.i in predicates:
            break
    return node
