"""Where mentions of names come from: lists, the named entity recogniser, and head words with capitals beside them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.extract.lexicon import MAX_TOKENS, Lexicon, Surface, surface_of
from kg.extract.mentions import Mention, capitalised
from kg.extract.plausibility import common, numbered, sure
from kg.extract.runs import PERSON_TOKENS, country_end, in_title, person_run, run, run_back
from kg.gazetteer import fold

_TYPE = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}

_DASHES = frozenset({"-", "–", "--", ":"})
_JOINTS = _DASHES | {","}

# Shorter capitals are initials and words ("II", "TV").
SHORTEST_ACRONYM = 3


def listed(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the names that gazetteers and the list of well-known bodies hold."""
    entities = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
    words = surface_of(doc)
    for i, first in enumerate(words.text):
        if not (first[:1].isupper() or first[:3].lower() == "al-"):
            continue
        end = lexicon.org_known.match(doc, i)
        if end:
            yield Mention(i, end, "name", "Organization", source="listed")
        for end, text in reversed(list(_walk(words, i, lexicon.name_beginnings))):
            if text.startswith(("the ", "The ")):
                continue
            name = lexicon.names.get(fold(text).strip())
            if name is None or (text.isupper() and len(text) > 4 and name.kind in ("city", "region")):
                continue
            if name.kind in ("city", "region") and not _free_city(doc[i:end], entities, lexicon, name.kind):
                continue
            source = "ruled" if name.kind == "region" and _after_head(doc, i, lexicon) else name.kind
            kind = "demonym" if name.kind == "demonym" else "name"
            type_ = "Country" if name.kind in ("country", "demonym") else "Place"
            yield Mention(i, end, kind, type_, iso=name.iso, capital=name.kind == "capital", source=source)
            break


