"""What the server answers, beside the same counted the slow way from the statements."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from explore.newsroom import fill
from kg import export, view
from kg.explore import answers, paths, turtle
from kg.explore.filters import FACETS, Filtered, Filters
from kg.explore.index import Index, make
from kg.graph import queries
from kg.graph.store import Store
from kg.view.data import agreement_of

IRI = "https://w3id.org/newskg/entity/"
TURKEY, BAKU, ARMENIA = IRI + "country/TR", IRI + "place/baku", IRI + "country/AM"


def indexed(store, folder) -> Index:
    make(store, folder)
    return Index(folder, store)


@pytest.fixture(scope="module")
def index(turtle, tmp_path_factory):
    return indexed(Store.load(turtle), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return indexed(fill(Store.memory()), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def rows(news):
    """The same statements as a file's page has them, each with its IRI and standing."""
    statements = list(export.statements(news.store))
    made = view.from_statements(statements, origins=view.shared_texts(news.store))
    return {
        statement.iri: (statement, row, standing)
        for statement, row, standing in zip(statements, made, agreement_of(made), strict=True)
    }


def filtered(index, **asked) -> Filtered:
    return Filtered(index, Filters.read([(key.replace("_", "-"), value) for key, value in asked.items()]))


def named(data, column: str) -> set[str]:
    return {data["strings"][number] for number in data["rows"][column]}


def test_an_overview_counts_the_strongest_pairs(index):
    data = answers.overview(filtered(index))
    assert data["total"] == {"statements": 3, "pairs": 3, "actors": 4}
    assert data["weights"] == [1, 1, 1] and len(data["pairs"]) == 3
    assert len(answers.overview(filtered(index), limit=1)["pairs"]) == 1
    assert len({*zip(data["actors"]["x"], data["actors"]["y"], strict=True)}) == 4


def test_a_neighbourhood_has_counts_first_and_a_cap(index):
    data = answers.node(filtered(index), TURKEY)
    assert dict(data["facets"]["relation"]) == {"visits": 1, "supports": 1, "attacks": 1}
    assert data["days"] == {"2020-10-06": 3}
    assert len(answers.node(filtered(index), TURKEY, limit=1)["pairs"]) == 1
    assert answers.node(filtered(index), TURKEY, limit=1)["total"] == {"statements": 3, "pairs": 3, "actors": 4}
    assert named(answers.node(filtered(index, no_relation="visits"), TURKEY), "relation") == {"supports", "attacks"}
    assert answers.node(filtered(index, start="2020-10-07"), TURKEY)["pairs"] == []
    around = answers.node(filtered(index), BAKU, steps=2)
    assert answers.node(filtered(index), BAKU)["pairs"] != around["pairs"]
    assert len(answers.node(filtered(index), BAKU, steps=2)["pairs"]) == 3
    assert answers.node(filtered(index), IRI + "nobody")["pairs"] == []
    own = data["actors"]["id"].index(TURKEY)
    assert {data["actors"]["name"][own], *data["actors"]["names"][own]} >= {"Türkiye", "Turki"}


def test_evidence_comes_in_pages(index):
    assert len(answers.evidence(filtered(index), TURKEY)["rows"]["sentence"]) == 3
    page = answers.evidence(filtered(index), TURKEY, limit=2)
    assert page["more"] and len(page["rows"]["sentence"]) == 2 and page["total"] == {"statements": 3}
    assert answers.evidence(filtered(index), TURKEY, limit=2, offset=2)["more"] is False
    assert answers.evidence(filtered(index), TURKEY, BAKU, relation="visits")["rows"]["sentence"] == [
        "Menteri Luar Negeri Turki akan mengunjungi Baku."
    ]
    assert answers.evidence(filtered(index), BAKU, TURKEY, relation="visits")["rows"]["sentence"] == []
    assert len(answers.evidence(filtered(index))["rows"]["sentence"]) == 3


def test_a_path_is_found_from_both_ends_under_the_filters(index):
    assert len(paths.path(filtered(index), BAKU, ARMENIA)["pairs"]) == 2
    assert paths.path(filtered(index, no_relation="attacks"), BAKU, ARMENIA)["pairs"] == []
    assert paths.path(filtered(index), BAKU, IRI + "nobody")["pairs"] == []
    assert paths.path(filtered(index), BAKU, BAKU)["pairs"] == []


@pytest.mark.parametrize("wrong", ["", "no iri", "https://x/> } DROP ALL #"])
def test_what_is_no_iri_is_refused(index, wrong):
    with pytest.raises(ValueError, match="no IRI"):
        answers.node(filtered(index), wrong)


