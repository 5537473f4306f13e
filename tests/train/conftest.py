"""An annotated article of our own writing."""

import json

import pytest

TEXT = """Mira Osei bertemu Presiden Norwegia

Oslo - Menteri Luar Negeri Ghana Mira Osei bertemu Presiden Norwegia Lars Vinter di Oslo, Senin. Osei memuji Vinter.
Keduanya menandatangani perjanjian. Ia lalu mengunjungi Swedia.

Swedia mengecam Norwegia. "Kami kecewa," kata juru bicara Swedia.
"""
NAMES = {
    "m": ("Person", None, ["Mira Osei", "Osei"]),
    "l": ("Person", None, ["Lars Vinter", "Vinter"]),
    "g": ("Country", "GH", ["Ghana"]),
    "n": ("Country", "NO", ["Norwegia"]),
    "s": ("Country", "SE", ["Swedia"]),
    "o": ("Place", None, ["Oslo"]),
}


def stated(relation, subject, object_, line, **more):
    values = {"factuality": "asserted", "optional": False, "langs": ["id"]} | more
    return {"relation": relation, "subject": subject, "object": object_, "lines": [line], **values}


@pytest.fixture
def annotated_folder(tmp_path):
    """Return a folder as `kg train --from` takes it."""
    (tmp_path / "text" / "id").mkdir(parents=True)
    (tmp_path / "text" / "id" / "made-up.txt").write_text(TEXT)
    line = {
        "doc": "made-up",
        "lines": [1, 4],
        "entities": {k: {"type": t, "iso": i, "names": {"id": n}} for k, (t, i, n) in NAMES.items()},
        "statements": [stated("meets", "m", "l", 2), stated("accuses", "s", "n", 4)],
    }
    (tmp_path / "mine.jsonl").write_text(json.dumps(line) + "\n")
    return tmp_path
