"""Who has the word by the layout: turns of transcripts, quotations over several paragraphs."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import kg
from kg.extract.mentions import Mention
from kg.extract.turns import Turns
from kg.model import Article

LABELLED = [
    "Foreign Minister Mira Osei spoke in Prague.",
    "MINISTER OSEI: Good morning. We met Norway.",
    "We will meet again.",
    "QUESTION: Did Norway agree?",
    "MINISTER OSEI (via translation): It did.",
]


def turns(paragraphs: list[str], *names: str) -> tuple[Doc, Turns]:
    """Return a document of paragraphs, and its turns; each name, where it stands, is a person's of its own."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    doc = spacy.blank("en")(text.strip())
    article = Article("a", text, "en", tuple(blocks))
    doc.user_data.update(article=article, offsets=[token.idx for token in doc])
    mentions = []
    for entity, name in enumerate(names):
        start = text.index(name)
        span = doc.char_span(start, start + len(name))
        assert span is not None
        mentions.append(Mention(span.start, span.end, "name", "Person", entity=entity))
    return doc, Turns(doc, mentions)


def spoken(doc: Doc, found: Turns) -> dict[str, int | None]:
    """Return who has the word at each noun or verb of the tests."""
    return {
        token.text: found.speaker(token.i) for token in doc if token.text in ("spoke", "met", "again", "agree", "did")
    }


def test_a_turn_lasts_to_the_next() -> None:
    doc, found = turns(LABELLED, "Mira Osei")
    assert spoken(doc, found) == {"spoke": None, "met": 0, "again": 0, "agree": None, "did": None}
    doc, found = turns([*LABELLED[:4], "MINISTER OSEI: It did."], "Mira Osei")
    assert spoken(doc, found)["did"] == 0


def test_whom_a_label_names() -> None:
    doc, found = turns(["MIRA OSEI: We met.", "QUESTION: Did you agree?"], "MIRA OSEI")
    assert spoken(doc, found) == {"met": 0, "agree": None}
    doc, found = turns([*LABELLED[:4]], "Prague")  # nobody of that name
    assert set(spoken(doc, found).values()) == {None}


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Mira Osei spoke.", "BREAKING: Norway met Mali again."],  # one alone is no transcript
        ["Mira Osei spoke.", "Osei: Norway met Mali.", "Question: Did it agree?"],
        ["Mira Osei spoke.", "AT 10:30 Norway met Mali.", "AT 11:30 it did."],
        ["Mira Osei spoke.", "OSEI:", "OSEI:", "Norway met."],
    ],
)
def test_what_is_no_transcript(paragraphs: list[str]) -> None:
    doc, found = turns(paragraphs, "Mira Osei")
    assert set(spoken(doc, found).values()) == {None}


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_a_quotation_over_paragraphs(opening: str, closing: str) -> None:
    paragraphs = [
        f"Osei said: {opening}Norway met Mali.",
        f"{opening}They met again.",
        f"{opening}It did not agree,{closing} she said. {opening}Never,{closing} she said.",
        f"{opening}It spoke,{closing} Osei said.",
    ]
    doc, found = turns(paragraphs)
    spans = {
        token.text: found.quotation(token.i) for token in doc if token.text in ("Norway", "again", "agree", "spoke")
    }
    begin = next(token.i for token in doc if token.text == opening)
    end = next(token.i for token in doc if token.text == "agree") + 2
    assert spans == {"Norway": (begin, end), "again": (begin, end), "agree": (begin, end), "spoke": None}
    assert found.quotation(len(doc) - 2) is None


@pytest.mark.weights
def test_both_in_statements(tmp_path) -> None:
    (tmp_path / "transcript.txt").write_text(
        "Secretary of State Antony Blinken spoke to reporters in Prague on Monday.\n\n"
        "SECRETARY BLINKEN: I met Prime Minister Nikol Pashinyan this morning. Russia attacked Ukraine.\n\n"
        "QUESTION: What did Turkey say?\n\nSECRETARY BLINKEN: I visited Turkey last week.\n"
    )
    (tmp_path / "quoted.txt").write_text(
        "President Volodymyr Zelenskyy spoke in Kyiv on Monday.\n\n"
        "“Russia attacked Ukraine again,” Zelenskyy said. “We will not be silent.\n\n"
        "“Poland supports Ukraine in this war. We will meet again.\n\n“We are not alone,” he added.\n"
    )
    told = {
        (article.id, s.subject.name, s.relation, s.object.name): s.source and s.source.name
        for article, found in kg.statements(tmp_path)
        for s in found
    }
    assert told["transcript", "Russia", "attacks", "Ukraine"] == "Antony Blinken"
    assert ("transcript", "Antony Blinken", "visits", "Turkey") in told
    assert ("transcript", "Antony Blinken", "meets", "Nikol Pashinyan") in told
    assert told["quoted", "Poland", "supports", "Ukraine"] == "Volodymyr Zelensky"
