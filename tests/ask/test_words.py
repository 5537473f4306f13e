"""What the grammar is made of: the ontology's labels, times, names; and the SPARQL that comes out."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from ask.small import STATEMENTS
from ask.test_questions import ALL, TODAY
from kg.ask import NotUnderstoodError, ask
from kg.ask.grammar import parse
from kg.ask.lexicon import lexicon, split
from kg.ask.names import Names
from kg.ask.tagging import tag
from kg.ask.times import Clock
from kg.ask.words import LANGUAGES, words
from kg.vocab import ontology, ontology_file, read_ontology

NAMES = (
    "Morozov",
    "Hrytsenko",
    "Anggraini",
    "Azerbaijan",
    "Armenia",
    "Pakistan",
    "Israel",
    "ASEAN",
    "Kyiv",
    "Anka Wire",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ontology().relations)
def test_every_label_of_the_ontology_is_understood(name: str, language: str) -> None:
    relation, known = ontology().relations[name], lexicon(language)
    for label, tags in ((relation.labels[language], "RP"), (relation.event_labels[language], "N")):
        phrase = tuple(word.lower() for word in split(label))
        assert any(meaning.name == name and meaning.tag in tags for meaning in known[phrase]), label


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_of_the_file_is_the_ontologys(language: str) -> None:
    assert set(words(language).relations) <= set(ontology().relations)
    assert set(words(language).kinds) <= set(ontology().classes)


def test_a_relation_that_is_added_to_the_ontology_can_be_asked_for(tmp_path, monkeypatch) -> None:
    text = ontology_file("kg.ttl").read_text("utf-8")
    added = (
        text
        + """
kg:expels a owl:ObjectProperty ; kg:eventClass kg:Expulsion ; rdfs:domain kg:Actor ; rdfs:range kg:Actor ;
    owl:inverseOf kg:expelledBy ; rdfs:label "expels"@en , "mengusir"@id .
kg:expelledBy a owl:ObjectProperty ; owl:inverseOf kg:expels ; rdfs:label "expelled by"@en , "diusir oleh"@id .
kg:Expulsion a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "expulsion"@en , "pengusiran"@id .
"""
    )
    (tmp_path / "kg.ttl").write_text(added, "utf-8")
    monkeypatch.setattr("kg.ask.lexicon.ontology", lambda: read_ontology(tmp_path / "kg.ttl"))
    found = lexicon.__wrapped__("en") | lexicon.__wrapped__("id")
    for word, tag_ in {"expelled": "R", "expels": "R", "expulsions": "N", "mengusir": "R", "diusir": "P"}.items():
        assert (tag_, "expels") in {(meaning.tag, meaning.name) for meaning in found[word,]}, word


def test_the_languages_say_the_same_things() -> None:
    one, other = (words(language) for language in LANGUAGES)
    assert set(one.tags) == set(other.tags)
    for table in ("say", "columns", "counted", "refusals"):
        assert set(getattr(one, table)) == set(getattr(other, table)), table
    assert set(one.asks) == set(other.asks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_complaints_is_understood(store, language: str) -> None:
    names = Names(store)
    for example in words(language).examples:
        question = example.replace("X", "Turki" if language == "id" else "Turkey").replace("Y", "Armenia")
        tagged = tag(question, language, names, Clock(language, TODAY))
        try:
            understood = not tagged.unknown and parse(tagged, language) is not None
        except NotUnderstoodError as error:  # a country can not do all that a person does
            understood = str(error).endswith(words(language).refusals["joins"].rpartition("}")[2])
        assert understood, question


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "in 2025", "2025-01-01", "2025-12-31"),
        ("en", "in March", "2026-03-01", "2026-03-31"),
        ("en", "in December", "2025-12-01", "2025-12-31"),
        ("en", "since March 2025", "2025-03-01", "9999-12-31"),
        ("en", "after March 2025", "2025-04-01", "9999-12-31"),
        ("en", "after 2025", "2026-01-01", "9999-12-31"),
        ("en", "before March 2025", "0001-01-01", "2025-02-31"),
        ("en", "before 2025-03-02", "0001-01-01", "2025-03-01"),
        ("en", "on 6 October 2020", "2020-10-06", "2020-10-06"),
        ("en", "on October 6th , 2020", "2020-10-06", "2020-10-06"),
        ("en", "between March and May 2025", "2025-03-01", "2025-05-31"),
        ("en", "from 2019 to 2021", "2019-01-01", "2021-12-31"),
        ("en", "last year", "2025-01-01", "2025-12-31"),
        ("en", "this month", "2026-11-01", "2026-11-31"),
        ("id", "bulan Maret 2025", "2025-03-01", "2025-03-31"),
        ("id", "pada tanggal 6 Oktober 2020", "2020-10-06", "2020-10-06"),
        ("id", "sejak tahun 2024", "2024-01-01", "9999-12-31"),
        ("id", "sebelum 2021", "0001-01-01", "2020-12-31"),
        ("id", "antara Januari dan Maret 2025", "2025-01-01", "2025-03-31"),
        ("id", "tahun lalu", "2025-01-01", "2025-12-31"),
        ("id", "bulan ini", "2026-11-01", "2026-11-31"),
        ("id", "kemarin", "2026-11-27", "2026-11-27"),
    ],
)
def test_a_time(language: str, text: str, first: str, last: str) -> None:
    tokens = tuple(word.lower() for word in split(text))
    size, span = Clock(language, date(2026, 11, 28)).read(tokens, 0)
    assert (size, span.first, span.last) == (len(tokens), first, last)


@pytest.mark.parametrize("text", ["may", "31 letters", "1 2 3", "in the", "between 2020", "12345"])
def test_no_time(text: str) -> None:
    assert Clock("en", date(2026, 11, 28)).read(split(text), 0) is None


def test_a_name_in_a_question_is_in_its_sparql(store) -> None:
    """No rule may lose a name: the answer would be everybody's."""
    for question, wanted in ALL:
        if not wanted.startswith("refuse"):
            answer = ask(store, question, today=TODAY)
            iris = {iri for name in NAMES for iri in Names(store).actor(split(name), "en").iris if name in question}
            assert all(iri in answer.sparql for iri in iris), question


