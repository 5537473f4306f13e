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
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import corpus
from benchmarks.run import NOTHING, table

KG = [sys.executable, "-m", "kg"]
TEXTS = [corpus.TEXTS, corpus.TEXTS.parents[1] / "dev2" / "text"]


def spark(source: Path, out: Path, *options: str, memory: str = "2g") -> list[str]:
    return [
        *(*KG, "spark", str(source), "--out", str(out), "--master", "local[2]"),
        *("--conf", f"spark.driver.memory={memory}", "--conf", "spark.ui.enabled=false", *options),
    ]


class Watched:
    """A command with the seconds that it took and the peak memory of each of its processes, by kind."""

    def __init__(self, command: list[str]) -> None:
        self.peaks: dict[str, list[float]] = defaultdict(list)
        self._each: dict[int, tuple[str, float]] = {}
        started = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            watch = threading.Thread(target=self._watch, args=(process,), daemon=True)
            watch.start()
            said = process.stderr.read().decode() if process.stderr else ""
        self.seconds = time.monotonic() - started
        watch.join()
        if process.returncode:
            raise SystemExit(f"{command} failed:\n{said[-2000:]}")
        for kind, peak in self._each.values():
            self.peaks[kind].append(peak)

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        import psutil

        while process.poll() is None:
            for one in psutil.Process(process.pid).children(recursive=True) if psutil.pid_exists(process.pid) else ():
                try:
                    kind = "java" if "java" in one.name() else "python"
                    peak = max(one.memory_info().rss / 1e6, self._each.get(one.pid, ("", 0.0))[1])
                    self._each[one.pid] = kind, peak
                except psutil.Error:
                    continue
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
        for turn in range(turns):
            for name, command in ways.items():
                out = root / f"{name.partition(' ')[0]}-{turn}"
                start = Watched(command(one, root / f"start-{name.partition(' ')[0]}-{turn}"))
                whole = Watched(command(path, out))
                rate = size / (whole.seconds - start.seconds)
                rates[name].append(rate)
                rows.append((name, size, start.seconds, whole.seconds, rate, whole.memory()))
                table(("way", "articles", "start s", "all s", "articles/s without start", "MB of workers"), rows[-1:])
        ours = lines([*root.glob("spark-0/graph/*/*.nq")])
        theirs = lines([root / "build-0.nq"])
        print(f"{len(theirs)} quads; the same: {ours == theirs}")
    table(("way", "articles", "start s", "all s", "articles/s without start", "MB of workers"), rows)
    build, on_spark = (sum(rates[name]) / len(rates[name]) for name in ways)
    print(f"Spark at {on_spark / build:.2f} of --jobs 2")


def digest(out: Path) -> str:
    """Return what tells one folder of a run from another: names and bytes of all files but Spark's marks."""
    whole = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name[0] not in "._":
            whole.update(str(path.relative_to(out)).encode() + path.read_bytes())
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["same", "kill", "grow"])
    parser.add_argument("--size", type=int, default=2_000, help="articles")
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fast", action="store_true", help="read without the encoder")
    given = parser.parse_args()
    fast = ["--fast"] if given.fast else []
    if given.what == "same":
        same(given.size, fast, given.turns)
    if given.what == "kill":
        kill(given.size, given.kills, given.seed, fast)
