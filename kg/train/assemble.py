"""Trained parts → one pipeline folder, and its entry in the manifest."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.bundle import sha256
from kg.nlp.half import halve


def assemble(tree: Path, names: Path, out: Path, *, meta: Mapping[str, Any]) -> Language:
    """Join the tagger and parser saved at `tree` with the recogniser saved at `names`, save under `out`, return it."""
    nlp = spacy.load(tree)
    nlp.add_pipe("ner", source=spacy.load(names))
    if (nlp.lang or "").startswith("kg_"):  # as our language says today, also where a part was trained before
        today: Any = spacy.blank(nlp.lang or "").tokenizer
        tokenizer: Any = nlp.tokenizer
        tokenizer.from_bytes(today.to_bytes())
    # Any 3.8 reads it: spaCy would write the very release, and warn under an older one.
    nlp.meta.update({"spacy_version": ">=3.8.0,<3.9.0", **meta})
    # The folder carries what a reader needs: no paths of the machine it was trained on.
    nlp.config = _without_paths(nlp)
    if out.exists():
        shutil.rmtree(out)
    nlp.to_disk(out)
    # The words of the training texts: 1 MB that nothing reads, as components bring their own labels and lemmas.
    (out / "vocab" / "strings.json").write_text("[]", encoding="utf-8")
    halve(out)
    return nlp


def _without_paths(nlp: Language) -> Any:
    config, plain = nlp.config.copy(), spacy.blank("xx").config
    for section in ("paths", "corpora", "training", "pretraining", "initialize"):
        config[section] = plain.get(section, {})
    return config


def tree_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under `folder`, by its path there, sorted."""
    return {str(p.relative_to(folder)): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}


HEADER = (
    "The pipelines in this folder. `kg.nlp.load` checks the SHA-256 of every file; scores are in percent, on text as",
    "written: POS accuracy, attachment without punctuation, F of each label, precision, recall and F of names.",
)


def entries(out: Path) -> dict[str, Any]:
    """Return what OUT/manifest.toml has, by part; nothing where there is none."""
    path = out / "manifest.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def enter(out: Path, part: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Write a part's entry, with its files' SHA-256, into OUT/manifest.toml beside the others'; return it."""
    whole = {**entry, "sha256": tree_hashes(out / part)}
    write_manifest(out / "manifest.toml", entries(out) | {part: whole}, header=HEADER)
    return whole


def write_manifest(path: Path, entries: Mapping[str, Mapping[str, Any]], *, header: Sequence[str] = ()) -> None:
    """Write the manifest at `path`: one table a pipeline, nested tables for data, scores and hashes."""
    lines = [f"# {line}" for line in header]
    for lang, entry in entries.items():
        lines += _table([lang], entry)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(name: Sequence[str], values: Mapping[str, Any]) -> list[str]:
    lines = ["", "[" + ".".join(quoted(part) for part in name) + "]"]
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    lines += [f"{quoted(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += _table([*name, key], value)
    return lines


def quoted(key: str) -> str:
    """Return a key as TOML writes it: in quotes where it is not letters, digits and dashes alone."""
    return key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key)
