"""References without a name → entities: titles ("sang menteri"), pronouns, "-nya", "kedua negara".

A reference goes back to what the text before it offers: a title to the holder of such an office, a pronoun to the
person that the last sentences are about, a pair to the two parties last named together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from spacy.tokens import Doc, Token

from kg.extract.entities import Entities
from kg.extract.grammar import children, lemma, subject_tokens
from kg.extract.lexicon import Lexicon, phrases_in, surface_of
from kg.extract.mentions import Mention
from kg.extract.titles import Office
from kg.extract.triggers import asking_words

# Sentences that a pronoun looks back; further back the person has changed more often than not.
PRONOUN_REACH = 3
# Sentences that "both sides" looks back for two parties in one sentence.
PAIR_REACH = 6


class Coreference:
    """Resolves the references of one document; works on mentions that already have entities."""

    def __init__(
        self, doc: Doc, lexicon: Lexicon, entities: Entities, mentions: list[Mention], offices: list[Office]
    ) -> None:
        self.doc, self.lexicon, self.entities, self.offices = doc, lexicon, entities, offices
        self.names = mentions
        self.asking = asking_words(lexicon.language)
        self.groups = lexicon.actors.group_only - lexicon.actors.pair
        self.pair_kinds = (
            (lexicon.actors.pair_persons, ("Person",)),
            (lexicon.actors.pair_countries, ("Country",)),
        )
        self.sentences = list(doc.sents)
        self.sentence_of = {i: k for k, s in enumerate(self.sentences) for i in range(s.start, s.end)}
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_sentence.setdefault(self.sentence_of[mention.start], []).append(mention)

    def references(self) -> list[Mention]:
        """Return the resolved references as mentions, in text order."""
        covered = {i for m in self.names for i in range(m.left, m.right)}
        found = [*self._titles(covered), *self._capitals()]
        covered |= {i for m in found for i in range(m.left, m.right)}
        for start, end in phrases_in(self.doc, self.lexicon.pairs):
            pronominal = end - start == 1 or self.doc[end - 1].lower_ in ("two", "keduanya")
            follows = end < len(self.doc) and self.doc[end].pos_ in ("VERB", "AUX", "ADV", "PUNCT")
            bound = end < len(self.doc) and self.doc[end].text == "-"  # "the two-day visit"
            if start not in covered and not bound and (follows or not pronominal):
                noun = start + 1 if self.lexicon.title_first else end - 1
                word = self.doc[min(noun, end - 1)]
                group = self._pair(start, word, pronominal=pronominal)
                if group:
                    found.append(Mention(start, end, "pair", "Country", source="ruled", group=group, entity=group[0]))
                    covered.update(range(start, end))
        for i in self._where(self.lexicon.actors.pronouns_body, covered):
            body = self._body_before(self.doc[i])
            if body is not None:
                found.append(replace(body, start=i, end=i + 1, left=i, right=i + 1, kind="pronoun"))
        for i in self._where(self.lexicon.actors.pronouns_person, covered):
            entity = self.person_before(self.doc[i]) if self._is_pronoun(self.doc[i]) else None
            if entity is not None:
                found.append(Mention(i, i + 1, "pronoun", "Person", source="ruled", entity=entity))
        return sorted(found, key=lambda m: m.start)

    def speakers(self, mentions: list[Mention], speaker: Callable[[Token], int | None]) -> Iterator[Mention]:
        """Yield "I" and the like as mentions of the person who speaks there, as `speaker` tells."""
        covered = {i for m in mentions for i in range(m.left, m.right)}
        for i in self._where(self.lexicon.actors.pronouns_speaker, covered):
            entity = speaker(self.doc[i])
            if entity is not None and self.entities.clusters[entity].type == "Person":
                yield Mention(i, i + 1, "pronoun", "Person", source="ruled", entity=entity)

    def _where(self, words: frozenset[str], covered: set[int]) -> list[int]:
        """Return the places of the words of a list that no mention covers."""
        return [i for i, word in enumerate(surface_of(self.doc).lower) if word in words and i not in covered]

    def _capitals(self) -> Iterator[Mention]:
        """Yield "the Eritrean capital", "ibu kota Eritrea": the city that the state is governed from."""
        nouns = self.lexicon.capital_nouns
        for mention in self.names:
            if mention.type != "Country" or not mention.iso or mention.entity < 0:
                continue
            if self.lexicon.title_first:
                near = range(max(0, mention.start - 2), mention.start)
                start = next((i for i in near if nouns.match(self.doc, i) == mention.start), None)
                span = None if start is None else (start, mention.end)
            else:
                after = mention.end
                if after < len(self.doc) and self.doc[after].text in self.lexicon.grammar.noun_phrase.possessive:
                    after += 1
                end = nouns.match(self.doc, after) if after < len(self.doc) else None
                span = None if end is None else (mention.start, end)
            if span is None or self._named_beside(span):
                continue
            entity = self.entities.capital(mention.iso)
            if entity is not None:
                mention.consumed = True
                yield Mention(*span, "name", "Place", source="ruled", capital=True, iso=mention.iso, entity=entity)

    def _named_beside(self, span: tuple[int, int]) -> bool:
        """Return whether the capital's own name stands beside: "the Eritrean capital, Asmara"."""
        beside = {span[0] - 1, span[0] - 2, span[1], span[1] + 1}
        return any(m.type == "Place" and beside & set(range(m.start, m.end)) for m in self.names)

    def _body_before(self, token: Token) -> Mention | None:
        """Return the country or body that is the subject before "it" in the same sentence, or None."""
        if token.dep_ not in ("nsubj", "nsubj:pass", "obj", "nmod:poss", "obl"):
            return None
        before = [
            m
            for m in self.by_sentence.get(self.sentence_of[token.i], ())
            if m.type in ("Country", "Organization")
            and m.entity >= 0
            and not m.consumed
            and not m.modifier
            and m.end <= token.i
            and self.doc[m.left : m.right].root.dep_ in ("nsubj", "nsubj:pass")
        ]
        return before[-1] if before else None

    def _is_pronoun(self, token: Token) -> bool:
        return token.lower_ in self.lexicon.actors.pronouns_person and token.lower_ not in ("who", "nya")

    def _titles(self, covered: set[int]) -> list[Mention]:
        found = []
        for office in self.offices:
            if office.holder is not None:
                continue
            if office.prospective:
                if office.body is not None:
                    office.body.consumed = True  # "calon anggota DPRD" is not of the DPRD
                continue
            entity = self._holder(office)
            start, end = (office.body.left if office.body else office.start), office.end
            start, end = min(start, office.start), max(end, office.end)
            if entity is not None:
                found.append(
                    Mention(office.start, end, "title", "Person", source="ruled", entity=entity, left=start, right=end)
                )
            elif office.body is not None and office.body.entity >= 0:
                words = {t.lower_ for t in self.doc[office.start : office.end]}
                if office.body.type == "Country" and words & self.groups:
                    continue  # "wakil kelompok pemberontak Irak" is not the state's
                cluster = self.entities.clusters[office.body.entity]
                if cluster.type not in ("Country", "Organization"):
                    continue
                found.append(
                    Mention(
                        office.start,
                        end,
                        "title",
                        cluster.type,
                        iso=cluster.iso,
                        source="ruled",
                        entity=office.body.entity,
                        left=start,
                        right=end,
                    )
                )
            else:
                continue
            if office.body is not None:
                office.body.consumed = True
        return found

    def _holder(self, office: Office) -> int | None:
        """Return the person last known by the same head of title, and by the same body where both say one."""
        head = self.doc[office.head[0] : office.head[1]].text.lower()
        if office.start > 0 and self.doc[office.start - 1].lower_ in self.lexicon.actors.plural:
            return None
        definite = self._definite(office)
        best = None
        for other in self.offices:
            if other.holder is None or other.holder.entity < 0 or other.former:
                continue
            text = self.doc[other.head[0] : other.head[1]].text.lower()
            full = other.title.lower()
            leads = head in self.lexicon.leading and other.national
            if not (text == head or head in full.split() or leads):
                continue
            if office.body is not None and other.body is not None:
                qualified = len(office.title.split()) > len(head.split()) and len(full.split()) > len(text.split())
                if qualified and office.title.lower() != full:
                    continue  # the finance minister is not "the foreign minister"
                if office.body.entity == other.body.entity and (text == head or leads):
                    best = other.holder.entity
            elif office.body is None and definite and other.start < office.start:
                best = other.holder.entity
        return best

    def _definite(self, office: Office) -> bool:
        """Return whether a bare title points back: "the president", "sang presiden", "presiden itu"."""
        words = self.lexicon.actors.definite
        before = self.doc[office.start - 1].lower_ if office.start > 0 else ""
        after = self.doc[office.end].lower_ if office.end < len(self.doc) else ""
        return after in words or before == "sang" if self.lexicon.title_first else before in words

    def person_before(self, token: Token) -> int | None:
        """Return the entity of the person whom a pronoun at a token most likely means."""
        here = self.sentence_of[token.i]
        ahead = self._main_subject(here, token)
        if ahead is not None:
            return ahead
        barred = self._co_arguments(token)
        for back in range(PRONOUN_REACH + 1):
            persons = [
                m
                for m in self.by_sentence.get(here - back, ())
                if m.type == "Person"
                and m.entity >= 0
                and not m.consumed
                and m.end <= token.i
                and m.entity not in barred
            ]
            if not persons:
                continue
            subjects = [m for m in persons if self.doc[m.start : m.end].root.dep_ in ("nsubj", "nsubj:pass")]
            return (subjects or persons)[0].entity
        return None

    def _co_arguments(self, token: Token) -> set[int]:
        """Return whom a pronoun cannot mean: the subject of the verb whose object it is (principle B of binding)."""
        if not self._is_pronoun(token):
            return set()  # "-nya" on a noun is a possessor: "he left after his talks"
        verb = token.head
        if token.dep_ == "nsubj" and verb.dep_ in ("ccomp", "xcomp", "advcl") and lemma(verb.head) in self.asking:
            verb = verb.head  # "X demanded that he withdraw": somebody else
        elif token.dep_ not in ("obj", "iobj", "obl") or token.lower_ in self.lexicon.actors.reflexive:
            return set()
        subjects = {t.i for t in subject_tokens(verb, self.lexicon.language)}
        return {m.entity for m in self.names if any(m.left <= i < m.right for i in subjects)}

    def _doers(self, noun: Token) -> set[int]:
        """Return the subjects of the verb whose object a noun is; none for "each other", which are the subjects."""
        if noun.dep_ not in ("obj", "iobj", "obl", "nsubj") or noun.lower_ in self.lexicon.actors.reflexive:
            return set()
        verb = noun.head
        if noun.dep_ == "nsubj":  # "urged both sides to stop", where the parser made them the subject of stopping
            if verb.dep_ not in ("ccomp", "xcomp") or lemma(verb.head) not in self.asking:
                return set()
            verb = verb.head
        subjects = {t.i for t in subject_tokens(verb, self.lexicon.language)}
        return {m.entity for m in self.names if any(m.left <= i < m.right for i in subjects)}

    def _main_subject(self, sentence: int, token: Token) -> int | None:
        """Return the person that the main clause after a fronted clause is about: "After his tour, Solana held …"."""
        first = self.doc[self.sentences[sentence].start]
        if first.pos_ not in ("SCONJ", "ADP") or token.head.i == token.sent.root.i:
            return None
        persons = [
            m for m in self.by_sentence.get(sentence, ()) if m.type == "Person" and m.entity >= 0 and not m.consumed
        ]
        if not persons or persons[0].start < token.i:
            return None
        root = self.doc[persons[0].start : persons[0].end].root
        main = root.dep_ in ("nsubj", "nsubj:pass") and root.head.i == token.sent.root.i
        return persons[0].entity if main or self.doc[persons[0].left - 1].text == "," else None

    def _subject(self, position: int) -> int:
        """Return the entity that the first verb before a position has as its subject; -1 for none."""
        sentence = self.doc[position].sent
        for token in self.doc[sentence.start : position]:
            for subject in children(token, "nsubj"):
                for mention in self.by_sentence.get(self.sentence_of[position], ()):
                    if mention.left <= subject.i < mention.right:
                        return mention.entity
        return -1

    def _pair(self, position: int, noun: Token, *, pronominal: bool) -> tuple[int, ...]:
        """Return the two that "both sides" means: of the pairs named in one sentence before, the most frequent.

        Its noun may say what they are: leaders are persons, governments are countries. Whoever does something to both
        sides is neither of them.
        """
        here = self.sentence_of[position]
        said = next((kinds for nouns, kinds in self.pair_kinds if noun.lower_ in nouns), None)
        barred = self._doers(noun)
        for kind in said or ("Person", "Country"):  # the same sentence has just named them, or two beside its subject
            named = {
                m.entity: None
                for m in self.by_sentence.get(here, ())
                if m.end <= position and m.type == kind and m.entity >= 0 and not m.consumed and not m.modifier
            }
            named = {entity: None for entity in named if entity not in barred}
            if len(named) == 3 and kind == "Person":
                named.pop(self._subject(position), None)
            if len(named) == 2:
                return tuple(named)
        if pronominal:  # "keduanya", "the two": the persons of the sentence before, where it names just two
            before = {
                m.entity: None
                for m in self.by_sentence.get(here - 1, ())
                if m.type == "Person" and m.entity >= 0 and not m.consumed
            }
            if len(before) == 2:
                return tuple(before)
        for types in [(kind,) for kind in said] if said else (("Country",), ("Country", "Organization"), ("Person",)):
            pairs: Counter[tuple[int, ...]] = Counter()
            near: dict[tuple[int, ...], int] = {}
            for number in range(here + 1):
                seen: dict[int, None] = {}
                for mention in self.by_sentence.get(number, ()):
                    if mention.end > position or mention.entity in barred:
                        continue
                    if mention.type in types and mention.entity >= 0:
                        seen.setdefault(mention.entity)
                for pair in combinations(sorted(seen), 2):
                    pairs[pair] += 1
                    near[pair] = number
            recent = [pair for pair in pairs if here - near[pair] <= PAIR_REACH]
            if recent:
                return max(recent, key=lambda pair: (pairs[pair], near[pair]))
        return ()
