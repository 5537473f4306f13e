"""What Spark builds is what one machine builds, quad by quad; months are replaced whole, and never half."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import KGError
from kg.graph import formats, queries
from spark import made

if TYPE_CHECKING:
    from kg.spark import Outcome

pytestmark = [pytest.mark.slow, pytest.mark.weights]


def quads_built(path: Path, folder: Path) -> set[str]:
    """Return the lines that one machine writes."""
    kg.build([path], fast=True).write(folder / "one.nq")
    return set((folder / "one.nq").read_text().splitlines())


def quads(out: Path) -> list[str]:
    return [line for path in out.glob("graph/*/*.nq") for line in path.read_text().splitlines()]


def table(out: Path, name: str) -> list[dict]:
    import pyarrow.dataset

    return pyarrow.dataset.dataset(out / name, format="parquet", partitioning="hive").to_table().to_pylist()


def times(out: Path, *tables: str) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for name in tables for path in out.glob(f"{name}/*/*.*")}


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return made.archive(tmp_path_factory.mktemp("archive") / "in")


@pytest.fixture(scope="module")
def out(session, archive) -> Path:
    from kg.spark import run, sources

    folder = archive.parent / "out"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sources, "SPLIT", 0)  # as if the lines were a long file's
        run(session, [str(archive)], str(folder), fast=True)
    return folder


def test_the_graph_is_that_of_one_machine(out, archive, tmp_path):
    found = quads(out)
    assert len(found) == len(set(found)) and set(found) == quads_built(archive, tmp_path)
    assert {path.parent.name for path in out.glob("graph/*/*.nq")} == {
        *("month=2031-04", "month=2031-05", "month=2031-06", "month=undated", "shared")
    }
    assert formats.read(next(out.glob("graph/shared/*.nq")))


def test_the_statements_are_the_lines_of_one_machine(out, archive):
    wanted = [one.to_json() for _, found in kg.statements([archive], fast=True) for one in found]
    for line in wanted:
        line["evidence"] = [line["evidence"], *line.pop("further_evidence")]
    found = table(out, "statements")
    assert Counter(json.dumps({key: row[key] for key in wanted[0]}) for row in found) == Counter(
        map(json.dumps, wanted)
    )
    assert {row["published"][:7] if row["published"] else "undated" for row in found} == {row["month"] for row in found}


def test_what_cannot_be_read_is_told(out, archive):
    skipped: list[tuple[str, str]] = []
    assert list(kg.statements([archive], fast=True, on_skip=lambda source, why: skipped.append((source, why))))
    errors = table(out, "errors")
    assert len(errors) == len(skipped) == 4
    reasons = " ".join(row["reason"] for row in errors)
    assert "broken JSON" in reasons and "the same text as clash-" not in reasons and "the same text as clash" in reasons
    assert any(row["record"] == '{"id": "broken' and row["source"].endswith("c.jsonl") for row in errors)


def test_reprints_are_one_source(out, archive):
    rows = kg.build([archive], fast=True).store.query(queries.load("corroborated")).dicts()
    wanted = Counter((row["relation"], row["date"], row["sources"], row["articles"], row["first"]) for row in rows)
    found = table(out, "corroborated")
    assert rows and any(row["articles"] > row["sources"] for row in found)
    assert (
        Counter((r["relation"], r["date"], str(r["sources"]), str(r["articles"]), r["first"]) for r in found) == wanted
    )


def test_duckdb_asks_the_parquet_and_a_store_loads_the_shards(out):
    import duckdb

    guide = (Path(kg.__file__).parent / "docs" / "cluster.md").read_text()
    first, second = (
        re.search(r"```sql\n(.*?)```", guide, re.DOTALL)[1].replace("graph-of-news", str(out)).split(";")[:2]
    )
    rows = duckdb.sql(first.replace("2022-01", "2031-01")).fetchall()
    assert ("Joko Widodo", "holdsOffice", "Indonesia") in {row[:3] for row in rows}
    assert duckdb.sql(second.replace("'UA'", "'NO'")).columns[:2] == ["doc", "sentence"]

    whole = out.parent / "whole.nq"
    whole.write_text("\n".join(quads(out)) + "\n")
    graph = kg.Graph.load(whole)
    assert graph.validate().conforms and len(graph.query("who-met-whom"))


def test_jobs_take_few_articles_at_a_time_and_the_given_session_stays_as_it_is(session):
    """With the usual thousands of rows, each an article, a heap of 1 GB was full at 300,000 statements."""
    from kg.spark import engine

    before = {key: session.conf.get(key) for key in engine.JOBS}
    own = engine.prepared(session)
    assert {key: own.conf.get(key) for key in engine.JOBS} == engine.JOBS
    assert {key: session.conf.get(key) for key in engine.JOBS} == before
    assert before["spark.sql.parquet.columnarReaderBatchSize"] != str(engine.ROWS)


def test_a_month_is_replaced_whole_and_no_other(session, tmp_path, monkeypatch):
    from kg.spark import publish, run
    from kg.spark.places import Place

    source, folder = tmp_path / "articles.jsonl", tmp_path / "out"

    def given(**changed: tuple[str, str]) -> set[str]:
        """Give other articles, and return what one machine makes of all of them."""
        source.write_text("\n".join(made.lines(**changed)))
        return quads_built(source, tmp_path)

    def of_months(*months: str) -> Outcome:
        return run(session, [str(source)], str(folder), months=months, fast=True)

    former = given()
    of_months()
    assert set(quads(folder)) == former
    before, articles = times(folder, "statements", "graph"), times(folder, "articles")
    assert of_months().partitions == 0 and times(folder, "statements", "graph") == before

    # One article of May is changed, the other is gone. The first run breaks before all is there to be published ...
    wanted = given(clash=("2031-05-11", "Armenia met Azerbaijan in Tbilisi on Sunday."), denial=("", ""))
    assert former - wanted and wanted - former
    with monkeypatch.context() as patched:
        patched.setattr(publish, "_name_by_content", crash)
        with pytest.raises(RuntimeError):
            of_months("2031-05")
    assert set(quads(folder)) == former and publish.recover(Place(session, str(folder))) is False

    # ... and the second in the middle of that: the next one ends it.
    moves, move = iter(range(1000)), Place.move

    def breaks(self: Place, name: str, to: str) -> None:
        if name == f"{publish.STAGING}/{to}" and next(moves) == 2:
            crash()
        move(self, name, to)

    with monkeypatch.context() as patched:
        patched.setattr(Place, "move", breaks)
        with pytest.raises(RuntimeError):
            of_months("2031-05")
    assert publish.recover(Place(session, str(folder))) is True
    assert set(quads(folder)) == wanted
    untouched = {path for path, time in times(folder, "articles").items() if articles.get(path) == time}
    assert {Path(path).parent.name for path in untouched} == {"month=2031-04", "month=undated"}

    # All of May is taken away.
    wanted = given(clash=("", ""), denial=("", ""))
    done = of_months("2031-05")
    assert (done.before, done.months, done.passed) == ({"2031-05": 1}, {"2031-05": 0}, 3)
    assert set(quads(folder)) == wanted and not list(folder.glob("*/month=2031-05"))


def crash(*_: object) -> None:
    raise RuntimeError("the power is gone")


def test_own_jobs_get_statements_of_tables_and_of_files(session, archive):
    from kg.spark import statements

    rows = [(id_, text) for id_, (_, text) in made.TEXTS.items()]
    frame = session.createDataFrame([*rows, ("nothing", " ")], "id string, isi string")
    found = statements(frame, fast=True, errors=True).collect()
    assert {row["doc"] for row in found if row["relation"]} == set(made.TEXTS)
    assert [row["error"] for row in found if row["error"]] == ["its text is empty; fill it or delete the record"]
    assert all(row["evidence"][0]["sentence"] for row in found if row["relation"])

    files = session.read.format("binaryFile").load(str(archive / "b"))
    assert {row["doc"] for row in statements(files, fast=True).collect()} == {"visit"}
    with pytest.raises(KGError, match="no text field"):
        statements(frame.select("id"))


def test_a_folder_is_not_mixed(session, out, archive, tmp_path):
    from kg.spark import run

    with pytest.raises(KGError, match="fast"):
        run(session, [str(archive)], str(out), fast=False)
    (tmp_path / "letter.txt").write_text("mine")
    (tmp_path / ".staging").mkdir()
    (tmp_path / ".staging" / "own.txt").write_text("mine as well")
    with pytest.raises(KGError, match="other files"):
        run(session, [str(archive)], str(tmp_path))
    with pytest.raises(KGError, match="cannot be written to"):
        run(session, [str(archive)], str(tmp_path / "letter.txt" / "out"))
    assert (tmp_path / ".staging" / "own.txt").exists()
    with pytest.raises(KGError, match=r"no article could be read.*broken JSON"):
        (tmp_path / "bad.jsonl").write_text('{"id": \n')
        run(session, [str(tmp_path / "bad.jsonl")], str(tmp_path / "new"), fast=True)
    assert not list((tmp_path / "new").glob("*"))