def test_names_are_found_by_beginning_then_word_then_anywhere(index):
    def found(words, **more):
        return [actor["id"] for actor in answers.search(index, words, **more)["actors"]]

    assert found("tur")[0] == TURKEY and found("baku") == [BAKU]
    assert found("turkiye") == found("TÜRKİYE") == [TURKEY]  # written with accents or without
    assert filtered(index, text="TURKİYE mendukung").mask.sum() == 1
    assert found("zzz") == [] and found("") == [] and found("\t\n") == []
    assert answers.search(index, "rmeni", language="id")["actors"][0]["name"] == "Armenia"


def stands(standing) -> str:
    sources, disputed = standing
    return "disputed" if disputed else "several" if sources > 1 else "single"


def value(statement, standing, facet: str) -> str:
    article = statement.article
    publisher = f"{IRI}organization/{article.publisher.lower()}" if article.publisher else ""
    return {
        "relation": statement.relation,
        "factuality": statement.factuality,
        "language": article.language,
        "agreement": stands(standing),
        "publisher": publisher,
        "source": statement.source.iri if statement.source else "",
    }[facet]


def wanted(rows, asked: dict[str, str]) -> set[str]:
    """Return the statements that filters leave, read one by one."""
    kept = set()
    for iri, (statement, row, standing) in rows.items():
        told = statement.article.published or ""
        when = (statement.date or told)[:10] if asked.get("by") != "published" else told[:10]
        when = (when + "-01-01")[:10] if when else ""
        text = " ".join(
            [row.sentence, row.headline, row.subject.name, row.object.name, *row.subject.names, *row.object.names]
        ).lower()
        fine = all(word in text for word in asked.get("text", "").split())
        fine &= not ("start" in asked and not (when and when >= asked["start"]))
        fine &= not ("end" in asked and not (when and when <= asked["end"]))
        least = float(asked.get("confidence", 0))
        fine &= not least or (statement.confidence is not None and statement.confidence >= least)
        for name, wish in asked.items():
            facet = name.removeprefix("no_")
            if facet == "type":
                fine &= all((kind == wish) != name.startswith("no_") for kind in (row.subject.type, row.object.type))
            elif facet in FACETS:
                fine &= (value(statement, standing, facet) == wish) != name.startswith("no_")
        if fine:
            kept.add(iri)
    return kept


ASKED = [
    {"relation": "visits"},
    {"no_relation": "meets"},
    {"factuality": "planned"},
    {"no_factuality": "negated"},
    {"agreement": "disputed"},
    {"agreement": "several"},
    {"no_agreement": "single"},
    {"publisher": f"{IRI}organization/antara"},
    {"no_publisher": ""},
    {"source": TURKEY},
    {"no_source": ""},
    {"language": "id"},
    {"type": "Country"},
    {"no_type": "Person"},
    {"text": "secret turkey"},
    {"start": "2020-10-02", "end": "2021-03-31"},
    {"start": "2021-02-01", "by": "published"},
    {"text": "report 1"},
    {"confidence": "0.5"},
    {"confidence": "1"},
    {"confidence": "0"},
]


@pytest.mark.parametrize("asked", [*ASKED, *({**one, **other} for one, other in combinations(ASKED[::4], 2))], ids=str)
def test_each_filter_acts_on_everything(news, rows, asked):
    found = filtered(news, **asked)
    expected = wanted(rows, asked)
    assert set(news.events(found.of())) == expected
    assert answers.overview(found)["total"]["statements"] == len(expected) == sum(answers.overview(found)["weights"])
    assert answers.evidence(found)["total"]["statements"] == len(expected)
    near = {iri for iri in expected if TURKEY in (rows[iri][1].subject.iri, rows[iri][1].object.iri)}
    node = answers.node(found, TURKEY)
    own = node["actors"]["id"].index(TURKEY)
    ties = zip(node["weights"], node["rows"]["from"], node["rows"]["to"], strict=True)
    assert node["total"]["statements"] == len(near) == sum(weight for weight, *ends in ties if own in ends)
    assert len({*node["actors"]["id"]}) == len(node["actors"]["id"])
    assert sum(node["weights"]) <= len(expected)
    assert answers.evidence(found, TURKEY)["total"]["statements"] == len(near)


def test_counts_are_what_a_value_alone_would_leave(news, rows):
    asked = {"relation": "visits", "no_factuality": "negated", "text": "turkey"}
    counted = answers.overview(filtered(news, **asked))["facets"]
    for facet in ("relation", "factuality", "language", "agreement", "publisher", "source"):
        others = {name: wish for name, wish in asked.items() if name.removeprefix("no_") != facet}
        for each, count, *_ in counted[facet]:
            assert len(wanted(rows, {**others, facet: each})) == count, (facet, each)
    assert {label for _, _, *labels in counted["publisher"] for label in labels} == {"Antara", "Reuters"}


