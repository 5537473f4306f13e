"""Mentions → entities: one cluster per actor or place of a document, with all its surface names.

Countries cluster by code, persons by their name and its parts, bodies and places by name, acronym and head.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.called import explained
from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import Mention, capitalised, title_cased
from kg.gazetteer import capital_name, country_label, fold, wikidata
from kg.model import Entity
from kg.specs.who import name_words


@dataclass(slots=True)
class Cluster:
    """One entity of a document: its type, code, and surface names with their counts."""

    type: str
    iso: str | None = None
    names: Counter[str] = field(default_factory=Counter)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    anchor: str | None = None  # code of the state that a place's or body's name stands for
    starts: list[int] = field(default_factory=list)  # where its names stand
    described: set[str] = field(default_factory=set)  # its names with a word of their kind, in lower case: "kota Agam"

    def entity(self, language: str) -> Entity:
        """Return the record that statements carry; a country is called as its language usually does."""
        names = tuple(sorted(self.names, key=lambda n: (n in self.described, -len(n), n)))
        if self.iso:
            label = country_label(self.iso, language)
            return Entity(label, "Country", names or (label,), self.iso, None, wikidata(self.iso))
        return Entity(names[0], self.type, names)


def _key(text: str) -> tuple[str, ...]:
    words = re.sub(r"[^\w\s-]", "", fold(text).lower()).replace("-", " ").split()
    return tuple(w for w in words if w not in ("the", "mr", "mrs", "ms", "dr"))


class Entities:
    """The clusters of one document, filled by `add` in text order."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc, self.lexicon = doc, lexicon
        self.clusters: list[Cluster] = []
        self._countries: dict[str, int] = {}

    def add_all(self, mentions: list[Mention]) -> None:
        """Give every mention of a name its entity; longer names first, so that parts find their wholes."""
        names = [m for m in mentions if m.kind in ("name", "demonym")]
        for mention in sorted(names, key=lambda m: (m.start - m.end, m.start)):
            self.add(mention)
        for first, second in list(explained(self.doc, names, self.lexicon)):
            if first.entity != second.entity:
                self._merge(first.entity, second.entity, names)

    def add(self, mention: Mention) -> None:
        """Give one mention its entity, new or known."""
        text = self.doc[mention.start : mention.end].text
        if mention.type == "Country" and mention.iso:
            mention.entity = self.country(mention.iso, text)
            return
        key = _key(text)
        core = self._core(mention) if mention.type == "Place" else self.lexicon.nicknames.get(text, text)
        if core != text:
            key = _key(core)
        index = self._find(mention.type, key, mention.start)
        if index is None:
            self.clusters.append(Cluster(mention.type, anchor=mention.iso if mention.capital else None))
            index = len(self.clusters) - 1
        self.clusters[index].names[text] += 1
        if core != text:
            self.clusters[index].names[core] += 1
            if text.replace(core, "", 1).islower():
                self.clusters[index].described.add(text)
        self.clusters[index].keys.add(key)
        self.clusters[index].starts.append(mention.start)
        mention.entity = index

    def _core(self, mention: Mention) -> str:
        """Return a place's name without the word of its kind: "Kabupaten Agam" → "Agam"."""
        start, end = mention.start, mention.end
        head = self.lexicon.place_before.match(self.doc, start, end)
        if head is not None and head < end and self.doc[start].lower_ in self.lexicon.place_kinds:
            start = head
        elif end - start > 1 and self.doc[end - 1].lower_ in self.lexicon.place_kinds:
            end -= 1
        return self.doc[start:end].text

    def country(self, iso: str, text: str | None = None) -> int:
        """Return the entity of a country code; `text` is a surface name to remember."""
        index = self._countries.get(iso)
        if index is None:
            self.clusters.append(Cluster("Country", iso))
            index = self._countries[iso] = len(self.clusters) - 1
        if text:
            self.clusters[index].names[text] += 1
        return index

    def capital(self, iso: str) -> int | None:
        """Return the entity of a state's capital: the text's own, else the gazetteer's; None if unknown."""
        for index, cluster in enumerate(self.clusters):
            if cluster.type == "Place" and cluster.anchor == iso:
                return index
        name = capital_name(iso, self.lexicon.language)
        if name is None:
            return None
        self.clusters.append(Cluster("Place", anchor=iso, names=Counter([name]), keys={_key(name)}))
        return len(self.clusters) - 1

    def _find(self, type_: str, key: tuple[str, ...], at: int) -> int | None:
        for index, cluster in enumerate(self.clusters):
            if cluster.type == type_ and key in cluster.keys:
                return index
        part = {"Person": _part_of_person, "Organization": _part_of_body}.get(type_)
        if not key or part is None:
            return None
        wholes = [i for i, c in enumerate(self.clusters) if c.type == type_ and any(part(key, own) for own in c.keys)]
        if type_ == "Person" and len(wholes) > 1:
            return self._spoken_of(wholes, at)
        return wholes[-1] if wholes else None

    def _spoken_of(self, wholes: list[int], at: int) -> int:
        """Return whom of several a part of their names means that first stands alone at a place.

        It is the one named most often before, of equals the last; where none was named yet, in a headline, the one that
        the text goes on to name most often, of equals the first. A relative who is named later takes nobody's name.
        """
        before = {index: [start for start in self.clusters[index].starts if start < at] for index in wholes}
        if any(before.values()):
            return max(wholes, key=lambda index: (len(before[index]), max(before[index], default=-1)))
        return max(wholes, key=lambda index: (len(self.clusters[index].starts), -min(self.clusters[index].starts)))

    def _merge(self, keep: int, drop: int, names: list[Mention]) -> None:
        self.clusters[keep].names.update(self.clusters[drop].names)
        self.clusters[keep].keys |= self.clusters[drop].keys
        self.clusters[drop].keys = set()
        for mention in names:
            if mention.entity == drop:
                mention.entity = keep
                mention.type = self.clusters[keep].type


