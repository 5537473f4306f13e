"""Who imports whom: walks the syntax trees, so that imports inside functions count too."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)

BASE = {
    "errors",
    "model",
    "vocab",
    "specs",
    "gazetteer",
    "actors",
    "names",
    "labels",
    "likeness",
    "bare",
    "bundle",
    "casing",
    "encoder",
    "_version",
}
STAGES = {
    "ingest",
    "nlp",
    "extract",
    "readers",
    "link",
    "graph",
    "worker",
    "export",
    "view",
    "reconcile",
    "explore",
    "ask",
    "endpoint",
}
JOINS = {"pipeline", "api", "train", "evaluate", "spark", "watch"}
FACES = {"cli", "web", "mcp", "docs", "__init__", "__main__"}
# which other stages a stage may import
ACROSS = {
    "readers": {"nlp"},  # sentences
    "worker": {"graph"},
    "export": {"graph"},
    "view": {"export", "graph"},
    "ask": {"graph"},
    "reconcile": {"graph"},
    "endpoint": {"graph"},
    "explore": {"view", "export", "graph", "worker", "reconcile"},
}
# one gate per big dependency
GATES = {
    "spacy": {"nlp", "extract", "train"},
    "onnxruntime": {"encoder", "train"},
    "tokenizers": {"encoder", "train"},
    "torch": {"train"},
    "onnx": {"train"},
    "rdflib": {"vocab", "graph", "export"},
    "pyoxigraph": {"vocab", "graph", "worker", "export", "ask", "endpoint", "pipeline"},
    "pyshacl": {"graph"},
    "pyvis": {"view"},
    "jinja2": {"view", "evaluate"},
    "networkx": {"export", "view"},
    "openpyxl": {"export"},
    "pyarrow": {"export", "spark"},
    "pyspark": {"spark"},
    "trafilatura": {"ingest"},
    "lxml": {"ingest"},
    "feedparser": {"ingest"},
    "warcio": {"ingest"},
    "protego": {"ingest"},
    "pypdf": {"ingest"},
    "urllib3": {"readers"},
    "gliner2": {"readers"},
    "lingua": {"ingest"},
    "rapidfuzz": {"likeness"},
    "typer": {"cli"},
    "rich": {"cli"},
    "starlette": {"web", "mcp"},
    "uvicorn": {"web", "cli"},
    "mcp": {"mcp"},
    "httpx2": {"endpoint"},
    "mkdocs": {"docs"},
}
LONGEST = 400


def part(path: Path) -> str:
    """Return the part of the package that a file belongs to: a folder's or a top module's name."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the dotted names that a file imports, but for those that serve type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def module(path: Path) -> str:
    """Return the dotted name of a file's module."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def parts_imported(path: Path) -> set[str]:
    """Return the parts of `kg` that a file imports."""
    known = BASE | STAGES | JOINS | FACES
    names = {name.split(".")[1] if "." in name else "__init__" for name in imported(path) if name.split(".")[0] == "kg"}
    # `from kg import Graph` names something of the package's face
    return {name if name in known else "__init__" for name in names}


def allowed(name: str) -> set[str]:
    if name in BASE:
        return BASE
    if name in STAGES:
        return BASE | {name} | ACROSS.get(name, set())
    if name in JOINS:
        return BASE | STAGES | JOINS
    return BASE | STAGES | JOINS | FACES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_part_imports_only_what_stands_before_it(path):
    name = part(path)
    assert name in BASE | STAGES | JOINS | FACES, (
        f"{name} has no place in the order: give it one here and in kg/docs/design.md"
    )
    assert parts_imported(path) <= allowed(name)


def test_no_import_leads_back():
    known = {module(path) for path in FILES}

    def modules(names: frozenset[str]) -> set[str]:
        """Return those of our modules that are named; of `from kg.x import y`, `kg.x` where y is no module."""
        return {name if name in known else name.rpartition(".")[0] for name in names} & known

    arrows = {module(path): modules(imported(path)) - {module(path)} for path in FILES}
    TopologicalSorter(arrows).prepare()  # a CycleError names the circle


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_big_dependency_enters_by_its_gate(path):
    for name in imported(path):
        gate = GATES.get(name.partition(".")[0])
        assert gate is None or part(path) in gate, f"{name} is for {', '.join(sorted(gate))}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_grows_past_its_seam(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines: look for the seam"


def test_rules_are_read_by_specs():
    readers = {part(path) for path in FILES if "tomllib" in imported(path)}
    # the rules by specs, the weights' manifest by bundle and train, floors by evaluate
    assert readers <= {"specs", "bundle", "train", "evaluate"}


def test_the_public_names_are_few():
    import kg

    assert len(kg.__all__) <= 10
    assert all(hasattr(kg, name) for name in kg.__all__)
