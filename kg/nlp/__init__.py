"""Article → spaCy Doc: pipelines, their weights, and one set of labels for all of them."""

from kg.nlp.lines import Line, evidence, lines
from kg.nlp.pipeline import load
from kg.nlp.reading import parse

__all__ = ["Line", "evidence", "lines", "load", "parse"]
