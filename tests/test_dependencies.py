"""What is imported is declared in pyproject.toml, and what is declared is imported, or it is said here why not."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Declared, and imported nowhere.
UNIMPORTED = {
    "lxml-html-clean": "trafilatura needs it, and does not always bring it along",
    "pytest-xdist": "pytest's -n",
    "ruff": "a command",
    "oxigraph": "a server, started for the tests of endpoints",
    "mypy": "a command",
    "ipykernel": "what nbclient runs a notebook in",
    "playwright": "asked for by pytest.importorskip",
    "hatchling": "asked for by pytest.importorskip; pip builds with it",
    "mkdocs-material": "the theme of the site, asked for by pytest.importorskip",
    "pyspark": "asked for by pytest.importorskip: it wants Java as well",
}


def normal(name: str) -> str:
    """Return a distribution's name as PEP 503 compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """Return the names of requirements."""
    names = [re.match(r"[\w.-]+", requirement) for requirement in requirements]
    return {normal(name[0]) for name in names if name}


def imported(folder: str) -> dict[str, str]:
    """Return the distributions that the files of a folder import, each with a file that does."""
    own = {"kg"}
    if folder != "kg":  # its own imports are absolute: `requests` is not kg.web.requests
        own |= {path.stem for path in ROOT.glob(f"{folder}/**/*.py")} | {path.name for path in ROOT.glob(f"{folder}/*")}
    known, found = packages_distributions(), {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for top in {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) - own:
                found[normal(known.get(top, [top])[0])] = str(path.relative_to(ROOT))
    return found


RUN = declared(PROJECT["dependencies"])
TESTS = declared(PROJECT["optional-dependencies"]["test"])


def test_the_package_imports_what_it_declares() -> None:
    used = imported("kg")
    extras = {name: declared(wants) for name, wants in PROJECT["optional-dependencies"].items() if name != "test"}
    known = RUN.union(*extras.values())
    assert {name: file for name, file in used.items() if name not in known} == {}, "declare them"
    assert RUN - set(used) - set(UNIMPORTED) == set(), "nothing imports them: take them out"


def test_the_tests_import_what_they_declare() -> None:
    used = imported("tests")
    assert {name: file for name, file in used.items() if name not in RUN | TESTS} == {}, "declare them"
    assert TESTS - set(used) - set(UNIMPORTED) == set(), "nothing imports them: take them out"
    assert not TESTS & RUN


def test_the_exceptions_are_needed() -> None:
    assert set(UNIMPORTED) <= RUN | TESTS
