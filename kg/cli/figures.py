"""How `kg evaluate` writes what it has measured: tables, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.tables import results

if TYPE_CHECKING:
    from kg.evaluate import Agreement, Compared, Confidence, Explained, Score, Scored
    from kg.evaluate.floors import FloorSet
    from kg.evaluate.intervals import Intervals
    from kg.evaluate.tally import Tally

_FIGURES = ("right", "extra", "missed", "P", "R", "F1", "F1, 95 %")
_KINDS = ("miss", "extra", "wrong")


def scores_json(sets: Sequence[Scored], total: Score, found: Confidence, *, explained: bool) -> None:
    """Write the score of all sets, that of each, the curve, and the errors."""
    from kg.evaluate import count_causes

    table: dict[str, Any] = total.to_json() | found.to_json()
    table["sets"] = [
        {"name": one.of.name, "lang": one.of.language, "documents": len(one.score.documents), **one.score.to_json()}
        | ({"causes": count_causes(one.score, one.errors)} if explained else {})
        for one in sets
    ]
    table["errors"] = [error.to_json() for one in sets for error in one.errors]
    typer.echo(json.dumps(table, ensure_ascii=False))


def scores_tables(sets: Sequence[Scored], total: Score, found: Confidence, *, explained: bool) -> None:
    """Write the errors, the tables of all sets together, a row for each set, and what the errors come from."""
    for error in (error for one in sets for error in one.errors):
        _explained(error)
    rows = [_row((name,), tally) for name, tally in total.relations.items()]
    results(("relation", *_FIGURES), [*rows, *_totals((), total)])
    typer.echo()
    shares = [(name, str(s.right), str(s.of), f"{s.value:.3f}") for name, s in total.shares.items()]
    results(("of the matched", "right", "of", "share"), shares)
    if len(sets) > 1:
        typer.echo()
        each = [row for one in sets for row in _totals((one.of.name, str(len(one.score.documents))), one.score)]
        micro = _totals(("micro", str(sum(len(one.score.documents) for one in sets))), total)
        results(("set", "documents", "", *_FIGURES), [*each, *micro])
    if found.error is not None:
        count, least = sum(one.count for one in found.bins), found.points[-1].threshold
        typer.echo(
            f"\nExpected calibration error: {found.error:.3f}, over {count} events of confidence {least} or more"
        )
    if explained:
        _causes(sets)


def _row(first: tuple[str, ...], tally: Tally, found: Intervals | None = None) -> tuple[str, ...]:
    figures = (f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1))
    interval = f"{found.f1[0]:.3f}–{found.f1[1]:.3f}" if found else ""
    return (*first, str(tally.right), str(tally.extra), str(tally.missed), *figures, interval)


def _totals(first: tuple[str, ...], score: Score) -> list[tuple[str, ...]]:
    ranges = score.intervals
    return [
        _row((*first, name), tally, ranges[name]) for name, tally in (("events", score.events), ("all", score.overall))
    ]


def _explained(error: Explained) -> None:
    typer.echo(f"{error.kind.upper()} {error.doc} {error.relation}: {error.subject} -> {error.object} ({error.cause})")
    for note in error.notes:
        typer.echo(f"    {note}")
    typer.echo()


def _causes(sets: Sequence[Scored]) -> None:
    from kg.evaluate import count_causes

    errors = [error for one in sets for error in one.errors]
    counts = sorted({(e.kind, e.cause): 0 for e in errors})
    table = [(kind, cause, str(sum((e.kind, e.cause) == (kind, cause) for e in errors))) for kind, cause in counts]
    typer.echo()
    results(("", "likely cause", "count"), sorted(table, key=lambda row: (_KINDS.index(row[0]), -int(row[2]))))
    typer.echo()
    rows = []
    for one in sets:
        causes = count_causes(one.score, one.errors)
        total = sum(causes.values()) or 1
        rows += [(one.of.name, cause, str(count), f"{count / total:.0%}") for cause, count in causes.items()]
    results(("set", "first cause, of the events in the gold", "count", "share"), rows)


def readers(found: Sequence[Compared], *, as_json: bool) -> None:
    """Write the figures of each reader beside our own: per set, per relation, and what reading took."""
    if as_json:
        typer.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return
    names = [*found[0].scores, *(["micro"] if len(found[0].scores) > 1 else [])]
    rows = []
    for name in names:
        for one in found:
            score = one.total if name == "micro" else one.scores[name]
            rows += _totals((name, one.name), score)
    results(("set", "reader", "", *_FIGURES), rows)
    typer.echo()
    totals = [one.total.relations for one in found]
    relations = sorted({name for total in totals for name in total})
    each = [(name, *(f"{total[name].f1:.3f}" if name in total else "" for total in totals)) for name in relations]
    results(("F1 of", *(one.name for one in found)), each)
    typer.echo()
    results(
        ("reader", "articles", "seconds each", "from the cache", "skipped", "rejected", "why"),
        [
            (
                one.name,
                str(one.articles),
                f"{one.pace:.2f}",
                str(one.cached),
                str(len(one.skipped)),
                str(one.rejected.total()),
                ", ".join(f"{count} {reason}" for reason, count in one.rejected.most_common()),
            )
            for one in found
        ],
    )


def agreement(found: Agreement, *, as_json: bool) -> None:
    """Write how far two versions agree."""
    counts = {"both": found.both, "first": found.first, "second": found.second}
    if as_json:
        typer.echo(json.dumps(counts | {"agreement": round(found.value, 4)}))
        return
    row = (*map(str, counts.values()), f"{found.value:.3f}")
    results(("in both", "only first", "only second", "agreement"), [row])


def floors(sets: Sequence[FloorSet], reached: Mapping[str, Mapping[str, float]], *, as_json: bool) -> None:
    """Write what each set reaches beside its floors."""
    if as_json:
        table = {
            one.name: {
                key: {"floor": one.floors.get(key), "reached": round(value, 4)}
                for key, value in reached[one.name].items()
            }
            for one in sets
        }
        typer.echo(json.dumps(table))
        return
    from kg.evaluate.floors import fallen

    down = {one.name: fallen(one.floors, reached[one.name]) for one in sets}
    rows = [
        (one.name, key, f"{one.floors.get(key, 0):.2f}", f"{value:.3f}", "fallen" if key in down[one.name] else "")
        for one in sets
        for key, value in reached[one.name].items()
    ]
    results(("set", "figure", "floor", "reached", ""), rows)
