"""Progress from the first moment, by article; skips that are summed up; what Ctrl-C leaves."""

from __future__ import annotations

import io
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.progress import Report, count
from kg.cli.skips import NAMED, Skips

ARTICLE = (
    "Presiden Wira Baskoro bertemu Perdana Menteri Turki di Ankara pada {day} Maret 2024, kata juru bicaranya.\n" * 4
)


class Terminal(io.StringIO):
    """Standard error as a terminal; `seen` is what was written to it, without its moves and colours."""

    def isatty(self) -> bool:
        return True

    def seen(self) -> str:
        return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.getvalue()).split())


def test_each_stage_and_each_article_is_shown_with_what_remains(monkeypatch):
    now, shown = [100.0], Terminal()
    monkeypatch.setattr(sys, "stderr", shown)  # here, for pytest sets its own after fixtures
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("kg.cli.progress.time.monotonic", lambda: now[0])
    with Report(10) as report:
        report._progress.refresh()
        assert "Loading models 0/10" in shown.seen()
        for number in range(1, 6):
            report.read(1)
            report._progress.refresh()
            assert f"Reading articles {number}/10" in shown.seen()
            now[0] += 2
        report.read(1)
        report._progress.refresh()
        assert "6/10" in shown.seen() and "0.5/s, 8 s left" in shown.seen()
        report.stage("settling")
        assert "Settling who is who" in shown.seen()


def test_without_a_terminal_there_is_no_progress(capsys):
    with Report(2) as report:
        report.read(2)
        report.stage("settling")
    assert capsys.readouterr().err == ""


def test_what_the_sources_hold_is_counted_where_that_is_cheap(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.jsonl").write_text("{}\n{}\n{}\n")
    assert count([str(tmp_path)]) == 4
    assert count([str(tmp_path / "a.txt"), "-"]) is None


# ---- skips


def test_skips_of_one_kind_are_summed_up():
    skips = Skips(every=False)
    same = [
        skips.add(f"{at}.txt", f"the same text as {at - 1} before it; leave one of the two out") for at in range(93)
    ]
    other = skips.add("x.pdf", "is empty; delete it")
    assert [line for line in same if line] == same[:NAMED] and other == "kg: skipped x.pdf: is empty; delete it"
    (line,) = skips.summary()
    assert len(skips) == 94 and "skipped 90 more" in line and "the same text as" in line and "-v lists all 93" in line


def test_verbose_lists_each():
    skips = Skips(every=True)
    assert all(skips.add(f"{at}.txt", "is empty; delete it") for at in range(20)) and skips.summary() == []


@pytest.mark.weights
def test_many_of_one_text_are_summed_up_by_a_build(tmp_path, capsys):
    for at in range(8):
        (tmp_path / "in" / str(at)).mkdir(parents=True)
        (tmp_path / "in" / str(at) / "same.txt").write_text(ARTICLE.format(day=3), encoding="utf-8")
    assert main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "g.ttl"), "--fast"]) == 0
    err = capsys.readouterr().err
    assert err.count("kg: skipped ") == NAMED + 1 and "skipped 4 more" in err and "7 skipped" in err


# ---- Ctrl-C


def stopped(tmp_path: Path, *arguments: str, after: int) -> tuple[int, str]:
    """Run a build of twenty articles that is sent Ctrl-C when so many have been read; return code and complaint."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for at in range(20):
        (folder / f"{at:02}.txt").write_text(ARTICLE.format(day=at + 1), encoding="utf-8")
    code = (
        "import os, signal, sys\n"
        "from kg.cli import main, progress\n"
        "read = progress.Report.read\n"
        "def until(self, count):\n"
        "    read(self, count)\n"
        f"    if self.parsed == {after}: os.kill(os.getpid(), signal.SIGINT)\n"
        "progress.Report.read = until\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", str(folder), *arguments, "--jobs", "1", "--fast"],
        capture_output=True, text=True, check=False, timeout=300,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.weights
@pytest.mark.slow
def test_ctrl_c_keeps_in_a_store_what_was_read_and_the_command_goes_on(tmp_path, capsys):
    store = tmp_path / "store"
    code, said = stopped(tmp_path, "--store", str(store), after=7)
    assert code == 130 and said.count("\n") == 1
    kept = int(re.match(r"kg: stopped after (\d+) of 20 articles: they are kept in ", said)[1])
    assert kept in (6, 7) and "goes on from there" in said
    assert main(["build", str(tmp_path / "in"), "--store", str(store), "--fast"]) == 0
    assert f"{20 - kept} articles, {kept} unchanged" in capsys.readouterr().err


@pytest.mark.weights
@pytest.mark.slow
def test_ctrl_c_leaves_a_file_as_it_was(tmp_path):
    file = tmp_path / "g.ttl"
    code, said = stopped(tmp_path, "-o", str(file), after=3)
    assert code == 130 and "is not written; with --store DIR what is read is kept" in said and not file.exists()
    file.write_text("old")
    code, said = stopped(tmp_path, "-o", str(file), after=3)
    assert code == 130 and "stays as it was" in said and file.read_text() == "old"


def test_ctrl_c_before_anything_is_read_leaves_no_store(monkeypatch, tmp_path, capsys):
    from kg import pipeline

    def interrupted(*sources, **rest):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(pipeline, "statements", interrupted)
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["build", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store")]) == 130
    assert "nothing is kept yet; the same command begins again" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()
    assert main(["extract", str(tmp_path / "a.txt")]) == 130
    assert "kg build --store DIR" in capsys.readouterr().err
