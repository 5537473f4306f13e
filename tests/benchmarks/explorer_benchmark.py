"""The explorer in the browser, beside stock pyvis on the same data in the same run.

    python tests/benchmarks/explorer_benchmark.py [--sizes 1000,5000,20000] [--no-stock] [--store DIR]

Prints: the first frame (from opening the file to the first drawn pixel), panning, a filter's answer, focus. Stock pyvis
takes a minute for 1,000 edges; it is given no network, as its CDN would only slow it. With `--store`, a folder that
`explorer_store.py` made: the first visit, which reads it, one after a restart, the hub's neighbourhood, and filters.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.view import Actor, Row, page

sys.path.insert(0, str(Path(__file__).parents[1]))
HUB = "https://w3id.org/newskg/entity/person/hub-0"
RELATIONS = ("visits", "meets", "supports", "coChairs", "clashesWith", "attacks", "accuses", "urges", "agreesWith")
# looks for the first pixel of a graph: both pages draw on a canvas that is empty before
WATCH = """(() => { const look = () => {
  const canvas = document.querySelector("canvas");
  if (canvas && canvas.width) {
    const small = Object.assign(document.createElement("canvas"), { width: 160, height: 100 });
    const ctx = small.getContext("2d");
    ctx.drawImage(canvas, 0, 0, 160, 100);
    const drawn = ctx.getImageData(0, 0, 160, 100).data.some((value, at) => at % 4 === 3 && value);
    if (drawn) { window.__first = performance.now(); return; }
  }
  requestAnimationFrame(look);
}; requestAnimationFrame(look); })();"""
PAN = """() => new Promise((done) => {
  const start = performance.now(), times = [];
  let frames = 0;
  const { x, y } = NETWORK.getViewPosition();
  const turn = () => {
    NETWORK.moveTo({ position: { x: x + 60 * Math.sin(frames / 5), y: y + 40 * Math.cos(frames / 5) } });
    frames += 1;
    const spent = performance.now() - start;
    if (spent < 2500) requestAnimationFrame(turn); else done(frames / (spent / 1000));
  };
  turn();
})"""
# as a hand does it: the pointer is pressed on the background and moves with each frame
DRAG = """() => new Promise((done) => {
  const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
  const send = (kind, clientX, clientY) => canvas.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 7,
    isPrimary: true, pointerType: "mouse", button: kind === "pointermove" ? -1 : 0,
    buttons: kind === "pointerup" ? 0 : 1, clientX, clientY }));
  const [x, y] = [box.left + 12, box.top + 12], start = performance.now();
  let frames = 0;
  send("pointerdown", x, y);
  const turn = () => {
    send("pointermove", x + 60 + 60 * Math.sin(frames / 5), y + 40 + 40 * Math.cos(frames / 5));
    frames += 1;
    const spent = performance.now() - start;
    if (spent < 2500) { requestAnimationFrame(turn); return; }
    send("pointerup", x, y);
    done(frames / (spent / 1000));
  };
  turn();
})"""
FILTER = """async (relation) => { const start = performance.now();
  await kg.go({ off: { ...kg.state.off, relation: new Set([relation]) } });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start; }"""
DATES = """async (from) => { const start = performance.now();
  await kg.go({ from });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start; }"""
TEXT = DATES.replace("kg.go({ from })", "kg.go({ from: '', text: from })")
FOCUS = """async () => { const start = performance.now();
  await kg.focus(kg.data.byDegree[0]);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start; }"""


def rows(edges: int, seed: int = 3) -> list[Row]:
    """Return made statements with the shape of news: hubs, communities, a sixth of them between the same two again."""
    chance, count = random.Random(seed), int(edges * 0.33) + 60
    kinds = chance.choices(["Person", "Organization", "Country", "Place"], [6, 3, 1, 1], k=count)
    actors = [
        Actor(f"https://kg.example/{n}", f"{kind} Number {n}", kind, (f"N. {n}",)) for n, kind in enumerate(kinds)
    ]
    weights = [1 / (1 + chance.random() * count) ** 0.9 for _ in actors]
    groups = max(3, int(count**0.5 / 2))
    members = [[n for n in range(count) if n % groups == group] for group in range(groups)]
    shares = [[weights[n] for n in each] for each in members]
    made: list[Row] = []
    known: list[tuple[int, int]] = []
    while len(made) < edges:
        if known and chance.random() < 0.16:
            first, second = chance.choice(known)
        else:
            first = chance.choices(range(count), weights)[0]
            home = first % groups if chance.random() < 0.8 else chance.randrange(groups)
            second = chance.choices(members[home], shares[home])[0]
            if first == second:
                continue
            known.append((first, second))
        relation, article = chance.choice(RELATIONS), chance.randrange(edges // 4 + 1)
        day = f"20{chance.randint(19, 23)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        one, other = actors[first], actors[second]
        made.append(
            Row(
                one,
                relation,
                other,
                chance.choices(["asserted", "planned", "negated"], [8, 2, 1])[0],
                day,
                sentence=f"{one.name} on {day} ({relation}) with {other.name}, amid regional and international "
                f"developments that go on, as report {chance.randrange(10**6)} has it today.",
                article=f"a{article}",
                headline=f"Report number {article}",
                url=f"https://news.example/{article}",
                publisher=f"Daily {article % 20}",
                published=f"20{19 + article % 5}-03-01",
                language="en",
            )
        )
    return made


def stock(made: list[Row], path: Path) -> None:
    """Write the page that pyvis makes by itself."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for row in made:
        for actor in (row.subject, row.object):
            net.add_node(actor.iri, label=actor.name)
        net.add_edge(row.subject.iri, row.object.iri, label=row.relation, title=row.sentence)
    path.write_text(net.generate_html(), encoding="utf-8")


