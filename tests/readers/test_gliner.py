"""The reader of GLiNER2: a stand-in that has its methods says what is marked; the package itself is met where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReaderError
from kg.model import Statement
from kg.readers import Rejected, checked
from kg.readers.gliner import GlinerReader
from kg.vocab import ontology
from readers.samples import FIRST, SECOND, TEXT, article

Mark = tuple[str, str, str]
MARKED = {"person": ["Ada Lund", "Bo Orn"], "country": ["Estonia"], "place": ["Oslo"]}


class StandIn:
    """Has the two methods of a GLiNER2 model that are used, and marks what it is told to wherever it stands."""

    def __init__(self, marked: dict[str, list[str]], related: list[Mark]) -> None:
        self.marked, self.related = marked, related
        self.asked: list[list[str]] = []
        self.schema: dict[str, Any] = {}

    def create_schema(self) -> StandIn:
        return self

    def entities(self, types: dict[str, str]) -> StandIn:
        self.schema["entities"] = types
        return self

    def relations(self, types: dict[str, str]) -> StandIn:
        self.schema["relations"] = types
        return self

    def batch_extract(self, texts: list[str], schema: object, **how: object) -> list[dict[str, Any]]:
        assert how == {"batch_size": 8, "threshold": 0.5, "include_confidence": True, "include_spans": True}
        self.asked.append(texts)
        return [self._answer(text) for text in texts]

    def _answer(self, text: str) -> dict[str, Any]:
        def span(name: str, score: float) -> dict[str, Any]:
            start = text.index(name)
            return {"text": name, "confidence": score, "start": start, "end": start + len(name)}

        related: dict[str, list[Any]] = {name: [] for name in self.schema["relations"]}
        for relation, head, tail in self.related:
            if head in text and tail in text:  # as version 2.1 names what it has found
                key = f"{relation}: {self.schema['relations'][relation]}"
                related.setdefault(key, []).append({"head": span(head, 0.9), "tail": span(tail, 0.7)})
        entities = {label: [span(name, 0.8) for name in names if name in text] for label, names in self.marked.items()}
        return {"entities": entities, "relation_extraction": related}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = tmp_path / "tiny"
    made.mkdir()
    (made / "config.json").write_text("{}")
    return made


def read(folder: Path, model: StandIn) -> tuple[list[Statement], list[Rejected]]:
    found = list(checked(article(), GlinerReader(model=str(folder), _loaded=model).read(article())))
    return [s for s in found if isinstance(s, Statement)], [r for r in found if isinstance(r, Rejected)]


def test_marked_pairs_become_statements_with_their_sentence(folder: Path) -> None:
    model = StandIn(MARKED, [("visits", "Ada Lund", "Norway"), ("meets", "Ada Lund", "Bo Orn")])
    (meets, visits), rejected = read(folder, model)
    assert not rejected
    assert (visits.subject.name, visits.object.name, visits.object.iso) == ("Ada Lund", "Norway", "NO")  # not marked
    assert visits.confidence == 0.7 and visits.factuality == "asserted"
    assert [e.sentence for e in visits.evidence] == [FIRST]
    assert [e.sentence for e in meets.evidence] == [f"{FIRST} {SECOND}"]  # its ends stand in two
    for evidence in (*visits.evidence, *meets.evidence):
        assert TEXT[evidence.start : evidence.end] == evidence.sentence


def test_an_end_of_no_type_or_of_a_wrong_one_is_rejected(folder: Path) -> None:
    model = StandIn({"person": ["Ada Lund"]}, [("meets", "Ada Lund", "Bo Orn"), ("visits", "Norway", "Ada Lund")])
    kept, rejected = read(folder, model)
    assert not kept and [one.reason for one in rejected] == ["type", "type"]


def test_it_is_asked_for_what_the_ontology_has_and_not_for_offices(folder: Path) -> None:
    model = StandIn({}, [])
    assert read(folder, model) == ([], [])
    assert set(model.schema["entities"]) == {"person", "country", "organization", "place"}
    relations = [relation for name, relation in ontology().relations.items() if name != "holdsOffice"]
    assert [*model.schema["relations"]] == [relation.labels["en"] for relation in relations]
    assert model.schema["relations"]["visits"].startswith("one goes to, tours, arrives in")
    assert all("Read also" not in text for text in model.asked[0])


def test_what_it_found_is_kept(folder: Path) -> None:
    first = read(folder, StandIn(MARKED, [("visits", "Ada Lund", "Norway")]))
    other = StandIn({}, [])
    assert read(folder, other) == first and not other.asked
    (folder / "config.json").write_text('{"another": 1}')  # another checkpoint
    assert read(folder, other) == ([], []) and other.asked


def test_without_a_folder_of_weights_nothing_begins(tmp_path: Path) -> None:
    for model in ("", "someone/gliner2-base", str(tmp_path)):
        with pytest.raises(ReaderError, match="nothing is downloaded"):
            GlinerReader(model=model)


def test_a_damaged_checkpoint_is_told(folder: Path) -> None:
    pytest.importorskip("transformers", reason="GLiNER2 is not installed whole: pip install 'newskg[gliner2]'")
    with pytest.raises(ReaderError, match="no GLiNER2 checkpoint that can be loaded"):
        list(GlinerReader(model=str(folder)).read(article()))


@pytest.mark.slow
def test_the_package_s_own_model_is_read(folder: Path, tmp_path: Path) -> None:
    """Weights of chance mark anything or nothing: what counts is that what the package gives is understood."""
    pytest.importorskip("transformers", reason="GLiNER2 is not installed whole: pip install 'newskg[gliner2]'")
    from readers.chance import checkpoint

    model = checkpoint(tmp_path / "chance", [TEXT])
    reader = GlinerReader(model=str(model), threshold="0.0", cache="none")
    found = list(checked(article(), reader.read(article())))
    assert found
    for one in found:
        assert isinstance(one, Statement | Rejected)
        if isinstance(one, Statement):
            assert all(TEXT[e.start : e.end] == e.sentence for e in one.evidence)
        else:
            assert one.reason in ("type", "itself", "name"), one
