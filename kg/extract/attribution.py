"""Who says so: the chain of named sources of an event, innermost first.

Verbs of saying above the event in the parse, a clause of saying at the sentence's end ("…, kata X"), and phrases like
"menurut X", "according to X". Unnamed officials and police are no source (annotation-guide.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.arguments import Arguments
from kg.extract.grammar import ancestors_in_clause, children, subject_tokens
from kg.extract.lexicon import Lexicon, Phrases, phrases_in, surface_of
from kg.extract.mentions import Mention, headline_end
from kg.extract.turns import Turns

# A speaker stands within this many words of the verb when the parse gives no subject ("kata juru bicara itu, X").
REACH = 5


# Sentences over which "he added" without a name goes back to the last speaker.
SPEAKER_REACH = 4
# Sentences that "Hal itu disampaikan X" speaks of: the report before it, seldom longer.
BACK_REACH = 2


def _quotes(doc: Doc) -> dict[int, int]:
    """Return, for each token inside quotation marks, the place after the closing one."""
    found: dict[int, int] = {}
    start: int | None = None
    for i, text in enumerate(surface_of(doc).text):
        if text in ('"', "“", "”", "``", "''"):
            if start is None or text == "“":
                start = i
            else:
                found.update(dict.fromkeys(range(start + 1, i), i + 1))
                start = None
    return found


class Attribution:
    """The sources of one document's events."""

    def __init__(self, doc: Doc, lexicon: Lexicon, arguments: Arguments) -> None:
        self.doc, self.args, self.language = doc, arguments, lexicon.language
        self.verbs = lexicon.speech.verbs
        self.bodies, self.media = lexicon.speech.bodies, lexicon.speech.media
        self.sentences = list(doc.sents)
        self.number = {sentence.start: k for k, sentence in enumerate(self.sentences)}
        self.headline = headline_end(doc)
        self._found: dict[int, tuple[int, ...]] = {}
        self.quote_end = _quotes(doc)
        self.reporters = dict(phrases_in(doc, lexicon.reporters))
        self.media_named = self._media_named()
        self.turns = Turns(doc, arguments.mentions)
        self.spoken: list[tuple[int, list[int]]] = []  # where somebody named spoke, in text order
        self.words = surface_of(doc)
        for i in range(len(doc)):
            if self._says_at(i) and (speakers := self._own_speakers(doc[i])):
                self.spoken.append((i, speakers))
        self.after = self._phrases(lexicon.according)
        self.back = self._phrases(lexicon.back)

    def _phrases(self, table: Phrases) -> dict[int, list[Mention]]:
        """Return, by the start of its sentence, whom a phrase of the table names as a source."""
        found: dict[int, list[Mention]] = {}
        for start, end in phrases_in(self.doc, table):
            mention = self.args.after(end, self.doc[start].sent.end) or self._medium(end)
            if mention is not None and self._named(mention):
                found.setdefault(self.doc[start].sent.start, []).append(mention)
        return found

    def _media_named(self) -> list[Mention]:
        """Return the names of bodies that are called a medium: "harian X", "the X newspaper"."""
        return [m for m in self.args.mentions if m.type == "Organization" and self._is_medium(m)]

    def _is_medium(self, mention: Mention) -> bool:
        """Return whether a word for a medium is part of a name, stands before it ("kantor berita AFP") or behind it."""
        chunk = self.doc[mention.start : max(mention.right, mention.end + 1)]
        phrases = (*self._beginnings(mention), *(t.lower_ for t in chunk))
        return any(phrase in self.media for phrase in phrases)

    def _medium(self, start: int) -> Mention | None:
        """Return the medium that "the paper" at a word is: the last one that was named before."""
        if start not in self.reporters:
            return None
        return next((m for m in reversed(self.media_named) if m.end <= start), None)

    def of(self, trigger: Token, taken: set[int]) -> tuple[int, ...]:
        """Return the entities that state the event at a trigger, innermost first; `taken` cannot be its own source."""
        if trigger.i not in self._found:  # once a trigger, however many pairs it joins
            self._found[trigger.i] = self._sources(trigger)
        return tuple(s for s in self._found[trigger.i] if s not in taken)

    def speaker(self, token: Token) -> int | None:
        """Return the entity that says what a token belongs to, or None where nobody is named."""
        sources = self._sources(token)
        return sources[0] if sources else None

    def _sources(self, trigger: Token) -> tuple[int, ...]:
        sources: list[int] = []
        seen: set[int] = set()
        for _, above in ancestors_in_clause(trigger):
            if self._says(above) and above.i != trigger.i:
                seen.add(above.i)
                sources += self._speakers(above)
        sentence = trigger.sent
        for token in sentence:
            if self._says(token) and token.i not in seen and token.i > trigger.i and self._closes(token, trigger):
                sources += self._speakers(token)
        close = self.quote_end.get(trigger.i)
        if close is not None and not sources:
            for token in self.doc[close : close + REACH + 1]:  # what is quoted over several sentences
                if self._says(token):
                    sources += self._speakers(token)
        sources += [m.entity for m in self.after.get(sentence.start, [])]
        if not sources and (quoted := self.turns.quotation(trigger.i)):
            sources = self._quoting(*quoted)
        if not sources:
            sources = self._elsewhere(sentence, trigger)
        turn = self.turns.speaker(trigger.i)
        if turn is not None:
            sources.append(turn)
        return tuple(dict.fromkeys(s for s in sources if s >= 0))

    def _quoting(self, start: int, end: int) -> list[int]:
        """Return who is quoted over several paragraphs: named right after the quotation, or last before its marks."""
        for token in self.doc[end : end + REACH + 1]:
            if self._says(token) and (speakers := self._speakers(token)):
                return speakers
        paragraph = self.doc[start].sent.start
        named = [(i, who) for i, who in self.spoken if i < start]
        return named[-1][1] if named and len(list(self._between(named[-1][0], paragraph))) <= 1 else []

    def _elsewhere(self, sentence: Span, trigger: Token) -> list[int]:
        """Return who is named in another sentence: in the lead for a headline, right after it in "X said this"."""
        here = self.number[sentence.start]
        if trigger.i < self.headline:
            lead = next((s for s in self.sentences[here + 1 :] if s.start >= self.headline), None)
            return [] if lead is None else [m.entity for m in self.after.get(lead.start, [])]
        for follower in self.sentences[here + 1 : here + 1 + BACK_REACH]:
            if follower.start in self.back:
                return [m.entity for m in self.back[follower.start]]
        return []

    def _says(self, token: Token) -> bool:
        return self._says_at(token.i)

    def _says_at(self, i: int) -> bool:
        return self.words.lemma[i] in self.verbs or self.words.lower[i] in self.verbs

    def _closes(self, verb: Token, trigger: Token) -> bool:
        """Return whether a clause of saying follows what is said: a comma or quote between, no verb after the comma."""
        between = self.doc[trigger.i + 1 : verb.i]
        commas = [t.i for t in between if t.text in (",", '"', "”", "''")]
        return bool(commas) and not any(t.pos_ == "VERB" and not self._says(t) for t in self.doc[commas[-1] : verb.i])

    def _speakers(self, verb: Token) -> list[int]:
        """Return who says; "tambahnya", "ujarnya" are the last speaker's."""
        own = self._own_speakers(verb)
        if own or not verb.lower_.endswith("nya"):
            return own
        return self._last(verb)

    def _between(self, start: int, end: int) -> Iterator[int]:
        return (i for i in range(start + 1, end + 1) if self.doc[i].is_sent_start)

    def _own_speakers(self, verb: Token) -> list[int]:
        heads = children(verb, "nsubj")
        if not heads and verb.dep_ != "parataxis":  # a clause of saying beside another shares no subject with it
            heads = subject_tokens(verb, self.language)
        found = [m for head in heads for m in self.args.of(head)]
        if not found:
            said_by = [start for start, end in self.reporters.items() if any(start <= head.i < end for head in heads)]
            medium = next((m for start in (*said_by, verb.i + 1) if (m := self._medium(start))), None)
            mention = medium or self.args.after(verb.i + 1, min(verb.sent.end, verb.i + REACH))
            found = [mention] if mention is not None else []
        if any(m.kind == "pronoun" for m in found) and (last := self._last(verb)):
            return last  # "she added": who has just spoken
        return [m.entity for m in found if self._named(m)]

    def _last(self, verb: Token) -> list[int]:
        """Return the last named speaker before a verb of saying, a few sentences back at most."""
        for i, who in reversed(self.spoken):
            if i < verb.i:
                return who if len(list(self._between(i, verb.i))) <= SPEAKER_REACH else []
        return []

    def _named(self, mention: Mention) -> bool:
        """Return whether a speaker counts as a source: a name, or the government or ministry of one."""
        if mention.kind in ("name", "pronoun"):
            return True
        if mention.kind == "title":
            return mention.type == "Person"
        if self._is_medium(mention):
            return True
        return any(t.lower_ in self.bodies for t in self.doc[mention.left : mention.right])

    def _beginnings(self, mention: Mention) -> list[str]:
        words = [t.lower_ for t in self.doc[mention.left : mention.start]]
        return [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
