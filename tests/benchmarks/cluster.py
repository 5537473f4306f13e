"""The promises of `kg spark` in numbers: `python tests/benchmarks/cluster.py WHAT [--size N] …`.

    same     --size articles by `kg spark` on two cores and by `kg build --jobs 2`, in turns: the same N-Quads, articles
             a second without the start, memory of each Python worker and of Java
    kill     SIGKILL at --kills random moments of a run, each with a rerun: the same files
    grow     the aggregation alone, over made statements, at each of --statements: seconds, memory, growth

The articles are real sentences of the development texts, recombined (`corpus.py`). With other load on the machine
compare only figures of one run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import corpus
from benchmarks.actors import SYLLABLES
from benchmarks.run import NOTHING, table
from kg import vocab
from kg.model import Article, Entity, Evidence, Statement
from kg.spark.columns import Batches

KG = [sys.executable, "-m", "kg"]
SAME = ("way", "articles", "start s", "all s", "a second", "start CPU s", "CPU s", "a CPU second", "MB of workers")
TEXTS = [corpus.TEXTS, corpus.TEXTS.parents[1] / "dev2" / "text"]


def spark(source: Path, out: Path, *options: str, memory: str = "2g") -> list[str]:
    return [
        *(*KG, "spark", str(source), "--out", str(out), "--master", "local[2]"),
        *("--conf", f"spark.driver.memory={memory}", "--conf", "spark.ui.enabled=false", *options),
    ]


class Watched:
    """A command with the seconds that it took, those of processors too, and the peak memory of each of its processes.

    What a process did in its last third of a second is not seen.
    """

    def __init__(self, command: list[str], *, show: bool = False) -> None:
        self.peaks: dict[str, list[float]] = defaultdict(list)
        self._each: dict[int, tuple[str, float]] = {}
        self._cpu: dict[int, float] = {}
        started = time.monotonic()
        out = None if show else subprocess.DEVNULL
        with subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE) as process:
            watch = threading.Thread(target=self._watch, args=(process,), daemon=True)
            watch.start()
            said = process.stderr.read().decode() if process.stderr else ""
        self.seconds = time.monotonic() - started
        watch.join()
        self.cpu = sum(self._cpu.values())
        if process.returncode:
            raise SystemExit(f"{command} failed:\n{said[-20000:]}")
        for kind, peak in self._each.values():
            self.peaks[kind].append(peak)

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        import psutil

        while process.poll() is None:
            try:
                root = psutil.Process(process.pid)
                those = [root, *root.children(recursive=True)]
            except psutil.Error:
                return
            for one in those:
                try:
                    kind = "java" if "java" in one.name() else "python"
                    peak = max(one.memory_info().rss / 1e6, self._each.get(one.pid, ("", 0.0))[1])
                    spent = one.cpu_times()
                except psutil.Error:
                    continue
                self._each[one.pid] = kind, peak
                self._cpu[one.pid] = spent.user + spent.system
            time.sleep(0.3)

    def memory(self) -> str:
        """Return the peaks of the workers, the largest first (small helpers aside), and of Java."""
        workers = sorted((peak for peak in self.peaks["python"] if peak > 100), reverse=True)
        told = ", ".join(f"{peak:.0f}" for peak in workers[:4])
        return told + (f"; java {max(self.peaks['java']):.0f}" if self.peaks["java"] else "")


def lines(paths: Iterator[Path] | list[Path]) -> list[bytes]:
    return sorted(line for path in paths for line in path.read_bytes().splitlines())


def same(size: int, options: list[str], turns: int) -> None:
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path, one = corpus.write(root, size, texts=TEXTS), root / "start.jsonl"
        one.write_text(NOTHING)
        ways = {
            "build --jobs 2": lambda source, out: [
                *KG,
                "build",
                str(source),
                "-o",
                f"{out}.nq",
                "--jobs",
                "2",
                *options,
            ],
            "spark local[2]": lambda source, out: spark(source, out, *options),
        }
        rates: dict[str, list[float]] = defaultdict(list)
        efforts: dict[str, list[float]] = defaultdict(list)
        for turn in range(turns):
            for name, command in ways.items():
                out = root / f"{name.partition(' ')[0]}-{turn}"
                start = Watched(command(one, root / f"start-{name.partition(' ')[0]}-{turn}"))
                whole = Watched(command(path, out))
                rate = size / (whole.seconds - start.seconds)
                rates[name].append(rate)
                spent = whole.cpu - start.cpu
                efforts[name].append(spent)
                rows.append(
                    (name, size, start.seconds, whole.seconds, rate, start.cpu, whole.cpu, size / spent, whole.memory())
                )
                table(SAME, rows[-1:])
        ours = lines([*root.glob("spark-0/graph/*/*.nq")])
        theirs = lines([root / "build-0.nq"])
        print(f"{len(theirs)} quads; the same: {ours == theirs}")
    table(SAME, rows)
    build, on_spark = (sum(rates[name]) / len(rates[name]) for name in ways)
    by_cpu = sum(efforts["build --jobs 2"]) / sum(efforts["spark local[2]"])
    print(f"Spark at {on_spark / build:.2f} of --jobs 2; articles a CPU second at {by_cpu:.2f}")


def digest(out: Path) -> str:
    """Return what tells one folder of a run from another: names and bytes of the shards, and each table's rows.

    The bytes of Parquet files are the writer's own: two runs of the same articles differ in them, and not in the rows.
    """
    import duckdb

    whole = hashlib.sha256()
    for path in sorted(out.rglob("*.nq")):
        whole.update(str(path.relative_to(out)).encode() + path.read_bytes())
    for table_ in ("articles", "statements", "corroborated"):
        found = duckdb.sql(f"SELECT * FROM read_parquet('{out}/{table_}/**/*.parquet')").fetchall()
        whole.update(repr(sorted(map(str, found))).encode())
    return whole.hexdigest()


def kill(size: int, kills: int, seed: int, options: list[str]) -> None:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = corpus.write(root, size, length=3, texts=TEXTS)
        took = Watched(spark(path, root / "whole", *options)).seconds
        wanted = digest(root / "whole")
        for number in range(kills):
            out, moment = root / "killed", rng.random() * took
            shutil.rmtree(out, ignore_errors=True)
            with subprocess.Popen(
                spark(path, out, *options), stderr=subprocess.DEVNULL, start_new_session=True
            ) as process:
                time.sleep(moment)
                os.killpg(process.pid, signal.SIGKILL)
            left = sum(path.is_file() for path in out.rglob("*")) if out.exists() else 0
            seen = [path.parent.name for path in out.glob("graph/*/*.nq")]
            Watched(spark(path, out, *options))
            print(
                f"kill {number + 1} at {moment:.1f} of {took:.1f} s, {left} files left, partitions to be seen "
                f"{len(seen)}; rerun: {'the same' if digest(out) == wanted else 'DIFFERENT'}",
                flush=True,
            )


def made(number: int, actors: int) -> tuple[Article, list[Statement]]:
    """Return an article with seven statements: actors chosen as in the news, few often and many seldom."""
    rng = random.Random(number)

    def person() -> Entity:
        at = min(int(rng.paretovariate(0.9)) - 1, actors - 1)
        name = random.Random(at)
        full = " ".join("".join(name.choices(SYLLABLES, k=name.choice((2, 3)))).title() for _ in range(2))
        short = full.split()[1] if rng.random() < 0.1 else full
        return Entity(short, "Person", (short,), None, vocab.entity_iri("Person", short))

    def state() -> Entity:
        code = rng.choice(("ID", "MY", "AU", "CN", "US", "JP", "IN", "RU", "UA", "TR", "IR", "SA", "FR", "DE", "GB"))
        return Entity(code, "Country", (code,), code, vocab.entity_iri("Country", code, code))

    text = " ".join(f"Sentence {number} {n} of an article that tells what happened on that day." for n in range(7))
    day = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=20 * number)
    found = []
    for n in range(7):
        relation, subject, object_ = rng.choice(
            (("visits", person(), state()), ("meets", person(), person()), ("accuses", state(), state()))
        )
        if subject.iri == object_.iri:
            continue
        start = text.index(f"Sentence {number} {n}")
        quote = Evidence(text[start : start + 60], start, start + 60)
        when = rng.choice((None, day.date().isoformat(), day.strftime("%Y-%m")))
        found.append(
            Statement(f"m{number}", relation, subject, object_, "asserted", when, evidence=(quote,), language="en")
        )
    return Article(f"m{number}", text, "en", ((0, len(text)),), published=day, publisher=f"Paper {number % 40}"), found


def rows_of(actors: int) -> Callable[[Batches], Batches]:
    from kg.spark.columns import READ, batched
    from kg.spark.reading import row_of

    def work(batches: Batches) -> Batches:
        numbers = (number for batch in batches for number in batch.column(0).to_pylist())
        yield from batched((row_of(*made(number, actors)) for number in numbers), READ)

    return work


def derived(statements: int, folder: Path) -> None:
    """Make so many statements, then derive the graph of them, and say how long that took."""
    from kg.spark import engine, tables
    from kg.spark.columns import READ
    from kg.spark.derive import derive
    from kg.spark.settings import settings

    started = engine.session("local[2]", {"spark.driver.memory": "4g", "spark.ui.enabled": "false"})
    session = engine.prepared(started)
    count = statements // 7 + 1
    numbers = session.range(0, count, 1, max(2, count // 5000))
    tables.by_month(tables.mapped(numbers, rows_of(max(1000, count // 10)), READ), str(folder / "read"))
    times = [time.monotonic()]

    def say(what: str) -> None:
        print(f"{what}: {time.monotonic() - times[0]:.1f} s, {_cpu()}", flush=True)

    say("made")
    times[0] = time.monotonic()
    read = tables.partitioned(session, str(folder / "read"), READ)
    found = derive(read, settings(session), lambda name: str(folder / name), say)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    say(f"{sum(found.values())} statements derived, driver's Python at most {peak:.0f} MB")


def _cpu() -> str:
    import psutil

    root = psutil.Process()
    spent: dict[str, float] = defaultdict(float)
    for one in (root, *root.children(recursive=True)):
        used = one.cpu_times()
        kind = "driver" if one == root else "java" if "java" in one.name() else "workers"
        spent[kind] += used.user + used.system
    return "CPU s so far: " + ", ".join(f"{kind} {seconds:.0f}" for kind, seconds in spent.items())


def grow(sizes: list[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(f"--- {size} statements", flush=True)
            command = [sys.executable, __file__, "derived", "--statements", str(size), "--folder", folder]
            watched = Watched(command, show=True)
            print(f"{watched.cpu:.0f} CPU s in all; MB of workers {watched.memory()}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["same", "kill", "grow", "derived"])
    parser.add_argument("--size", type=int, default=2_000, help="articles")
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fast", action="store_true", help="read without the encoder")
    parser.add_argument("--statements", type=int, nargs="+", default=[1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path, help="of `derived`, which `grow` runs")
    given = parser.parse_args()
    fast = ["--fast"] if given.fast else []
    if given.what == "same":
        same(given.size, fast, given.turns)
    if given.what == "grow":
        grow(given.statements)
    if given.what == "derived":
        derived(given.statements[0], given.folder)
    if given.what == "kill":
        kill(given.size, given.kills, given.seed, fast)