def test_a_row_tells_of_its_statement_and_of_nothing_else(store) -> None:
    told = {words[0]: words for words in map(str.split, STATEMENTS.strip().splitlines())}
    for question, wanted in ALL:
        answer = None if wanted.startswith("refuse") else ask(store, question, today=TODAY)
        for row in (dict(zip(answer.columns, row, strict=True)) for row in (answer.rows if answer else ())):
            statement = told.get(row.get("sentence", "").rstrip("."))
            if statement is None:
                continue
            _, article, _, relation, _, factuality, date_, *more = statement
            at = next((one.removeprefix("at=").capitalize() for one in more if one.startswith("at=")), "")
            asked = {"article": article, "relation": relation, "factuality": factuality, "place": at}
            assert {name: row[name] for name in asked if name in row} == {
                name: value for name, value in asked.items() if name in row
            }, question
            assert row.get("date", date_) == ("" if date_ == "-" else date_), question


def test_the_sparql_runs_as_it_stands(store) -> None:
    """In any engine: with its own prefixes, and over one graph."""
    plain = ox.Store()
    plain.extend(ox.Quad(*quad.triple) for quad in store)
    for question, wanted in ALL:
        if wanted.startswith("refuse"):
            continue
        answer = ask(store, question, today=TODAY)
        rows = plain.query(answer.sparql)
        assert len(list(rows)) == len(answer.rows), question


