"""Names marked in an English text → the same names in its Indonesian translation, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import babel

from kg.train.conllu import Sentence
from kg.train.data import name_spans

# Beside CLDR's country names; other names are the same in both languages or the sentence is left out.
_TRANSLATED = {
    "US": "AS", "U.S.": "AS", "USA": "AS", "UK": "Inggris", "Britain": "Inggris", "England": "Inggris",
    "Europe": "Eropa",
    "Africa": "Afrika", "America": "Amerika", "North America": "Amerika Utara", "Egypt": "Mesir", "Rome": "Roma",
    "Moscow": "Moskow", "Vienna": "Wina", "Geneva": "Jenewa", "European Union": "Uni Eropa", "EU": "UE", "UN": "PBB",
    "United Nations": "Perserikatan Bangsa-Bangsa", "White House": "Gedung Putih", "Athens": "Athena",
    "Jerusalem": "Yerusalem", "Prague": "Praha", "Mediterranean": "Mediterania", "Soviet Union": "Uni Soviet",
    "Middle East": "Timur Tengah", "Scotland": "Skotlandia", "Ireland": "Irlandia",
}  # fmt: skip
_ALSO = {"Prancis": "Perancis", "Inggris": "Britania Raya", "Amerika Serikat": "AS", "Tiongkok": "Cina"}


def transferred(
    named: Iterable[Sentence], english: Iterable[Sentence], indonesian: Iterable[Sentence]
) -> Iterator[Sentence]:
    """Yield the Indonesian sentences in which every name of the English one was found, with the names tagged.

    `named` has the sentences of `english` in the same order; `indonesian` shares their ids.
    """
    by_id = {plain.id: tagged for plain, tagged in zip(english, named, strict=True)}
    translations = _translations()
    for sentence in indonesian:
        source = by_id.get(sentence.id)
        if source is not None and _tag(sentence, source, translations):
            yield sentence


def _translations() -> dict[str, str]:
    target = babel.Locale("id").territories
    return {name: target[code] for code, name in babel.Locale("en").territories.items() if code in target} | _TRANSLATED


def _tag(sentence: Sentence, source: Sentence, translations: dict[str, str]) -> bool:
    text, found = sentence.text, []
    for start, end, label in name_spans(source):
        name = source.words[start:end]
        written = "".join(w.text + " " * w.space for w in name).strip().removeprefix("the ")
        local = translations.get(written)
        forms = {written, *([local, _ALSO.get(local, local)] if local else [])}
        hits = [(m.start(), m.end(), label) for f in forms for m in re.finditer(rf"(?<!\w){re.escape(f)}(?!\w)", text)]
        if not hits:
            return False
        found += hits
    last = 0
    for start, end, label in sorted(set(found), key=lambda hit: (hit[0], -hit[1])):
        if start < last:
            continue
        last, tag = end, "B-"
        for word, (begin, stop) in zip(sentence.words, sentence.offsets(), strict=True):
            if begin < end and stop > start:
                word.ent, tag = tag + label, "I-"
    return True
