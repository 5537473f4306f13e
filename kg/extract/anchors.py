"""Anchoring: the unnamed part of a named actor becomes that actor ("pasukan Azerbaijan", "US officials").

Widens a mention to the whole phrase (`left`, `right`) and marks names that only qualify another noun as modifiers.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.entities import Entities
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.extract.titles import Office
from kg.extract.triggers import verbs

# Words between an anchor noun and its name: "pejabat tinggi Kementerian", "heavily armed Israeli naval troops".
MAX_GAP = 4
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")


def anchor(doc: Doc, lexicon: Lexicon, mentions: list[Mention]) -> None:
    """Anchor or mark every mention of a country, body or place that no title has consumed, in place."""
    at = {i: m for m in mentions for i in range(m.start, m.end)}
    for mention in reversed(mentions):  # coordination hands the anchor noun from the last conjunct back, in English
        if (
            mention.start > 1
            and doc[mention.start - 1].text == "-"
            and doc[mention.start - 2].lower_ in lexicon.actors.attitudes
        ):
            mention.consumed = True
        if mention.start > 0 and doc[mention.start - 1].lower_ in lexicon.actors.attitudes:
            mention.consumed = True  # "pemberontak anti AS"
        if mention.consumed or mention.type == "Person" or mention.kind not in ("name", "demonym"):
            continue
        if mention.end + 1 < len(doc) and doc[mention.end].text == "-" and not doc[mention.end - 1].whitespace_:
            bound = doc[mention.end + 1]
            if bound.pos_ in ("VERB", "ADJ") or bound.tag_ in ("VBN", "JJ"):
                mention.modifier = True  # "the UN-backed government", "al-Qaeda-linked fighters"
                continue
        if mention.kind == "anchor":
            continue
        (_head_first if lexicon.title_first else _head_last)(doc, lexicon, mention, at)
    for before, after in pairwise(mentions):
        if (
            before.type == "Country"
            and after.type == "Person"
            and after.start - before.end == 1
            and doc[before.end].text in lexicon.grammar.noun_phrase.possessive
        ):
            before.consumed, after.left = True, min(after.left, before.start)  # "Niger's Mahamadou Issoufou"
    if lexicon.title_first:
        for before, after in pairwise(mentions):
            if (
                before.kind == "anchor"
                and not after.consumed
                and _coordinated(doc, before.end, after.start, lexicon)
                and after.type == before.type
                and after.kind == "name"
            ):
                after.kind, after.modifier = "anchor", False


def anchor_headed(
    doc: Doc, lexicon: Lexicon, mentions: list[Mention], offices: list[Office], entities: Entities
) -> None:
    """Make "the Bush administration" the state that the person has an office of, in place."""
    states = {
        o.holder.entity: o.body
        for o in offices
        if o.holder is not None and o.body is not None and o.body.type == "Country"
    }
    words = lexicon.actors.headed
    for mention in mentions:
        body = states.get(mention.entity)
        if mention.type != "Person" or body is None or body.iso is None or mention.left < mention.start:
            continue
        beside = mention.left - 1 if lexicon.title_first else mention.end
        if 0 <= beside < len(doc) and doc[beside].lower_ in words:
            mention.kind, mention.type, mention.iso = "anchor", "Country", body.iso
            mention.entity = entities.country(body.iso)
            mention.left, mention.right = min(mention.left, beside), max(mention.right, beside + 1)


def _coordinated(doc: Doc, end: int, start: int, lexicon: Lexicon) -> bool:
    return 0 < start - end <= 2 and all(doc[i].lower_ in lexicon.separators for i in range(end, start))


def _allowed(lexicon: Lexicon, mention: Mention, phrase: str) -> bool:
    """Return whether the noun may stand for the name: militants and members stand for groups, not for countries."""
    if mention.type == "Place":
        return mention.capital and phrase not in lexicon.group_only
    if mention.type == "Country" and phrase in lexicon.group_only:
        return mention.iso in lexicon.people_as_country
    return True


def _head_last(doc: Doc, lexicon: Lexicon, mention: Mention, at: dict[int, Mention]) -> None:
    """English: the noun follows ("Ethiopian troops", "Israel's army"), or precedes with "of", "from"."""
    end = mention.end
    possessive = end < len(doc) and doc[end].text in lexicon.grammar.noun_phrase.possessive
    if possessive:
        end += 1
    stop = end
    sentence_end = doc[mention.start].sent.end
    while (
        stop < sentence_end
        and stop - end < MAX_GAP
        and doc[stop].pos_ in (*_NOMINAL, "PUNCT")
        and stop not in at
        and (doc[stop].pos_ != "PUNCT" or doc[stop].text == "-")
    ):
        stop += 1
    while stop > end and doc[stop - 1].pos_ not in ("NOUN", "PROPN"):
        stop -= 1
    governed = possessive or mention.kind == "demonym" or doc[mention.end - 1].head.i in range(end, stop)
    if stop > end and governed:
        for k in range(end, stop):
            found = lexicon.anchors.match(doc, k, stop)
            if found == stop and _allowed(lexicon, mention, doc[k:stop].text):
                mention.kind, mention.right = "anchor", stop
                mention.left = _left_edge(doc, mention.start)
                return
        mention.modifier = True
        return
    if end < sentence_end and doc[end].lower_ in ("and", ",") and end + 1 < sentence_end:
        follower = at.get(end + 1)
        if (
            follower is not None
            and follower.kind == "anchor"
            and mention.kind == "demonym"
            and follower.start == end + 1
        ):
            mention.kind = "anchor"
            return
    if (
        mention.kind == "demonym"
        and stop == end
        and end < sentence_end
        and doc[mention.end - 1].pos_ == "ADJ"
        and doc[mention.end - 1].head.i > mention.end
    ):
        mention.modifier = True
        return
    start = mention.start - 1
    while start > 0 and doc[start].pos_ in ("DET", "ADJ"):
        start -= 1
    if start > 0 and doc[start].lower_ in ("of", "from", "in"):
        k = start - 1
        if (
            doc[k].pos_ == "NOUN"
            and doc[k].text in lexicon.anchors
            and (doc[start].lower_ != "in" or mention.type == "Organization")
            and _allowed(lexicon, mention, doc[k].text)
        ):
            mention.kind, mention.left = "anchor", _left_edge(doc, k)


def _left_edge(doc: Doc, start: int) -> int:
    while start > 0 and doc[start - 1].pos_ in ("ADJ", "DET", "NUM") and not doc[start].is_sent_start:
        start -= 1
    return start


def _head_first(doc: Doc, lexicon: Lexicon, mention: Mention, at: dict[int, Mention]) -> None:
    """Indonesian: the noun precedes ("pasukan keamanan Palestina")."""
    start = mention.start
    low = max(doc[mention.start].sent.start, start - MAX_GAP)
    k = start
    best = None
    while (
        k > low
        and k - 1 not in at
        and doc[k - 1].pos_ in (*_NOMINAL, "VERB")
        and (doc[k - 1].is_alpha or "-" in doc[k - 1].text)
    ):
        k -= 1
        end = lexicon.anchors.match(doc, k, start)
        if end is not None and all(doc[i].pos_ in _NOMINAL for i in range(end, start)) and start - end <= 2:
            best = (k, end)
    if best is not None:
        if _allowed(lexicon, mention, doc[best[0] : best[1]].text):
            mention.kind, mention.left = "anchor", best[0]
            if mention.left > 0 and doc[mention.left - 1].lower_ in (
                "para",
                "sejumlah",
                "seorang",
                "beberapa",
                "sebuah",
            ):
                mention.left -= 1
        else:
            mention.modifier = True
        return
    before = doc[start - 1] if start > 0 and not doc[start].is_sent_start else None
    if (
        before is not None
        and before.pos_ == "NOUN"
        and before.i not in at
        and not before.is_punct
        and before.lower_ not in ("negara",)
        and before.lower_ not in verbs(lexicon.language)
    ):
        kinds = lexicon.actors.body_nouns | lexicon.actors.country_nouns
        noun = next((k for k in (start - 1, start - 2) if k >= low and doc[k].lower_ in kinds), None)
        if noun is not None and mention.kind == "name" and mention.type == "Organization":
            mention.left = noun  # "perusahaan minyak ExxonMobil": the kind of body before its name
        else:
            mention.modifier = True
    if before is not None and before.lower_ in ("asal", "milik", "bagi"):
        mention.modifier = before.lower_ != "bagi"
