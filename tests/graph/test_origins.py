"""Which article one that is read is: by its file, else its address, else its id; no other file's article gives way."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from kg.graph import Store
from kg.ingest import read
from kg.model import Article
from kg.vocab import KG

TEXT = "Presiden Ketiga bertemu dengan Perdana Menteri Keempat di ibu kota pada hari Senin ({}).\n"


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store.memory() if request.param == "memory" else Store.open(tmp_path / "store")


@pytest.fixture
def build(store: Store, tmp_path: Path):
    """Put sources into the store as `kg.build` does; return the ids of what was new or changed."""

    def build_(*sources: str) -> list[str]:
        written = []
        for article in read([tmp_path / source for source in sources], id_for=store.id_for):
            if store.knows(article):
                store.found_in(article)
            elif store.add(article, []) != "same":
                written.append(article.id)
        return written

    return build_


@pytest.fixture
def write(tmp_path: Path):
    def write_(path: str, text: str) -> str:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(TEXT.format(text))
        return hashlib.sha256(TEXT.format(text).encode()).hexdigest()

    return write_


def longer(name: str, digest: str) -> str:
    return f"{name}-{digest[:8]}"


def test_files_of_one_name_in_two_folders_are_two_articles(store, build, write):
    a, b = write("a/01.txt", "satu"), write("b/01.txt", "dua")
    assert build("a") == ["01"]
    assert build("b") == [longer("01", b)]
    assert store.articles() == {"01": a, longer("01", b): b}
    for sources in (("a", "b"), ("b", "a"), ("a",), ("b",)):
        assert build(*sources) == []


def test_a_changed_file_replaces_what_it_said_before_and_nothing_else(store, build, write):
    a, b = write("a/01.txt", "satu"), write("b/01.txt", "dua")
    build("a", "b")
    changed = write("b/01.txt", "tiga")
    assert build("a", "b") == [longer("01", b)]
    assert store.articles() == {"01": a, longer("01", b): changed}
    write("a/01.txt", "empat")
    assert build("b", "a") == ["01"] and len(store.articles()) == 2


def test_a_file_that_comes_before_another_of_its_name_takes_no_id_from_it(store, build, write):
    write("news/2024/01.txt", "satu")
    build("news")
    new = write("news/2023/01.txt", "dua")
    assert build("news") == [longer("01", new)] and build("news") == []


def test_moved_texts_are_known_by_their_text_and_from_then_on_by_their_place(store, build, write, tmp_path):
    digest = write("a/01.txt", "satu")
    build("a")
    (tmp_path / "a").rename(tmp_path / "c")
    assert build("c") == [] and store.articles() == {"01": digest}
    write("c/01.txt", "dua")
    assert build("c") == ["01"] and len(store.articles()) == 1


def test_store_and_texts_may_move_together(write, tmp_path):
    write("old/a/01.txt", "satu")
    with Store.open(tmp_path / "old" / "s") as store:
        for article in read([tmp_path / "old" / "a"], id_for=store.id_for):
            store.add(article, [])
    (tmp_path / "old").rename(tmp_path / "new")
    write("new/a/01.txt", "dua")
    with Store.open(tmp_path / "new" / "s") as store:
        assert [article.id for article in read([tmp_path / "new" / "a"], id_for=store.id_for)] == ["01"]


def test_the_same_address_is_the_same_article_whatever_its_file(store):
    def page(id_: str, path: str, url: str | None, text: str = "x") -> Article:
        return Article(id_, text, "id", path=path, url=url, sha256=hashlib.sha256(text.encode()).hexdigest())

    store.add(page("monday", "m.html", "https://a.example/news/1"), [])
    assert store.id_for(page("tuesday", "t.html", "https://a.example/news/1", "y")) == "monday"
    store.add(page("front", "f.html", "https://a.example/"), [])
    other = page("front", "g.html", "https://a.example/", "y")
    assert store.id_for(other) == other.longer_id  # a first page is the address of many
    third = page("monday", "z/m.html", "https://a.example/news/3", "z")
    assert store.id_for(third) == third.longer_id


def test_rows_of_two_files_may_have_one_number(store, build, tmp_path):
    for name in ("may", "june"):
        rows = "".join(f'{n},"{TEXT.strip().format(f"{name} {n}")}"\n' for n in (1, 2))
        (tmp_path / f"{name}.csv").write_text(f"id,text\n{rows}")
        assert len(build(f"{name}.csv")) == 2
    assert len(store.articles()) == 4 and build("may.csv", "june.csv") == build("june.csv") == []


def test_an_article_is_found_by_id_file_and_address(store, build, write, tmp_path):
    write("a/01.txt", "satu")
    b = write("b/01.txt", "dua")
    build("a", "b")
    assert store.article_ids("01") == ["01"]
    assert store.article_ids(str(tmp_path / "b" / "01.txt")) == [longer("01", b)]
    assert store.article_ids(os.path.relpath(tmp_path / "a" / "01.txt")) == ["01"]
    assert store.article_ids(str(tmp_path / "c" / "01.txt")) == []  # neither of the two
    assert store.remove(longer("01", b)) and store.article_ids(str(tmp_path / "b" / "01.txt")) == []
    assert build("b") == [longer("01", b)]


def test_what_is_written_tells_nothing_of_the_files(store, build, write, tmp_path):
    write("a/01.txt", "satu")
    build("a")
    store.dump(tmp_path / "x.nq")
    assert "origin" not in (tmp_path / "x.nq").read_text() and "01.txt" not in (tmp_path / "x.nq").read_text()
    assert not any(str(tmp_path) in str(quad) for quad in store)
    assert bool(store.path) == any(quad.predicate == KG.origin for quad in store)
