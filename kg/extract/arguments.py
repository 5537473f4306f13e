"""From the head of a noun phrase, or a place in the sentence, to the actors that it stands for.

Mentions with their phrases (`left`..`right`) cover the sentence like chunks; coordination is read off the surface over
chunks, because a small parser gets it right one time in two.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.grammar import case_of, children, one_of
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention

# A noun phrase between a preposition and the name in it: "with the visiting Turkish foreign minister X".
REACH = 6
# Members of a list that are read; longer ones are rosters, and their pairs grow with the square.
MAX_LIST = 20


class Arguments:
    """The chunks of one document and how heads of phrases lead to them."""

    def __init__(self, doc: Doc, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self.doc, self.lexicon = doc, lexicon
        self.mentions = sorted((m for m in mentions if not m.consumed), key=lambda m: m.left)
        self.chunk: dict[int, Mention] = {}
        for mention in self.mentions:
            for i in range(mention.left, mention.right):
                self.chunk.setdefault(i, mention)
        for mention in self.mentions:
            for i in range(mention.start, mention.end):
                self.chunk[i] = mention
        self._order = {id(m): k for k, m in enumerate(self.mentions)}
        self._partitive = lexicon.grammar.noun_phrase.partitive
        self._light_verbs = lexicon.grammar.clause.light
        self._relative = lexicon.grammar.clause.relative
        self._agent = lexicon.grammar.clause.agent
        self._including = lexicon.grammar.noun_phrase.including
        self._light_nouns = lexicon.grammar.noun_phrase.representing

    def of(self, head: Token, *, owner: bool = False, subject: bool = False) -> list[Mention]:
        """Return the actors of the noun phrase under a head, with those coordinated; [] when it names none.

        A `subject` is read from the first of its list, wherever in it the parse put the head. With `owner`, a phrase
        about somebody's thing stands for that somebody ("hak Azerbaijan", "Syria's stance").
        """
        mention = self.chunk.get(head.i)
        if mention is not None and not mention.modifier:
            return self.coordinated(self._first_conjunct(mention) if subject else mention)
        if mention is not None and mention.modifier:
            return [mention] if owner and mention.right > head.i and mention.type != "Place" else []
        found = self._inside(head)
        if found is not None:
            return self.coordinated(found)
        if one_of(head, self._partitive):
            for child in children(head, "nmod", "flat", "appos", "compound"):
                if child.i > head.i and case_of(child) in ("", "of", "dari"):
                    return self.of(child, owner=owner)
        examples = self._examples(head)
        if examples:
            return examples
        if owner or head.lower_ in self._light_nouns or head.lemma_.lower() in self._light_nouns:
            return self.owners(head)
        return []

    def _examples(self, head: Token) -> list[Mention]:
        """Return those named of an unnamed many: "many powers, including Russia, France and the US"."""
        for i in range(head.i + 1, min(head.sent.end, head.i + REACH)):
            token = self.doc[i]
            if token.lower_ in self._including:
                mention = self.after(i + 1, head.sent.end)
                return self.coordinated(mention) if mention is not None else []
            if token.pos_ in ("VERB", "AUX") or token.text in (";", ":"):
                break
        return []

    def _inside(self, head: Token) -> Mention | None:
        """Return the name that a common noun introduces: "the group Hamas", "mitra kerjanya, X"."""
        for child in head.children:
            mention = self.chunk.get(child.i)
            if mention is None or mention.modifier:
                continue
            if child.dep_ in ("flat", "appos"):
                return mention
            if (
                child.dep_ in ("compound", "nmod")
                and mention.type == "Person"
                and not case_of(child)
                and child.i > head.i
            ):
                return mention
        return None

    def owners(
        self, head: Token, *, origin: bool = False, agent: bool = True, object_of: frozenset[str] = frozenset()
    ) -> list[Mention]:
        """Return whom a thing belongs to: possessor, adjective of country, bare noun modifier, "-nya".

        With `origin`, "from" names where a journey begins and not whose it is; without `agent`, "by" does not count;
        prepositions of `object_of` lead to the noun's own object ("in support of X").
        """
        for child in children(head, "nmod", "obl", "obl:agent") if agent else ():
            if case_of(child) in self._agent:
                return self.of(child)  # "the attack by Hamas"
        for child in head.children:
            mention = self.chunk.get(child.i)
            if mention is None or (mention.type == "Place" and not (mention.capital and child.dep_ == "nmod:poss")):
                continue
            if child.dep_ in ("nmod:poss", "amod", "compound") or (
                child.dep_ in ("nmod", "flat", "det") and not case_of(child) and not self._beyond(child, head)
            ):
                more = self.coordinated(mention) if child.dep_ == "nmod" and child.i > head.i else []
                return [mention, *(m for m in more if m is not mention)]
            case = case_of(child)
            belongs = case in (("of", "milik") if origin else ("of", "dari", "milik")) and case not in object_of
            if child.dep_ == "nmod" and belongs:
                return self.coordinated(mention)
        if inner := self._owner_within(head):
            return [inner]
        for clause in children(head, "acl:relcl", "acl"):
            if not one_of(clause, self._light_verbs):
                continue
            for child in children(clause, "obl:agent", "obl", "obj"):
                bare = (
                    self.lexicon.title_first
                    and clause.lower_.startswith("di")
                    and not case_of(child)
                    and child.i > clause.i
                )
                if child.dep_ == "obl:agent" or case_of(child) in self._agent or bare:
                    return self.of(child)  # "kudeta yang dilakukan oleh X"
            for child in children(clause, "nsubj"):
                if child.lower_ not in self._relative:
                    return self.of(child, subject=True)  # "the war that X waged"
        for i in (head.i - 1, head.i + 1):
            mention = self.chunk.get(i)
            behind = (i > head.i) == self.lexicon.title_first
            if mention is not None and behind and (mention.modifier or (i > head.i and mention.type != "Place")):
                return [mention]
        return []

    @staticmethod
    def _beyond(child: Token, head: Token) -> bool:
        """Return whether another noun with its preposition stands between: "dukungan terhadap pencalonan X"."""
        return any(head.i < other.i < child.i and case_of(other) for other in children(head, "nmod", "obl"))

    def _owner_within(self, head: Token) -> Mention | None:
        """Return the owner that stands behind what kind of thing it is, head first: "serangan udara Israel"."""
        kinds = children(head, "nmod", "amod", "compound", "flat") if self.lexicon.title_first else []
        for kind in kinds:
            if kind.i < head.i or kind.i in self.chunk or case_of(kind):
                continue
            for child in children(kind, "nmod", "flat"):
                mention = self.chunk.get(child.i)
                if mention is not None and mention.type != "Place" and child.i > kind.i and not case_of(child):
                    return mention
        return None

    def coordinated(self, mention: Mention) -> list[Mention]:
        """Return a mention and those coordinated to its right: chunks joined by commas and a final conjunction."""
        if mention.kind == "pair":
            return [mention]
        chain, pending = [mention], []
        confirmed = [mention]
        current = mention
        while len(chain) < MAX_LIST:
            follower = self._next(current)
            if follower is None:
                break
            gap = self.doc[current.right : follower.left]
            if len(gap) and gap[0].text == "(" and follower.entity == current.entity:
                current = follower
                continue
            words = [t.lower_ for t in gap if t.text not in ")"]
            words = [w for w in words if w not in ("the", "para", "juga", "also", "later", "kemudian")]
            if (
                not words
                or not all(w in self.lexicon.separators or w in ("as", "well", "along", "with") for w in words)
                or ("with" in words and "along" not in words)
                or follower.sentence_break(self.doc, current)
            ):
                break
            if words == [","] and "Place" in (follower.type, mention.type) and follower.type != mention.type:
                break
            pending.append(follower)
            chain.append(follower)
            if words != [","]:
                confirmed += pending
                pending = []
            current = follower
        return [m for m in confirmed if not m.modifier]

    def _next(self, mention: Mention) -> Mention | None:
        k = self._order[id(mention)] + 1
        while k < len(self.mentions) and self.mentions[k].left < mention.right:
            k += 1
        return self.mentions[k] if k < len(self.mentions) else None

    def with_country(self, place: Mention) -> list[Mention]:
        """Return a place with the country named right behind it: "Dhaka, Bangladesh" is a visit to both."""
        found = [place]
        last = place
        while place.type == "Place" and (follower := self._next(last)) is not None:
            if self.doc[last.right : follower.left].text != "," or follower.modifier:
                break
            if follower.type == "Country":
                return [*found, follower]
            if follower.type != "Place":
                break
            last = follower  # "Kunming, Provinsi Yunnan, Tiongkok"
        return found

    def after(self, start: int, end: int) -> Mention | None:
        """Return the first actor's chunk that begins within the noun phrase at a token (surface fallback)."""
        for i in range(start, min(end, start + REACH)):
            mention = self.chunk.get(i)
            if mention is not None:
                return None if mention.modifier else mention
            if self.doc[i].pos_ in ("VERB", "PUNCT", "SCONJ", "ADP", "CCONJ", "AUX"):
                return None
        return None

    def before(self, position: int) -> list[Mention]:
        """Return the nearest actors to the left of a predicate that no preposition governs (surface fallback)."""
        start = self.doc[position].sent.start
        i = position - 1
        while i >= start:
            mention = self.chunk.get(i)
            if mention is not None and not mention.modifier:
                first = self._first_conjunct(mention)
                if first.left > start and self.doc[first.left - 1].pos_ == "ADP":
                    i = first.left - 1
                    continue
                return self.coordinated(first)
            token = self.doc[i]
            if token.pos_ == "VERB" or token.text in (";", ":") or token.lower_ in ("bahwa", "that"):
                return []
            i -= 1
        return []

    def _first_conjunct(self, mention: Mention) -> Mention:
        k = self._order[id(mention)]
        while k > 0:
            earlier = self.mentions[k - 1]
            if self.mentions[k] in self.coordinated(earlier)[1:]:
                k -= 1
            else:
                break
        return self.mentions[k]
