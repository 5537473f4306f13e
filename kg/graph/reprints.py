"""How articles of nearly the same text are recognised, so that a reprint of an agency's text is no second source.

Each article yields eight fingerprints of its text on its own (MinHash over runs of five words, in bands of four); two
articles that share one are taken for prints of one text. With nine tenths of their runs in common they share one nearly
always, with a third or less hardly ever. As no article needs to know the others, the order of building does not matter.
"""
from __future__ import annotations

import hashlib
import re
from itertools import islice

from kg.model import Article

RUN, BANDS, ROWS = 5, 8, 4
_BINS = BANDS * ROWS
_LONGEST = 20_000  # words; what comes after adds nothing to telling texts apart


def fingerprints(article: Article) -> tuple[str, ...]:
    """Return the fingerprints of the article's own text, without furniture; none for a text of a few words."""
    text = " ".join(article.text[start:end] for start, end in article.blocks) if article.blocks else article.text
    words = [found[0] for found in islice(re.finditer(r"\w+", text.casefold()), _LONGEST)]
    if len(words) < 2 * RUN:
        return ()
    bins: list[int | None] = [None] * _BINS
    for run in {" ".join(words[at:at + RUN]) for at in range(len(words) - RUN + 1)}:
        value = int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        place, rest = value % _BINS, value // _BINS
        if (least := bins[place]) is None or rest < least:
            bins[place] = rest
    filled = [_filled(bins, place) for place in range(_BINS)]
    bands = [repr((band, filled[band * ROWS:(band + 1) * ROWS])) for band in range(BANDS)]
    return tuple(hashlib.blake2b(band.encode(), digest_size=8).hexdigest() for band in bands)


def _filled(bins: list[int | None], place: int) -> tuple[int, int]:
    """Return a bin's value, an empty one's being that of the next that is not, with the way to it."""
    for step in range(_BINS):
        value = bins[(place + step) % _BINS]
        if value is not None:
            return step, value
    return 0, 0
