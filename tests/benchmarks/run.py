"""The store's and the server's promises in numbers: `python tests/benchmarks/run.py WHAT [--size N] …`.

    build     articles of --size and a tenth of it: memory, rate, CPU over bare parsing; one process and two
    queries   the named queries over about --quads quads: ours; bare pyoxigraph with the same text, and with the
              file's; rdflib's own store with the file's
    soak      --clients at a server for --seconds, some with runaway queries, some with broken requests
    kill      SIGKILL at --kills random moments of a build of --size articles, resumed each time

The articles are real sentences of the development texts, recombined (`corpus.py`). Other load on the machine counts
against every figure but those of CPU time.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from web.running import served

from benchmarks import corpus

ACTOR = "country:AF"  # who has neither most statements nor fewest: 3 % of them
BUILD = [sys.executable, "-m", "kg", "build"]
NOTHING = (
    '{"id": "a", "text": "Cuaca hari ini cerah di seluruh kota.", "lang": "id"}\n'
    '{"id": "b", "text": "The weather is fine in all of the city today.", "lang": "en"}\n'
)
# Builds and bare parses of the same articles in turns, as the machine's speed changes from minute to minute; in one
# process, so that the start counts for neither.
TURNS = """
import sys, time
from pathlib import Path
from kg import ingest, nlp
from kg.pipeline import build
from kg.graph import Store
folder = Path(sys.argv[1])
store = Store.open(folder / "turns")
def bare(path):
    articles = list(ingest.read([str(path)]))
    before = time.process_time()
    for lang in ("id", "en"):
        for doc in nlp.load(lang, None).pipe(a.text[s:e] for a in articles if a.language == lang for s, e in a.blocks):
            pass
    return time.process_time() - before
def whole(path):
    before = time.process_time()
    build([str(path)], store=store)
    return time.process_time() - before
both = [bare, whole]
spent = {bare: 0.0, whole: 0.0}
for turn, path in enumerate(sorted(folder.glob("part-*.jsonl"))):
    for act in both:
        took = act(path)
        if turn:  # the first loads what is loaded once
            spent[act] += took
    both.reverse()
before = time.process_time()
store.flush()
spent[whole] += time.process_time() - before
print(spent[whole], spent[bare])
"""
MOST_TURNS = 2_000  # articles
TURN = 100  # articles; long enough that a turn is no matter of a garbage collection, short beside a change of speed


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    shown = [head, *(tuple(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[at]) for row in shown) for at in range(len(head))]
    for row in shown:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    print(flush=True)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Run a command; return seconds, CPU seconds with those of its processes, and its own peak memory in MB."""
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.2)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, command
    return time.monotonic() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def _memory(pid: int) -> float:
    """Return the memory of a process and its children, in MB."""
    import psutil

    try:
        root = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (root, *root.children(recursive=True))) / 1e6
    except psutil.Error:
        return 0.0


