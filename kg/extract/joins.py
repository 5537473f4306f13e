"""Names that the sources cut or mistype: brackets inside, two halves side by side, and what the text says they are."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.lexicon import Lexicon, surface_of
from kg.extract.mentions import Mention, capitalised
from kg.extract.runs import PERSON_TOKENS
from kg.gazetteer import fold

# Words between a comma and the word of kind in "Irpin, a war-torn town".
APPOSITION = 3
# Sources that guess a name's type from its looks.
GUESSED = frozenset({"recognised", "ruled", "city"})


def places_told(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> None:
    """Retype guessed names that the text says are places: "Irpin, a town near Kyiv", "Karabakh" of Nagorno-Karabakh."""
    parts = {
        part
        for m in mentions
        if m.type == "Place" and "-" in (text := doc[m.start : m.end].text)
        for part in text.split("-")
    }
    for m in mentions:
        if m.source not in GUESSED or m.type == "Place" or m.end - m.start > 2:
            continue
        after = doc[m.end + 1 : m.end + 1 + APPOSITION] if m.end < len(doc) and doc[m.end].text == "," else ()
        kinds = [t.i for t in after if t.lower_ in lexicon.place_kinds]
        told = bool(kinds) and all(t.pos_ in ("DET", "ADJ", "NOUN", "NUM") for t in doc[m.end + 1 : kinds[0]])
        if told or doc[m.start : m.end].text in parts:
            m.type = "Place"


def bracketed(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Make one person of a name with a bracket inside: "(Hosni) Mubarak", "Voreqe (Frank) Bainimarama"."""
    at = {i: m for m in mentions for i in range(m.start, m.end)}
    words = surface_of(doc).text
    for i in range(len(doc) - 3):
        if words[i] != "(" or words[i + 2] != ")":
            continue
        inside, after = doc[i + 1], doc[i + 3]
        if after.is_sent_start:
            continue
        if not all(_given(t, lexicon) or t.lower_.startswith(("al-", "el-")) for t in (inside, after)):
            continue
        before = at.get(i - 1) if i else None
        last = at.get(i + 3)
        if before is not None and before.type != "Person" and before.source not in GUESSED:
            continue  # "Partai Demokrat (PD) Jawa": a body and its short name
        start = before.start if before is not None else i - 1 if i and _given(doc[i - 1], lexicon) else i + 1
        titled = start == i + 1 and i > 0 and any(lexicon.titles.match(doc, k) for k in range(max(0, i - 3), i))
        persons = any(m is not None and m.type == "Person" for m in (before, at.get(i + 1), last))
        if not (persons or titled) or (start == i + 1 and not titled):
            continue
        start, end = (i if titled else start), last.end if last is not None else i + 4
        whole = Mention(start, end, "name", "Person")
        mentions = [m for m in mentions if m.end <= start or m.start >= end]
        mentions.append(whole)
        at.update(dict.fromkeys(range(start, end), whole))
    return sorted(mentions, key=lambda m: m.start)


def given_before(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> None:
    """Widen a person's name over the given name in front that the article calls them by elsewhere.

    A recogniser that knows the father's name cuts the daughter's down to it.
    """
    alone = {ent.text for ent in doc.ents if ent.label_ == "PER" and len(ent) == 1}
    covered = {i for m in mentions for i in range(m.start, m.end)}
    for m in mentions:
        i = m.start - 1
        if m.type != "Person" or i < 0 or i in covered or doc[m.start].is_sent_start or doc[i].text not in alone:
            continue
        if _given(doc[i], lexicon) and doc[i].text not in doc[m.start : m.end].text.split():
            m.start = m.left = i


def _given(token: Token, lexicon: Lexicon) -> bool:
    """Return whether a token reads like one word of a personal name, and like nothing that a list knows better."""
    return (
        capitalised(token)
        and token.is_alpha
        and not token.text.isupper()
        and token.text not in lexicon.not_names
        and token.text not in lexicon.honorifics
        and token.text not in lexicon.titles
        and fold(token.text) not in lexicon.names
    )


def persons_joined(doc: Doc, mentions: list[Mention], headlines: frozenset[int], lexicon: Lexicon) -> list[Mention]:
    """Join a person's name with the guessed name right behind it: recognisers cut long names in two."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type == "Person"
            and last.end == mention.start
            and mention.source in GUESSED
            and mention.start not in headlines
            and not doc[mention.start].is_sent_start
            and mention.end - last.start <= PERSON_TOKENS
            and all(_given(t, lexicon) for t in doc[mention.start : mention.end])
            and lexicon.org_first.match(doc, mention.start) is None
            and lexicon.place_before.match(doc, mention.start) is None
            and doc[mention.end - 1].text not in lexicon.org_last
        ):
            last.end = last.right = mention.end
        else:
            joined.append(mention)
    return joined
