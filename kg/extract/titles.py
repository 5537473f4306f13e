"""Titles of office read off the surface: who holds which office of which body, with or without a named holder.

A title phrase is `[body] modifiers HEAD [of body]` in English and `HEAD modifiers [body]` in Indonesian; the holder
stands right after it, or before it as an apposition. Reading the surface is surer than the parse here: appositions are
right one time in two in a small parser.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.headlast import MAX_MODIFIERS, HeadLast
from kg.extract.holders import Holders
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised
from kg.extract.plausibility import common, sure
from kg.extract.runs import country_end
from kg.gazetteer import fold


@dataclass(slots=True)
class Office:
    """A title phrase: its span, the verbatim `title`, its body (None: unsaid) and the holder (None: unnamed)."""

    start: int
    end: int
    head: tuple[int, int]
    title: str
    body: Mention | None
    holder: Mention | None
    national: bool
    weak: bool
    former: bool = False
    owner: str = ""
    chairs: bool = False  # the chair of a committee, which also chairs it
    prospective: bool = False  # a candidate for the office
    numbered: bool = False  # one of many holders: "Presiden ke-7"
    several: bool = False  # the title is said of more than one: "two leaders of Y"
    bodied: bool = False  # the phrase itself names an organisation that the office is of
    served: bool = False  # the holder is said to serve "as" the title, further left


class TitleReader:
    """Reads the title phrases of one document; `mentions` grows by the persons that only a title gives away."""

    def __init__(self, doc: Doc, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self.doc, self.lexicon, self.mentions = doc, lexicon, mentions
        self.at = {i: m for m in mentions for i in range(m.start, m.end)}
        self.possessive = lexicon.grammar.noun_phrase.possessive
        self.state_words = frozenset(word for organ in lexicon.actors.organizations.organs for word in organ.split())
        self.sentence_end = {}
        for sentence in doc.sents:
            for i in range(sentence.start, sentence.end):
                self.sentence_end[i] = (sentence.start, sentence.end)
        self.holders = Holders(doc, lexicon, mentions, self.at, self.sentence_end)
        self.complements = self.holders.complements
        self.head_last = HeadLast(doc, lexicon, self.at, self.sentence_end, self._named_field)

    def read(self) -> list[Office]:
        """Return the offices in text order."""
        offices = []
        last = 0
        for i in self.lexicon.titles.begins(self.doc):
            end = self.lexicon.titles.match(self.doc, i) if i >= last else None
            inside = self.at.get(i)
            if end is not None and self._staff(i):
                last = end  # "Staf Khusus | Presiden": not who holds this office, but whose staff it is
                continue
            if end is None or (inside is not None and (inside.type != "Person" or end < inside.end)):
                continue  # "Menteri Raja Juli Antoni": what is left at a name's beginning is of the name
            office = self._phrase(i, end)
            if office is not None:
                office.several = self._several(office)
                offices.append(office)
                if office.holder is not None and office.several:
                    office.weak = False
                    before = office.holder.end <= office.head[0]
                    others = self.holders.sharing if before else self.holders.listed
                    offices += [replace(office, holder=person) for person in others(office.holder)]
            last = max(end, office.head[1]) if office is not None else end
        self._share(offices)
        return offices

    def _share(self, offices: list[Office]) -> None:
        """Give a title the holder of the one that it is joined with: "Ketua Y sekaligus | Bupati Z, X"."""
        for first, second in pairwise(offices):
            between = self.doc[first.end : second.start].text.lower().strip(" ,")
            if (
                between not in self.lexicon.title_joins
                or self.sentence_end[first.start] != self.sentence_end[second.start]
            ):
                continue
            if first.holder is None and second.holder is not None and second.holder.start >= second.head[1]:
                first.holder = second.holder
            elif second.holder is None and first.holder is not None and first.holder.end <= first.head[0]:
                second.holder = first.holder

    def _staff(self, start: int) -> bool:
        """Return whether the words before a title make it the name of a staff or seat: "Sekretariat Presiden"."""
        first = max(self.sentence_end[start][0], start - 2)
        return any(self.lexicon.title_staff.match(self.doc, k, start) == start for k in range(first, start))

    def _phrase(self, start: int, end: int) -> Office | None:
        reader = self._head_first if self.lexicon.title_first else self.head_last.read
        left, right, head, body = reader(start, end)
        holder, outer = self.holders.beside(left, right)
        if holder is None and body is not None:
            for further in self.complements.ends(right, self.sentence_end[left][1]):
                holder, outer = self.holders.beside(left, further)
                if holder is not None:
                    break
            else:
                outer = (left, right)
        styled = right == end < len(self.doc) and capitalised(self.doc[end - 1]) and capitalised(self.doc[end])
        if holder is None and (self.lexicon.title_first or body is not None or styled):
            holder = self.holders.beyond_place(right) or self.holders.unlisted(right)
            outer = (left, holder.end) if holder else (left, right)
        served = holder is not None and any(t.lower_ in self.lexicon.title_as for t in self.doc[holder.end : left])
        if holder is None:
            holder, outer = self.holders.serving(left, right)
            served = holder is not None
        title_start, title_end = head
        if body is None and holder is not None and holder.end == outer[1]:
            body = self._home_of(holder)
        former = prospective = False
        while title_start < title_end - 1 and self.doc[title_start].lower_ in self.lexicon.title_strip:
            former = former or self.doc[title_start].lower_ in self.lexicon.title_former
            prospective = prospective or self.doc[title_start].lower_ in self.lexicon.title_prospective
            title_start += 1
        while title_end > title_start + 1 and self.doc[title_end - 1].lower_ in self.lexicon.title_strip:
            title_end -= 1
        title = self.doc[title_start:title_end].text.strip(" -,")
        if not title:
            return None
        text = self.doc[start:end].text
        words = {t.lower_ for t in self.doc[title_start:title_end]} - {t.lower_ for t in self.doc[start:end]}
        national = text in self.lexicon.national or bool(words & self.state_words)
        owner = self.doc[left - 2].lemma_.lower() if left >= 2 and self.doc[left - 1].text in self.possessive else ""
        return Office(
            outer[0],
            outer[1],
            (start, end),
            title,
            body,
            holder,
            national=national,
            weak=text in self.lexicon.weak,
            numbered=any(self.complements.ordinal(k, right) for k in range(end, right)),
            bodied=body is not None and body.type == "Organization",
            former=former,
            owner=owner,
            served=served,
            prospective=prospective,
        )

    def _home_of(self, holder: Mention) -> Mention | None:
        """Return the state named right behind a holder: "Secretary of State X of the United States"."""
        i = holder.end
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "of" or self.lexicon.title_first:
            return None
        i += 2 if self.doc[i + 1].lower_ == "the" else 1
        mention = self.at.get(i)
        return mention if mention is not None and mention.type in ("Country", "Place") and mention.start <= i else None

    def _head_first(self, start: int, end: int) -> tuple[int, int, tuple[int, int], Mention | None]:
        """Indonesian: walk right over modifiers to the body."""
        doc = self.doc
        left = start
        while (
            left > self.sentence_end[start][0]
            and left - 1 not in self.at
            and doc[left - 1].lower_
            in self.lexicon.title_former | self.lexicon.title_prospective | self.lexicon.title_acting
        ):
            left -= 1
        limit = min(self.sentence_end[start][1], end + MAX_MODIFIERS)
        i, body, title_end = end, None, end
        passed = end  # the end of an ordinal
        own = None  # where the body's own phrase begins: "juru bicara | pasukan perbatasan Irak"
        while i < limit:
            mention = self.at.get(i)
            if mention is not None and mention.source in ("recognised", "ruled") and self._ministerial(start, end):
                field = self.lexicon.title_fields.match(doc, i, limit)
                portfolio = self.doc[start:end].text in self.lexicon.portfolio and mention.start == i == end
                whole = mention.end if mention.type == "Organization" and portfolio else None
                if (field is not None and field >= mention.end) or whole is not None:
                    mention.consumed = True  # "Menteri Hukum dan HAM", "Menteri Badan Usaha Milik Negara": portfolios
                    i = title_end = max(field or 0, whole or 0)
                    continue
            if mention is not None:
                if mention.source == "recognised" and self._ministerial(start, end) and self.holders.personal(mention):
                    break  # a minister's body is a state: the recogniser took the holder for a body
                if mention.type != "Person" and mention.start == i:
                    board = self._board(mention) or self._field_of_state(mention)
                    body = mention
                    title_end, i = (i if title_end < i and passed < i else title_end), mention.end
                    title_end = board or title_end
                break
            if body is None and (short := self.complements.bracket(i, limit)) is not None:
                if short not in self.at or self.at[short].type == "Person":
                    break
                i = short  # "Sekretaris Jenderal (Sekjen) | Kementerian Y"
                continue
            if (ordinal := self.complements.ordinal(i, limit)) is not None:
                i = passed = ordinal
                continue
            if self._acronym(i) and self.doc[start:end].text in self.lexicon.portfolio:
                i = title_end = i + 1  # "Menteri ESDM Mira Osei"
                continue
            if self._acronym(i):
                body = Mention(i, i + 1, "name", "Organization", source="ruled")
                self.mentions.append(body)
                self.at[i] = body
                title_end, i = max(title_end, i), i + 1
                break
            field = self.lexicon.title_fields.match(doc, i, limit)
            if field is not None and (
                doc[i].lower_ not in ("dan", "untuk", "dalam", "di") or self._field_goes_on(field)
            ):
                i = title_end = field
            elif (
                doc[i].lower_ in ("dari", "untuk", "bagi", "di", "pada")
                and i + 1 in self.at
                and self.at[i + 1].type != "Person"
            ):
                i += 1
            elif (
                not capitalised(doc[i])
                and doc[i].pos_ in ("NOUN", "ADJ", "PROPN")
                and doc[i].lower_ not in ("itu", "tersebut")
            ):
                own = i if own is None and doc[i].lower_ in self.lexicon.title_body else own
                i = title_end = i + 1
            elif (stop := self._named_field(i)) is not None:
                i = title_end = stop
                limit = max(limit, min(self.sentence_end[start][1], stop + 1))
            else:
                break
        while (
            body is not None
            and i < limit
            and self.at.get(i) is not None
            and self.at[i].type in ("Country", "Place")
            and self.at[i].start == i
            and body.type != "Country"
        ):
            i = self.at[i].end  # "Ketua KPU Labuhanbatu": the body's own place
        title_end = own if own is not None and body is not None else title_end
        if body is not None and body.type == "Organization" and self._begins_body(start, body.start - 1):
            body.start = body.left = body.start - 1  # "Ketua | Fraksi Partai X": not the party itself
        upper = self.sentence_end[start][1]
        if body is not None and i < upper and doc[i].text == "(":
            close = next((k for k in range(i, min(i + 5, upper)) if doc[k].text == ")"), None)
            i = close + 1 if close is not None else i  # the body's short name
        if (
            body is not None
            and i + 1 < limit
            and doc[i].lower_ in self.lexicon.title_of
            and i + 1 in self.at
            and self.at[i + 1].type != "Person"
        ):
            i = self.at[i + 1].end  # "Duta Besar AS untuk Indonesia"
        return left, max(i if body else title_end, passed), (left, max(title_end, end)), body

    def _begins_body(self, start: int, i: int) -> bool:
        """Return whether a title's last word begins the name of its body, as its capital says."""
        word = self.doc[i]
        begins = word.text in self.lexicon.org_first and word.text not in self.lexicon.title_boards
        return begins and i > start and i not in self.at and capitalised(word)

    def _field_of_state(self, mention: Mention) -> int | None:
        """Make a field with a country that was taken for a body a country: "Penasihat Keamanan Nasional | AS"."""
        state = mention.start
        if self.doc[state].lower_ in self.lexicon.organs:
            return None  # a state's police is a body
        while (field := self.lexicon.title_fields.match(self.doc, state, mention.end)) is not None:
            state = field
        if mention.type != "Organization" or state == mention.start:
            return None
        if country_end(self.doc, state, self.lexicon) != mention.end:
            return None
        for k in range(mention.start, state):
            del self.at[k]
        mention.start = mention.left = state
        mention.type, mention.iso = "Country", self.lexicon.names[fold(self.doc[state : mention.end].text)].iso
        return state

    def _board(self, mention: Mention) -> int | None:
        """Cut a party's central board off its name and return where the party begins: "Ketua DPP | Partai Y"."""
        party = self.lexicon.title_boards.match(self.doc, mention.start)
        if party is None or mention.type != "Organization":
            return None
        party = self.complements.bracket(party, mention.end) or party
        if party >= mention.end:
            return None
        for k in range(mention.start, party):
            del self.at[k]
        mention.start = mention.left = party
        return party

    def _named_field(self, start: int) -> int | None:
        """Return the end of capitals that no list knows as a field and that lead to a body or holder, or None.

        "Menko Bidang | Infrastruktur dan Pembangunan Kewilayahan | Mira Osei". One or two words before a person may be
        the name's own that the recogniser left out, unless an "and" or the words' class says what they are.
        """
        doc, i = self.doc, start
        upper = min(self.sentence_end[start][1], start + MAX_MODIFIERS)
        joined = False
        while i < upper and i not in self.at:
            if doc[i].lower_ in self.lexicon.grammar.clause.and_words and i > start:
                joined = True
            elif (
                not (capitalised(doc[i]) and doc[i].is_alpha)
                or doc[i].text in self.lexicon.honorifics
                or self.lexicon.titles.match(doc, i)
            ):
                return None
            i += 1
        reached = self.at.get(i) if start < i < upper else None
        if reached is None or reached.start != i or doc[i - 1].lower_ in self.lexicon.grammar.clause.and_words:
            return None
        owned = sure(doc) and reached.type == "Organization" and reached.source == "recognised"
        return i if joined or owned or all(common(doc, k, self.lexicon) for k in range(start, i)) else None

    def _ministerial(self, start: int, end: int) -> bool:
        return self.doc[start:end].text in self.lexicon.national

    def _several(self, office: Office) -> bool:
        """Return whether a title is held by more than one: "two leaders of Z", "dua pemimpin Z"."""
        before = self.doc[office.head[0] - 1] if office.head[0] else None
        return before is not None and before.lower_ in self.lexicon.actors.plural

    def _acronym(self, i: int) -> bool:
        """Return whether a token after a title is an unlisted body's acronym: "Kepala BNPB Suharyanto"."""
        token = self.doc[i]
        known = i + 1 < len(self.doc) and (
            i + 1 in self.at or capitalised(self.doc[i + 1]) or self.doc[i + 1].text == ","
        )
        roman = set(token.text) <= set("IVXLC")
        return known and token.text.isupper() and len(token.text) > 2 and token.is_alpha and not roman

    def _field_goes_on(self, i: int) -> bool:
        return self.lexicon.title_fields.match(self.doc, i) is not None
