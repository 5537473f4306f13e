"""The reader `gliner2`: a GLiNER2 model on this machine marks entities and relations in each paragraph.

Its package is asked for weights in a folder and never for a download. It says no office's title, date, place, source or
factuality: what it finds is asserted, and offices are left out.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg import nlp, specs
from kg.errors import ReaderError
from kg.model import ENTITY_TYPES, Article, Entity, Span, Statement
from kg.readers import prompt
from kg.readers.cache import Cache
from kg.readers.grounding import country_code
from kg.readers.interface import Rejected
from kg.readers.options import number, whole
from kg.vocab import ontology

NEEDS = "the reader gliner2 needs the package gliner2: `pip install 'newskg[gliner2]'`"
CONFIG = "config.json"


class GlinerReader:
    """Reads by the GLiNER2 (or GLiNER2.5) checkpoint in the folder `model`.

    `threshold` is the least score of an entity and of a relation's ends; a statement's confidence is the lower score of
    its two ends, which nobody has calibrated. `batch` is paragraphs at a time. `cache` is a folder, or "none".
    """

    def __init__(
        self, *, model: str = "", threshold: str = "0.5", batch: str = "8", cache: str = "", _loaded: Any = None
    ) -> None:
        self._folder = Path(model)
        if not model or not (self._folder / CONFIG).is_file():
            raise ReaderError(
                f"--set model={model}: the folder of a GLiNER2 checkpoint is needed, with its {CONFIG} and weights; "
                "nothing is downloaded"
            )
        try:
            package = version("gliner2")
        except PackageNotFoundError as error:
            if _loaded is None:
                raise ReaderError(NEEDS) from error
            package = "0"
        self._threshold, self._batch = number("threshold", threshold), whole("batch", batch)
        self._model = _loaded
        self._cache = Cache("gliner2", cache)
        files = sorted((p.name, p.stat().st_size) for p in self._folder.iterdir() if p.is_file())
        mark = hashlib.sha256(repr((files, (self._folder / CONFIG).read_bytes())).encode()).hexdigest()[:8]
        self.version = f"{package}, {self._folder.resolve().name} {mark}, threshold {self._threshold:g}"

    def read(self, article: Article) -> Iterator[Statement | Rejected]:
        """Yield the relations that the model marks, each with the sentences of its two ends."""
        lines = nlp.lines(article)
        texts = [line.text for line in lines]
        asked = [self.version, _entities(), _relations(), texts]
        answers = self._cache.get(asked)
        if not isinstance(answers, list) or len(answers) != len(texts):
            answers = self._asked(texts)
            self._cache.put(asked, answers)
        for line, answer in zip(lines, answers, strict=True):
            yield from _statements(article, line, answer)

    def _asked(self, texts: list[str]) -> list[dict[str, Any]]:
        model = self._model = self._model or _load(self._folder)
        schema = model.create_schema().entities(_entities()).relations(_relations())
        found = model.batch_extract(
            texts,
            schema,
            batch_size=self._batch,
            threshold=self._threshold,
            include_confidence=True,
            include_spans=True,
        )
        return [_plain(one) for one in found]


def _load(folder: Path) -> Any:
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"  # read when its packages are imported
    try:
        from gliner2 import AutoExtractor

        return AutoExtractor.from_pretrained(str(folder))
    except ImportError as error:
        raise ReaderError(f"{NEEDS} ({error})") from error
    except Exception as error:  # whatever a damaged checkpoint makes its package say
        raise ReaderError(f"{folder}: no GLiNER2 checkpoint that can be loaded ({error})") from error


def _entities() -> dict[str, str]:
    """Return the types of entity as labels, with what the ontology says of each."""
    return {name.lower(): ontology().comments[name]["en"] for name in ENTITY_TYPES}


def _labels() -> dict[str, str]:
    """Return the relations by the words that the model is asked for; not offices, whose title it cannot tell."""
    return {
        relation.labels.get("en", name): name
        for name, relation in ontology().relations.items()
        if not specs.relations()[name].office
    }


def _relations() -> dict[str, str]:
    """Return the relations' words, with when each holds."""
    return {label: prompt.meaning(name) for label, name in _labels().items()}


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what is read of an answer, as JSON: places and scores; relations by the ontology's names."""

    def span(one: dict[str, Any]) -> list[float]:
        return [int(one["start"]), int(one["end"]), float(one["confidence"])]

    entities = answer.get("entities") or {}
    relations: dict[str, list[Any]] = {}
    for key, found in (answer.get("relation_extraction") or {}).items():
        label = key.partition(":")[0].strip()  # GLiNER2 2.1 gives back "label: description"
        relations.setdefault(_labels().get(label, label), []).extend([span(r["head"]), span(r["tail"])] for r in found)
    return {
        "entities": {label: [span(one) for one in found] for label, found in entities.items()},
        "relations": relations,
    }


def _statements(article: Article, line: nlp.Line, answer: dict[str, Any]) -> Iterator[Statement | Rejected]:
    types: dict[Span, tuple[float, str]] = {}
    for label, spans in answer["entities"].items():
        for start, end, score in spans:
            types[start, end] = max((score, label.capitalize()), types.get((start, end), (0.0, "")))
    for name, pairs in answer["relations"].items():
        for head, tail in pairs:
            ends = [_end(article, line, (int(start), int(end)), types) for start, end, _ in (head, tail)]
            shown = f"{name}: {' -> '.join(line.text[int(start) : int(end)] for start, end, _ in (head, tail))}"
            if None in ends:
                yield Rejected("type", f"{shown}: an end is none of {', '.join(ENTITY_TYPES)}")
                continue
            subject, object_ = (end for end in ends if end is not None)
            first, last = int(min(head[0], tail[0])), int(max(head[1], tail[1]))
            quoted = nlp.evidence(article, line, first, last)
            yield Statement(
                article.id,
                name,
                subject,
                object_,
                evidence=(quoted,),
                language=article.language,
                confidence=round(min(head[2], tail[2]), 4),
            )


def _end(article: Article, line: nlp.Line, at: Span, types: dict[Span, tuple[float, str]]) -> Entity | None:
    """Return the end of a relation: of the type of the surest entity that it shares text with, or a country by name."""
    name = line.text[at[0] : at[1]]
    over = [(at == span, scored) for span, scored in types.items() if span[0] < at[1] and at[0] < span[1]]
    if over:
        kind = max(over)[1][1]
    elif country_code([name], None, article.language):
        kind = "Country"
    else:
        return None
    return Entity(name, kind, (name,))
