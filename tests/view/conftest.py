"""Opens pages in the browser, from disk, and fails on a script error or any request but the page itself."""

from __future__ import annotations

import pytest

from kg.view import page
from view.made import LABELS


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for a module's tests: a new one takes half a second."""
    made = browser.new_page(reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def opened(tab, tmp_path):
    """Return a function that opens rows as a page; `hash` is the view's address."""
    asked, wrong = [], []
    heard = {
        "request": lambda request: asked.append(request.url),
        "pageerror": lambda error: wrong.append(str(error)),
        "console": lambda message: wrong.append(message.text) if message.type == "error" else None,
    }
    for name, hear in heard.items():
        tab.on(name, hear)
    tab.set_viewport_size({"width": 1280, "height": 800})
    path = tmp_path / "page.html"

    def open_(given, hash="", **options):
        path.write_text(page(given, labels=LABELS, **options), encoding="utf-8")
        return view(hash)

    def view(hash=""):
        tab.goto("about:blank")
        tab.goto(path.as_uri() + (f"#{hash}" if hash else ""))
        tab.wait_for_selector("body[data-ready]")
        return tab

    open_.view = view
    yield open_
    for name, hear in heard.items():
        tab.remove_listener(name, hear)
    assert [url for url in asked if not url.startswith((path.as_uri(), "about:", "blob:"))] == []
    assert wrong == []
