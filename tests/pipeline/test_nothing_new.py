"""A store that has everything already: nothing is loaded to find that out."""

from kg import encoder, nlp
from kg.pipeline.one_article import Reading, read


def test_no_model_is_loaded_where_no_article_is_new(monkeypatch):
    def loaded(*_args, **_more):
        raise AssertionError("a model was loaded")

    monkeypatch.setattr(encoder, "bundled", loaded)
    monkeypatch.setattr(nlp, "parse", loaded)
    assert list(read([], Reading(), None)) == []
