"""Who is who as the server tells and changes it, each as JSON: actors with their merges, doubtful pairs, judgements.

The reads are over a snapshot; `Request.folder` is then the store's own folder, beside which its judgements lie.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.actors import reasons
from kg.actors.base import base
from kg.actors.judgements import Judgements
from kg.errors import JudgementError
from kg.export import nodes_of
from kg.gazetteer import fold
from kg.graph import namings
from kg.graph.store import Store
from kg.graph.terms import is_iri
from kg.model import Merge
from kg.pipeline import doubts, judging
from kg.pipeline.acts import TAKES
from kg.pipeline.who import judgements_file
from kg.worker.messages import Answer, Request

Json = dict[str, Any]
MOST = 200  # actors or pairs in one answer
ARTICLES = 200  # of one actor that are told with their headlines
SENTENCES = 3  # of each side of a pair: what one reads before one judges


def actors(store: Store, request: Request) -> Answer:
    """Answer which actors there are, those of most articles first; `q` is part of a name, `merged` asks for merges."""
    asked = request.parameters
    words, merges = fold(asked.get("q", "")).casefold(), namings.all_merges(store)
    found = [
        one
        for one in namings.actors(store)
        if (one.iri in merges or not asked.get("merged"))
        and (not words or any(words in fold(name).casefold() for name in (one.label, *one.names)) or words == one.iri)
    ]
    page = _page(found, asked)
    labels = _labels(store, page, asked)
    rows = [
        {
            "iri": one.iri,
            "label": labels.get(one.iri, one.label),
            "type": one.type,
            "names": len(one.names),
            "articles": len(one.articles),
            "merges": len(merges.get(one.iri, ())),
        }
        for one in page
    ]
    return _json({"total": len(found), "actors": rows})


def actor(store: Store, request: Request) -> Answer:
    """Answer with one actor: its names by article, its merges with their reasons, its articles."""
    one = namings.find(store, request.iri)
    ids = {iri: namings.mentioned(store, iri) for iri in sorted(one.articles)[:ARTICLES]}
    named = sorted(one.names.items(), key=lambda item: (-item[1], item[0]))
    merges = [
        {
            "names": merge.names,
            "reason": reasons.told(merge.reason, request.parameters.get("lang", "en")),
            "score": merge.score,
            "articles": [iri.rpartition("/")[2] for iri in merge.articles],
        }
        for merge in namings.merges(store, one.iri)
    ]
    return _json(
        {
            "iri": one.iri,
            "label": _labels(store, [one], request.parameters).get(one.iri, one.label),
            "type": one.type,
            "names": [{"name": name, "articles": number} for name, number in named],
            "merges": merges[:MOST],
            "total": {"articles": len(one.articles), "merges": len(merges)},
            "articles": [asdict(about) for about in ids.values()],
        }
    )


def review(store: Store, request: Request) -> Answer:
    """Answer with the doubtful pairs that nobody has judged, the surest first, with the sentences of both sides."""
    pairs = doubts.of(store, Path(request.folder))
    told = [
        {
            "left": _side(store, pair.left),
            "right": _side(store, pair.right),
            "reason": reasons.told(pair.reason, request.parameters.get("lang", "en")),
            "score": pair.score,
        }
        for pair in _page(pairs, request.parameters)
    ]
    return _json({"total": len(pairs), "pairs": told})


def judged(store: Store, request: Request) -> Answer:
    """Answer with the judgements, the last first; those of one act are undone together."""
    found = Judgements.read(judgements_file(Path(request.folder)))
    rows = [judgement.to_json() for judgement in found]
    return _json({"last": found.next_act - 1, "judgements": rows[::-1]})


def judge(store: Store, request: Request, body: bytes) -> Answer:
    """Do what `Request.name` says to actors (merge, split, answer, undo), and derive who is who again."""
    try:
        given = json.loads(body or b"{}")
        done = _ACTS[request.name](store, given)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(400, f"{request.name} takes {TAKES[request.name]}, as JSON".encode())
    store.flush()
    return _json({**done, "last": judging.read(store).next_act - 1})


def _labels(store: Store, some: list[namings.ActorNames], asked: Mapping[str, str]) -> dict[str, str]:
    """Return what actors are called in the reader's language, by IRI."""
    found = nodes_of(store, [one.iri for one in some], language=asked.get("lang", "en"))
    return {iri: node.label for iri, node in found.items() if node.label}


def _merge(store: Store, given: Json) -> Json:
    one, other = map(_text, given["actors"])
    left, right = judging.merge(store, one, other)
    return {"merged": [left.label, right.label]}


def _split(store: Store, given: Json) -> Json:
    parts = [_text(part) for part in given["parts"]]
    if not parts:
        raise ValueError("nothing to split off")
    return {"split": judging.split(store, _text(given["actor"]), parts).label}


def _answer(store: Store, given: Json) -> Json:
    answers = [(_pair(one), one["judgement"] == "same") for one in given["answers"]]
    if not answers or any(one["judgement"] not in ("same", "different") for one in given["answers"]):
        raise ValueError("no answers")
    judging.answer(store, answers)
    return {"judged": len(answers)}


def _undo(store: Store, given: Json) -> Json:
    act = given.get("act")
    gone = judging.undo(store, None if act is None else int(act))
    if not gone:
        raise JudgementError("nothing has been judged")
    return {"undone": [judgement.to_json() for judgement in gone]}


_ACTS = {"merge": _merge, "split": _split, "answer": _answer, "undo": _undo}


def _pair(given: Json) -> Merge:
    """Return the pair that an answer means; both sides are names of one type."""
    sides = [tuple(_text(given[end].get(key, "")) for key in ("iri", "name", "article")) for end in ("left", "right")]
    kinds = {iri.rpartition("/")[0] for iri, _, _ in sides}
    if len(kinds) > 1 or not all(is_iri(iri) and (not article or is_iri(article)) for iri, _, article in sides):
        raise ValueError("no pair")
    left, right = sides
    return Merge("", left, right, 0.0, "")  # type: ignore[arg-type]


def _side(store: Store, side: tuple[str, str, str]) -> Json:
    iri, name, article = side
    told: Json = {"iri": iri, "name": name, "article": article}
    if article:
        about = asdict(namings.mentioned(store, article, iri))
        about["sentences"] = sorted(about["sentences"], key=lambda text: name not in text)[:SENTENCES]
        return told | {"in": about}
    known = base().get(iri)
    if known is None:
        return told
    offices = [
        " ".join(filter(None, (next(iter(office.title.values()), ""), office.start, "–", office.end)))
        for office in known.offices
    ]
    return told | {"known": {"names": [*dict.fromkeys((*known.names.values(), *known.aliases))], "offices": offices}}


def _page(found: list[Any], asked: Mapping[str, str]) -> list[Any]:
    start, most = (int(text) if (text := asked.get(key, "")).isdecimal() else usual for key, usual in _PAGED)
    return found[start : start + min(most, MOST)]


_PAGED = (("offset", 0), ("limit", MOST))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _json(data: Json) -> Answer:
    return Answer(200, json.dumps(data, ensure_ascii=False).encode(), "application/json")