def first_frame(tab: Page, address: str, *, most: float = 200) -> float:
    """Return the seconds from opening the page to the first pixel of its drawing."""
    tab.goto(address, wait_until="commit", timeout=most * 1000)
    end = time.monotonic() + most
    while time.monotonic() < end:
        try:
            found = tab.evaluate("window.__first || 0")
        except Exception:
            found = 0
        if found:
            return found / 1000
        time.sleep(0.1)
    return float("inf")


def measure(browser, made: list[Row], folder: Path) -> dict[str, float]:
    """Return seconds, frames a second and milliseconds of our page."""
    started = time.perf_counter()
    path = folder / "page.html"
    path.write_text(page(made), encoding="utf-8")
    wrote = time.perf_counter() - started
    frames = []
    for _ in range(3):
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.add_init_script(WATCH)
        frames.append(first_frame(tab, path.as_uri()))
        if len(frames) < 3:
            tab.close()
    tab.wait_for_selector("body[data-ready]")
    pan = tab.evaluate(PAN.replace("NETWORK", "kg.drawing.network()"))
    seen = "JSON.stringify(kg.drawing.network().getViewPosition())"
    before, drag = tab.evaluate(seen), tab.evaluate(DRAG)
    assert before != tab.evaluate(seen), "nothing was dragged"
    tab.evaluate("kg.drawing.fit()")
    filters = [tab.evaluate(FILTER, relation) for relation in RELATIONS[:4]]
    tab.evaluate("kg.go({ off: kg.fresh().off })")
    dates = [tab.evaluate(DATES, day) for day in ("2020-03-01", "2021-03-01", "2022-03-01")]
    text = [tab.evaluate(TEXT, word) for word in ("number 12", "report 7", "regional")]
    tab.evaluate("kg.go({ text: '' })")
    focus = tab.evaluate(FOCUS)
    tab.close()
    return {
        "write s": wrote,
        "file MB": path.stat().st_size / 1e6,
        "first frame s": statistics.median(frames),
        "pan fps": pan,
        "drag fps": drag,
        "relation ms": statistics.median(filters),
        "dates ms": statistics.median(dates),
        "text ms": max(text),
        "focus ms": focus,
    }


def served(browser, store: Path) -> None:
    """Print how long visits take: the first one ever, the first one after a restart, and what is done in them."""
    from web.running import served as running

    shutil.rmtree(store.parent / f".{store.name}-explored", ignore_errors=True)
    for visit in ("first visit ever, the store is read", "first visit after a restart, the index is kept"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with running(store) as url:
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            started = time.perf_counter()
            tab.goto(f"{url}/explore", timeout=600_000)
            tab.wait_for_selector("body[data-ready]", timeout=600_000)
            took = time.perf_counter() - started
            if "restart" in visit:
                looked(tab, url)
            tab.close()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"served: {visit}: {took:.1f} s; {after.ru_utime - before.ru_utime:.1f} s of the server's processor time",
            flush=True,
        )


def looked(tab: Page, url: str) -> None:
    """Print what is done in a served page: the hub's neighbourhood, and filters."""
    fetch = """async (id) => { const start = performance.now();
        const answer = await (await fetch("/explore/node.json?id=" + encodeURIComponent(id))).json();
        return [performance.now() - start, answer.total.statements, answer.total.pairs]; }"""
    times = [tab.evaluate(fetch, HUB) for _ in range(5)]
    tab.evaluate("kg.focusId(kg.data.ids[1])")
    timed = """async (act) => { const start = performance.now(); await kg.go(act());
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start; }"""
    shown = tab.evaluate(timed.replace("act()", f"{{ focus: '{HUB}', select: ['{HUB}'], path: [] }}"))
    print(
        f"served: hub of {times[0][1]:,} statements and {times[0][2]:,} neighbours: answer "
        f"{statistics.median(each[0] for each in times):.0f} ms, in view {shown:.0f} ms"
    )
    whole = tab.evaluate(timed.replace("act()", "{ focus: '', select: [] }"))
    relation = tab.evaluate(timed.replace("act()", "{ off: { ...kg.none(), relation: new Set(['visits']) } }"))
    text = tab.evaluate(timed.replace("act()", "{ text: 'sentence 77' }"))
    print(
        f"served: the whole again {whole:.0f} ms, without a relation {relation:.0f} ms, and words {text:.0f} ms, "
        f"{tab.evaluate('kg.data.raw.total.statements'):,} statements left"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,5000,20000")
    parser.add_argument("--no-stock", action="store_true")
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        ours: dict[int, dict[str, float]] = {}
        for size in [int(text) for text in options.sizes.split(",") if text]:
            ours[size] = measure(browser, rows(size), Path(folder))
            if len(ours) == 1:
                print("edges   " + "  ".join(f"{name:>13}" for name in ours[size]))
            print(f"{size:>6}  " + "  ".join(f"{value:>13.2f}" for value in ours[size].values()), flush=True)
        if not options.no_stock and 1000 in ours:
            stock(rows(1000), Path(folder) / "stock.html")
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            tab.route("http*://**", lambda route: route.abort())
            tab.add_init_script(WATCH)
            took = first_frame(tab, (Path(folder) / "stock.html").as_uri())
            ratio = took / ours[1000]["first frame s"]
            print(f"stock pyvis, 1,000 edges: first frame {took:.1f} s, {ratio:.0f} times ours")
            tab.close()
        if options.store:
            served(browser, options.store)
        browser.close()


if __name__ == "__main__":
    main()
