"""Titles of office read off the surface: who holds which office of which body, with or without a named holder.

A title phrase is `[body] modifiers HEAD [of body]` in English and `HEAD modifiers [body]` in Indonesian; the holder
stands right after it, or before it as an apposition. Reading the surface is surer than the parse here: appositions are
right one time in two in a small parser.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extract.holders import Holders
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised
from kg.extract.plausibility import common
from kg.gazetteer import fold

# The longest title met in the wild has seven words ("assistant secretary of state for refugees and migration").
MAX_MODIFIERS = 7


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

    def read(self) -> list[Office]:
        """Return the offices in text order."""
        offices = []
        last = 0
        for i in self.lexicon.titles.begins(self.doc):
            end = self.lexicon.titles.match(self.doc, i) if i >= last else None
            inside = self.at.get(i)
            if end is None or (
                inside is not None and (inside.type != "Person" or inside.start <= i < end < inside.end)
            ):
                continue  # "Menteri Raja Juli Antoni": what is left at a name's beginning is of the name
            office = self._phrase(i, end)
            if office is not None:
                offices.append(office)
                if office.holder is not None and self._several(office):
                    office.weak = False
                    before = office.holder.end <= office.head[0]
                    others = self.holders.sharing if before else self.holders.listed
                    offices += [replace(office, holder=person) for person in others(office.holder)]
            last = max(end, office.head[1]) if office is not None else end
        return offices

    def _phrase(self, start: int, end: int) -> Office | None:
        reader = self._head_first if self.lexicon.title_first else self._head_last
        left, right, head, body = reader(start, end)
        holder, outer = self.holders.beside(left, right)
        styled = right == end < len(self.doc) and capitalised(self.doc[end - 1]) and capitalised(self.doc[end])
        if holder is None and (self.lexicon.title_first or body is not None or styled):
            holder = self.holders.beyond_place(right) or self.holders.unlisted(right)
            outer = (left, holder.end) if holder else (left, right)
        served = False
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
        return mention if mention is not None and mention.type == "Country" and mention.start <= i else None

    def _head_last(self, start: int, end: int) -> tuple[int, int, tuple[int, int], Mention | None]:
        """English: walk left over modifiers to the body, else right over "of" to it."""
        doc, left, body = self.doc, start, None
        floor = max(self.sentence_end[start][0], start - MAX_MODIFIERS)
        while left > floor:
            token = doc[left - 1]
            mention = self.at.get(left - 1)
            if mention is not None and mention.end <= left:
                if mention.type == "Organization" and mention.source == "recognised" and self._portfolio(mention, end):
                    mention.consumed, left = True, mention.start  # "Health and Welfare Minister" names a portfolio
                    continue
                if mention.type != "Person":
                    body = mention
                break
            if token.text in self.lexicon.grammar.noun_phrase.possessive:
                owner = self.at.get(left - 2)
                if owner is not None and owner.type != "Person":
                    body = owner
                    break
                if owner is None and left >= 2 and doc[left - 2].pos_ == "NOUN":
                    left -= 1  # "prime minister's spokesman": the possessive is part of the title
                    continue
                break
            if not self._title_word(left - 1):
                break
            left -= 1
        first = body.start if body else left
        right, title_end = end, end
        if body is not None and body.type == "Place" and not body.capital:
            fuller, right, title_end = self._of_body(end)
            if fuller is not None:  # "Middle East director at Human Rights Watch"
                return first, right, (first, title_end), fuller
            right = title_end = end
        if body is None:
            body, right, title_end = self._of_body(end)
        elif end < len(doc) and doc[end].lower_ in ("for", "to"):
            right = title_end = self._complement(end)  # "ambassador to the United Nations"
        return first, right, (left, title_end), body

    def _portfolio(self, mention: Mention, end: int) -> bool:
        words = self.doc[mention.start : mention.end]
        return (
            self.doc[end - 1].lower_ in ("minister", "secretary")
            and words[-1].text not in self.lexicon.org_last
            and not any(fold(t.text) in self.lexicon.names for t in words)
        )

    def _title_word(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in self.lexicon.title_strip or token.text in ("-", "&"):
            return token.lower_ not in ("the", "a", "an", "his", "her", "their", "its", "our")
        if token.lower_ == "and":
            return (
                i + 1 < len(self.doc)
                and self.doc[i - 1].pos_ in ("NOUN", "PROPN", "ADJ")
                and i - 1 not in self.at
                and (self.doc[i - 1].lower_ in self.lexicon.title_fields or capitalised(self.doc[i - 1]))
            )
        return token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in self.lexicon.title_fields

    def _of_body(self, end: int) -> tuple[Mention | None, int, int]:
        """Return the body after "of", the end of the phrase and the end of the title before "of"."""
        doc = self.doc
        limit = min(self.sentence_end[end - 1][1], end + MAX_MODIFIERS)
        i, title_end = end, end
        while i < limit:
            if doc[i].lower_ not in self.lexicon.title_of and doc[i].lower_ != "to":
                return None, title_end, title_end
            field = self._named_field(i + 1) if i + 1 < limit else None
            if field is not None and self.at[field].type == "Person":
                return None, field, field  # "Minister for Regional Growth and Rural Areas Mira Osei"
            j = i + 1
            while j < limit and doc[j].pos_ in ("DET", "ADJ", "NOUN", "PRON", "NUM") and j not in self.at:
                j += 1
            mention = self.at.get(j) if j < limit else None
            if mention is not None and mention.start == j and mention.type != "Person":
                foreign = doc[i].lower_ in ("to", "in") and mention.type == "Country"
                if foreign:  # an ambassador to X is not X's
                    return None, mention.end, mention.end
                if mention.type == "Organization" and doc[j : mention.end].text in self.lexicon.title_fields:
                    mention.consumed = True  # "Minister for Justice" names a portfolio
                    i = title_end = mention.end
                    continue
                kind_end = mention.end
                owned = (
                    self.at.get(mention.end + 1)
                    if kind_end + 1 < limit + 4 and mention.end < len(doc) and doc[mention.end].text in self.possessive
                    else None
                )
                if owned is not None and owned.type == "Organization" and owned.start == mention.end + 1:
                    mention, kind_end = owned, owned.end  # "secretary of Iran's Supreme National Security Council"
                beside = self.at.get(mention.end)
                if mention.kind == "demonym" and beside is not None and beside.type == "Place":
                    return beside, beside.end, title_end  # "president of Iraqi Kurdistan"
                if mention.kind == "demonym" or (
                    mention.type == "Country"
                    and doc[mention.end - 1].dep_ in ("compound", "amod", "nmod")
                    and doc[mention.end - 1].head.i > mention.end - 1
                ):
                    while (
                        kind_end < limit and doc[kind_end].pos_ in ("NOUN", "PROPN", "ADJ") and kind_end not in self.at
                    ):
                        kind_end += 1
                return mention, kind_end, title_end
            if mention is not None or j == i + 1:
                return None, title_end, title_end
            i = title_end = j  # "secretary of state for refugees": go on after the complement
            if i < limit and doc[i].lower_ == "and":
                i = title_end = min(i + 2, limit)
        return None, title_end, title_end

    def _complement(self, end: int) -> int:
        body, right, title_end = self._of_body(end)
        return right if body is not None else title_end

    def _head_first(self, start: int, end: int) -> tuple[int, int, tuple[int, int], Mention | None]:
        """Indonesian: walk right over modifiers to the body."""
        doc = self.doc
        left = start
        while (
            left > self.sentence_end[start][0]
            and doc[left - 1].lower_ in self.lexicon.title_former | self.lexicon.title_prospective
        ):
            left -= 1
        limit = min(self.sentence_end[start][1], end + MAX_MODIFIERS)
        i, body, title_end = end, None, end
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
                    body = mention
                    title_end, i = (i if title_end < i else title_end), mention.end
                break
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
        return left, max(i if body else title_end, end), (left, max(title_end, end)), body

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
        return i if joined or all(common(doc, k, self.lexicon) for k in range(start, i)) else None

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
