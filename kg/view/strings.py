"""The page's own words, in English and Indonesian: data in `words/`."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
STRINGS: dict[str, dict[str, str]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
