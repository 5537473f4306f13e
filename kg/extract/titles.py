"""Titles of office read off the surface: who holds which office of which body, with or without a named holder.

A title phrase is `[body] modifiers HEAD [of body]` in English and `HEAD modifiers [body]` in Indonesian; the holder
stands right after it, or before it as an apposition. Reading the surface is surer than the parse here: appositions are
right one time in two in a small parser.
"""
from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, capitalised, person_run, title_cased
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
        self.headlines = title_cased(doc)
        self.possessive = frozenset(lexicon.grammar["noun_phrase"]["possessive"])
        self.state_words = frozenset(word for organ in lexicon.actors["organizations"]["organs"] for word in organ.split())
        self.sentence_end = {}
        for sentence in doc.sents:
            for i in range(sentence.start, sentence.end):
                self.sentence_end[i] = (sentence.start, sentence.end)

    def read(self) -> list[Office]:
        """Return the offices in text order."""
        offices = []
        i = 0
        while i < len(self.doc):
            end = self.lexicon.titles.match(self.doc, i)
            inside = self.at.get(i)
            if end is None or (inside is not None and inside.type != "Person"):
                i += 1
                continue
            office = self._phrase(i, end)
            if office is not None:
                offices.append(office)
                i = max(end, office.head[1])
            else:
                i = end
        return offices

    def _phrase(self, start: int, end: int) -> Office | None:
        reader = self._head_first if self.lexicon.title_first else self._head_last
        left, right, head, body = reader(start, end)
        holder, outer = self._holder(left, right)
        if holder is None and (self.lexicon.title_first or body is not None):
            holder = self._beyond_place(right) or self._unlisted_person(right)
            outer = (left, holder.end) if holder else (left, right)
        served = False
        if holder is None:
            holder, outer = self._as_holder(left, right)
            served = holder is not None
        title_start, title_end = head
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
        return Office(outer[0], outer[1], (start, end), title, body, holder, national=national,
                      weak=text in self.lexicon.weak, former=former, owner=owner, served=served,
                      prospective=prospective)

    def _as_holder(self, left: int, right: int) -> tuple[Mention | None, tuple[int, int]]:
        """Return the person said to serve "as" the title ("X joined the cabinet as Environment Minister")."""
        doc, lower = self.doc, self.sentence_end[left][0]
        i = left - 1
        while i > lower and doc[i].lower_ in self.lexicon.title_strip:
            i -= 1
        if i <= lower or doc[i].lower_ not in self.lexicon.title_as:
            return None, (left, right)
        if any(doc[k].lower_ in self.lexicon.actors["pronouns_person"] and doc[k].dep_ == "nsubj" for k in range(lower, i)):
            return None, (left, right)  # "he … as": the pronoun is resolved later, the nearest name is another's
        for k in range(i - 1, lower - 1, -1):
            mention = self.at.get(k)
            if mention is not None and mention.type == "Person":
                return mention, (left, right)
            if doc[k].pos_ == "PRON" and doc[k].lower_ not in ("yang",) and doc[k].lower_ not in self.lexicon.grammar["clause"]["relative"]:
                break  # "appointed him as": somebody else than the person named before
        return None, (left, right)

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
            if token.text in self.lexicon.grammar["noun_phrase"]["possessive"]:
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
            right = title_end = self._complement(end)
        return first, right, (left, title_end), body

    def _portfolio(self, mention: Mention, end: int) -> bool:
        words = self.doc[mention.start : mention.end]
        return self.doc[end - 1].lower_ in ("minister", "secretary") and words[-1].text not in self.lexicon.org_last and \
            not any(fold(t.text) in self.lexicon.names for t in words)

    def _title_word(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in self.lexicon.title_strip or token.text in ("-", "&"):
            return token.lower_ not in ("the", "a", "an", "his", "her", "their", "its", "our")
        if token.lower_ == "and":
            return i + 1 < len(self.doc) and self.doc[i - 1].pos_ in ("NOUN", "PROPN", "ADJ") and i - 1 not in self.at \
                and (self.doc[i - 1].lower_ in self.lexicon.title_fields or capitalised(self.doc[i - 1]))
        return token.pos_ in ("NOUN", "PROPN", "ADJ")

    def _of_body(self, end: int) -> tuple[Mention | None, int, int]:
        """Return the body after "of", the end of the phrase and the end of the title before "of"."""
        doc = self.doc
        limit = min(self.sentence_end[end - 1][1], end + MAX_MODIFIERS)
        i, title_end = end, end
        while i < limit:
            if doc[i].lower_ not in self.lexicon.title_of and doc[i].lower_ != "to":
                return None, title_end, title_end
            j = i + 1
            while j < limit and doc[j].pos_ in ("DET", "ADJ", "NOUN", "PRON", "NUM") and j not in self.at:
                j += 1
            mention = self.at.get(j) if j < limit else None
            if mention is not None and mention.start == j and mention.type != "Person":
                foreign = doc[i].lower_ in ("to", "in") and mention.type == "Country"
                if foreign:  # an ambassador to X is not X's
                    return None, mention.end, mention.end
                if mention.type == "Organization" and doc[j:mention.end].text in self.lexicon.title_fields:
                    mention.consumed = True  # "Minister for Justice" names a portfolio
                    i = title_end = mention.end
                    continue
                kind_end = mention.end
                owned = self.at.get(mention.end + 1) if kind_end + 1 < limit + 4 and mention.end < len(doc) and \
                    doc[mention.end].text in self.possessive else None
                if owned is not None and owned.type == "Organization" and owned.start == mention.end + 1:
                    mention, kind_end = owned, owned.end  # "secretary of Iran's Supreme National Security Council"
                if mention.kind == "demonym" or (mention.type == "Country" and doc[mention.end - 1].dep_ in ("compound", "amod", "nmod")
                                                 and doc[mention.end - 1].head.i > mention.end - 1):
                    while kind_end < limit and doc[kind_end].pos_ in ("NOUN", "PROPN", "ADJ") and kind_end not in self.at:
                        kind_end += 1
                return mention, kind_end, title_end
            if mention is not None or j == i + 1:
                return None, title_end, title_end
            i = title_end = j  # "secretary of state for refugees": go on after the complement
            if i < limit and doc[i].lower_ == "and":
                i = title_end = min(i + 2, limit)
        return None, title_end, title_end

    def _complement(self, end: int) -> int:
        _, _, title_end = self._of_body(end)
        return title_end

    def _head_first(self, start: int, end: int) -> tuple[int, int, tuple[int, int], Mention | None]:
        """Indonesian: walk right over modifiers to the body."""
        doc = self.doc
        left = start
        while left > self.sentence_end[start][0] and doc[left - 1].lower_ in self.lexicon.title_former | self.lexicon.title_prospective:
            left -= 1
        limit = min(self.sentence_end[start][1], end + MAX_MODIFIERS)
        i, body, title_end = end, None, end
        while i < limit:
            mention = self.at.get(i)
            if mention is not None:
                if mention.type != "Person" and mention.start == i:
                    body = mention
                    title_end, i = (i if title_end < i else title_end), mention.end
                break
            field = self.lexicon.title_fields.match(doc, i, limit)
            if field is not None and (doc[i].lower_ not in ("dan", "untuk", "dalam", "di") or self._field_goes_on(field)):
                i = title_end = field
            elif doc[i].lower_ in ("dari", "untuk", "bagi", "di", "pada") and i + 1 in self.at \
                    and self.at[i + 1].type != "Person":
                i += 1
            elif not capitalised(doc[i]) and doc[i].pos_ in ("NOUN", "ADJ", "PROPN") and doc[i].lower_ not in ("itu", "tersebut"):
                i = title_end = i + 1
            else:
                break
        while body is not None and i < limit and self.at.get(i) is not None and self.at[i].type in ("Country", "Place") \
                and self.at[i].start == i and body.type != "Country":
            i = self.at[i].end  # "Ketua KPU Labuhanbatu": the body's own place
        upper = self.sentence_end[start][1]
        if body is not None and i < upper and doc[i].text == "(":
            close = next((k for k in range(i, min(i + 5, upper)) if doc[k].text == ")"), None)
            i = close + 1 if close is not None else i  # the body's short name
        if body is not None and i + 1 < limit and doc[i].lower_ in self.lexicon.title_of and i + 1 in self.at \
                and self.at[i + 1].type != "Person":
            i = self.at[i + 1].end  # "Duta Besar AS untuk Indonesia"
        return left, max(i if body else title_end, end), (left, max(title_end, end)), body

    def _field_goes_on(self, i: int) -> bool:
        return self.lexicon.title_fields.match(self.doc, i) is not None

    def _holder(self, left: int, right: int) -> tuple[Mention | None, tuple[int, int]]:
        """Return the person beside a title phrase and the span of both together."""
        doc = self.doc
        lower, upper = self.sentence_end[left]
        i = right
        while i < upper and (doc[i].text in self.lexicon.honorifics or doc[i].text in ("(", ")", ",") or (
                doc[i].text == "." and i > right)):
            if doc[i].text == "," and i > right and doc[i - 1].text == ",":
                break
            i += 1
        i = self._skip_relative(right, i, upper)
        mention = self.at.get(i) if i < upper else None
        if mention is not None and doc[i - 1].text == "(" and mention.end < upper and doc[mention.end].text == ")":
            mention = None  # the body's short name
        if mention is not None and mention.type in ("Place", "Organization") and mention.start == i and i not in self.headlines \
                and mention.source == "recognised" and self._personal(mention):
            mention.type = "Person"  # the recogniser guessed; a title before it knows better
        comma = any(doc[k].text == "," for k in range(right, i))
        if mention is not None and mention.type == "Person" and mention.start == i and not (comma and self._listing(left, mention)):
            return mention, (left, mention.end)
        j = left - 1
        while j > lower and doc[j].lower_ in self.lexicon.title_strip:
            j -= 1
        if j > lower and doc[j].text in (",", "(", "–", "--", "selaku", "sebagai", "as"):
            before = self.at.get(j - 1)
            closes = right >= upper or doc[right].text in (",", ".", ")", "–", "--", ";") or doc[right].lower_ in ("yang", "who")
            if before is not None and before.type == "Person" and before.end == j and closes:
                return before, (before.left, right)
        return None, (left, right)

    def _skip_relative(self, right: int, i: int, upper: int) -> int:
        """Return the place after a short relative clause or bracket between a title and its holder."""
        doc = self.doc
        if right < upper and doc[right].lower_ in ("yang", "saat", "sekarang", "itu"):
            for k in range(right + 1, min(right + 8, upper - 1)):
                if doc[k].text == ",":
                    return k + 1 if (k + 1 in self.at or doc[k + 1].text in self.lexicon.honorifics) else i
        if i < upper and i > 0 and doc[i - 1].text == "(":
            for k in range(i + 1, min(i + 4, upper - 1)):
                if doc[k].text == ")" and k + 1 in self.at:
                    return k + 1
        return i

    def _personal(self, mention: Mention) -> bool:
        words = [t for t in self.doc[mention.start : mention.end]]
        return len(words) >= 2 and not any(t.text in self.lexicon.org_last for t in words) and \
            self.lexicon.org_first.match(self.doc, mention.start) is None

    def _listing(self, left: int, mention: Mention) -> bool:
        """Return whether "title, Person" is rather an enumeration: the title has no holder slot ("the president, X and Y")."""
        return mention.end < len(self.doc) and self.doc[mention.end].lower_ in ("and", "dan") and left > 0 \
            and self.doc[left - 1].text == ","

    def _beyond_place(self, start: int) -> Mention | None:
        """Return the person after "title Unknown, Person": the unknown capitals name the body, not the holder."""
        end = person_run(self.doc, start, self.lexicon) if start < len(self.doc) and start not in self.at else start
        follower = self.at.get(end + 1) if start < end < len(self.doc) - 1 and self.doc[end].text == "," else None
        return follower if follower is not None and follower.type == "Person" else None

    def _unlisted_person(self, start: int) -> Mention | None:
        """Return a new mention of the capitalised run after a title that no one else recognised."""
        doc = self.doc
        upper = self.sentence_end[start - 1][1]
        while start < upper and (doc[start].text == "," or doc[start].text in self.lexicon.honorifics):
            start += 1
        if start >= upper or start in self.at or start in self.headlines:
            return None
        end = person_run(self.doc, start, self.lexicon)
        acronym = end - start == 1 and doc[start].text.isupper()
        if end == start or acronym or (doc[start - 1].text == "," and end - start < 2) or any(i in self.at for i in range(start, end)):
            return None
        mention = Mention(start, end, "name", "Person", source="ruled")
        self.mentions.append(mention)
        self.at.update(dict.fromkeys(range(start, end), mention))
        return mention
