"""What lang/XX/ says of a language's grammar: grammar.toml and factuality.toml, which describe their keys."""

from __future__ import annotations

from dataclasses import dataclass

from kg.specs.reading import AnyOrdered, AnyTokens, AnyWords, Cases, Patterns, Tokens, Words


@dataclass(frozen=True, slots=True)
class Marks:
    """Words on a predicate that tell its factuality."""

    negation: Words
    future: Words
    reported_future: AnyWords
    modal: Words
    condition: Words
    means: Words
    planned_case: Cases
    adjunct_case: Cases
    purpose_case: Cases
    purpose: Words

    def all(self) -> frozenset[str]:
        """Return every mark of every kind."""
        return frozenset().union(*(getattr(self, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Governors:
    """Words that govern a predicate and tell its factuality."""

    planned: Words
    negated: Words
    unreal: Words
    transparent: Words

    def all(self) -> frozenset[str]:
        """Return every governor of every kind."""
        return self.planned | self.negated | self.unreal | self.transparent


@dataclass(frozen=True, slots=True)
class Factuality:
    """What happened, is to happen, did not happen, or is merely thought of: factuality.toml."""

    marks: Marks
    governors: Governors


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """What the rules need to know of noun phrases."""

    head_first: bool
    possessive: AnyWords
    partitive: Words
    including: Words
    representing: Words


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words inside names, and capitalised words that are none."""

    particles: Words
    not_names: Words
    nominal: Patterns


@dataclass(frozen=True, slots=True)
class Clause:
    """What the frames need to know of clauses."""

    owning: Words
    reciprocal: AnyWords
    receive: Words
    giver: Words
    attended: AnyTokens
    relative: Words
    light: Words
    agent: Words
    between: Words
    and_words: Words
    company: Words
    there: Words
    wished: AnyTokens
    engaged: Words
    goals: Tokens
    causes: Words
    inside: Words
    deictic: Tokens


@dataclass(frozen=True, slots=True)
class Traits:
    """What a language's grammar does that its parses do not tell."""

    verb_prefixes: AnyOrdered
    passive_prefix: str
    accidental_prefix: str
    possessor_suffix: str
    possessor_unmarked: bool
    agent_unmarked: bool
    object_unlabelled: bool
    relative_word_required: bool
    verbs_uninflected: bool
    clauses_juxtaposed: bool
    marks_unattached: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the rules need to know beyond the parses: grammar.toml."""

    noun_phrase: NounPhrase
    name: NameWords
    clause: Clause
    traits: Traits
