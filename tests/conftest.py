"""What several tests share: a browser, and a graph of the bundled articles that is built once."""
from __future__ import annotations

import shutil

import pytest


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium under playwright; module-scoped, for its event loop stands in the way of other tests' loops."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
