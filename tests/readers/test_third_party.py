"""The example of kg/docs/readers.md is a package that installs, is found by its entry point, and reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.errors import ReaderError
from kg.readers import installed, open_reader, registry
from readers.samples import TEXT

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "kg" / "docs" / "readers.md").read_text("utf-8")


def block(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]  # type: ignore[index]


@pytest.mark.slow
def test_the_example_installs_and_reads(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed: pip install hatchling")
    package, site, texts = (tmp_path / name for name in ("package", "site", "texts"))
    package.mkdir()
    texts.mkdir()
    (package / "verb_reader.py").write_text(block("python"), "utf-8")
    (package / "pyproject.toml").write_text(block("toml"), "utf-8")
    (texts / "lund.txt").write_text(TEXT, "utf-8")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(package)], check=True, capture_output=True)

    def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = f"import sys; sys.path[:0] = [{str(site)!r}, {str(ROOT)!r}]; from kg.cli import main; sys.exit(main())"
        return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)

    done = kg("extract", str(texts), "--lang", "en", "--reader", "verb", "--set", "verb=visits")
    assert done.returncode == 0, done.stderr
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["relation"], line["subject"]["name"], line["object"]["iso"]) == ("visits", "Lund", "NO")
    assert line["evidence"] == {"sentence": "Lund visits Norway", "start": 0, "end": 18}
    wrong = kg("extract", str(texts), "--reader", "verb", "--set", "noun=x")
    assert wrong.returncode == 2 and "it takes verb" in wrong.stderr


def register(monkeypatch: pytest.MonkeyPatch, **points: str) -> None:
    given = [EntryPoint(name, value, registry.GROUP) for name, value in points.items()]
    monkeypatch.setattr(registry, "entry_points", lambda group: given if group == registry.GROUP else [])


class Plain:
    """A reader of the tests; it takes any option."""

    version = "3"

    def __init__(self, **options: str) -> None:
        self.options = options

    def read(self, _: object) -> list[object]:
        return []


class Wordless:
    """No reader: it has no version."""

    def read(self, _: object) -> list[object]:
        return []


def breaking() -> None:
    raise RuntimeError("no\nluck")


def test_what_is_registered_is_found_and_shipped_names_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    here = __name__
    register(monkeypatch, plain=f"{here}:Plain", openai=f"{here}:Plain", kg=f"{here}:Plain", newskg=f"{here}:Plain")
    assert sorted(installed()) == ["gliner2", "openai", "plain"]
    assert installed()["openai"].value.startswith("kg.readers.")
    named = open_reader("plain", {"any": "thing"})
    assert (named.name, named.software.version, named.reader.options) == ("plain", "3", {"any": "thing"})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (f"{__name__}:Wordless", "no version"),
        (f"{__name__}:breaking", "cannot start .RuntimeError: no"),
        (f"{__name__}:Missing", "cannot be loaded"),
        ("no_such_module_at_all:x", "cannot be loaded"),
        (f"{__name__}:ROOT", "no callable"),
    ],
)
def test_a_broken_one_is_told(monkeypatch: pytest.MonkeyPatch, value: str, told: str) -> None:
    register(monkeypatch, bad=value)
    with pytest.raises(ReaderError, match=told):
        open_reader("bad")
