"""The generated pages tell what there is: every command's help, every term, every query; and nothing is left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import app
from kg.docs.site import commands, cookbook, navigation, terms
from kg.docs.site.links import linked
from kg.docs.site.words import words
from kg.graph import queries
from kg.vocab import ontology, ontology_file

DOCS = Path(__file__).parents[2] / "kg" / "docs"


def test_each_command_has_a_page_with_its_help() -> None:
    pages = commands.pages(words("en"))
    names = {command.callback.__name__ for command in app.registered_commands}
    assert set(pages) == {"commands/index.md"} | {f"commands/{name}.md" for name in names}
    for name in names:
        assert f"[`kg {name}`]({name}.md)" in pages["commands/index.md"]
        assert f"Usage: kg {name}" in pages[f"commands/{name}.md"] and "--help" in pages[f"commands/{name}.md"]


def test_a_page_is_what_a_terminal_of_that_width_shows() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kg", "validate", "--help"],
        env={**os.environ, "COLUMNS": commands.WIDTH},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.strip("\n") in commands.pages(words("en"))["commands/validate.md"]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_term_has_its_label_and_comment(language: str) -> None:
    text, known = terms.page(language, words(language)), ontology()
    for name, labels in known.labels.items():
        assert f"### {labels[language]} {{ #{name} }}" in text, name
        assert all(label in text for label in labels.values())
        assert known.comments.get(name, {}).get(language, "") in text
    for told in re.findall(r"\]\(#(\w+)\)", text):
        assert f"{{ #{told} }}" in text


def test_no_term_of_the_file_is_missing() -> None:
    named = set(re.findall(r"^kg:(\w+) a ", ontology_file("kg.ttl").read_text("utf-8"), re.M))
    assert named == set(terms.ties())


def test_the_ends_of_a_relation_are_told_also_of_a_union() -> None:
    told = terms.ties()
    for name, relation in ontology().relations.items():
        assert {f"kg:{end}" for end in relation.subjects} == set(told[name]["rdfs:domain"]), name
        assert {f"kg:{end}" for end in relation.objects} == set(told[name]["rdfs:range"]), name


def test_both_languages_have_words_for_all() -> None:
    english, indonesian = words("en"), words("id")
    meanings = {meaning for name in queries.names() for meaning in queries.load(name).parameters.values()}
    # The commands' pages are in English only.
    assert set(english) - {"commands_about"} | meanings == set(indonesian)


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_cookbook_has_each_query_with_its_answer(language: str) -> None:
    text = cookbook.page(language, words(language))
    for name in queries.names():
        query = queries.load(name)
        assert f"## {query.titles[language]} {{ #{name} }}" in text
        select = query.text[query.text.index("SELECT") :].strip()
        assert "".join(select.split()) in "".join(text.split())
    meetings = text[text.index("#who-met-whom") :]
    assert "<td>Joko Widodo</td>" in meetings[: meetings.index("???")]


def test_a_page_that_nobody_named_is_in_the_navigation() -> None:
    uris = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path.parent.name not in ("id", "site")]
    nav = json.dumps(navigation.ordered([*uris, "brand-new.md"], "en"))
    assert all(f'"{uri}"' in nav for uri in [*uris, "brand-new.md"])


def test_names_of_documents_become_links_and_code_stays() -> None:
    pages = {"asking.md", "exports.md", "decisions/0001-a.md"}
    text = "See `asking.md`, `kg/docs/exports.md`, `gone.md`.\n\n```text\n`asking.md`\n```\n"
    assert linked(text, "index.md", pages) == (
        "See [`asking.md`](asking.md), [`kg/docs/exports.md`](exports.md), `gone.md`.\n\n```text\n`asking.md`\n```\n"
    )
    assert linked("`exports.md`", "decisions/0001-a.md", pages) == "[`exports.md`](../exports.md)"
    assert linked("`exports.md`", "exports.md", pages) == "`exports.md`"
    assert linked("[`exports.md`](exports.md)", "index.md", pages) == "[`exports.md`](exports.md)"