def _part_of_person(key: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Return whether a name is a part of a fuller one: its end, its beginning, or all of it but initials."""
    if len(key) >= len(known):
        return False
    without = tuple(part for part in known if len(part) > 1)  # "John R. Bolton" – "John Bolton"
    return key in (known[-len(key) :], known[: len(key)]) or (len(key) > 1 and key == without)


def _part_of_body(key: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Return whether a body's short name begins a longer one ("Fretilin" – "Fretilin movement")."""
    return (
        len(key) < len(known)
        and len("".join(key)) > 3
        and known[: len(key)] == key
        and len(known) - len(key) <= 2
        and key[0] not in _HEADS
        and " ".join(key) not in name_words().body.common  # the House is not its committee
    )


# First words that name a kind of body, not a body.
_HEADS = frozenset(
    [
        "kementerian",
        "departemen",
        "badan",
        "komisi",
        "partai",
        "dewan",
        "ministry",
        "department",
        "party",
        "bank",
        "komite",
        "universitas",
        "pt",
        "united",
        "european",
        "african",
        "arab",
        "islamic",
        "national",
        "state",
        "human",
    ]
)


def add_name_parts(doc: Doc, lexicon: Lexicon, mentions: list[Mention]) -> None:
    """Add mentions of single name parts ("Cavusoglu") that stand alone, and retype those taken for something else."""
    last: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.type == "Person" and mention.end - mention.start > 1:
            full = doc[mention.start : mention.end].text
            last.setdefault(doc[mention.end - 1].text, set()).add(full)
            article, _, rest = doc[mention.end - 1].text.partition("-")
            if article.lower() in ("al", "el") and rest:
                last.setdefault(rest, set()).add(full)  # "Abdel Fattah al-Burhan" is "Burhan" afterwards
            last.setdefault(doc[mention.start].text, set()).add("first " + full)
    finals = {part for part, wholes in last.items() if any(not w.startswith("first ") for w in wholes)}
    # a given or family name in front stands alone too ("Wen" Jiabao, "Andre" Rosiade) unless two share it
    parts = finals | {part for part, wholes in last.items() if len({_key(w)[-1:] for w in wholes}) == 1}
    parts = {p for p in parts if len(p) > 2 and capitalised_text(p) and _free(lexicon, p)}
    covered = {i: m for m in mentions for i in range(m.start, m.end)}
    headlines = title_cased(doc)
    for mention in mentions:
        if (
            mention.kind == "name"
            and mention.type != "Person"
            and mention.end - mention.start == 1
            and mention.source in ("recognised", "city")
            and doc[mention.start].text in parts
        ):
            mention.type = "Person"
    for start, end in _repeats(doc, mentions, covered):
        mentions.append(Mention(start, end, "name", "Person", source="ruled"))
        covered.update(dict.fromkeys(range(start, end), mentions[-1]))
    for i, text in enumerate(surface_of(doc).text):
        if (
            text in parts
            and i not in covered
            and (text in finals or doc[i].pos_ == "PROPN")
            and (i in headlines or not _inside_run(doc, i, covered))
            and not (text in lexicon.titles and i + 1 in covered)  # "King Charles" beside "Martin King"
        ):
            mentions.append(Mention(i, i + 1, "name", "Person", source="ruled"))
    mentions.sort(key=lambda m: m.start)


def _repeats(doc: Doc, mentions: list[Mention], covered: dict[int, Mention]) -> list[tuple[int, int]]:
    """Return where a person's full name stands again unrecognised."""
    names = {doc[m.start : m.end].text: m.end - m.start for m in mentions if m.type == "Person" and m.end - m.start > 1}
    firsts = {name.split()[0] for name in names}
    found = []
    for i, text in enumerate(surface_of(doc).text):
        if text in firsts:
            for size in sorted(set(names.values()), reverse=True):
                span = doc[i : i + size]
                inside = {id(covered[t.i]): covered[t.i] for t in span if t.i in covered}
                if names.get(span.text) == size and all(
                    m.end - m.start < size and m.start >= span.start and m.end <= span.end for m in inside.values()
                ):
                    mentions[:] = [m for m in mentions if id(m) not in inside]
                    found.append((i, i + size))
                    break
    return found


def _free(lexicon: Lexicon, part: str) -> bool:
    name = lexicon.names.get(fold(part))
    return name is None or name.kind == "city"


def capitalised_text(text: str) -> bool:
    """Return whether a text begins with a capital letter."""
    return text[:1].isupper()


def _inside_run(doc: Doc, i: int, covered: dict[int, Mention]) -> bool:
    """Return whether the next word is an uncovered capital: a longer, other name."""
    return i + 1 < len(doc) and capitalised(doc[i + 1]) and i + 1 not in covered and not doc[i + 1].is_sent_start
