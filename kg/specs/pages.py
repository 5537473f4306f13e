"""What lang/XX/ says of a language's pages: what on them is no article, who published them when, what they cite."""

from __future__ import annotations

from dataclasses import dataclass

from kg.specs.reading import AnyOrdered, AnyWords, Month, Patterns, Words


@dataclass(frozen=True, slots=True)
class Cite:
    """How a body cites its agency."""

    patterns: Patterns
    credits: Patterns
    not_names: Words


@dataclass(frozen=True, slots=True)
class Agencies:
    """News agencies, and papers and broadcasters, by the name to show, with other spellings: agencies.toml."""

    agencies: dict[str, AnyOrdered]
    outlets: dict[str, AnyOrdered]
    cite: Cite


@dataclass(frozen=True, slots=True)
class Detect:
    """How the language of an article is known: detect.toml."""

    lingua: Words
    tags: Words
    function_words: Words


@dataclass(frozen=True, slots=True)
class Furniture:
    """What pages carry besides the article: furniture.toml."""

    line: Patterns
    appeal: Patterns
    related: Patterns
    related_bare: Patterns
    related_anywhere: Patterns
    related_heading: Patterns
    other_heading: Patterns
    inline: Patterns
    end: Patterns
    comments: Patterns
    caption: Patterns


@dataclass(frozen=True, slots=True)
class Order:
    """Zones in which 06/10/2020 is the tenth of June."""

    month_first_zones: AnyWords = frozenset()


@dataclass(frozen=True, slots=True)
class Pagelines:
    """The lines that tell who published a page when: pagelines.toml."""

    date_labels: Words
    update_labels: Words
    time_words: AnyOrdered
    weekdays: Words
    author_labels: Words
    staff_labels: Words
    not_authors: Words
    bylines: Patterns
    header_bylines: Patterns
    months: dict[str, Month]
    zones: dict[str, str]
    rights: Patterns = ()
    default_zone: str = "UTC"
    day_first: bool = False
    order: Order = Order()
