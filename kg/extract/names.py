"""Doc → mentions of names: the candidates of all sources, longest first, then joined and checked in headlines.

The parse has no say here. Later stages widen a mention to the phrase that stands for it ("pasukan Azerbaijan",
"President Claudia Sheinbaum") and give it an entity.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.acronyms import defined
from kg.extract.lexicon import MAX_TOKENS, Lexicon, surface_of
from kg.extract.mentions import Mention, capitalised, title_cased
from kg.extract.runs import PERSON_TOKENS, hyphenated, whole_name
from kg.extract.sources import listed, recognised, ruled
from kg.gazetteer import fold

# Which source of a span wins among spans of equal length: what is listed is surer than what is guessed.
_PRIORITY = {"listed": 0, "country": 1, "capital": 2, "defined": 3, "ruled": 3, "recognised": 4}
_PRIORITY |= {"region": 5, "city": 5, "demonym": 6}

# Words between a comma and the word of kind in "Irpin, a war-torn town".
APPOSITION = 3
# Sources that guess a name's type from its looks.
GUESSED = frozenset({"recognised", "ruled", "city"})


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Return the mentions of names in text order, without overlap."""
    candidates = [*listed(doc, lexicon), *recognised(doc, lexicon), *ruled(doc, lexicon), *defined(doc, lexicon)]
    for mention in candidates:
        hyphenated(doc, mention)
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
    _places_told(doc, chosen, lexicon)
    chosen = _persons_joined(doc, _bracketed(doc, chosen, lexicon), headlines, lexicon)
    for mention in chosen:
        if mention.type == "Person" and mention.start not in headlines:
            whole_name(doc, mention, taken, lexicon)
    return _in_headlines(doc, headlines, _joined(doc, chosen, place_closes=lexicon.title_first))


def _joined(doc: Doc, mentions: list[Mention], *, place_closes: bool) -> list[Mention]:
    """Join names that stand side by side: a body no source saw whole, in Indonesian with the place that closes it."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type == "Organization"
            and last.end == mention.start
            and mention.kind == "name"
            and (
                (mention.type == "Organization" and mention.source == "recognised")
                or (
                    place_closes
                    and (mention.type == "Place" or (mention.type == "Country" and last.source != "listed"))
                )
            )
            and not doc[mention.start].is_sent_start
        ):
            last.end = last.right = mention.end
        else:
            joined.append(mention)
    return joined


def _places_told(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> None:
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


def _bracketed(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
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


def _persons_joined(doc: Doc, mentions: list[Mention], headlines: frozenset[int], lexicon: Lexicon) -> list[Mention]:
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
