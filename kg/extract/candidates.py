"""An event → the dates and places that it may have, each with what speaks for it and against it.

That it has none is a candidate too. What rules pick is one reason among others; `kg.extract.chooser` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from kg import specs
from kg.extract.around import Around
from kg.extract.circumstances import chain, governor
from kg.extract.frames import Event
from kg.extract.grammar import one_of
from kg.extract.mentions import Mention
from kg.extract.places import Places
from kg.extract.reading import Reading
from kg.extract.times import DAY, Times

Value = str | int | None  # an ISO date, an entity's number; None for none
# Days between a date and publication; beyond the last it is long ago, or far ahead.
_DAYS = (0, 1, 3, 7, 31, 366)
# Words after a place in which a dateline ends.
_DATELINE = 2

# When it was said, since when it is so, and when what came after it was ("earlier, X had met Y"); where it was said.
_NO_DATE = frozenset({"said no act", "open no fight", "before it"})
_NO_PLACE = frozenset({"governed saying"})

# The feature of what rules pick.
RULE = "rule"

Row = tuple[Value, int | None, set[str]]  # with the word where it stands, if it does


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value and the names of the features that hold of it where it stands; a value can stand in several places."""

    value: Value
    features: frozenset[str]


class Candidates:
    """Finds the candidates of one document's events."""

    def __init__(self, doc: Doc, reading: Reading, events: Iterable[Event]) -> None:
        words = reading.words
        mentions = [m for m in reading.mentions if m.entity >= 0 or m.group]
        self.doc, self.words, self.entities = doc, words, reading.entities
        self.times, self.places = Times(doc, words), Places(doc, words, reading.mentions)
        self.around = Around(doc, words, mentions)
        self.known = specs.relations()
        self.said = reading.attribution.back  # "Hal itu disampaikan X di Y": where it was said
        # With its head and the preposition that governs it: every event asks about them.
        self.located = [
            (m, doc[m.start : m.end].root, self.places.preposition(m))
            for m in mentions
            if m.kind in {"name", "demonym"} and m.type != "Person"
        ]
        self.often = Counter(m.entity for m in mentions)
        events = [e for e in events if self.known[e.relation].journey]
        self.visited = {e.object: e.subject for e in events}
        towns = [e for e in events if self.entities.clusters[e.object].type == "Place"]
        self.bound = {(e.trigger.i, e.subject): e.object for e in reversed(towns)}

    def of(self, event: Event, ends: set[int]) -> dict[str, list[Candidate]]:
        """Return the candidates by kind of circumstance; `ends` are the event's two, as its statement names them."""
        known = self.known[event.relation]
        return {
            "date": self.dates(event, self.times.of(event.trigger, known, factuality=event.factuality)),
            "place": self.sites(event, ends, self._place(event, ends)),
        }

    def _place(self, event: Event, ends: set[int]) -> int | None:
        """Return where an event happened: as its clause says, else for a meeting where one of the two has come to."""
        place = self.places.of(event.trigger, ends)
        if place is None and self.known[event.relation].travelled_for:
            near = {t.i for t in chain(event.trigger, frozenset())} | {t.i for t in event.trigger.children}
            found = [
                self.bound[i, end]
                for i in sorted(near)
                for end in (event.subject, event.object)
                if (i, end) in self.bound
            ]
            place = found[0] if found and found[0] not in ends else None
        return place

    def dates(self, event: Event, rule: str | None) -> list[Candidate]:
        """Return the dates around an event; `rule` is the one that rules pick."""
        found: list[Row] = []
        here = self.times.by_sentence.get(event.trigger.sent.start, [])
        own = "own" if any(d.value for d in here) else "no own"
        known = self.known[event.relation]
        act, start = "act" if known.speech_act else "no act", "fight" if known.dated_by_start else "no fight"
        background = self.around.background(event)
        for dated in (d for row in self.times.by_sentence.values() for d in row):
            if dated.value is None or not self.around.near(event, dated.token):
                continue
            ahead = event.factuality == "planned" and dated in here
            value = self.times.next_of(dated, dated.value) if ahead else dated.value
            features = {*self.around.where(event, dated.token, dated.token.i), f"precision {len(value)}"}
            features |= {"said", f"said {act}"} if dated.said else set()
            features |= {"weekday", f"weekday {event.factuality}"} if dated.weekday else set()
            features |= {f"open {start}"} if dated.start else set()
            if background and dated.token.i < event.trigger.sent.start:
                features |= {"before it"}
            features |= {own, f"of {min(len(here), 3)}"} if dated in here else {own, f"{own} elsewhere"}
            found.append((value, dated.token.i, features | set(self._ahead(event, value))))
        day = self.times.published and self.times.published.isoformat()
        if day:
            found.append(
                (day, None, {"published", *(f"published {f}" for f in self.around.event(event)), f"published {own}"})
            )
        return self._all(event, found, rule, {own, "dated" if day else "undated"}, _NO_DATE)

    def _ahead(self, event: Event, value: str) -> Iterator[str]:
        if self.times.published is None:
            return
        day = self.times.published.isoformat()[: len(value)]
        ahead = "same" if value == day else "ahead" if value > day else "before"
        yield f"{ahead} {event.factuality}"
        if len(value) == DAY:
            days = abs((date.fromisoformat(value) - self.times.published).days)
            yield f"{ahead} days {next((n for n in _DAYS if days <= n), 'many')}"

    def sites(self, event: Event, taken: set[int], rule: int | None) -> list[Candidate]:
        """Return the places around an event that are none of its ends."""
        found: list[Row] = []
        beside = False
        for mention, token, preposition in self.located:
            if mention.entity in taken or not self.around.near(event, token) or token.sent.start in self.said:
                continue
            if mention.type == "Organization" and (preposition is None or not self.places.located(mention)):
                continue
            features = {*self.around.where(event, token, mention.start), f"type {mention.type}"}
            if preposition is not None:
                beside |= token.sent.start == event.trigger.sent.start
                features |= {"inside", f"inside {mention.type}", f"by {preposition.lower_}", f"inside {event.relation}"}
                features |= {f"inside {f}" for f in features if f.startswith(("governed", "apart", "verbs", "from"))}
            features |= {"qualifies"} if mention.modifier or mention.kind == "demonym" else set()
            features |= {"said there"} if one_of(governor(token, frozenset()), self.words.speech.verbs) else set()
            features |= {f"named {min(self.often[mention.entity], 4)}"}
            if mention.entity in self.visited:
                traveller = self.visited[mention.entity] in (event.subject, event.object)
                features |= {"visited by an end" if traveller else "visited"}
            features |= {f"{event.relation} {mention.type}"}
            features |= {"dateline"} if self._dateline(mention) else set()
            found.append((mention.entity, mention.start, features))
        return self._all(event, found, rule, {"inside" if beside else "not inside"}, _NO_PLACE)

    def _dateline(self, mention: Mention) -> bool:
        """Return whether a place begins the lead, before a dash or a bracket: where the report was written."""
        sentence = self.doc[mention.start].sent
        if self.around.sentence(sentence[0]) > self.around.lead or mention.start > sentence.start:
            return False
        after = self.doc[mention.end : mention.end + _DATELINE]
        return any(t.is_punct and not t.is_quote for t in after)

    def _all(
        self, event: Event, found: list[Row], rule: Value, none: set[str], never: frozenset[str]
    ) -> list[Candidate]:
        """Return the candidates, first that there is none; what only rules reach is one as well.

        What has a feature of `never` is none, if rules do not pick it.
        """
        general = {*self.around.event(event), *none, "rule" if rule is None else "rule other"}
        rows: list[tuple[Value, set[str]]] = [(None, {f"none {f}" for f in general} | {"none"})]
        if rule is not None and not any(value == rule for value, _, _ in found):
            rows.append((rule, {"elsewhere", RULE, f"rule {event.relation}"}))
        apart = sorted({abs(at - event.trigger.i) for _, at, _ in found if at is not None})
        for value, at, own in found:
            if value != rule and own & never:
                continue
            more = {RULE, f"rule {event.relation}"} if value == rule else set()
            if at is not None:
                rank = f"rank {min(apart.index(abs(at - event.trigger.i)), 2)}"
                more |= {rank, f"there {rank}"} if "none there" in rows[0][1] else {rank}
            rows.append((value, own | more))
        language = self.words.language
        return [Candidate(value, frozenset([*own, *(f"{language}: {f}" for f in own)])) for value, own in rows]
