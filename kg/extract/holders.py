"""Who holds the office that a title phrase names: the person beside it, or said to serve as it."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention, title_cased
from kg.extract.plausibility import person_like
from kg.extract.runs import person_run
from kg.gazetteer import fold

# Words of a relative clause between a title and its holder: "the commander of the forces involved in the operation, X".
RELATIVE_REACH = 14
# Words of a title between "by" and a name.
TITLE_REACH = 4


class Holders:
    """Finds the holders of title phrases in one document; `mentions` grows by persons that only a title gives away."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        mentions: list[Mention],
        at: dict[int, Mention],
        bounds: dict[int, tuple[int, int]],
    ) -> None:
        self.doc, self.lexicon, self.mentions, self.at, self.sentence_end = doc, lexicon, mentions, at, bounds
        self.headlines = title_cased(doc)

    def serving(self, left: int, right: int) -> tuple[Mention | None, tuple[int, int]]:
        """Return the person said to serve "as" the title ("X joined the cabinet as Environment Minister")."""
        doc, lower = self.doc, self.sentence_end[left][0]
        i = left - 1
        while i > lower and doc[i].lower_ in self.lexicon.title_strip:
            i -= 1
        if i <= lower or doc[i].lower_ not in self.lexicon.title_as:
            return None, (left, right)
        if doc[i - 1].lower_ in self.lexicon.factuality.marks.purpose:
            return None, (left, right)  # "untuk menjadi Kapolri": to be, perhaps
        if any(
            doc[k].lower_ in self.lexicon.actors.pronouns_person and doc[k].dep_ == "nsubj" for k in range(lower, i)
        ):
            return None, (left, right)  # "he … as": the pronoun is resolved later, the nearest name is another's
        for k in range(i - 1, lower - 1, -1):
            mention = self.at.get(k)
            if mention is not None and mention.type == "Person" and not self._agent(mention, i):
                return mention, (left, right)
            if (
                doc[k].pos_ == "PRON"
                and doc[k].dep_ != "nmod:poss"
                and doc[k].lower_ not in ("yang",)
                and doc[k].lower_ not in self.lexicon.grammar.clause.relative
            ):
                break  # "appointed him as": somebody else than the person named before
        return None, (left, right)

    def beside(self, left: int, right: int) -> tuple[Mention | None, tuple[int, int]]:
        """Return the person beside a title phrase and the span of both together."""
        doc = self.doc
        lower, upper = self.sentence_end[left]
        i = right
        while i < upper and (
            doc[i].text in self.lexicon.honorifics
            or (doc[i].text in ("(", ")", ",") and i not in self.at)  # "(Hosni) Mubarak" begins with its bracket
            or (doc[i].text == "." and i > right)
        ):
            if doc[i].text == "," and i > right and doc[i - 1].text == ",":
                break
            i += 1
        i = self._skip_relative(right, i, upper)
        mention = self.at.get(i) if i < upper else None
        if mention is not None and doc[i - 1].text == "(" and mention.end < upper and doc[mention.end].text == ")":
            mention = None  # the body's short name
        if mention is not None and mention.start == i:
            self._taken_as_person(mention)
        comma = any(doc[k].text == "," for k in range(right, i))
        if (
            mention is not None
            and mention.type == "Person"
            and mention.start == i
            and not (comma and (self._listing(left, mention) or self._as(left)))
        ):
            return mention, (left, mention.end)
        j = left - 1
        while j > lower and (doc[j].lower_ in self.lexicon.title_strip or doc[j].lower_ in self.lexicon.actors.plural):
            j -= 1
        if j > lower and doc[j].text in (",", "(", "–", "--", "selaku", "sebagai", "as"):
            before = self.at.get(j - 1)
            closes = (
                right >= upper
                or doc[right].text in (",", ".", ")", "–", "--", ";")
                or doc[right].lower_ in ("yang", "who")
                or (self._introduced(left) and doc[right].pos_ in ("ADP", "SCONJ"))
            )
            if before is not None and before.end == j and closes and self._taken_as_person(before):
                return before, (before.left, right)
        return None, (left, right)

    def _agent(self, mention: Mention, end: int) -> bool:
        """Return whether "by" stands before a name, with a title between: "dipilih oleh Presiden X sebagai …".

        A relative clause up to `end` is the name's own: "replaced by X, who was moved from his position as …".
        """
        if any(t.lower_ in self.lexicon.grammar.clause.relative for t in self.doc[mention.end : end]):
            return False
        before = self.doc[max(self.sentence_end[mention.start][0], mention.start - TITLE_REACH) : mention.start]
        return any(t.lower_ in self.lexicon.grammar.clause.agent for t in before)

    def _as(self, left: int) -> bool:
        """Return whether the title is what somebody before it serves as: "saat X menjadi gubernur Y, Z …"."""
        return left > 0 and self.doc[left - 1].lower_ in self.lexicon.title_as

    def _introduced(self, left: int) -> bool:
        """Return whether an article or the like opens the title as an apposition: "X, a spokesman for Y in Z"."""
        return left > 0 and self.doc[left - 1].lower_ in ("a", "an", "the", "seorang", "salah", ",")

    def _taken_as_person(self, mention: Mention) -> bool:
        """Return whether a mention is a person's, retyped where a recogniser guessed and the title knows better."""
        if (
            mention.type in ("Place", "Organization")
            and mention.start not in self.headlines
            and mention.source == "recognised"
            and self.personal(mention)
        ):
            mention.type = "Person"
        return mention.type == "Person"

    def _skip_relative(self, right: int, i: int, upper: int) -> int:
        """Return the place after a short relative clause or bracket between a title and its holder."""
        doc = self.doc
        if right < upper and (
            doc[right].lower_ in ("yang", "saat", "sekarang", "itu", "who", "which", "that")
            or (doc[right].dep_ in ("acl", "acl:relcl") and not self.lexicon.title_first)
            or (self.lexicon.title_first and doc[right].pos_ in ("NOUN", "ADJ") and right not in self.at)
        ):
            for k in range(right + 1, min(right + RELATIVE_REACH, upper - 1)):
                if self.lexicon.titles.match(doc, k) or (doc[right].lower_ == "itu" and doc[k].text != ","):
                    break  # another title's holder stands behind it
                if doc[k].text == ",":
                    name = k + 1
                    while name < upper - 1 and doc[name].text in self.lexicon.honorifics:
                        name += 1
                    person = self.at.get(name)
                    return name if person is not None and person.type == "Person" and self._apart(person, upper) else i
        if i < upper and i > 0 and doc[i - 1].text == "(":
            for k in range(i + 1, min(i + 4, upper - 1)):
                if doc[k].text == ")" and k + 1 in self.at:
                    return k + 1
        return i

    def _apart(self, person: Mention, upper: int) -> bool:
        """Return whether a name between commas is an apposition, not the subject of what follows."""
        return person.end >= upper or self.doc[person.end].text in (",", ".", ")", "–", "--", '"', "”")

    def personal(self, mention: Mention) -> bool:
        """Return whether a name that a recogniser took for a body or place may be a person's."""
        words = list(self.doc[mention.start : mention.end])
        return (
            len(words) >= 2
            and not any(fold(t.text) in self.lexicon.names for t in words)
            and not any(t.text in self.lexicon.org_last for t in words)
            and self.lexicon.org_first.match(self.doc, mention.start) is None
        )

    def _listing(self, left: int, mention: Mention) -> bool:
        """Return whether "title, Person" is rather an enumeration ("the president, X and Y")."""
        return (
            mention.end < len(self.doc)
            and self.doc[mention.end].lower_ in ("and", "dan")
            and left > 0
            and self.doc[left - 1].text == ","
        )

    def sharing(self, holder: Mention) -> list[Mention]:
        """Return the persons coordinated before a holder: "X and Y, two leaders of Z"."""
        found: list[Mention] = []
        i = holder.start - 1
        while i > 0 and self.doc[i].lower_ in (*self.lexicon.grammar.clause.and_words, ","):
            before = self.at.get(i - 1)
            if before is None or before.type != "Person" or before.end != i:
                break
            found.append(before)
            i = before.start - 1
        return found

    def listed(self, holder: Mention) -> list[Mention]:
        """Return the persons listed after a first holder: "empat pimpinan Z, A, B dan C"."""
        found: list[Mention] = []
        i = holder.end
        words = (*self.lexicon.grammar.clause.and_words, ",")
        while i < len(self.doc) - 1 and self.doc[i].lower_ in words:
            i += 1
            while i < len(self.doc) - 1 and self.doc[i].lower_ in words:
                i += 1
            after = self.at.get(i)
            if after is None or after.type != "Person" or after.start != i:
                return found if self.doc[i - 1].text == "," else []
            found.append(after)
            i = after.end
        return found

    def beyond_place(self, start: int) -> Mention | None:
        """Return the person after "title Unknown, Person": the unknown capitals name the body, not the holder."""
        end = person_run(self.doc, start, self.lexicon) if start < len(self.doc) and start not in self.at else start
        follower = self.at.get(end + 1) if start < end < len(self.doc) - 1 and self.doc[end].text == "," else None
        return follower if follower is not None and follower.type == "Person" else None

    def unlisted(self, start: int) -> Mention | None:
        """Return a new mention of the capitalised run after a title that no one else recognised."""
        doc = self.doc
        upper = self.sentence_end[start - 1][1]
        while start < upper and (doc[start].text == "," or doc[start].text in self.lexicon.honorifics):
            start += 1
        if start >= upper or start in self.at or start in self.headlines:
            return None
        end = person_run(self.doc, start, self.lexicon)
        acronym = (end - start == 1 and doc[start].text.isupper()) or (end < upper and doc[end].text == "(")
        if (
            end == start
            or not person_like(doc, start, end, self.lexicon)
            or any(t.pos_ == "ADJ" for t in doc[start:end])
            or acronym
            or (doc[start - 1].text == "," and end - start < 2)
            or any(i in self.at for i in range(start, end))
        ):
            return None
        mention = Mention(start, end, "name", "Person", source="ruled")
        self.mentions.append(mention)
        self.at.update(dict.fromkeys(range(start, end), mention))
        return mention