def _walk(words: Surface, start: int, beginnings: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the ends and texts of the spans from a token with which some listed name begins."""
    text = ""
    for i in range(start, min(start + MAX_TOKENS, len(words.text))):
        text += words.text[i]
        if fold(text) not in beginnings:
            return
        yield i + 1, text
        text += words.space[i]


def _after_head(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Return whether a title's head stands right before a token: "Bupati Agam", "Gubernur Jawa Barat"."""
    return any(lexicon.titles.match(doc, k, start) == start for k in range(max(0, start - 3), start))


def _free_city(span: Span, entities: dict[int, Span], lexicon: Lexicon, kind: str) -> bool:
    """Return whether a listed city name is used of a place: recognised as one, or after a preposition of place."""
    doc, start, end = span.doc, span.start, span.end
    if _after_head(doc, start, lexicon) or (kind == "region" and end - start > 1):
        return True
    ent = entities.get(start)
    if ent is not None:
        return ent.label_ != "PER"
    after = doc[end] if end < len(doc) and not doc[end].is_sent_start else None
    return start > 0 and doc[start - 1].lower_ in lexicon.locative and not (after is not None and capitalised(after))


def recognised(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the recogniser's names, without the titles, articles and days that it took along."""
    words = surface_of(doc)
    for ent in _parts(doc):
        start, end, label = ent.start, ent.end, ent.label_
        while start < end and _no_part(words.text[start], lexicon):
            start += 1
        while end > start and (
            not (last := words.text[end - 1])[0].isalnum()
            or last in ("'s", "’s")
            or (last in lexicon.not_names and not _called_so(doc, start, end, label, lexicon))
        ):
            end -= 1
        if "(" in words.text[start:end]:
            end = words.text.index("(", start)
        known = lexicon.names.get(fold(words.span(start, end)))
        if end - start == 1 and doc[start].is_sent_start and _common(words.lower[start], lexicon):
            continue  # "Konvoi AS": a capital because the sentence begins
        if known is not None and known.kind == "demonym":
            continue  # "Sri Lankan" is nobody
        if label == "PER" and end - start == 1 and known is not None and known.kind in ("region", "capital"):
            yield Mention(start, end, "name", "Place", capital=known.kind == "capital", iso=known.iso)
            continue
        while start < end and in_title(doc, start, lexicon):
            start += 1  # "Wali [Kota Medan]"
        if label != "PER" and not lexicon.title_first:
            titled = next((i for i in range(start + 1, end) if lexicon.titles.match(doc, i, end) == end), None)
            end = titled or end  # "[State Department] Spokesperson"
        head = lexicon.titles.match(doc, start, end) if start < end and label != "PER" else None
        if head and head < end and lexicon.title_first:
            start = head  # "[Komisaris Utama Pertamina]"
        if label == "PER":
            start = _after_title(doc, start, end, lexicon)
        name = words.span(start, end)
        if not any(word[:1].isupper() for word in words.text[start:end]) or name in lexicon.not_names:
            continue
        split = label != "PER" and lexicon.title_first and not sure(doc)
        cut = _after_country(doc, start, end, lexicon) if split else end
        if cut < end:  # "Departemen Pertahanan AS John Doe": a country closes one name, a person's follows
            yield Mention(cut, end, "name", "Person")
            end, name = cut, words.span(start, cut)
        if end - start == 1 and label == "PER" and (name in lexicon.org_first or _styles(name, lexicon)):
            continue  # "Dewan", "Kapolri" alone
        if label == "ORG" and not name[0].isupper() and _ends_listed(doc, start, end, lexicon):
            continue  # "gerakan Islam Hamas": the list knows who it is
        if label == "ORG" and _government(doc[start:end], lexicon):
            continue  # "Pemerintah Indonesia" is Indonesia: anchoring sees to it
        if label == "LOC" and fold(name) in lexicon.names:
            continue  # the gazetteer says more
        yield Mention(start, end, "name", _TYPE[label])


def _called_so(doc: Doc, start: int, end: int, label: str, lexicon: Lexicon) -> bool:
    """Return whether a month closes a person's name: no number makes a date of "Theresa May"."""
    return label == "PER" and end - start > 1 and doc[end - 1].text in lexicon.months and not numbered(doc, end)


def _ends_listed(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(lexicon.org_known.match(doc, i) == end for i in range(start + 1, end))


def _common(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is one that the lists know as a common noun."""
    tables = (lexicon.actors.body_nouns, lexicon.actors.country_nouns, lexicon.actors.forces)
    return word in lexicon.anchors or word in lexicon.titles or any(word in table for table in tables)


def _styles(name: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a title or honorific by itself, and nobody's name."""
    return name.rstrip(".") in lexicon.titles or not {name, name.rstrip(".")}.isdisjoint(lexicon.honorifics)


def _parts(doc: Doc) -> Iterator[Span]:
    """Yield the recogniser's spans, those that run over a comma in their parts: "Bogor, Jawa Barat" are two places."""
    words = surface_of(doc)
    for ent in doc.ents:
        start, end, label = ent.start, ent.end, ent.label_
        texts = words.text[start:end]
        if _JOINTS.isdisjoint(texts):
            yield ent
            continue
        dashes = [i for i in range(start + 1, end) if words.text[i] in _DASHES and words.space[i - 1]]
        commas = [i for i in range(start, end) if words.text[i] == ","]
        mates = [i for i in range(start, end) if words.text[i] == "-" and min(i - start, end - i - 1) > 1]
        if label == "PER" and mates and words.text[mates[0] + 1][:1].isupper():
            yield Span(doc, start, mates[0], label="PER")  # "Prabowo Subianto-Hatta Rajasa": running mates
            yield Span(doc, mates[0] + 1, end, label="PER")
        elif dashes:
            yield Span(doc, start, dashes[0], label=label)  # "the Donor Conference - Japan, …"
        elif not commas:
            yield ent
        elif label == "LOC":
            for first, last in zip([start, *(c + 1 for c in commas)], [*commas, end], strict=True):
                if first < last:
                    yield Span(doc, first, last, label=label)


def _named(span: Span, lexicon: Lexicon) -> bool:
    """Return whether a span reads like a person's name: capitals, with particles between them."""
    particles = lexicon.grammar.name.particles
    return all((capitalised(t) and t.is_alpha) or t.lower_ in particles for t in span) and capitalised(span[0])


def _after_country(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where a person's name begins that a recogniser ran together with what stands before it, else the end."""
    first = doc[start].text
    if (
        end - start > 1
        and first.isupper()
        and len(first) > 2
        and not doc[start + 1].text.isupper()
        and _after_head(doc, start, lexicon)
    ):
        return start + 1 if all(capitalised(t) and t.is_alpha for t in doc[start:end]) else end
    for i in range(start, end - 1):
        stop = country_end(doc, i, lexicon, ("country", "demonym", "region", "capital"))
        if (
            stop
            and stop < end
            and _named(doc[stop:end], lexicon)
            and not common(doc, stop, lexicon)
            and doc[end - 1].text not in lexicon.org_last
        ):
            titled = start > 0 and any(lexicon.titles.match(doc, k) for k in range(max(0, start - 3), start + 1))
            return stop if titled else end
    return end


def _government(span: Span, lexicon: Lexicon) -> bool:
    """Return whether a span is a state's name with nothing but a word for its government."""
    words = [t for t in span if t.lower_ in lexicon.actors.headed or t.lower_ in ("of", "the")]
    rest = [t for t in span if t not in words]
    return bool(words) and bool(rest) and country_end(span.doc, rest[0].i, lexicon) == rest[-1].i + 1


def _no_part(text: str, lexicon: Lexicon) -> bool:
    return (not text[0].isalnum()) or text.lower() in ("the", "a", "an", "sang", "si") or (text in lexicon.honorifics)


def _after_title(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the name proper begins in a span that a recogniser took for a person's."""
    moved = True
    while moved and start < end - 1:
        moved = False
        for table in (lexicon.titles, lexicon.title_fields, lexicon.org_known):  # "PDIP Mira Osei"
            stop = table.match(doc, start, end)
            if stop and stop < end and doc[stop].text not in lexicon.not_names:  # "Raja Juli Antoni" is no king
                start, moved = stop, True
        name = lexicon.names.get(fold(doc[start].text))
        placed = name is not None and name.kind == "region" and _after_head(doc, start, lexicon) and not sure(doc)
        if name is not None and (name.kind in ("country", "demonym") or placed) and start < end - 1:
            start, moved = start + 1, True
        if doc[start].text in lexicon.honorifics:
            start, moved = start + 1, True
    return start


def ruled(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield organisations and places that a head word makes of the capitalised words beside it."""
    persons = {ent.start: ent.end for ent in doc.ents if ent.label_ == "PER"}
    others = sorted(ent.end for ent in doc.ents if ent.label_ != "PER")
    for table, type_ in ((lexicon.org_first, "Organization"), (lexicon.place_before, "Place")):
        for i in table.begins(doc):
            end = table.match(doc, i)
            if (
                end is None
                or (i > 0 and doc[i - 1].text == "-")
                or in_title(doc, i, lexicon)
                or end < persons.get(i, 0)
            ):
                continue
            stop = run(doc, end, lexicon, frozenset(persons), joins=type_ == "Organization")
            ends = [e for e in others if end < e < stop and 2 <= stop - e <= PERSON_TOKENS]
            stop = ends[-1] if ends else stop  # the recogniser ends the body before a person's name
            if (lexicon.org_known.match(doc, i) or 0) >= min(stop, end + 1):
                continue  # a list knows it whole
            if type_ == "Place" and country_end(doc, end, lexicon) == stop:
                continue  # "ibu kota Ukraina" is no place's name
            armed = doc[i].lower_ in lexicon.actors.forces and country_end(doc, end, lexicon) == stop
            if stop > end and not armed:  # "Tentara Israel" is Israel: anchoring sees to it
                yield Mention(i, stop, "name", type_, source="ruled")
    yield from _styled(doc, lexicon)
    kinds = lexicon.actors.body_nouns
    words = surface_of(doc).text
    for i, text in enumerate(words[1:], start=1):
        if text.isupper() and len(text) >= SHORTEST_ACRONYM and text.isalpha():
            nouns = {doc[k].lower_ for k in (i - 1, i - 2) if k >= 0}
            if nouns & kinds and doc[i - 1].pos_ in ("NOUN", "ADJ", "PROPN") and not doc[i].is_sent_start:
                yield Mention(i, i + 1, "name", "Organization", source="ruled")  # "kelompok bersenjata ARSA"
    for i, text in enumerate(words):
        if text in lexicon.org_last and not doc[i].is_sent_start:
            start = run_back(doc, i, lexicon)
            if start < i:
                yield Mention(start, i + 1, "name", "Organization", source="ruled")


def _styled(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the persons whom an honorific gives away: "Komjen Badrodin Haiti", whatever else the words may be."""
    words = surface_of(doc).text
    for i in range(len(doc) - 2):
        if words[i] not in lexicon.honorifics or words[i + 1] in lexicon.honorifics:
            continue
        end = person_run(doc, i + 1, lexicon)
        first = doc[i + 1]
        other = lexicon.titles.match(doc, i + 1) or lexicon.org_first.match(doc, i + 1)
        known = fold(first.text) in lexicon.names or first.text in lexicon.org_known
        if end - i > 2 and not other and not known and not first.text.isupper():
            yield Mention(i + 1, end, "name", "Person", source="ruled")
