"""What people feed a program: each bad source is one line that names it and the remedy, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import pytest

from kg.cli import main

GOOD = "Presiden Indonesia Joko Widodo bertemu dengan Presiden Rusia Vladimir Putin di Moskwa, Kamis (30/6/2022). " * 3
BAD = {
    "empty.txt": b"",
    "spaces.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "image.html": b"\x89PNG\r\n\x1a\n" + bytes(5000),
    "menu.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "german.txt": (
        "Der deutsche Bundeskanzler Olaf Scholz traf am Montag in Berlin den französischen Präsidenten "
        "Emmanuel Macron, um über die Lage zu sprechen."
    ).encode(),
    "broken.jsonl": b'{"text": "half',
}
HUGE = 50_000_000


@pytest.mark.parametrize("name", [*BAD, "huge.txt"])
def test_a_bad_file_alone_is_a_failure_of_one_line(name, tmp_path, capsys):
    source, target = tmp_path / name, tmp_path / "graph.ttl"
    source.write_bytes(BAD[name] if name in BAD else GOOD.encode() * (HUGE // len(GOOD)))
    assert main(["build", str(source), "-o", str(target)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and name in err and "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_file_and_an_empty_folder(tmp_path, capsys):
    for source in (tmp_path / "missing.txt", tmp_path):
        assert main(["extract", str(source)]) == 1
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and str(source) in err


def test_nothing_on_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["extract", "-"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.weights
def test_the_good_ones_among_them_are_built(tmp_path, capsys):
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "utf8.txt").write_text(GOOD, encoding="utf-8")
    (folder / "utf16.txt").write_text(GOOD.replace("Joko Widodo", "Jokowi"), encoding="utf-16")
    (folder / "latin1.txt").write_bytes(GOOD.replace("Rusia", "Rusia, sebuah café,").encode("latin-1"))
    target = tmp_path / "graph.ttl"
    assert main(["build", str(folder), "-o", str(target), "--lang", "id"]) == 0
    err = capsys.readouterr().err
    skipped = {name for name in BAD if f"kg: skipped {folder / name}" in err}
    assert skipped >= {"empty.txt", "spaces.txt", "binary.txt", "image.html", "menu.html", "broken.jsonl"}
    assert "Traceback" not in err
    text = target.read_text(encoding="utf-8")
    assert all(f"article:{name}" in text for name in ("utf8", "utf16", "latin1"))
