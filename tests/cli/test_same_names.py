"""Files of one name in two folders, from the command line: both are kept, it is said once, and each can be removed."""

from __future__ import annotations

import pytest

from kg.cli import main

TEXT = "Presiden Joko Widodo bertemu Presiden Volodymyr Zelensky di Kyiv pada Rabu (29/6/2022).\n\nIni berita {}.\n"


@pytest.mark.weights
def test_both_are_kept_and_it_is_said(tmp_path, capsys, caplog):
    for folder in "abc":
        (tmp_path / folder).mkdir()
        for name in ("01", "02") if folder != "c" else ("03",):
            (tmp_path / folder / f"{name}.txt").write_text(TEXT.format(folder + name))
    a, b, c, store = (str(tmp_path / name) for name in (*"abc", "store"))

    def run(*arguments: str) -> str:
        caplog.clear()
        assert main([*arguments]) == 0
        return capsys.readouterr().err + caplog.text

    assert "same name" not in run("build", a, c, "--store", store)
    said = run("build", b, "--store", store)
    assert said.count("same name") == 1 and "beside them are 01-" in said and "and 1 more" in said
    for sources in ((a, b, c), (b, a)):
        again = run("build", *sources, "--store", store)
        assert f"{5 if c in sources else 4} unchanged" in again and "same name" not in again
    assert main(["validate", store, "--texts", b, "--texts", a]) == 0
    assert "4 of its articles" in capsys.readouterr().out
    run("remove", store, f"{b}/01.txt")
    assert main(["remove", store, f"{b}/01.txt"]) == 1 and "no article" in capsys.readouterr().err
    assert "1 article, 1 unchanged" in run("build", b, "--store", store)
    run("remove", store, "01", "02")
    assert "3 unchanged" in run("build", b, c, "--store", store)
