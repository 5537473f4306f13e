"""What is new, and two actors compared, beside the same counted the slow way from the statements."""

from __future__ import annotations

from collections import Counter

import pytest

from explore.newsroom import fill
from explore.test_answers import ARMENIA, TURKEY, filtered, indexed
from kg import export
from kg.explore import answers
from kg.explore.news import news
from kg.graph.store import Store


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(fill(Store.memory()), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def rows(index):
    return list(export.statements(index.store))


def pair(row) -> frozenset[str]:
    return frozenset((row.subject.iri, row.object.iri))


def tie(row) -> tuple:
    return (pair(row), row.relation, "" if row.symmetric else row.subject.iri)


@pytest.mark.parametrize("since", ["2021-01-01", "2021-02-15", "2021-12-20", "2030-01-01"])
@pytest.mark.parametrize("asked", [{}, {"relation": "visits"}, {"no_factuality": "asserted"}])
def test_what_is_new_was_not_there_before(index, rows, since, asked):
    kept = [row for row in rows if asked.get("relation", row.relation) == row.relation]
    kept = [row for row in kept if row.factuality != asked.get("no_factuality")]
    late = [row for row in kept if (row.article.published or "")[:10] >= since]
    old = [row for row in kept if row not in late]
    data = news(filtered(index, **asked), since)
    found = data["news"]
    assert found["since"] == since and found["statements"] == len(late)
    assert found["articles"] == len({row.article.iri for row in late})
    known = {iri for row in old for iri in pair(row)}
    counts = Counter(iri for row in late for iri in pair(row) if iri not in known)
    assert dict(found["actors"]) == counts and found["total"]["actors"] == len(counts)
    fresh = {pair(row) for row in late} - {pair(row) for row in old}
    assert {frozenset(each) for each in found["pairs"]} == fresh
    ties = {tie(row) for row in late if pair(row) not in fresh} - {tie(row) for row in old}
    assert found["total"] == {"actors": len(counts), "pairs": len(fresh), "ties": len(ties)}
    weight = sum(1 for row in late if pair(row) in fresh or tie(row) in ties)
    assert sum(data["weights"]) == weight


def test_without_a_day_it_is_the_week_before_the_newest(index, rows):
    newest = max(row.article.published or "" for row in rows)[:10]
    found = news(filtered(index))["news"]
    assert found["newest"] == newest and found["since"] < newest and found["statements"] > 0
    assert found == news(filtered(index, start="2021-03-01", end="2021-03-02"))["news"]  # its dates are its own


def test_a_day_that_is_none_is_refused(index):
    with pytest.raises(ValueError, match="2020-10-06"):
        news(filtered(index), "last week")


def test_two_actors_are_compared_by_all_their_ties(index, rows):
    data = answers.compare(filtered(index), TURKEY, ARMENIA)
    about = [row for row in rows if {TURKEY, ARMENIA} & pair(row)]
    assert sum(data["weights"]) == data["total"]["statements"] == len(about)
    for iri in (TURKEY, ARMENIA):
        mine = [row for row in rows if iri in pair(row)]
        told = data["about"][iri]
        assert (told["statements"], told["articles"]) == (len(mine), len({row.article.iri for row in mine}))
        assert told["partners"] == len(set().union(*map(pair, mine)) - {iri})
        assert sum(told["days"].values()) <= len(mine)


def test_of_a_hub_shared_partners_are_kept_first(index, monkeypatch):
    monkeypatch.setattr(answers, "LIMIT", 1)
    data = answers.compare(filtered(index), TURKEY, ARMENIA)
    ends = {frozenset(data["actors"]["id"][at] for at in pair) for pair in data["pairs"]}
    assert frozenset((TURKEY, ARMENIA)) in ends
    for iri in (TURKEY, ARMENIA):  # one that both have, one that is its strongest, and each other
        assert 2 <= sum(1 for pair in ends if iri in pair) <= 3


def test_who_is_unknown_has_nothing(index):
    data = answers.compare(filtered(index), TURKEY, "https://nobody.example/x")
    assert data["about"]["https://nobody.example/x"]["statements"] == 0
