"""`kg train --only casing`: counts of how words are written, from texts of our own in the public sets' formats."""

import pytest

from kg.casing.model import read
from kg.cli import main
from kg.train import casing

SAYS = {
    "id": ["Kemarin, menteri Orvanta makan bakso di FRAKSO.", "Di Lembora, Orvanta minum kopi dari McVale."],
    "en": ["Yesterday, minister Orvanta ate soup at FRAKSO.", "In Lembora, Orvanta drank tea from McVale."],
}


@pytest.fixture
def sets(tmp_path):
    """A folder of public sets, each of which has the same two sentences."""
    for folder in ("ud", "ner"):
        (tmp_path / folder).mkdir()
    for language, names in casing._TREES.items():
        words = [sentence.replace(",", " ,").replace(".", " .").split() for sentence in SAYS[language]]
        for name in names:
            rows = ["\n".join(f"{i}\t{w}\t_\tX\t_\t_\t0\tdep\t_\t_" for i, w in enumerate(ws, 1)) for ws in words]
            (tmp_path / "ud" / f"{name}.conllu").write_text("\n\n".join(rows) + "\n\n")
        for name in casing._COLUMNS[language]:
            (tmp_path / "ner" / f"{name}.txt").write_text("\n\n".join("\n".join(f"{w}\tO" for w in ws) for ws in words))
    return tmp_path


def test_words_are_counted_where_they_open_no_sentence(sets, tmp_path, annotated_folder, capsys):
    out = tmp_path / "out"
    made = ["train", str(sets), "--only", "casing", "--from", str(annotated_folder), "--out"]
    assert main([*made, str(out)]) == main([*made, str(tmp_path / "again")]) == 0
    assert "id: words" in capsys.readouterr().out
    counts = read(out / "casing" / "id.tsv")
    assert counts.words["bakso"] == (7, 0, 0) and counts.words["frakso"] == (0, 0, 7)
    assert "kemarin" not in counts.words
    assert counts.words["orvanta"] == (0, 14, 0)
    assert counts.mixed == {"mcvale": "McVale"}
    assert counts.words["mengecam"] == (1, 0, 0)  # of the annotated article
    for name in ("id.tsv", "en.tsv"):
        assert (out / "casing" / name).read_bytes() == (tmp_path / "again" / "casing" / name).read_bytes()
    assert "[casing.sha256]" in (out / "manifest.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "name their folder"),
        (["ud", "--pretrained", "x.bin"], 2, "leave x.bin out"),
        (["ner"], 1, "no such file"),
        (["ud", "--from", "ner"], 1, "no texts in it"),
    ],
)
def test_what_is_missing_is_named(sets, tmp_path, arguments, code, told, capsys, monkeypatch):
    monkeypatch.chdir(sets)
    assert main(["train", "--only", "casing", "--out", str(tmp_path / "out"), *arguments]) == code
    assert told in " ".join(capsys.readouterr().err.split())
