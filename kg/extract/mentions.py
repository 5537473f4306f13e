"""Doc → typed mentions of names: gazetteer, named entity recogniser and surface rules, longest first.

The parse has no say here. A mention is a token span; later stages widen it to the phrase that stands for it
("pasukan Azerbaijan", "President George W. Bush") and give it an entity.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import MAX_TOKENS, Lexicon, Phrases
from kg.gazetteer import fold

_TYPE = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
# Share of long words with capitals from which a sentence counts as a headline: prose stays far below, headlines above.
TITLE_CASE = 0.75
# Which source of a span wins among spans of equal length: what is listed is surer than what is guessed.
_PRIORITY = {"listed": 0, "country": 1, "capital": 2, "ruled": 3, "recognised": 4, "region": 5, "city": 5, "demonym": 6}


@dataclass(slots=True, eq=False)
class Mention:
    """A span of tokens that refers to an actor or place.

    `kind` is name, demonym, anchor (an unnamed part of a named actor), title (an office without its holder's name),
    pronoun or pair; `left` and `right` bound the phrase that stands for it. `modifier` marks a name that only
    qualifies another noun ("Israeli hospital") and takes part in nothing itself.
    """

    start: int
    end: int
    kind: str
    type: str
    iso: str | None = None
    capital: bool = False
    source: str = "recognised"
    left: int = -1
    right: int = -1
    modifier: bool = False
    consumed: bool = False
    entity: int = -1
    group: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.left < 0:
            self.left, self.right = self.start, self.end

    def sentence_break(self, doc: Doc, earlier: Mention) -> bool:
        """Return whether a sentence ends between an earlier mention and this one."""
        return any(doc[i].is_sent_start for i in range(earlier.end, self.start + 1))


def capitalised(token: Token) -> bool:
    """Return whether a token begins like a name."""
    return token.text[:1].isupper()


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Return the mentions of names in text order, without overlap."""
    candidates = [*_listed(doc, lexicon), *_recognised(doc, lexicon), *_ruled(doc, lexicon)]
    for mention in candidates:
        _hyphenated(doc, mention)
    candidates.sort(key=lambda m: (m.start - m.end, _PRIORITY[m.source], m.start))
    taken = [False] * len(doc)
    chosen = []
    for mention in candidates:
        if any(taken[mention.start : mention.end]):
            continue
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        chosen.append(mention)
    chosen.sort(key=lambda m: m.start)
    headlines = title_cased(doc)
    for mention in chosen:
        if mention.type == "Person" and mention.start not in headlines:
            _whole_name(doc, mention, taken, lexicon)
    return _in_headlines(doc, headlines, _joined(doc, chosen, place_closes=lexicon.title_first))


def title_cased(doc: Doc) -> frozenset[int]:
    """Return the tokens of sentences set in title case, where a capital says nothing: headlines."""
    found: list[int] = []
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > 3]
        if len(words) >= 4 and sentence[-1].text not in (".", '"', "”") and sum(map(capitalised, words)) >= TITLE_CASE * len(words):
            found += range(sentence.start, sentence.end)
    return frozenset(found)


def _joined(doc: Doc, mentions: list[Mention], *, place_closes: bool) -> list[Mention]:
    """Join names that stand side by side: a body no source saw whole, in Indonesian with the place that closes it."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and last.type == "Organization" and last.end == mention.start and mention.kind == "name" \
                and (mention.type == "Organization" and mention.source == "recognised" or place_closes and (
                    mention.type == "Place" or mention.type == "Country" and last.source != "listed")) \
                and not doc[mention.start].is_sent_start:
            last.end = last.right = mention.end
        else:
            joined.append(mention)
    return joined


def _in_headlines(doc: Doc, headlines: frozenset[int], mentions: list[Mention]) -> list[Mention]:
    """Keep in headlines what is listed or named elsewhere in the text, and find there the names of the rest of it."""
    body = [m for m in mentions if m.start not in headlines]
    if not headlines or not body:
        return mentions
    kept = body + [m for m in mentions if m.start in headlines and m.source in ("listed", "country", "capital")]
    covered = {i for m in kept for i in range(m.start, m.end)}
    known = {doc[m.start : m.end].text: m for m in body}
    for start in sorted(headlines):
        for end in range(min(start + MAX_TOKENS, len(doc)), start, -1):
            model = known.get(doc[start:end].text)
            if model is not None and not covered & set(range(start, end)):
                kept.append(Mention(start, end, model.kind, model.type, model.iso, model.capital, model.source))
                covered.update(range(start, end))
                break
    return sorted(kept, key=lambda m: m.start)


def _hyphenated(doc: Doc, mention: Mention) -> None:
    """Widen a mention over "-Name" written without a space: recognisers cut "Nagorno-Karabakh" in two."""
    if mention.kind == "demonym" or mention.source == "country":
        return
    while mention.end + 1 < len(doc) and doc[mention.end].text == "-" and not doc[mention.end - 1].whitespace_ \
            and not doc[mention.end].whitespace_ and capitalised(doc[mention.end + 1]):
        mention.end = mention.right = mention.end + 2


def _whole_name(doc: Doc, mention: Mention, taken: list[bool], lexicon: Lexicon) -> None:
    """Widen a person's name over the capitalised words beside it that belong to nothing else."""
    end = mention.end
    while end < len(doc) and not taken[end] and not doc[end].is_sent_start and capitalised(doc[end]) \
            and doc[end].is_alpha and doc[end].pos_ in ("PROPN", "NOUN", "ADJ", "X") and doc[end].text not in _bad(lexicon) \
            and lexicon.titles.match(doc, end) is None:
        taken[end] = True
        end += 1
    mention.end = mention.right = end
    start = mention.start
    while start > 0 and not taken[start - 1] and not doc[start].is_sent_start and capitalised(doc[start - 1]) \
            and doc[start - 1].is_alpha and doc[start - 1].pos_ == "PROPN" and not doc[start - 1].is_sent_start \
            and not any(doc[start - 1].text in table for table in (lexicon.titles, lexicon.title_fields, lexicon.org_first)) \
            and doc[start - 1].text not in lexicon.honorifics and doc[start - 1].text not in _bad(lexicon) \
            and fold(doc[start - 1].text) not in lexicon.names:
        start -= 1
        taken[start] = True
    mention.start = mention.left = start


