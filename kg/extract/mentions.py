"""The mention: a span of tokens that refers to an actor or place, and what of its sentence matters to reading names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.bare import bare

# Share of long words with capitals from which a sentence counts as a headline: prose stays far below, headlines above.
TITLE_CASE = 0.75


@dataclass(slots=True, eq=False)
class Mention:
    """A span of tokens that refers to an actor or place.

    `kind` is name, demonym, anchor (an unnamed part of a named actor), title (an office without its holder's name),
    pronoun or pair; `left` and `right` bound the phrase that stands for it. `modifier` marks a name that only
    qualifies another noun ("Israeli hospital") and takes part in nothing itself.
    """

    start: int
    end: int
    kind: str
    type: str
    iso: str | None = None
    capital: bool = False
    source: str = "recognised"
    left: int = -1
    right: int = -1
    modifier: bool = False
    consumed: bool = False
    entity: int = -1
    group: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.left < 0:
            self.left, self.right = self.start, self.end

    def sentence_break(self, doc: Doc, earlier: Mention) -> bool:
        """Return whether a sentence ends between an earlier mention and this one."""
        return any(doc[i].is_sent_start for i in range(earlier.end, self.start + 1))


def capitalised(token: Token) -> bool:
    """Return whether a token begins like a name."""
    return token.text[:1].isupper()


def title_cased(doc: Doc) -> frozenset[int]:
    """Return the tokens of sentences set in title case, where a capital says nothing: headlines."""
    known: frozenset[int] | None = doc.user_data.get("title_cased")
    if known is not None:
        return known  # several stages ask, and sentences do not change
    found: list[int] = []
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > 3]
        if (
            len(words) >= 4
            and sentence[-1].text not in (".", '"', "”")
            and sum(map(capitalised, words)) >= TITLE_CASE * len(words)
        ):
            found += range(sentence.start, sentence.end)
    doc.user_data["title_cased"] = frozenset(found)
    return frozenset(found)


def headline_end(doc: Doc) -> int:
    """Return the place after the headline's last token; 0 where the text has none."""
    article = doc.user_data["article"]
    if not (article.headline and article.blocks):
        return 0
    start, end = article.blocks[0]
    if bare(article.text[start:end])[0].strip() != article.headline.strip():
        return 0
    offsets: list[int] = doc.user_data["offsets"]
    return bisect_left(offsets, end)
