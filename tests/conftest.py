"""What several tests share: a browser, a hand-made graph, and the bundled articles built once."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from kg.model import Article, Entity, Evidence, Statement

TEXT = "Menteri Luar Negeri Turki akan mengunjungi Baku. Turki mendukung Azerbaijan. Armenia tidak menyerang Turki."

COLLECTED = pytest.StashKey[set[Path]]()
PATIENCE = 180  # seconds until what hangs is given up: many times what it takes, as the machine may be busy


@pytest.hookimpl(tryfirst=True)  # before those that are not asked for are taken out
def pytest_collection_modifyitems(config, items):
    """Note which files were collected; what opens a browser is slow."""
    config.stash[COLLECTED] = {item.path for item in items}
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker("slow")


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium under playwright; module-scoped, for its event loop stands in the way of other tests' loops."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        made = launched.new_page

        def patient(**options):
            tab = made(**options)
            tab.set_default_timeout(PATIENCE * 1000)
            return tab

        launched.new_page = patient
        yield launched
        launched.close()


def country(name: str, iso: str) -> Entity:
    return Entity(name, "Country", (name,), iso, f"https://w3id.org/newskg/entity/country/{iso}")


@pytest.fixture(scope="session")
def linked() -> tuple[Article, list[Statement]]:
    """An article and its three statements as the link stage hands them on."""
    article = Article(
        "baku",
        TEXT,
        "id",
        ((0, len(TEXT)),),
        "Kunjungan ke Baku",
        datetime.fromisoformat("2020-10-06T14:06:00+07:00"),
        publisher="Kompas.com",
        url="https://news.example/baku",
        sha256="0" * 64,
    )
    turkey, azerbaijan, armenia = country("Turki", "TR"), country("Azerbaijan", "AZ"), country("Armenia", "AM")
    baku = Entity("Baku", "Place", ("Baku",), None, "https://w3id.org/newskg/entity/place/baku")

    def said(relation: str, subject: Entity, object_: Entity, factuality: str, sentence: str) -> Statement:
        start = TEXT.index(sentence)
        evidence = Evidence(sentence, start, start + len(sentence))
        return Statement("baku", relation, subject, object_, factuality, "2020-10-06", evidence=(evidence,))

    one, two, three = (part.strip() + "." for part in TEXT.split(".") if part)
    return article, [
        said("visits", turkey, baku, "planned", one),
        said("supports", turkey, azerbaijan, "asserted", two),
        said("attacks", armenia, turkey, "negated", three),
    ]


@pytest.fixture(scope="session")
def turtle(linked, tmp_path_factory):
    """The hand-made graph as a Turtle file; read it, do not write it."""
    from kg.graph.store import Store

    store = Store.memory()
    store.add(*linked)
    path = tmp_path_factory.mktemp("graph") / "small.ttl"
    store.dump(path)
    return path


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a new process would: what `-v` of another test set outlives its command."""
    monkeypatch.setattr("kg.cli.console._verbosity", 0)
