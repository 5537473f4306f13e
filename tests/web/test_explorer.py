"""The explorer as `kg serve` serves it."""
from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/explore", "/explore?lang=id"])
def test_the_page_has_a_policy_of_its_own(reader, path):
    answer = reader.client.get(path)
    assert answer.status_code == 200 and "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_its_data_comes_by_address(reader):
    overview = reader.client.get("/explore/overview.json").json()
    assert overview == reader.client.get("/explore.json").json() and overview["total"]["statements"] > 2
    actor = overview["actors"]["id"][0]
    assert actor in reader.client.get("/explore/node.json", params={"id": actor}).json()["actors"]["id"]
    assert reader.client.get("/explore/evidence.json", params={"first": actor}).json()["rows"]["sentence"]
    name = overview["actors"]["name"][0]
    found = reader.client.get("/explore/search.json", params={"q": name}).json()["actors"]
    assert actor in [each["id"] for each in found]
    other = overview["actors"]["id"][1]
    assert "pairs" in reader.client.get("/explore/path.json", params={"from": actor, "to": other}).json()


@pytest.mark.parametrize("asked", ["node.json?id=no+iri", "node.json", "evidence.json?first=%3Cx%3E",
                                   "path.json?from=x", "node.json?id=https://x.example/&start=yesterday"])
def test_what_cannot_be_answered_is_refused_in_one_line(reader, asked):
    answer = reader.client.get(f"/explore/{asked}")
    assert answer.status_code == 400 and "\n" not in answer.text.strip()


@pytest.mark.browser
def test_the_page_opens_in_a_browser(reader, browser):
    tab = browser.new_page()
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(f"{reader.url}/explore")
    tab.wait_for_selector("body[data-ready]")
    tab.focus("#network")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector(".card")
    tab.close()
    assert wrong == []


def test_a_large_store_that_is_written_is_read_again_beside(monkeypatch):
    import time

    from kg.web import explorer

    class Slow:
        cost = 60

        def __init__(self, path):
            if path == "gone":
                raise OSError
            self.path = path

    monkeypatch.setattr(explorer, "Snapshot", Slow)
    served = explorer.Explorer()
    shown = [served._ask(path, lambda snapshot: snapshot.path) for path in ("1", "gone", "2")]
    assert shown[0] == "1"
    for _ in range(100):
        if served._ask("2", lambda snapshot: snapshot.path) == "2":
            return
        time.sleep(0.02)
    raise AssertionError("never read again")
