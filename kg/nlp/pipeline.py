"""A language → the spaCy pipeline that reads it, with one set of labels whatever the pipeline."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

import kg.nlp.clear
import kg.nlp.components
import kg.nlp.language  # noqa: F401  (these three register what a pipeline names)
from kg import bundle
from kg.errors import WeightsError
from kg.nlp.half import whole


@lru_cache(maxsize=8)
def load(lang: str, model: str | None = None) -> Language:
    """Return the pipeline for `lang` ("id" or "en"): the bundled one, or the installed spaCy pipeline named `model`.

    Its documents have UPOS tags, Universal Dependencies with the labels of `kg.nlp.labels`, lemmas, and entities PER,
    ORG and LOC.
    """
    if model is None:
        nlp = whole(spacy.load(bundle.find(lang)))
    else:
        try:
            nlp = spacy.load(model)
        except (OSError, ImportError) as error:
            remedy = f"try `pip install {model}`, or leave it out"
            raise WeightsError(f"{model}: no such spaCy pipeline is installed; {remedy}") from error
        if (nlp.lang or "xx").removeprefix("kg_") not in (lang, "xx"):
            remedy = "name a pipeline for that language, or leave it out"
            raise WeightsError(f"{model}: reads {nlp.lang!r}, not {lang!r}; {remedy}")
    return finish(nlp, lang)


def finish(nlp: Language, lang: str) -> Language:
    """Return `nlp` with the components that bring its output to the one set of labels, in place."""
    if "parser" not in nlp.pipe_names:
        raise WeightsError(f"{nlp.meta.get('name', 'pipeline')}: has no parser; name a pipeline that has one")
    if lang == "id":
        nlp.add_pipe("kg_id_sentences", before="parser")
        nlp.add_pipe("kg_id_lemmas")
    parsed = set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    nlp.add_pipe("kg_clear_to_ud" if {"pobj", "dobj"} & parsed else "kg_labels")
    nlp.add_pipe("kg_names")
    return nlp
