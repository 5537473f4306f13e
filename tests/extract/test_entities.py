"""Names of an article → its entities."""

import pytest
import spacy

from kg.extract.entities import Entities
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Mention


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["John R. Doe", "John Doe", "Doe"], 1),  # a middle initial that only one has
        (["John R. Doe", "John T. Doe"], 2),  # two that differ
        (["John R. Doe", "Jane Doe"], 2),
    ],
)
def test_a_middle_initial_may_be_left_out(names: list[str], people: int) -> None:
    words = [word for name in names for word in (*name.split(), "met")]
    doc = spacy.tokens.Doc(spacy.blank("en").vocab, words)
    mentions, at = [], 0
    for name in names:
        mentions.append(Mention(at, at + len(name.split()), "name", "Person"))
        at += len(name.split()) + 1
    entities = Entities(doc, lexicon("en"))
    entities.add_all(mentions)
    assert len({mention.entity for mention in mentions}) == people
