"""The documents beside the code tell the truth: what they name exists, and what they list is what there is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from kg import specs
from kg.evaluate import read_gold
from kg.model import Entity, Evidence, Statement
from kg.specs.reading import Where
from kg.specs.relations import read_relation
from kg.vocab import ontology, ontology_file, read_ontology

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "kg" / "docs"
# The changelog names what is gone.
TEXTS = {
    path.relative_to(DOCS).with_suffix("").as_posix(): path.read_text("utf-8")
    for path in sorted(DOCS.rglob("*.md"))
    if path.name != "changelog.md" and path.parent.name not in ("id", "decisions")
}
# What the walks of contributing.md make.
MADE = {
    "kg/relations/expels.toml",
    "tests/cases/expels.conllu",
    "kg/lang/ms/",
    "kg/weights/ms/",
    "kg/graph/queries/who-expels-whom.rq",
    "kg/docs/NAME.md",
}
# Pages that the site generates.
GENERATED = {"readme.md", "cookbook.md", "ontology.md", "index.md"}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_named_exists(name: str) -> None:
    for path in re.findall(r"`((?:kg|ontologies|tests|notebooks|\.ci)/[\w./-]*)`", TEXTS[name]):
        assert path in MADE or (ROOT / path).exists(), path
    for link, told in re.findall(r"\]\((?!http)([^)#]+)(?:#[^)]*)?\)|`([\w-]+\.md)`", TEXTS[name]):
        path = DOCS / told if told else (DOCS / name).parent / link
        assert path.exists() or path.name in GENERATED, path
    for words in re.findall(r"pytest (tests/[^`]*)`", TEXTS[name]):
        assert all((ROOT / path).exists() for path in words.split()), words


def test_the_statement_line_is_what_is_printed() -> None:
    shown = json.loads(re.search(r"```json\n(.*?)```", TEXTS["design"], re.DOTALL)[1])
    one = Entity("a", "Person", iri="x")
    line = Statement("d", "visits", one, one, evidence=(Evidence("…", 0, 1),)).to_json()
    assert list(shown) == list(line)
    for key in ("subject", "object", "evidence"):
        assert list(shown[key]) == list(line[key])


def test_every_part_has_its_line_in_the_table_of_rooms() -> None:
    package = ROOT / "kg"
    parts = {path.stem for path in package.iterdir() if path.name[0] not in "_."}
    named = set(re.findall(r"`(\w+)/?`", re.search(r"## The rooms\n(.*?)\n\*\*", TEXTS["design"], re.DOTALL)[1]))
    assert parts - {"ontologies"} == named


def test_the_guide_defines_every_relation() -> None:
    guide = TEXTS["annotation-guide"]
    for name, relation in ontology().relations.items():
        row = next(line for line in guide.splitlines() if line.startswith("|") and f"`{name}`" in line)
        assert ("symmetric" in row) == relation.symmetric, name


def test_the_guide_s_example_is_read(tmp_path: Path) -> None:
    example = re.search(r"```json\n(.*?)```", TEXTS["annotation-guide"], re.DOTALL)[1]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(json.loads(example)) + "\n", "utf-8")
    assert read_gold(path)


def test_the_walk_s_relation_is_read(tmp_path: Path) -> None:
    def block(kind: str) -> str:
        found = re.search(rf"   ```{kind}\n(.*?)   ```", TEXTS["contributing"], re.DOTALL)[1]
        return re.sub(r"^   ", "", found, flags=re.MULTILINE)

    grown = tmp_path / "kg.ttl"
    grown.write_text(ontology_file("kg.ttl").read_text("utf-8") + block("turtle"), "utf-8")
    relation = read_ontology(grown).relations["expels"]
    assert relation.event_class == "Expulsion" and set(relation.labels) == {"en", "id"}
    table, known = tomllib.loads(block("toml")), frozenset({"expels"})
    words = read_relation(table, Where(tmp_path / "expels.toml"), specs.languages(), specs.frames(), known)
    assert set(words.wordings) == {"en", "id"}


def test_nothing_is_cited_that_is_not_in_the_project() -> None:
    outside = re.compile(r"\b(?:research|shared)/[\w-]+\.md|\b(?:DESIGN|GUIDE)\.md")
    files = [ROOT / "README.md", *(path for path in (ROOT / "kg").rglob("*") if path.suffix in (".py", ".toml", ".md"))]
    assert {str(path): found[0] for path in files if (found := outside.search(path.read_text("utf-8")))} == {}
