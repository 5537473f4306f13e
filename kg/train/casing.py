"""`kg train --only casing` in one function: texts in usual writing → how often each word is written in which way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from kg.casing.capitals import WORD, any_capitals
from kg.casing.known import kind_of, opening
from kg.casing.model import JOINTS, KINDS, NO_WORD, OPENING, PART, SMALL, START, STATES, SUFFIX, TITLE, UPPER, read
from kg.casing.restore import restored
from kg.errors import SourceError
from kg.train.assemble import enter
from kg.train.conllu import read_columns, read_conllu
from kg.train.data import detokenise
from kg.train.recipes import file_of
from kg.train.sources import CASING, LICENCES

VERSION = "0.1.0"
HELD_OUT = 10  # every tenth text tells the scores; the weights are then made from all
_TREES = {
    "id": ("id_gsd2017-train", "id_gsd-dev", "id_csui-train", "id_pud"),
    "en": ("en_ewt-train", "en_ewt-dev", "en_pud"),
}
_COLUMNS: dict[str, tuple[str, ...]] = {"id": ("id_idner-train", "id_idner-dev", "id_nergrit-train"), "en": ()}
_HEAD = (
    "How often a word is written in small letters, as a name, and in capitals, where it opens no sentence; then its",
    "usual writing where that mixes them. Lines with = count what follows a kind of writing. `kg train --only casing`.",
)
_TITLED = 0.75  # share of capitals from which a line is a headline in title case, which tells nothing


def train(data: Path, articles: Path | None, out: Path, log: IO[str] | None = None) -> dict[str, dict[str, float]]:
    """Write OUT/casing and its entry in the manifest; return, by language, how many words in capitals come out right.

    Raises SourceError where a set is missing, or the articles' texts are.
    """
    if articles and not any(articles.glob("text/*/*.txt")):
        raise SourceError(f"{articles / 'text'}: no texts in it; name the folder above text/id and text/en with --from")
    folder, scores = out / PART, {}
    folder.mkdir(parents=True, exist_ok=True)
    for language in _TREES:
        texts = [text for text in _texts(data, articles, language) if _usual(text)]
        held = texts[::HELD_OUT]
        path = folder / f"{language}{SUFFIX}"
        _write(path, [text for i, text in enumerate(texts) if i % HELD_OUT])
        scores[language] = _scores(held, language, path)
        _write(path, texts)
        if log:
            print(f"{language}: {len(texts)} texts", file=log, flush=True)
    enter(out, PART, {"version": VERSION, "licence": LICENCES[PART], "data": CASING, "scores": scores})
    return scores


def _texts(data: Path, articles: Path | None, language: str) -> Iterator[str]:
    for name in _TREES[language]:
        yield from (s.text for s in read_conllu(file_of(data, f"ud/{name}.conllu")))
    for name in _COLUMNS[language]:
        yield from (detokenise(s).text for s in read_columns(file_of(data, f"ner/{name}.txt")))
    for file in sorted((articles / "text" / language).glob("*.txt")) if articles else ():
        yield from filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines()))


def _usual(text: str) -> bool:
    long = [word for word in WORD.findall(text) if word.isalpha() and len(word) > 3]
    titled = len(long) > 3 and sum(word[0].isupper() for word in long) >= _TITLED * len(long)
    return bool(long) and not titled and not any(word.isupper() for word in long if len(word) > 8)


def _write(path: Path, texts: Iterable[str]) -> None:
    """Write the counts of some texts."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = {state: Counter() for state in STATES}
    for text in texts:
        tokens = WORD.findall(text)
        state = START
        for token, opens in zip(tokens, opening(tokens), strict=True):
            kind = kind_of(token)
            if kind == NO_WORD:
                state = state if token in JOINTS else NO_WORD
                continue
            if not opens:
                words[token.lower()][token] += 1
                after[state][kind] += 1
            state = OPENING if opens and kind != UPPER else kind
    lines = [f"# {line}" for line in _HEAD]
    lines += ["\t".join((f"={state}", *(str(row[kind]) for kind in KINDS))) for state, row in after.items()]
    for word, forms in sorted(words.items()):
        kinds: Counter[str] = Counter()
        for form, number in forms.items():
            kinds[kind_of(form)] += number
        usual = max(forms, key=lambda form: (forms[form], form))
        mixed = (
            [usual] if kind_of(usual) == TITLE and usual[1:] != usual[1:].lower() and len(usual) == len(word) else []
        )
        if kinds[SMALL] + kinds[UPPER] or kinds[TITLE] > 1:  # a name that was met once is guessed as well
            lines.append("\t".join((word, *(str(kinds[kind]) for kind in KINDS), *mixed)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _scores(texts: Sequence[str], language: str, path: Path) -> dict[str, float]:
    """Return in percent how many words of texts set in capitals are restored: all, and those that are names."""
    counts = read(path)
    right: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for text in texts:
        shouted = "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
        if not any_capitals([shouted]):
            continue
        [found] = restored([shouted], language, counts)
        before, after = WORD.findall(text), WORD.findall(found)
        for one, other, opens in zip(before, after, opening(before), strict=True):
            if not opens and (kind := kind_of(one)) != NO_WORD:
                number[kind] += 1
                right[kind] += one == other
    names = right[TITLE] + right[UPPER], number[TITLE] + number[UPPER]
    return {
        "words": round(100 * sum(right.values()) / max(sum(number.values()), 1), 1),
        "names": round(100 * names[0] / max(names[1], 1), 1),
    }
