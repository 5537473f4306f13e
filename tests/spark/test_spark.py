"""What Spark builds is what one machine builds, quad by quad; months are replaced whole, and never half."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.errors import KGError
from kg.graph import formats, queries
from spark import made

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
    from kg.spark import run

    folder = archive.parent / "out"
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
    assert Counter(json.dumps({key: row[key] for key in wanted[0]}) for row in found) == Counter(map(json.dumps, wanted))
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
    assert Counter((r["relation"], r["date"], str(r["sources"]), str(r["articles"]), r["first"]) for r in found) == wanted


def test_a_month_is_replaced_and_no_other(session, out, tmp_path):
    from kg.spark import run

    folder = tmp_path / "again"
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("\n".join(made.lines()))
    run(session, [str(first)], str(folder), fast=True)
    before, articles = times(folder, "statements", "graph"), times(folder, "articles")
    same = run(session, [str(first)], str(folder), fast=True)
    assert times(folder, "statements", "graph") == before and same.partitions == 0

    # One article of May is changed, the other is gone; of April nothing is given.
    changed = made.lines(clash=("2031-05-11", "Armenia met Azerbaijan in Tbilisi on Sunday."), denial=("", ""))
    second.write_text("\n".join(changed))
    done = run(session, [str(second)], str(folder), months=["2031-05"], fast=True)
    assert (done.before, done.months, done.passed) == ({"2031-05": 2}, {"2031-05": 1}, 3)
    assert set(quads(folder)) == quads_built(second, tmp_path)
    untouched = {path for path, time in times(folder, "articles").items() if articles.get(path) == time}
    assert {Path(path).parent.name for path in untouched} == {"month=2031-04", "month=undated"}

    # All of May is taken away.
    third = tmp_path / "third.jsonl"
    third.write_text("\n".join(made.lines(clash=("", ""), denial=("", ""))))
    run(session, [str(third)], str(folder), months=["2031-05"], fast=True)
    assert set(quads(folder)) == quads_built(third, tmp_path)
    assert not list(folder.glob("*/month=2031-05"))


def test_a_crash_leaves_whole_partitions_and_the_next_run_ends_it(session, tmp_path, monkeypatch):
    from kg.spark import publish, run
    from kg.spark.places import Place

    path, folder = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text("\n".join(made.lines()))
    run(session, [str(path)], str(folder), fast=True)
    before = set(quads(folder))
    path.write_text("\n".join(made.lines(visit=("2031-04-03", "Turkey urged Armenia to meet Azerbaijan."))))
    wanted = quads_built(path, tmp_path)
    assert before - wanted and wanted - before

    with monkeypatch.context() as patched:
        patched.setattr(publish, "_name_by_content", crash)
        with pytest.raises(RuntimeError):
            run(session, [str(path)], str(folder), fast=True)
    assert set(quads(folder)) == before
    assert publish.recover(Place(session, str(folder))) is False

    moves = iter(range(10_000))
    move = Place.move

    def breaks(self: Place, name: str, to: str) -> None:
        if name.startswith(f"{publish.STAGING}/") and "/month=" in to and not to.startswith(".") and next(moves) == 2:
            crash()
        move(self, name, to)

    with monkeypatch.context() as patched:
        patched.setattr(Place, "move", breaks)
        with pytest.raises(RuntimeError):
            run(session, [str(path)], str(folder), fast=True)
    assert publish.recover(Place(session, str(folder))) is True
    assert set(quads(folder)) == wanted


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
    with pytest.raises(KGError, match="other files"):
        run(session, [str(archive)], str(tmp_path))
    with pytest.raises(KGError, match="no article could be read.*broken JSON"):
        (tmp_path / "bad.jsonl").write_text('{"id": \n')
        run(session, [str(tmp_path / "bad.jsonl")], str(tmp_path / "new"), fast=True)
    assert not [path for path in (tmp_path / "new").glob("*") if path.name[0] != "."]
