"""Text → the code of a supported language, or a clear reason: function words first, lingua where they do not tell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg import specs
from kg.ingest.records import Skipped

if TYPE_CHECKING:
    from lingua import LanguageDetector

SAMPLE = 3000  # characters that are looked at: an article's language shows in its first paragraphs
CLEAR = 0.12  # share of function words; other languages stay under 0.05 of each list, news in the right one is over 0.2
FEW_WORDS = 8  # with fewer, a detector's word against the supported languages is not trusted
# Languages that are recognised in order to be refused: those of the region and those with the most news.
OTHERS = (
    "ARABIC",
    "CHINESE",
    "DUTCH",
    "FRENCH",
    "GERMAN",
    "HINDI",
    "ITALIAN",
    "JAPANESE",
    "KOREAN",
    "PERSIAN",
    "POLISH",
    "PORTUGUESE",
    "RUSSIAN",
    "SPANISH",
    "SWEDISH",
    "TAGALOG",
    "THAI",
    "TURKISH",
    "UKRAINIAN",
    "URDU",
    "VIETNAMESE",
)


def supported() -> tuple[str, ...]:
    """Return the codes of the languages that articles may have."""
    return specs.languages()


def canonical(code: str) -> str:
    """Return the two-letter code of a language tag ("in", "ind", "en-US", "Indonesia" …), as far as known."""
    tag = code.strip().lower()
    for language in supported():
        if tag == language or tag in specs.language(language).detect.tags:
            return language
    short = re.split(r"[-_]", tag)[0]
    return short if short == tag else canonical(short)


def function_words() -> frozenset[str]:
    """Return the commonest small words of all supported languages."""
    return frozenset().union(*map(_function_words, supported()))


def detect(text: str) -> str:
    """Return the language of a text; raise Skipped where it is neither of the supported ones."""
    sample = text[:SAMPLE]
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", sample)
    if not words:
        raise Skipped("no words to tell the language by; give it with --lang")
    shares = sorted(((_share(words, code), code) for code in supported()), reverse=True)
    (best, code), (second, _) = shares[0], shares[1] if len(shares) > 1 else (0.0, "")
    if best >= CLEAR and best >= 2 * second and len(words) >= FEW_WORDS:
        return code
    return _ask(sample, words, code if best > second else None)


def _share(words: list[str], code: str) -> float:
    own = _function_words(code)
    return sum(word.lower() in own for word in words) / len(words)


def _ask(sample: str, words: list[str], leaning: str | None) -> str:
    values = _detector().compute_language_confidence_values(sample)
    top = values[0].language.name
    codes = {name: code for code in supported() for name in specs.language(code).detect.lingua}
    if top in codes:
        return codes[top]
    latin = sum("a" <= letter <= "z" for letter in sample.lower()) > len(sample) / 2
    if latin and len(words) < FEW_WORDS:  # a headline of names reads as anything: take the nearest supported language
        if leaning:
            return leaning
        return next(codes[value.language.name] for value in values if value.language.name in codes)
    unnamed = " ".join(word for word in words if not word[0].isupper())  # a lead of names reads as the names' language
    if unnamed and (less := _detector().detect_language_of(unnamed)) and less.name in codes:
        return codes[less.name]
    choice = " or ".join(f"--lang {code}" for code in supported())
    raise Skipped(f"its language is {top.title()}, not one of {', '.join(supported())}; force one with {choice}")


@cache
def _function_words(code: str) -> frozenset[str]:
    return specs.language(code).detect.function_words


@cache
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    names = {*OTHERS, *(name for code in supported() for name in specs.language(code).detect.lingua)}
    chosen = [getattr(Language, name) for name in sorted(names)]
    return LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()