def test_a_confidence_joins_other_filters_and_is_counted_without_itself(news, rows):
    asked = {"relation": "visits", "confidence": "0.6"}
    data = answers.overview(filtered(news, **asked))
    assert data["total"]["statements"] == len(wanted(rows, asked)) > 3
    for each, count, *_ in data["facets"]["relation"]:
        assert len(wanted(rows, {**asked, "relation": each})) == count
    others = [rows[iri][0].confidence for iri in wanted(rows, {"relation": "visits"})]
    assert data["rated"] == (len(others) - others.count(None), others.count(None)) and others.count(None) > 0
    page = answers.evidence(filtered(news, **asked))
    assert min(page["rows"]["confidence"]) >= 0.6


@pytest.mark.parametrize("wrong", ["2", "-1", "nan", "sure"])
def test_what_is_no_confidence_is_refused(wrong):
    with pytest.raises(ValueError, match="from 0 to 1"):
        Filters.read([("confidence", wrong)])


def test_statements_are_the_newest_first_as_in_a_file(news, rows):
    page = answers.evidence(filtered(news), limit=10_000)
    told = [page["articles"]["published"][article] for article in page["rows"]["article"]]
    assert len(told) == len(rows) and [day for day in told if day] == sorted(filter(None, told), reverse=True)


def test_agreement_is_what_the_named_queries_find(news):
    found = {}
    for iri, sources in zip(news.events(np.arange(len(news))), news.sources.tolist(), strict=True):
        if sources > 1:
            happening = next(iter(news.store.query(f"SELECT ?h {{ ?h kg:report <{iri}> }}").dicts()))["h"]
            found[happening] = sources
    assert len(found) > 3 and found == {
        row["happening"]: int(row["sources"] or 0) for row in news.store.query(queries.load("corroborated")).dicts()
    }
    disputed = sum(news.disputed.tolist())
    pairs = news.store.query("""SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e kg:relation ?r ; kg:subject ?s ; kg:object ?o ;
        kg:factuality ?f . ?x kg:relation ?r ; kg:subject ?s ; kg:object ?o ; kg:factuality ?g
        FILTER ((?f = kg:negated) != (?g = kg:negated)) }""").dicts()
    assert disputed == int(next(iter(pairs))["n"] or 0) > 0


def test_a_file_and_a_server_agree_on_agreement(news, rows):
    names = news.events(np.arange(len(news)))
    for name, sources, disputed in zip(names, news.sources.tolist(), news.disputed.tolist(), strict=True):
        assert rows[name][2] == (sources, disputed)


def test_what_is_shown_is_turtle_too(news):
    network = Store.memory()
    parsed = turtle.network(news.store, answers.node(filtered(news), TURKEY)).decode()
    assert "kg:visits" in parsed and "rdfs:label" in parsed and "country:TR" in parsed and network is not None
    page = answers.evidence(filtered(news), TURKEY, limit=3)
    told = turtle.evidence(news.store, page["events"]).decode()
    assert all(sentence in told for sentence in page["rows"]["sentence"]) and told.count("kg:relation") == 3
    assert "prefix" in turtle.actors(news.store, answers.search(news, "turk")).decode()


def test_a_map_is_kept_under_a_filter(news):
    data = answers.overview(filtered(news))
    known = dict(zip(data["actors"]["id"], zip(data["actors"]["x"], data["actors"]["y"], strict=True), strict=True))
    again = answers.overview(filtered(news, no_relation="visits"), known=known)["actors"]
    assert dict(zip(again["id"], zip(again["x"], again["y"], strict=True), strict=True)).items() <= known.items()


def test_an_empty_store_has_an_index(tmp_path):
    index = indexed(Store.memory(), tmp_path)
    assert answers.overview(filtered(index))["total"] == {"statements": 0, "pairs": 0, "actors": 0}
    assert answers.evidence(filtered(index, text="x", no_type="Person"))["rows"]["sentence"] == []


@pytest.mark.parametrize("words", ["TUR", "tr", TURKEY, "Türkiye", "turkey", "Turkiyye"])
def test_an_actor_is_found_by_code_id_or_another_spelling(index, words):
    assert answers.search(index, words)["actors"][0]["id"] == TURKEY


def test_who_is_in_no_statement_is_not_found(index):
    assert answers.search(index, "Q30")["actors"] == answers.search(index, "Nobody At All")["actors"] == []
