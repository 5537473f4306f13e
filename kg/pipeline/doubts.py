"""The doubtful pairs of a snapshot, kept beside its store: finding them takes as long as telling who is who over all.

    .NAME-doubtful/FINGERPRINT/pairs.json

They are those of one state of the store, of its judgements and of its tables of actors; after a change of any they are
found again when somebody looks.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

from kg.actors.judgements import Judgements
from kg.graph import kept
from kg.graph.store import Store
from kg.model import Merge
from kg.pipeline import judging, who

LAYOUT = 1
FILE = "pairs.json"


def of(snapshot: Store, home: Path) -> list[Merge]:
    """Return the pairs that nobody has judged, the surest first; `home` is the store of which it is a snapshot."""
    folder = kept.place(home, snapshot.path or home, "doubtful", (LAYOUT, _depends_on(home)))
    pairs = _read(folder / FILE)
    if pairs is None:
        pairs = judging.doubtful(snapshot, Judgements.read(who.judgements_file(home)), home)
        try:
            with kept.making(folder, lambda: _read(folder / FILE) is not None) as made:
                (made / FILE).write_text(json.dumps([astuple(pair) for pair in pairs]), encoding="utf-8")
        except OSError:  # where nothing may be written, or nothing has room
            pass
    return pairs


def _depends_on(home: Path) -> str:
    """Return what tells one state of what people have judged and given from another."""
    file = who.judgements_file(home)
    files = [*([file] if file.exists() else []), *who.tables_beside(home)]
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _read(file: Path) -> list[Merge] | None:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(rows, list):
            return None
        return [Merge(one, tuple(left), tuple(right), score, reason) for one, left, right, score, reason in rows]
    except (OSError, ValueError, TypeError):
        return None