def build(size: int) -> None:
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        one = root / "start.jsonl"
        one.write_text(NOTHING)
        started, start, _ = measured([*BUILD, str(one), "--store", str(root / "start")])
        for count, jobs in ((size // 10, 1), (size, 1), (size, 2)):
            path = corpus.write(root, count)
            store = root / f"store-{count}-{jobs}"
            seconds, cpu, peak = measured([*BUILD, str(path), "--store", str(store), "--jobs", str(jobs)])
            rows.append((count, jobs, seconds, count / (seconds - started), cpu, (cpu - start) / count * 1000, peak))
        lines = (root / f"articles-{size}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:MOST_TURNS]
        for at in range(0, len(lines), TURN):
            (root / f"part-{at:06}.jsonl").write_text("".join(lines[at : at + TURN]), encoding="utf-8")
        turns = subprocess.run([sys.executable, "-c", TURNS, str(root)], capture_output=True, text=True, check=True)
        whole, bare = map(float, turns.stdout.split())
    table(("articles", "jobs", "seconds", "a second", "CPU s", "CPU ms each", "peak MB"), rows)
    small, large, two = rows
    print(
        f"peak memory {large[6] / small[6]:.2f} x; rate {large[3] / small[3]:.2f} x (without the start); "  # type: ignore[operator]
        f"two processes {large[2] / two[2]:.2f} x as fast; "  # type: ignore[operator]
        f"CPU {whole / bare:.2f} x bare parsing, in turns ({bare:.1f} s)\n"
    )


def best(run: Callable[[], object], repeat: int = 3) -> float:
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def queries(quads: int, patience: float) -> None:
    import pyoxigraph as ox

    from kg.graph import Store
    from kg.graph import queries as named
    from kg.vocab import prefixes

    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store")
        for _ in store.add_all(corpus.statements(quads // 245 + 1), batch=512):
            pass
        store.flush()
        store.inner.optimize()
        print(f"{len(store)} quads")
        bare = store.inner
        lines = Path(folder) / "all.nq"
        bare.dump(str(lines), format=ox.RdfFormat.N_QUADS)
        rdflib = Rdflib(lines) if patience else None
        over = []
        for name in named.names():
            query = named.load(name, actor=ACTOR)
            text, narrowed = str(query), query.narrowed(store.query)

            def ask(text: str) -> object:
                return list(bare.query(text, prefixes=prefixes(), use_default_graph_as_union=True))

            ours = best(lambda query=query: store.query(query).rows)
            same = best(lambda narrowed=narrowed: ask(narrowed))
            file = best(lambda text=text: ask(text))
            third = rdflib.ask(text, patience) if rdflib else 0.0
            count = len(store.query(query))
            rows.append((name, count, ours, same, ours / same, file, ours / file, third, third / ours))
            over.append(third / ours)
        head = ("query", "rows", "ours ms", "pyoxigraph", "x", "file's text", "x", "rdflib (at least)", "x")
        table(head, rows)
        print(f"median over rdflib {statistics.median(over):.0f} x")
        if rdflib:
            rdflib.process.kill()


class Rdflib:
    """rdflib's own store in a process that is ended when a query takes too long."""

    CODE = """
import sys, time, rdflib
from kg.vocab import prefixes
def load():
    data = rdflib.Dataset(default_union=True)
    data.parse(sys.argv[1], format="nquads")
    return data
data = load()
print("ready", flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    try:
        list(data.query(eval(line), initNs=prefixes()))
    except Exception:
        pass
    print(time.perf_counter() - started, flush=True)
"""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [sys.executable, "-c", self.CODE, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert started.stdout and started.stdout.readline() == "ready\n"
        return started

    def ask(self, text: str, patience: float) -> float:
        """Return milliseconds, those of the patience where that ended."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(repr(text) + "\n")
        self.process.stdin.flush()
        timer = threading.Timer(patience, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            self.process.wait()
            self.process = self._start()
            return patience * 1000
        return float(line) * 1000


def soak(clients: int, seconds: float, articles: int) -> None:
    import asyncio

    import httpx

    from kg.graph import Store
    from kg.graph import queries as named

    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    asked, common = ("visits", "who-met-whom", "who-supports-whom", "offices"), str(named.load("visits"))

    def good(rng: random.Random) -> tuple[str, dict[str, str]]:
        """Return an address and its parameters: two in three ask what few others ask, one what many do."""
        country = f"country:{rng.choice('ABCDE')}{rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        return rng.choice(
            [
                (f"/queries/{rng.choice(asked)}", {"actor": country}),
                ("/sparql", {"query": f"SELECT * {{ {country} kg:accuses ?b }} LIMIT {rng.randrange(1, 1000)}"}),
                ("/sparql", {"query": rng.choice(("ASK { ?a kg:visits ?b }", common))}),
            ]
        )

    said: dict[str, Counter[object]] = {kind: Counter() for kind in ("good", "runaway", "broken")}
    waits: list[float] = []

    async def one(client: httpx.AsyncClient, kind: str, end: float, rng: random.Random) -> None:
        while time.monotonic() < end:
            started = time.monotonic()
            try:
                if kind == "good":
                    address, parameters = good(rng)
                    answer = await client.get(address, params=parameters)
                elif kind == "runaway":
                    answer = await client.post("/sparql", data={"query": f"{cross} # {rng.random()}"})
                else:
                    answer = await client.request(
                        rng.choice(("POST", "PUT", "GET")),
                        rng.choice(("/sparql", "/store", "/entity/%ff", "/nowhere")),
                        content=rng.randbytes(200),
                        headers={
                            "content-type": rng.choice(
                                ("text/plain", "application/x-www-form-urlencoded", "application/sparql-query")
                            )
                        },
                    )
                said[kind][answer.status_code] += 1
            except httpx.HTTPError as error:
                said[kind][type(error).__name__] += 1
            if kind == "good":
                waits.append(time.monotonic() - started)
            await asyncio.sleep(rng.random() * 0.5)

    async def all_of_them(url: str) -> float:
        limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
        end, peak = time.monotonic() + seconds, 0.0
        async with httpx.AsyncClient(base_url=url, timeout=90, limits=limits) as client:
            kinds = ["runaway"] * (clients // 20) + ["broken"] * (clients // 10)
            kinds += ["good"] * (clients - len(kinds))
            tasks = [asyncio.create_task(one(client, kind, end, random.Random(n))) for n, kind in enumerate(kinds)]
            while not all(task.done() for task in tasks):
                peak = max(peak, await asyncio.to_thread(_served_memory, url))
                await asyncio.sleep(1)
            await asyncio.gather(*tasks)
        return peak

    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "store") as store:
            for _ in store.add_all(corpus.statements(articles)):
                pass
        with served(Path(folder) / "store", "--timeout", "5") as url:
            peak = asyncio.run(all_of_them(url))
            alive = httpx.get(f"{url}/health").status_code
    table(("kind", "requests", "answers"), [(kind, found.total(), dict(found)) for kind, found in said.items()])
    waits.sort()
    print(
        f"good: median {waits[len(waits) // 2] * 1000:.0f} ms, 99 % {waits[len(waits) * 99 // 100] * 1000:.0f} ms, "
        f"worst {waits[-1] * 1000:.0f} ms; peak memory of the server and its workers {peak:.0f} MB; "
        f"then /health {alive}"
    )


def _served_memory(url: str) -> float:
    """Return the memory of the server that listens at an address, with its workers, in MB."""
    import psutil

    port = int(url.rpartition(":")[2])
    for process in psutil.Process().children(recursive=True):
        try:
            if any(at.laddr.port == port and at.status == psutil.CONN_LISTEN for at in process.net_connections()):
                return _memory(process.pid)
        except psutil.Error:
            continue
    return 0.0


def kill(size: int, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = corpus.write(root, size, length=3)
        started = time.monotonic()
        subprocess.run(
            [*BUILD, str(path), "--store", str(root / "whole"), "--jobs", "1"], check=True, stderr=subprocess.DEVNULL
        )
        took = time.monotonic() - started
        done = 0
        for number in range(kills):
            with subprocess.Popen(
                [*BUILD, str(path), "--store", str(root / "killed"), "--jobs", "1"], stderr=subprocess.DEVNULL
            ) as process:
                time.sleep(2 + rng.random() * took / kills * 3)
                done += process.poll() is not None
                process.kill()
            print(f"kill {number + 1}", end="\r", flush=True)
        subprocess.run(
            [*BUILD, str(path), "--store", str(root / "killed"), "--jobs", "1"], check=True, stderr=subprocess.DEVNULL
        )
        lines = []
        for name in ("whole", "killed"):
            subprocess.run(
                [sys.executable, "-m", "kg", "export", str(root / name), "-o", str(root / f"{name}.nq")],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            lines.append(sorted((root / f"{name}.nq").read_bytes().splitlines()))
    for line in sorted(set(lines[0]) ^ set(lines[1]))[:20]:
        print("only in one:", line.decode()[:200])
    print(
        f"{size} articles, {kills} kills ({done} came after the end): {len(lines[0])} quads, "
        f"{'the same' if lines[0] == lines[1] else 'DIFFERENT'}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "queries", "soak", "kill", "all"])
    parser.add_argument("--size", type=int, default=10_000, help="articles")
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--patience", type=float, default=60, help="seconds for one query of rdflib; 0 leaves it out")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.what in ("build", "all"):
        build(given.size)
    if given.what in ("queries", "all"):
        queries(given.quads, given.patience)
    if given.what in ("soak", "all"):
        soak(given.clients, given.seconds, 1_000)
    if given.what in ("kill", "all"):
        kill(min(given.size, 500), given.kills, given.seed)
