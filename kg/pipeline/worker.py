"""The servers' worker process: what `kg.worker` answers, and what joins the stages: who is who, lists, and words.

`python -m kg.pipeline.worker MEMORY` answers requests until its input ends. Resolution is loaded when it is asked for.
"""

from __future__ import annotations

from pathlib import Path

from kg.graph.store import Store
from kg.worker import main as plain
from kg.worker.messages import Answer, Request


def actors(store: Store, request: Request) -> Answer:
    """Answer a question about actors, their merges, or judgements: `Request.op` names it."""
    from kg.pipeline import who_told

    asked = {"actors": who_told.actors, "actor": who_told.actor, "review": who_told.review, "judged": who_told.judged}
    return asked[request.op](store, request)


def words(store: Store, request: Request) -> Answer:
    """Answer a question in words, as JSON; one that is not understood is a QueryError, which says why."""
    import json

    from kg.ask import ask

    home = Path(request.folder) if request.folder else None
    found = ask(store, request.query, language=request.parameters.get("lang"), home=home)
    return Answer(200, json.dumps(found.to_json(), ensure_ascii=False).encode(), "application/json")


def judge(store: Store, request: Request, body: bytes) -> Answer:
    """Merge, split, answer or undo."""
    from kg.pipeline import who_told

    return who_told.judge(store, request, body)


def listed(store: Store, request: Request) -> Answer:
    """Answer a question about what is in the store: `Request.op` names it."""
    from kg.pipeline import listing

    return listing.LISTS[request.op](store, request)


READS = {
    **plain.READS,
    **dict.fromkeys(("actors", "actor", "review", "judged"), actors),
    **dict.fromkeys(("overview", "find", "statements", "article"), listed),
    "words": words,
}
WRITES = {**plain.WRITES, "judge": judge}

if __name__ == "__main__":
    plain.main(READS, WRITES)
