"""How articles of nearly the same text are recognised, so that a reprint of an agency's text is no second source.

Each article yields eight fingerprints of its text on its own (MinHash over runs of five words, in bands of four); two
articles that share one are taken for prints of one text. With nine tenths of their runs in common they share one nearly
always, with a third or less hardly ever. As no article needs to know the others, the order of building does not matter.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from itertools import islice

import numpy

from kg.bare import bare
from kg.model import Article

RUN, BANDS, ROWS = 5, 8, 4
_BINS = BANDS * ROWS
_FACTOR = numpy.uint64(0x9E3779B97F4A7C15)  # odd, and far from any power of two
_MIX = (numpy.uint64(0xFF51AFD7ED558CCD), numpy.uint64(0xC4CEB9FE1A85EC53))
_LONGEST = 20_000  # words; what comes after adds nothing to telling texts apart


def fingerprints(article: Article) -> tuple[str, ...]:
    """Return the fingerprints of the article's own text, without furniture; none for a text of a few words."""
    text = " ".join(article.text[start:end] for start, end in article.blocks) if article.blocks else article.text
    words = [found[0] for found in islice(re.finditer(r"\w+", bare(text)[0].casefold()), _LONGEST)]
    if len(words) < 2 * RUN:
        return ()
    codes = numpy.array([_code(word) for word in words], dtype=numpy.uint64)
    values = numpy.zeros(len(words) - RUN + 1, dtype=numpy.uint64)
    for at in range(RUN):  # a polynomial of the words' codes modulo 2^64, then the finaliser of MurmurHash3
        values = values * _FACTOR + codes[at : at + len(values)]
    for factor in _MIX:
        values = (values ^ (values >> numpy.uint64(33))) * factor
    values ^= values >> numpy.uint64(33)
    places, rests = values % numpy.uint64(_BINS), values // numpy.uint64(_BINS)
    least = numpy.full(_BINS, numpy.iinfo(numpy.uint64).max)
    numpy.minimum.at(least, places, rests)
    bins = [
        int(value) if some else None
        for value, some in zip(least, numpy.bincount(places.astype(int), minlength=_BINS), strict=True)
    ]
    filled = [_filled(bins, place) for place in range(_BINS)]
    bands = [repr((band, filled[band * ROWS : (band + 1) * ROWS])) for band in range(BANDS)]
    return tuple(hashlib.blake2b(band.encode(), digest_size=8).hexdigest() for band in bands)


@lru_cache(maxsize=50_000)  # most words of the news are asked for again and again
def _code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _filled(bins: list[int | None], place: int) -> tuple[int, int]:
    """Return a bin's value, an empty one's being that of the next that is not, with the way to it."""
    for step in range(_BINS):
        value = bins[(place + step) % _BINS]
        if value is not None:
            return step, value
    return 0, 0
