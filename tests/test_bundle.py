"""The manifest names every file of the bundled pipelines, and a damaged one is noticed."""

import shutil

import pytest

from kg import bundle
from kg.errors import WeightsError
from kg.nlp import load


@pytest.fixture
def copy(tmp_path):
    """A small pipeline folder with its manifest."""
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "model").write_bytes(b"weights")
    digest = bundle.sha256(tmp_path / "id" / "model")
    (tmp_path / "manifest.toml").write_text(f'[id]\nversion = "1"\n[id.sha256]\nmodel = "{digest}"\n')
    return tmp_path


def test_whole_folder_is_found(copy):
    assert bundle.find("id", copy) == copy / "id"


def test_damaged_file_is_named(copy):
    bundle.find("id", copy)
    (copy / "id" / "model").write_bytes(b"Weights!")
    with pytest.raises(WeightsError, match=r"model: damaged.*reinstall"):
        bundle.find("id", copy)


def test_missing_file_is_named(copy):
    (copy / "id" / "model").unlink()
    with pytest.raises(WeightsError, match=r"model: .*missing"):
        bundle.find("id", copy)


def test_missing_or_broken_manifest_is_named(copy):
    (copy / "manifest.toml").write_text("[id")
    with pytest.raises(WeightsError, match="manifest"):
        bundle.find("id", copy)
    shutil.rmtree(copy)
    with pytest.raises(WeightsError, match="manifest"):
        bundle.find("id", copy)


def test_unknown_language_and_unknown_model():
    with pytest.raises(WeightsError, match="'fr'"):
        bundle.find("fr")
    with pytest.raises(WeightsError, match="no_such_pipeline"):
        load("en", "no_such_pipeline")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_bundled_pipelines_are_described_whole_and_small(lang):
    entry = bundle.manifest()[lang]
    folder = bundle.ROOT / lang
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert found == set(entry["sha256"])
    assert {"version", "licence", "data", "scores"} <= set(entry)
    assert all(p.stat().st_size < 20e6 for p in folder.rglob("*"))


def test_all_weights_fit():
    assert sum(p.stat().st_size for p in bundle.ROOT.rglob("*") if p.is_file()) <= 60e6
