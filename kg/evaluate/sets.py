"""Gold files and folders of texts → sets that are scored, each in one language, and all of them as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.explain import Explained, explain
from kg.evaluate.gold import By, GoldDocument, at_least, read_gold, read_said
from kg.evaluate.run import Run, run
from kg.evaluate.scoring import Score, score


class LanguageUnclearError(ValueError):
    """The gold is in several languages, and nothing says which one is meant."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The documents of a gold file in one language, and where their texts, or statements of them, are."""

    name: str
    documents: list[GoldDocument]
    texts: Path
    language: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A set with its score; `unsure` is the score of all that was read, whatever its confidence; `errors` explained."""

    of: GoldSet
    score: Score
    unsure: Score
    errors: list[Explained]


def gold_sets(golds: Sequence[Path], texts: Path, language: str | None = None) -> list[GoldSet]:
    """Return a set for each gold file and language, or for the one `language`.

    The texts of a language are in the folder's folder of that name where there is one. Raises LanguageUnclearError for
    gold of several languages where there is none.
    """
    alike = Counter(path.stem for path in golds)
    sets = []
    for path in golds:
        documents = read_gold(path)
        name = path.stem if alike[path.stem] == 1 else f"{path.parent.name}/{path.stem}"
        known = sorted({tag for document in documents for tag in document.languages})
        if language is None and len(known) != 1 and not all((texts / tag).is_dir() for tag in known):
            raise LanguageUnclearError(f"the gold is in {' and '.join(known)}; say which one: --lang")
        for tag in [language] if language else known:
            if len(golds) > 1 and tag not in known:
                continue
            folder = texts / tag if (texts / tag).is_dir() else texts
            sets.append(GoldSet(name if len(known) == 1 else f"{name} {tag}", documents, folder, tag))
    return sets


def score_sets(
    sets: Sequence[GoldSet],
    *,
    without: Collection[str] = (),
    fast: bool = False,
    min_confidence: float | None = None,
    explained: bool = False,
    unsure: bool = False,
) -> Iterator[Scored]:
    """Yield the score of each set; texts that several sets share are read once.

    With `explained`, errors are; with `unsure` or `explained`, what is too improbable is looked at as well.
    """
    wanted: dict[tuple[Path, str], set[str]] = defaultdict(set)
    for one in sets:
        wanted[one.texts, one.language] |= {document.id for document in one.documents}
    runs: dict[tuple[Path, str], Run] = {}
    for one in sets:
        key = one.texts, one.language
        if key not in runs:
            more = unsure or explained
            runs[key] = _run(*key, wanted[key], without=without, fast=fast, min_confidence=min_confidence, unsure=more)
        ran = runs[key]
        result = score(one.documents, ran.said, one.language)
        everything: By = ran.unsure or ran.said
        errors = list(explain(result, ran)) if explained else []
        yield Scored(one, result, score(one.documents, everything, one.language), errors)


def _run(
    texts: Path,
    language: str,
    only: Collection[str],
    *,
    without: Collection[str],
    fast: bool,
    min_confidence: float | None,
    unsure: bool,
) -> Run:
    if texts.suffix == ".jsonl":
        lines = read_said(texts)
        return Run({}, at_least(lines, min_confidence), lines)
    return run(texts, language, without=without, fast=fast, min_confidence=min_confidence, only=only, unsure=unsure)
