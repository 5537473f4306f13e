"""What was judged outlives the store: `kg build` of all articles from empty gives the judged graph again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from web.who_store import made

from kg.cli import main
from kg.graph import Store
from kg.graph.namings import actors

ARTICLES = Path(__file__).parents[2] / "kg" / "demo" / "articles"


@pytest.mark.slow
@pytest.mark.weights
def test_judgements_survive_a_build_of_all_articles_from_empty(tmp_path: Path) -> None:
    store = tmp_path / "news"

    def build() -> set[object]:
        assert main(["build", str(ARTICLES), "--store", str(store), "--fast"]) == 0
        with Store.load(store) as opened:
            return set(opened)

    before = build()
    with Store.load(store) as opened:
        one, other, *_ = [actor for actor in actors(opened) if actor.type == "Person"]
        many = next(actor for actor in actors(opened) if len(actor.articles) > 1 and actor.type == "Organization")
    gone = sorted(many.articles)[0].rpartition("/")[2]
    assert main(["actors", str(store), "merge", one.iri, other.iri]) == 0
    assert main(["actors", str(store), "split", many.iri, gone]) == 0
    with Store.load(store) as opened:
        judged = set(opened)
    assert judged != before
    shutil.rmtree(store)
    assert build() == judged
    assert main(["actors", str(store), "undo"]) == main(["actors", str(store), "undo"]) == 0
    with Store.load(store) as opened:
        assert set(opened) == before


def test_a_list_of_actors_fits_the_terminal_and_begins_with_names(tmp_path, monkeypatch, capsys) -> None:
    store = made(tmp_path / "news")
    assert main(["actors", str(store)]) == 0
    assert "/entity/" in capsys.readouterr().out  # in a pipe
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["actors", str(store)]) == 0
    said = capsys.readouterr()
    heading, _, *rows = said.out.splitlines()
    assert heading.split() == ["actor", "type", "names", "articles"]
    assert max(map(len, said.out.splitlines())) <= 60
    assert rows and all(row[0] != " " and len(row.split()) >= 4 for row in rows)
    assert said.err == f"Not shown for want of room: iri (`kg actors {store} show NAME` tells it)\n"
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["actors", str(store)]) == 0
    assert "/entity/" in capsys.readouterr().out
