"""A new relation and a new language are data: a copy of the package with a few more files reads them, as it is.

Runs in a process of its own over the copy, with hand-made parses.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import bundle
from kg.specs import ROOT

HERE = Path(__file__).parent
RELATION = """
relation = "sanctions"
[[en]]
frame = "transitive"
words = ["sanction"]
owner = true
[[id]]
frame = "transitive"
words = ["menyanksi"]
passive = ["disanksi"]
"""

ONTOLOGY = """
kg:Sanction a owl:Class ; rdfs:subClassOf sem:Event ; rdfs:label "sanction"@en , "sanksi"@id ;
    rdfs:comment "A sanction."@en , "Sanksi."@id .
kg:sanctions a owl:ObjectProperty ; kg:eventClass kg:Sanction ; rdfs:domain kg:Actor ; rdfs:range kg:Actor ;
    rdfs:label "sanctions"@en , "menyanksi"@id ; rdfs:comment "Is scheduled to."@en , "Dijadwalkan."@id .
"""

SENTENCES = """\
# newdoc id = passive
# lang = id
# expect = sanctions(CL, PE) planned
1\tPeru\tperu\tPROPN\t_\t_\t3\tnsubj:pass\t_\tEntity=B-LOC
2\takan\takan\tAUX\t_\t_\t3\taux\t_\t_
3\tdisanksi\tdisanksi\tVERB\t_\t_\t0\troot\t_\t_
4\toleh\toleh\tADP\t_\t_\t5\tcase\t_\t_
5\tChile\tchile\tPROPN\t_\t_\t3\tobl:agent\t_\tEntity=B-LOC

# newdoc id = active
# lang = id
# expect = sanctions(PE, CL) negated
1\tPeru\tperu\tPROPN\t_\t_\t3\tnsubj\t_\tEntity=B-LOC
2\ttidak\ttidak\tPART\t_\t_\t3\tadvmod\t_\t_
3\tmenyanksi\tmenyanksi\tVERB\t_\t_\t0\troot\t_\t_
4\tChile\tchile\tPROPN\t_\t_\t3\tobj\t_\tEntity=B-LOC
"""

SCRIPT = """
import json, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import handmade, kg
assert kg.__file__.startswith(sys.argv[1]), kg.__file__
from dataclasses import replace
from kg.extract import statements
new = [handmade.differences(c, statements(handmade.doc_of(c))) for c in handmade.read(open(sys.argv[3]).read())]
same = {}
for case in handmade.cases():
    if case.language == "id":
        first, second = (statements(handmade.doc_of(replace(case, language=code))) for code in ("id", "ms"))
        same[case.id] = [sorted(map(handmade.shown, found)) for found in (first, second)]
print(json.dumps([new, same]))
"""


def copy_circumstances(copy: Path) -> None:
    """Copy the only weights that reading a parse asks for, which choose dates and places; Malay has Indonesian's."""
    file = copy / "weights" / "circumstances" / "weights.toml"
    shutil.copytree(ROOT / "weights" / "circumstances", file.parent)
    before = bundle.sha256(file)
    text = file.read_text("utf-8")
    file.write_text(re.sub(r'^("id: )(.*\n)', r'\1\2"ms: \2', text, flags=re.MULTILINE), "utf-8")
    manifest = (ROOT / "weights" / "manifest.toml").read_text("utf-8")
    (copy / "weights" / "manifest.toml").write_text(manifest.replace(before, bundle.sha256(file)), "utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], dict[str, list[list[str]]]]:
    """Return what the copy finds: differences in the new relation's sentences; Indonesian cases read as "id", "ms"."""
    top = tmp_path_factory.mktemp("copy")
    copy = top / "kg"
    skipped = shutil.ignore_patterns("weights", "__pycache__", "web", "view", "demo", "train")
    shutil.copytree(ROOT, copy, ignore=skipped)
    copy_circumstances(copy)
    shutil.copytree(ROOT.parent / "ontologies", top / "ontologies")
    (copy / "relations" / "sanctions.toml").write_text(RELATION, "utf-8")
    with (top / "ontologies" / "kg.ttl").open("a", encoding="utf-8") as ontology:
        ontology.write(ONTOLOGY)
    shutil.copytree(copy / "lang" / "id", copy / "lang" / "ms")
    time = copy / "lang" / "ms" / "time.toml"  # CLDR's Malay months are not these
    time.write_text(time.read_text("utf-8").replace("months = {", "months = { 'Juni' = 6, 'Maret' = 3,", 1), "utf-8")
    for path in (copy / "relations").glob("[!_]*.toml"):
        blocks = ["[[" + b for b in path.read_text("utf-8").split("\n[[") if b.startswith("id]]")]
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(b.replace("[[id]]", "[[ms]]", 1) for b in blocks))
    (top / "new.conllu").write_text(SENTENCES, "utf-8")
    command = [sys.executable, "-c", SCRIPT, str(top), str(HERE), str(top / "new.conllu")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=top)
    assert done.returncode == 0, done.stderr
    new, same = json.loads(done.stdout)
    return new, same


def test_a_new_relation_is_data(extended: tuple[list[list[str]], dict[str, list[list[str]]]]) -> None:
    assert extended[0] == [[], []]


def test_a_new_language_is_data(extended: tuple[list[list[str]], dict[str, list[list[str]]]]) -> None:
    """Malay with Indonesian's data and parses gives what Indonesian gives: no code asks for Indonesian."""
    different = {case: found for case, found in extended[1].items() if found[0] != found[1]}
    assert not different, json.dumps(different, indent=1)
    assert len(extended[1]) > 90


def test_a_language_without_a_trait_is_told_so(tmp_path: Path) -> None:
    copy = tmp_path / "kg"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("weights", "__pycache__", "web", "view", "demo", "train"))
    copy_circumstances(copy)
    shutil.copytree(ROOT.parent / "ontologies", tmp_path / "ontologies")
    data = copy / "lang" / "id" / "grammar.toml"
    data.write_text(data.read_text("utf-8").replace("agent_unmarked = true\n", ""), "utf-8")
    asked = "from kg.extract.grammar import traits; traits('id')"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "lang/id/grammar.toml: traits.agent_unmarked: missing key" in done.stderr