def _listed(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    recognised = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
    for i, token in enumerate(doc):
        if not (capitalised(token) or token.text[:3].lower() == "al-"):
            continue
        end = lexicon.org_known.match(doc, i)
        if end:
            yield Mention(i, end, "name", "Organization", source="listed")
        for end in range(min(i + MAX_TOKENS, len(doc)), i, -1):
            text = doc[i:end].text
            if text.startswith(("the ", "The ")):
                continue
            name = lexicon.names.get(fold(text).strip())
            if name is None or (text.isupper() and len(text) > 4 and name.kind in ("city", "region")):
                continue
            if name.kind in ("city", "region") and not _free_city(doc, i, end, recognised, lexicon, name.kind):
                continue
            source = "ruled" if name.kind == "region" and _after_head(doc, i, lexicon) else name.kind
            kind = "demonym" if name.kind == "demonym" else "name"
            type_ = "Country" if name.kind in ("country", "demonym") else "Place"
            yield Mention(i, end, kind, type_, iso=name.iso, capital=name.kind == "capital", source=source)
            break


def _after_head(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Return whether a title's head stands right before a token: "Bupati Agam", "Gubernur Jawa Barat"."""
    return any(lexicon.titles.match(doc, k, start) == start for k in range(max(0, start - 3), start))


def _free_city(doc: Doc, start: int, end: int, recognised: dict[int, object], lexicon: Lexicon, kind: str) -> bool:
    """Return whether a listed city name is used of a place: recognised as one, or after a preposition of place."""
    if _after_head(doc, start, lexicon) or (kind == "region" and end - start > 1):
        return True
    ent = recognised.get(start)
    if ent is not None:
        return ent.label_ != "PER"  # type: ignore[attr-defined]
    after = doc[end] if end < len(doc) and not doc[end].is_sent_start else None
    return start > 0 and doc[start - 1].lower_ in lexicon.locative and not (after is not None and capitalised(after))


def _recognised(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    for ent in _parts(doc):
        start, end = ent.start, ent.end
        while start < end and _no_part(doc[start], lexicon):
            start += 1
        while end > start and (not doc[end - 1].text[0].isalnum() or doc[end - 1].text in ("'s", "’s", *_bad(lexicon))):
            end -= 1
        known = lexicon.names.get(fold(doc[start:end].text)) if end - start == 1 else None
        if ent.label_ == "PER" and known is not None and known.kind in ("region", "capital"):
            yield Mention(start, end, "name", "Place", capital=known.kind == "capital", iso=known.iso)
            continue
        if ent.label_ == "PER":
            start = _after_title(doc, start, end, lexicon)
        if start >= end or not any(capitalised(t) for t in doc[start:end]) or doc[start:end].text in _bad(lexicon):
            continue
        cut = _after_country(doc, start, end, lexicon) if ent.label_ != "PER" and lexicon.title_first else end
        if cut < end:  # "Departemen Pertahanan AS Todd Vician": a country closes one name, a person's follows
            yield Mention(cut, end, "name", "Person")
            end = cut
        if ent.label_ == "LOC" and fold(doc[start:end].text) in lexicon.names:
            continue  # the gazetteer says more
        yield Mention(start, end, "name", _TYPE[ent.label_])


def _parts(doc: Doc) -> Iterator[Span]:
    """Yield the recogniser's spans, those that run over a comma in their parts: "Bogor, Jawa Barat" are two places."""
    for ent in doc.ents:
        commas = [t.i for t in ent if t.text == ","]
        if not commas:
            yield ent
        elif ent.label_ == "LOC":
            for start, end in zip([ent.start, *(c + 1 for c in commas)], [*commas, ent.end], strict=True):
                if start < end:
                    yield Span(doc, start, end, label=ent.label_)


def _after_country(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where a person's name begins that a recogniser ran together with the country before it, else the end."""
    for i in range(start, end - 1):
        stop = country_end(doc, i, lexicon, ("country", "demonym", "region", "capital"))
        if stop and stop < end and all(capitalised(t) and t.is_alpha for t in doc[stop:end]) \
                and doc[end - 1].text not in lexicon.org_last:
            titled = start > 0 and any(lexicon.titles.match(doc, k) for k in range(max(0, start - 3), start + 1))
            return stop if titled else end
    return end


def _bad(lexicon: Lexicon) -> list[str]:
    return lexicon.grammar["name"]["not_names"]  # type: ignore[no-any-return]


def _no_part(token: Token, lexicon: Lexicon) -> bool:
    text = token.text
    return (not text[0].isalnum()) or text.lower() in ("the", "a", "an", "sang", "si") or (
        text in lexicon.honorifics
    )


def _after_title(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the name proper begins in a span that a recogniser took for a person's."""
    moved = True
    while moved and start < end - 1:
        moved = False
        for table in (lexicon.titles, lexicon.title_fields):
            stop = table.match(doc, start, end)
            if stop and stop < end:
                start, moved = stop, True
        name = lexicon.names.get(fold(doc[start].text))
        if name is not None and name.kind in ("country", "demonym") and start < end - 1:
            start, moved = start + 1, True
        if doc[start].text in lexicon.honorifics:
            start, moved = start + 1, True
    return start


def _ruled(doc: Doc, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield organisations and places that a head word makes of the capitalised words beside it."""
    persons = {ent.start for ent in doc.ents if ent.label_ == "PER"}
    for table, type_ in ((lexicon.org_first, "Organization"), (lexicon.place_before, "Place")):
        for i in range(len(doc)):
            end = table.match(doc, i)
            if end is None or (i > 0 and doc[i - 1].text == "-") or lexicon.org_known.match(doc, i):
                continue
            stop = _run(doc, end, lexicon, persons, joins=type_ == "Organization")
            if stop > end:
                yield Mention(i, stop, "name", type_, source="ruled")
    for token in doc:
        if token.text in lexicon.org_last and not token.is_sent_start:
            start = _run_back(doc, token.i, lexicon)
            if start < token.i:
                yield Mention(start, token.i + 1, "name", "Organization", source="ruled")


def _run_back(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the start of the run of capitalised words that a body's last word closes ("OSCE Minsk Group")."""
    i = end
    while i > 0 and not doc[i].is_sent_start:
        before = doc[i - 1]
        if not capitalised(before) or not before.is_alpha or before.text in _bad(lexicon) or \
                before.text in lexicon.honorifics or lexicon.titles.match(doc, i - 1) or before.pos_ in ("DET", "ADP", "PRON"):
            break
        i -= 1
    return i


def _run(doc: Doc, start: int, lexicon: Lexicon, persons: set[int], *, joins: bool) -> int:
    """Return the end of the run of capitalised words that starts at a token; small words join if a capital follows.

    A country closes a body's name ("Kementerian Luar Negeri Turki"), a person's name begins another.
    """
    joiners = ("dan", "and", "of", "for", "untuk", "the")
    i = start
    while i < len(doc) and not (i > start and doc[i].is_sent_start):
        token = doc[i]
        if i in persons:
            break
        if capitalised(token) and token.text not in lexicon.honorifics and not _starts_title(doc, i, lexicon):
            country = country_end(doc, i, lexicon)
            if country:
                return country
            i += 1
        elif joins and i > start and token.lower_ in joiners and i + 1 < len(doc) and capitalised(doc[i + 1]) \
                and not _names_other(doc, i + 1, lexicon):
            i += 1
        elif token.text == "-" and i + 1 < len(doc):
            i += 2
        else:
            break
    return i


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
    return fold(doc[i].text) in lexicon.names or doc[i].text in lexicon.org_known or \
        lexicon.org_first.match(doc, i) is not None


def phrases_in(doc: Doc, table: Phrases) -> Iterator[tuple[int, int]]:
    """Yield the spans of a table's phrases, longest first at each position, without overlap."""
    i = 0
    while i < len(doc):
        end = table.match(doc, i)
        if end:
            yield i, end
            i = end
        else:
            i += 1


def person_run(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Return the end of the capitalised run at a token that may be a personal name (particles and initials inside)."""
    particles = lexicon.grammar["name"]["particles"]
    i = start
    while i < len(doc) and i - start < 6 and not (i > start and doc[i].is_sent_start):
        token = doc[i]
        if capitalised(token) and re.match(r"[^\W\d]", token.text) and token.text not in _bad(lexicon):
            i += 1
        elif i > start and token.lower_.rstrip("-") in particles and i + 1 < len(doc) and capitalised(doc[i + 1]):
            i += 1
        elif i == start and token.lower_.startswith(("al-", "el-")):
            i += 1
        else:
            break
    return i
