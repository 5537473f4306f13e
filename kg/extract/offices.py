"""Title phrases → offices with their body: the one said, the state that an organ belongs to, or the country in view."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from kg.actors.base import Base, base
from kg.extract.circumstances import governor
from kg.extract.entities import Entities
from kg.extract.grammar import VERBAL, one_of, subject_tokens
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.extract.runs import country_end
from kg.extract.titles import Office
from kg.extract.triggers import relation_words, relations_where
from kg.gazetteer import fold

# How much more each hint weighs than one mention of a country when a bare national title is given its country.
FIRST_NAMED = 2.0  # the country that the text names first is mostly what it is about
SAME_SENTENCE = 2.0
GOVERNMENT = 1.0  # whose government acts is whose president is meant
SCENE = 4.0  # "In Cairo, the foreign minister X …" sets the scene, though X may be a guest there
DECISIVE = 1000.0  # "In Israel, opposition leader X …": more than any text can name another state
FOREIGN = 3.0  # whom somebody visits or accuses is another state, however often it is named
HOME = 2.0  # newsrooms leave out their own readers' country
# Words before "with" among which no word for a meeting stands: "held talks in Cairo with".
COMPANY_REACH = 7


class Offices:
    """Completes the offices of one document, in place."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        entities: Entities,
        mentions: list[Mention],
        offices: list[Office],
        *,
        actors: Base | None = None,
    ) -> None:
        self.actors = actors or base()
        self.doc, self.lexicon, self.entities, self.mentions, self.offices = doc, lexicon, entities, mentions, offices
        of = {name: iso for iso, names in lexicon.actors.bodies_of.items() for name in names}
        texts = ((m, doc[m.start : m.end].text) for m in mentions if m.type in ("Organization", "Place"))
        self.bodies_of = {id(m): of[text] for m, text in texts if text in of}
        self.regions = any(
            m.type == "Place"
            and (name := lexicon.names.get(fold(doc[m.start : m.end].text))) is not None
            and name.kind == "region"
            and name.iso == lexicon.home
            for m in mentions
        )
        self.meeting = relation_words(lexicon.language, relations_where(lambda one: one.dealing and not one.journey))
        self.inside = lexicon.grammar.clause.inside
        self.company = lexicon.grammar.clause.company
        self.dealing = relation_words(lexicon.language, relations_where(lambda one: one.dealing))
        self.countries = [m for m in mentions if m.iso and (m.type == "Country" or m.capital)]
        # "Kremlin" names a state too; "DPR" at home is among the things that go without saying
        unsaid = {lexicon.home} if lexicon.home_unsaid else set()
        self.in_view = bool(self.countries or set(self.bodies_of.values()) - unsaid)

    def complete(self) -> None:
        """Give every office its final title and body; offices whose body stays unknown keep None."""
        known: dict[int, Mention] = {}
        held: dict[str, set[str]] = {}  # title → codes of countries whose holder the text names
        for office in self.offices:
            if office.body is None:
                continue
            self._organ(office)
            if office.holder is not None and office.body is not None and not office.served:
                known.setdefault(office.holder.entity, office.body)
                if office.body.iso and not (office.former or office.numbered):
                    held.setdefault(office.title.lower(), set()).add(office.body.iso)
        for office in self.offices:
            office.chairs = self._chairs(office)
            self._counterpart(office)
            if office.holder is None or office.body is not None:
                continue
            if office.holder.entity in known and (not office.national or known[office.holder.entity].type == "Country"):
                office.body = known[office.holder.entity]
            elif (state := self._state_of(office)) is not None:
                office.body = known[office.holder.entity] = state
            elif (unheld := self._unheld(office)) is not None:
                office.body = known[office.holder.entity] = unheld
            elif (shared := self._shared(office)) is not None:
                office.body = known[office.holder.entity] = shared
            elif (led := self._companions(office, known)) is not None:
                office.body = known[office.holder.entity] = led
            elif office.owner:
                office.body = self._owner(office)
            elif (own := self._own(office)) is not None:
                office.body = known[office.holder.entity] = own
            elif office.national and self.in_view:  # where no state is named, none is given
                others = set() if office.numbered else held.get(office.title.lower(), set())
                office.body = self._listed(office) or self._country_in_view(office, others)
                if office.body is not None:
                    known[office.holder.entity] = office.body

    def _state_of(self, office: Office) -> Mention | None:
        """Return the state whose office the base of actors knows the holder to have had, by title and name.

        Where the text names no state at all, none is given.
        """
        if office.holder is None or not office.national or office.owner or not self.in_view:
            return None
        names = self.entities.clusters[office.holder.entity].names if office.holder.entity >= 0 else ()
        asked = self.actors.meanings(office.title)
        states = {
            held.of
            for name in names
            for actor in self.actors.named(name, "Person")
            for held in actor.offices
            if len(held.of) == 2 and asked & self.actors.meanings(held.title["en"])
        }
        return self._country(states.pop(), office) if len(states) == 1 else None

    def _country(self, iso: str, office: Office) -> Mention:
        """Return the first mention of a country, or one made at the title where the text has none."""
        known = next((m for m in self.countries if m.iso == iso), None)
        if known is not None and known.type == "Country":
            return known
        start, end = (known.start, known.end) if known is not None else office.head
        return Mention(start, end, "name", "Country", iso=iso, entity=self.entities.country(iso, None))

    def _own(self, office: Office) -> Mention | None:
        """Return the one body that has such a head, where the article names it: "Kapolri" is the head of Polri."""
        names = self.lexicon.own_bodies.get(self._head(office), frozenset())
        named = (m for m in self.mentions if m.type == "Organization" and m.entity >= 0)
        return next((m for m in named if self.doc[m.start : m.end].text in names), None)

    def _listed(self, office: Office) -> Mention | None:
        """Return the state of the office that a list names just before: "US Secretary X, Trade Secretary Y"."""
        sentence = self.doc[office.start].sent
        before = [o for o in self.offices if sentence.start <= o.start < office.start and o.holder is not None]
        last = max(before, key=lambda o: o.end, default=None)
        if last is None or last.body is None or last.body.type != "Country" or last.holder is office.holder:
            return None
        between = self.doc[last.end : office.start]
        words = (*self.lexicon.grammar.clause.and_words, ",", *self.lexicon.title_strip, *self.lexicon.honorifics)
        if not len(between) or any(t.lower_ not in words for t in between) or self._head(last) == self._head(office):
            return None
        return last.body

    def _chairs(self, office: Office) -> bool:
        body = office.body
        return (
            body is not None
            and body.type == "Organization"
            and self._head(office) in self.lexicon.chairing
            and any(t.lower_ in self.lexicon.chaired for t in self.doc[body.start : body.end])
        )

    def _unheld(self, office: Office) -> Mention | None:
        """Return the one body whose title of the same head no name goes with: "Presiden Afrika Selatan"."""
        bodies = {
            o.body.entity: o.body
            for o in self.offices
            if o.holder is None
            and o.body is not None
            and not o.former
            and o.start < office.start
            and self._head(o) == self._head(office)
            and o.body.entity >= 0
        }
        taken = {
            o.body.entity
            for o in self.offices
            if o.holder is not None and o.body is not None and not o.former and self._head(o) == self._head(office)
        }
        free = [body for entity, body in bodies.items() if entity not in taken]
        return free[0] if len(free) == 1 and office.national else None

    def _companions(self, office: Office, known: dict[int, Mention]) -> Mention | None:
        """Return the state of whom a minister travels with: "X, who came with Foreign Minister Y"; not "met with"."""
        before = self.doc[office.start - 1] if office.start else None
        if before is None or not office.national or before.lower_ not in self.company:
            return None
        sentence = self.doc[office.start].sent
        words = self.doc[max(sentence.start, office.start - COMPANY_REACH) : office.start]
        if any(one_of(t, self.meeting) for t in words):
            return None
        persons = [m for m in self.mentions if m.type == "Person" and sentence.start <= m.start < office.start]
        bodies = [known[m.entity] for m in persons if m.entity in known and known[m.entity].type == "Country"]
        return bodies[0] if bodies else None

    def _shared(self, office: Office) -> Mention | None:
        """Return the body of the office named before it in the sentence that it is the deputy of, or the like of."""
        if office.national:
            return None
        sentence, head = self.doc[office.start].sent, self._head(office)
        for other in reversed(self.offices):
            if other.start >= office.start or other.start < sentence.start or other.body is None:
                continue
            first = self._head(other)
            return other.body if first in head or head in first else None
        return None

    def _head(self, office: Office) -> str:
        return self.doc[office.head[0] : office.head[1]].text.lower()

    def _counterpart(self, office: Office) -> None:
        """Give "his Russian counterpart X" the title of the office last named before it."""
        if self._head(office) not in self.lexicon.counterpart:
            return
        nearby = self.doc[max(0, self.doc[office.start].sent.start - 1)].sent.start  # the sentence before, at most
        before = [
            o
            for o in self.offices
            if nearby <= o.start < office.start and self._head(o) not in self.lexicon.counterpart
        ]
        if before:
            office.title, office.national, office.weak = before[-1].title, before[-1].national, before[-1].weak
        else:
            office.body, office.weak = None, True

    def _organ(self, office: Office) -> None:
        """Make an office at a state's ministry, police or army one of the state, its organ part of the title."""
        body = office.body
        if body is None or body.type != "Organization":
            return
        iso, rest, i = None, [], body.start
        while i < body.end:
            end = country_end(self.doc, i, self.lexicon)
            if end:
                iso = self.lexicon.names[fold(self.doc[i:end].text)].iso
            elif self.doc[i].text not in self.lexicon.grammar.noun_phrase.possessive:
                rest.append(self.doc[i].text)
            i = end or i + 1
        organ = " ".join(rest)
        words = organ.lower().split()
        if not words or not (
            organ in self.lexicon.organs or words[0] in self.lexicon.organs or words[-1] in self.lexicon.organs
        ):
            return
        head = self._head(office)
        iso = iso or self.bodies_of.get(id(body))
        if iso is None and words[-1 if not self.lexicon.title_first else 0] in self.lexicon.actors.ministries:
            office.title = f"{office.title} {organ}" if self.lexicon.title_first else f"{organ} {office.title}"
            office.body, office.national = None, True  # "Interior Ministry spokesman X": of the country in view
            return
        if iso is None or any(word in self.lexicon.organs for word in ("parlemen", "parliament") if word in words):
            return
        if head not in self.lexicon.organ_heads and (head in self.lexicon.national or self.lexicon.title_first):
            return
        office.title = f"{office.title} {organ}" if self.lexicon.title_first else f"{organ} {office.title}"
        office.body = Mention(body.start, body.end, "name", "Country", iso=iso, entity=self.entities.country(iso))

    def _governs(self, mention: Mention) -> bool:
        """Return whether a word for a government stands beside a country's name."""
        beside = mention.start - 1 if self.lexicon.title_first else mention.end
        return 0 <= beside < len(self.doc) and self.doc[beside].lower_ in self.lexicon.actors.headed

    def _owner(self, office: Office) -> Mention | None:
        """Return what "the group's director" belongs to: the body or country last named before."""
        actors = self.lexicon.actors
        for nouns, types in ((actors.body_nouns, ("Organization",)), (actors.country_nouns, ("Country",))):
            if office.owner in nouns:
                before = [m for m in self.mentions if m.type in types and m.start < office.start and m.entity >= 0]
                return before[-1] if before else None
        return None

    def _dealt_with(self, office: Office) -> set[str]:
        """Return the states that the holder visits, meets, attacks, accuses …: one deals with others' states."""
        found: set[str] = set()
        sentence = self.doc[office.start].sent
        dealings = {t.i for t in sentence if one_of(t, self.dealing)}
        for mention in self.countries:
            if not (sentence.start <= mention.start < sentence.end) or mention.start < office.end:
                continue
            above = governor(self.doc[mention.start : mention.end].root, frozenset(dealings))
            if above.i not in dealings:
                continue
            subjects = {t.i for t in subject_tokens(above, self.lexicon.language)}
            if above.pos_ not in VERBAL or any(office.start <= i < office.end for i in subjects):
                found.add(mention.iso or "")
        return found

    def _country_in_view(self, office: Office, held: set[str]) -> Mention | None:
        """Return the country that a bare national title means: the text's topic, nearer first, none already headed."""
        score: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        sentence = self.doc[office.start].sent

        def add(iso: str | None, weight: float) -> None:
            score[iso or ""] += weight  # type: ignore[assignment]  # weights are halves at most

        for mention in self.countries:
            first.setdefault(mention.iso or "", mention)
            if not mention.consumed:  # else it is part of somebody's title
                add(mention.iso, 1.0 + GOVERNMENT * self._governs(mention))
        inside = [m for m in self.countries if sentence.start <= m.start < office.start]
        after = [m for m in self.countries if office.end <= m.start < sentence.end and m.capital]
        for mention in (*inside[-1:], *after[:1]):
            add(mention.iso, SAME_SENTENCE)
        for mention in inside[:1]:
            opening = self.doc[mention.start - 1].lower_ if mention.start else ""
            if opening in self.inside and mention.start - sentence.start <= 1:
                add(mention.iso, SCENE if mention.capital else DECISIVE)
        if self.countries:
            add(self.countries[0].iso, FIRST_NAMED)
        for iso in self.bodies_of.values():
            add(iso, GOVERNMENT)
        named = (
            self.lexicon.home in score
            or (self.regions and self.lexicon.home_unsaid)
            or (self.lexicon.home_unsaid and not any(m.start < office.start for m in self.countries))
        )
        if named and self.doc[office.head[0] : office.head[1]].text in self.lexicon.home_titles:
            add(self.lexicon.home, HOME)
        for iso in self._dealt_with(office):
            add(iso, -FOREIGN)
        only = self.lexicon.only_in.get(self._head(office))
        if only is not None and len(only) == 1:
            score = Counter(dict.fromkeys(only, 1))
        others = set(score) - (set(score) if only is None else only)
        for iso in held | others | self.lexicon.none_in.get(self._head(office), frozenset()):
            del score[iso]
        if not score:
            return None
        iso = max(score, key=lambda code: (score[code], -first[code].start if code in first else 0))
        return self._country(iso, office)
