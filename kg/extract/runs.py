"""Runs of capitalised words: where a name that no list holds begins and ends."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised
from kg.extract.plausibility import apart, common, numbered
from kg.gazetteer import fold

# The longest personal name met, in words; a longer run of capitals holds more than a name.
PERSON_TOKENS = 6
# Small words inside the names of bodies: "Kementerian Hukum dan HAM", "Ministry of Defence".
JOINERS = frozenset({"dan", "and", "of", "for", "untuk", "the"})


def run(doc: Doc, start: int, lexicon: Lexicon, persons: frozenset[int], *, joins: bool) -> int:
    """Return the end of the run of capitalised words that starts at a token; small words join if a capital follows.

    A place closes a body's name ("Kejaksaan Negeri Medan"); so does a country ("Kementerian Luar Negeri Turki"), unless
    one more capital follows ("Partai Demokrasi Indonesia Perjuangan"; a person's name has two at its first mention).
    A person's name begins another.
    """
    i = start
    while i < len(doc) and not (i > start and doc[i].is_sent_start):
        token = doc[i]
        if i in persons or (token.text in lexicon.not_names and numbered(doc, i + 1)):
            break
        if capitalised(token) and token.text not in lexicon.honorifics and not _starts_title(doc, i, lexicon):
            place = country_end(doc, i, lexicon, ("region", "capital")) if i > start or not joins else None
            if place:
                return place
            if i > start and set(token.text) <= set("IVXLC"):
                return i + 1  # "Komisi IX" ends there, whoever follows
            country = country_end(doc, i, lexicon)
            if country:
                tail = country + 1 < len(doc) and capitalised(doc[country]) and not capitalised(doc[country + 1])
                joined = (
                    tail
                    and country not in persons
                    and doc[country].is_alpha
                    and not _starts_title(doc, country, lexicon)
                )
                return country + 1 if joined and doc[country].text not in lexicon.not_names else country
            i += 1
        elif (
            joins
            and token.lower_ in JOINERS
            and i + 1 < len(doc)
            and capitalised(doc[i + 1])
            and not _names_other(doc, i + 1, lexicon)
        ):
            i += 1
        elif token.text == "-" and i + 1 < len(doc):
            i += 2
        else:
            break
    return i


def run_back(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the start of the run of capitalised words that a body's last word closes ("OSCE Minsk Group")."""
    i = end
    while i > 0 and not doc[i].is_sent_start:
        before = doc[i - 1]
        if (
            not capitalised(before)
            or not before.is_alpha
            or before.text in lexicon.not_names
            or before.text in lexicon.honorifics
            or lexicon.titles.match(doc, i - 1)
            or before.pos_ in ("DET", "ADP", "PRON")
        ):
            break
        i -= 1
    return i


def person_run(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Return the end of the capitalised run at a token that may be a personal name (particles and initials inside)."""
    particles = lexicon.grammar.name.particles
    i = start
    while i < len(doc) and i - start < PERSON_TOKENS and not (i > start and doc[i].is_sent_start):
        token = doc[i]
        named = capitalised(token) and re.match(r"[^\W\d]", token.text) and token.text not in lexicon.not_names
        particle = i > start and token.lower_.rstrip("-") in particles and i + 1 < len(doc) and capitalised(doc[i + 1])
        if not (named or particle or (i == start and token.lower_.startswith(("al-", "el-")))):
            break
        i += 1
    return i


def whole_name(doc: Doc, mention: Mention, taken: list[bool], lexicon: Lexicon) -> None:
    """Widen a person's name over the capitalised words beside it that belong to nothing else."""
    end = mention.end
    if (
        end + 1 < len(doc)
        and doc[end].lower_ in lexicon.grammar.name.particles
        and doc[end].is_alpha
        and not (taken[end] or taken[end + 1])
        and capitalised(doc[end + 1])
        and doc[end + 1].pos_ == "PROPN"
    ):
        taken[end] = taken[end + 1] = True
        end += 2
    while (
        end < len(doc)
        and not taken[end]
        and not doc[end].is_sent_start
        and (capitalised(doc[end]) or doc[end].lower_.startswith(("al-", "el-")))
        and doc[end].text.replace("-", "").isalpha()
        and doc[end].pos_ not in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "NUM")
        and doc[end].text not in lexicon.not_names
        and lexicon.titles.match(doc, end) is None
    ):
        taken[end] = True
        end += 1
    mention.end = mention.right = end
    start = mention.start
    while (
        start > 0
        and mention.end - start == 1  # a name of more words begins where the recogniser says
        and not taken[start - 1]
        and not doc[start].is_sent_start
        and capitalised(doc[start - 1])
        and doc[start - 1].is_alpha
        and doc[start - 1].pos_ == "PROPN"
        and not doc[start - 1].is_sent_start
        and not any(doc[start - 1].text in table for table in (lexicon.titles, lexicon.title_fields, lexicon.org_first))
        and doc[start - 1].text not in lexicon.honorifics
        and doc[start - 1].text not in lexicon.not_names
        and fold(doc[start - 1].text) not in lexicon.names
        and not in_title(doc, start - 1, lexicon)
        and not common(doc, start - 1, lexicon)
    ):
        start -= 1
        taken[start] = True
    mention.start = mention.left = start


def in_title(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Return whether a token is part of a title ("Negeri" in "Menteri Luar Negeri")."""
    tables = (lexicon.titles, lexicon.title_fields)
    return any((table.match(doc, k) or 0) > i for k in range(max(0, i - 3), i) for table in tables)


def hyphenated(doc: Doc, mention: Mention, lexicon: Lexicon) -> None:
    """Widen a mention over "-Name" written without a space: recognisers cut "Nagorno-Karabakh" in two."""
    if mention.kind == "demonym" or mention.source == "country":
        return
    full = mention.type == "Person" and mention.end - mention.start > 1 and mention.end + 2 < len(doc)
    if full and all(t.is_alpha and capitalised(t) for t in doc[mention.end + 1 : mention.end + 3]):
        return  # "Prabowo Subianto-Hatta Rajasa"
    while (
        mention.end + 1 < len(doc)
        and doc[mention.end].text == "-"
        and not doc[mention.end - 1].whitespace_
        and not doc[mention.end].whitespace_
        and capitalised(doc[mention.end + 1])
        and not _two(doc, mention, lexicon)
    ):
        mention.end = mention.right = mention.end + 2


def _two(doc: Doc, mention: Mention, lexicon: Lexicon) -> bool:
    """Return whether a hyphen stands between two names: "Trump-Musk", "Jakarta-Bandung"; not "Nagorno-Karabakh"."""
    before, after = doc[mention.end - 1], doc[mention.end + 1]
    if mention.type == "Person":
        both = before.ent_type_ == after.ent_type_ == "PER" and doc[mention.end].ent_type_ != "PER"
    else:
        both = all(fold(token.text) in lexicon.names for token in (before, after))
    title = lexicon.titles.match(doc, mention.end + 1) is not None  # "Anggota DPR-Kepala Daerah"
    return both or title or apart(doc, mention.end)


def country_end(doc: Doc, i: int, lexicon: Lexicon, kinds: tuple[str, ...] = ("country", "demonym")) -> int | None:
    """Return the end of the country's name that begins at a token, or None."""
    for end in range(min(i + 3, len(doc)), i, -1):
        name = lexicon.names.get(fold(doc[i:end].text))
        if name is not None and name.kind in kinds:
            return end
    return None


def _starts_title(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    return lexicon.titles.match(doc, i) is not None


def _names_other(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Return whether the word after a joiner begins another name ("Kementerian Luar Negeri dan Polri")."""
    return (
        fold(doc[i].text) in lexicon.names
        or doc[i].text in lexicon.org_known
        or lexicon.org_first.match(doc, i) is not None
    )
