"""A relation is data: a copy of the project with one file and a few triples more reads it, checks it, draws it.

Nothing of the copy's code is changed, and its commands run in processes of their own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.specs import ROOT

pytestmark = pytest.mark.weights

RELATION = """
relation = "protests"
happening = true
dealing = true

[[en]]
frame = "oblique"
words = ["demonstrate", "demonstrated"]
prepositions = ["against"]

[[id]]
frame = "oblique"
words = ["berdemonstrasi", "berunjuk"]
prepositions = ["terhadap", "menentang"]
"""

ONTOLOGY = """
kg:protests a owl:ObjectProperty ;
    kg:eventClass kg:Protest ;
    rdfs:domain kg:Actor ;
    rdfs:range [ a owl:Class ; owl:unionOf ( kg:Country kg:Organization ) ] ;
    rdfs:label "protests against"@en , "berunjuk rasa terhadap"@id ;
    rdfs:comment "The subject is reported to, or is scheduled to, protest against the object."@en ,
        "Subjek diberitakan telah, atau dijadwalkan akan, berunjuk rasa terhadap objek."@id .

kg:Protest a owl:Class ;
    rdfs:subClassOf kg:Event ;
    kg:relation kg:protests ;
    rdfs:label "protest"@en , "unjuk rasa"@id ;
    rdfs:comment "A demonstration against somebody."@en , "Unjuk rasa terhadap seseorang."@id .
"""

TEXT = """Hamas demonstrates against Norway

OSLO – Hamas demonstrated against Norway on October 6, 2020, the government said.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project's data and code with the relation in it, and its shapes made."""
    top = tmp_path_factory.mktemp("protests")
    shutil.copytree(ROOT, top / "kg", ignore=shutil.ignore_patterns("weights", "__pycache__", "demo", "train"))
    (top / "kg" / "weights").symlink_to(ROOT / "weights")
    shutil.copytree(ROOT.parent / "ontologies", top / "ontologies")
    (top / "kg" / "relations" / "protests.toml").write_text(RELATION, "utf-8")
    with (top / "ontologies" / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(ONTOLOGY)
    (top / "news.txt").write_text(TEXT, "utf-8")
    run(top, "kg.graph.shapes")
    run(top, "kg", "build", "news.txt", "--lang", "en", "-o", "graph.ttl")
    return top


def run(top: Path, module: str, *arguments: str, code: int = 0) -> str:
    """Run a module of the copy and return what it wrote."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=top)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr * bool(code)


def test_it_is_extracted(project: Path) -> None:
    lines = run(project, "kg", "extract", "news.txt", "--lang", "en").splitlines()
    found = [line for line in map(json.loads, lines) if line["relation"] == "protests"]
    assert [(one["subject"]["name"], one["object"]["iso"], one["factuality"]) for one in found] == [
        ("Hamas", "NO", "asserted")
    ]


def test_it_is_validated(project: Path) -> None:
    run(project, "kg", "validate", "graph.ttl")
    right = (project / "graph.ttl").read_text("utf-8")
    wrong = right.replace("a schema:Country ,\n        kg:Country", "a schema:Person ,\n        kg:Person")
    assert wrong != right
    (project / "wrong.ttl").write_text(wrong, "utf-8")
    said = run(project, "kg", "validate", "wrong.ttl", code=1)
    assert "the object of protests is a country or an organization" in said


def test_it_is_queried(project: Path) -> None:
    plain = "SELECT ?who ?whom { ?who kg:protests ?whom }"
    (row,) = run(project, "kg", "query", "graph.ttl", plain, "--format", "csv").splitlines()[1:]
    assert [iri.rpartition("/")[2] for iri in row.split(",")] == ["hamas", "NO"]
    assert "protests" in run(project, "kg", "query", "graph.ttl", "timeline", "--format", "csv")


def test_it_is_drawn(project: Path) -> None:
    run(project, "kg", "explore", "graph.ttl", "-o", "page.html")
    page = (project / "page.html").read_text("utf-8")
    assert "protests against" in page and "Hamas" in page and "berunjuk rasa terhadap" in page
