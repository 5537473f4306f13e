"""The whole recipe for one step on a hand-made folder, through the command."""

import pytest
import spacy

from kg import bundle
from kg.cli.train import train as command
from kg.nlp.half import whole

TREE = """# sent_id = s{n}
# text = Menteri Oslandia tiba di Norstad.
1\tMenteri\tmenteri\tNOUN\t_\t_\t3\tnsubj\t_\t_
2\tOslandia\toslandia\tPROPN\t_\t_\t1\tnmod\t_\t_
3\ttiba\ttiba\tVERB\t_\t_\t0\troot\t_\t_
4\tdi\tdi\tADP\t_\t_\t5\tcase\t_\t_
5\tNorstad\tnorstad\tPROPN\t_\t_\t3\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""
NAMES = "Ana X B-PER\nRoe X I-PER\ntiba X O\ndi X O\nNorstad X B-LOC\n. X O\n\n"
UNER = "# sent_id = u{n}\n# text = Roe left.\n1\tRoe\tB-PER\n2\tleft\tO\n3\t.\tO\n\n"


def folder(path):
    """Lay out a data folder as the Indonesian recipe reads it."""
    (path / "ud").mkdir(parents=True)
    (path / "ner").mkdir()
    trees = "".join(TREE.format(n=n) for n in range(12))
    for name in ("id_gsd2017-train", "id_gsd-dev", "id_gsd-test", "id_csui-train", "id_csui-test", "id_pud", "en_pud"):
        (path / "ud" / f"{name}.conllu").write_text(trees)
    for name in ("id_idner-train", "id_idner-dev", "id_idner-test", "id_nergrit-train", "id_nergrit-test"):
        (path / "ner" / f"{name}.txt").write_text(NAMES * 4)
    (path / "ner" / "en_uner-pud.iob2").write_text("".join(UNER.format(n=n) for n in range(12)))
    return path


@pytest.mark.slow
def test_recipe_runs_and_its_result_loads(tmp_path, monkeypatch, capsys):
    from kg.train import pipeline, recipes

    practice = recipes.practice
    monkeypatch.setattr(recipes, "practice", lambda lang, places, **_: practice(lang, places, rounds=1))
    monkeypatch.setattr(pipeline, "STEPS", {"first": 1, "second": 1, "names": 1, "names_second": 1})
    command(folder(tmp_path / "data"), lang="id", out=tmp_path / "out")
    assert "csui-test: pos" in capsys.readouterr().out
    nlp = whole(spacy.load(bundle.find("id", tmp_path / "out")))
    assert nlp.pipe_names == ["tok2vec", "morphologizer", "parser", "ner"]
    assert not any(nlp.config["paths"].values())  # nothing of the machine it was trained on
    assert len(nlp("Menteri Oslandia tiba.")) == 4
    entry = bundle.manifest(tmp_path / "out")["id"]
    assert entry["licence"] == "CC BY-SA 4.0"
    assert "all" in entry["scores"]["idner-test"]
