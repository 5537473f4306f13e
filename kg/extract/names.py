"""Doc → mentions of names: the candidates of all sources, longest first, then joined and checked in headlines.

The parse has no say here. Later stages widen a mention to the phrase that stands for it ("pasukan Azerbaijan",
"President Claudia Sheinbaum") and give it an entity.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.acronyms import defined
from kg.extract.joins import bracketed, given_before, persons_joined, places_told
from kg.extract.lexicon import MAX_TOKENS, Lexicon
from kg.extract.mentions import Mention, title_cased
from kg.extract.plausibility import sure
from kg.extract.runs import hyphenated, whole_name
from kg.extract.sources import listed, recognised, ruled

# Which source of a span wins among spans of equal length: what is listed is surer than what is guessed.
_PRIORITY = {"listed": 0, "country": 1, "capital": 2, "defined": 3, "ruled": 3, "recognised": 4}
_PRIORITY |= {"region": 5, "city": 5, "demonym": 6}


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Return the mentions of names in text order, without overlap."""
    candidates = [*listed(doc, lexicon), *recognised(doc, lexicon), *ruled(doc, lexicon), *defined(doc, lexicon)]
    for mention in candidates:
        hyphenated(doc, mention, lexicon)
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
    places_told(doc, chosen, lexicon)
    chosen = persons_joined(doc, bracketed(doc, chosen, lexicon), headlines, lexicon)
    given_before(doc, chosen, lexicon)
    for mention in chosen:
        if mention.type == "Person" and mention.start not in headlines and not sure(doc):
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
