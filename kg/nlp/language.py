"""Indonesian for spaCy, with the tokenizer of `kg.nlp.tokens`; the bundled pipeline names it in its config."""

from __future__ import annotations

import spacy
from spacy.lang.id import Indonesian, IndonesianDefaults
from spacy.language import Language

from kg.nlp import tokens


class NewsIndonesianDefaults(IndonesianDefaults):
    """spaCy's Indonesian with the tokens of news."""

    tokenizer_exceptions = tokens.EXCEPTIONS
    prefixes = tokens.PREFIXES
    suffixes = tokens.SUFFIXES
    infixes = tokens.INFIXES
    token_match = tokens.whole


@spacy.registry.languages("kg_id")
class NewsIndonesian(Indonesian):
    """Indonesian as the bundled pipeline reads it; ``kg_id`` in a config, once `kg.nlp` is imported."""

    lang = "kg_id"
    Defaults = NewsIndonesianDefaults


# The bundled pipelines' spaCy languages, where they are not spaCy's own.
LANGUAGES = {"id": NewsIndonesian.lang}


def blank(lang: str) -> Language:
    """Return the pipeline with nothing but the tokenizer that training and reading share."""
    return spacy.blank(LANGUAGES.get(lang, lang))