@pytest.mark.parametrize(
    "question",
    [
        "", "?", "who", "the", "what is it", "when", "Turkey met who when where", "why?", "x" * 400, "met " * 40,
        "who only met Morozov?", "who besides Turkey supports Azerbaijan?", "who met Morozov except Anggraini?",
        "who met Morozov on Monday?", "who met Morozov twice?", "who supports Azerbaijan more than Turkey?",
        "siapa selain Turki mendukung Azerbaijan?", "siapa paling mendukung Azerbaijan?",
        "siapa yang bertemu Morozov minggu lalu?",
        "hampir semua negara mendukung Azerbaijan?", "who almost met Morozov?", "did they meet?",
        '"} DROP ALL #', "<script>",
        "who visited which country?", "which countries hold office?", "who met Jakarta?", "siapa bertemu Kyiv?",
    ],
)  # fmt: skip
def test_what_has_no_place_is_refused_and_never_passed_over(store, question: str) -> None:
    with pytest.raises(NotUnderstoodError):
        ask(store, question, today=TODAY)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("who condemned Israel?", '"condemned" is read as "accuses"'),
        ("who met Morozov?", "further: 1 planned, 1 negated"),
        ("who met Morozov and Hrytsenko?", "read as any of them"),
        ("who met Morozov in Turkey?", "without the place: 2"),
        ("who met Morozov in 1999?", "without the time: 2"),
        ("who supported Azerbaijan on 19 October 2020?", "1 more may be of that time"),
        ("which countries visited Turkey?", "of any kind: 2"),
        ("who visited Azerbaijan?", "places in Azerbaijan are places of their own"),
        ("siapa mengecam Israel?", '"mengecam" dibaca sebagai "menuduh"'),
    ],
)
def test_what_an_answer_leaves_out_or_widens_is_said(store, question: str, note: str) -> None:
    assert any(note in one for one in ask(store, question, today=TODAY).notes)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Siapa yang memenangkan pemilu di Turki?", "tidak dipahami: memenangkan pemilu; pertanyaan yang dipahami: "),
        ("Siapa yang mau ke Prancis?", "tidak dipahami: kata-kata ini dalam urutan ini"),
        ("Siapa bertemu Dewi Angraini?", "tidak ada pelaku bernama 'Dewi Angraini' di sini; maksudnya Dewi Anggraini?"),
        ("Siapa yang mendukung Brasil?", "tidak ada pelaku bernama 'Brasil' di sini; nama dalam bahasa apa pun"),
        ("Siapa yang mendukung Partai Persatuan?", "'Partai Persatuan' adalah nama 2 pelaku: org:partai-persatuan-1, "),
        ("Siapa gubernur Turki?", "tidak ada yang memegang atau pernah memegang jabatan 'gubernur' di sini"),
        ("Apa yang berubah?", "sejak kapan? Tanyakan misalnya 'apa yang berubah sejak Maret 2025?'"),
        ("Siapa bertemu Kyiv?", "tidak dipahami: 'bertemu' dengan Kyiv: tidak ada relasi ontologi"),
        ("Negara mana saja yang menjabat di Turki?", "tidak dipahami"),
    ],
)
def test_a_refusal_is_in_the_language_of_the_question(store, question: str, told: str) -> None:
    with pytest.raises(NotUnderstoodError) as error:
        ask(store, question, today=TODAY)
    assert str(error.value).startswith(told)
    assert not {"not", "or", "with", "who", "the"} & set(split(str(error.value).lower()))


def test_an_answer_is_told_in_the_language_of_the_question(store) -> None:
    answer = ask(store, "Kapan terakhir kali Anggraini bertemu Morozov?", today=TODAY)
    assert answer.understood == "kapan – Anggraini – bertemu – Morozov – terakhir"
    assert answer.headings() == ("tanggal", "tempat", "kalimat", "artikel")
    several = ask(store, "Apa yang dikatakan graf tentang Arslan Demir?", today=TODAY)
    assert several.headings()[:4] == ("subjek", "relasi", "objek", "status")
    assert {row[1] for row in several.cells()} == {"bertemu", "memegang jabatan di"}
    assert {row[1] for row in several.rows} == {"meets", "holdsOffice"}  # for programs
    way = ask(store, "Bagaimana Pakistan dan Armenia terhubung?", today=TODAY)
    assert way.headings() == ("dari", "langkah 1", "lewat 1", "langkah 2", "ke")
    assert way.cells()[0][1] == "→ mendukung"


def test_an_ambiguous_name_is_settled_by_its_iri(store) -> None:
    with pytest.raises(NotUnderstoodError, match="names 2 actors: org:partai-persatuan-1, org:partai-persatuan-2"):
        ask(store, "who does Partai Persatuan support?", today=TODAY)
    assert ask(store, "who does org:partai-persatuan-2 support?", today=TODAY).rows[0][0] == "Malaysia"


def test_names_come_in_the_language_that_is_asked_for(store) -> None:
    assert ask(store, "who accused Armenia or Turkey?", language="id", today=TODAY).language == "en"
    assert ask(store, "who does Armenia accuse?", language="id", today=TODAY).rows[0][0] == "Turki"
