"""The pages that nobody writes: each is made from what it tells of, so that it cannot fall behind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.docs.site import commands, cookbook, terms
from kg.docs.site.words import words

README = Path(__file__).parents[3] / "README.md"


@cache
def generated(language: str) -> dict[str, str]:
    """Return the generated pages of a language as Markdown, by their address.

    The commands' help and the README are in English only. Reads the bundled articles once, for the cookbook's answers.
    """
    told = words(language)
    pages = {"ontology.md": terms.page(language, told), "cookbook.md": cookbook.page(language, told)}
    if language == "en":
        pages |= commands.pages(told)
        if README.exists():  # a checkout has it, an installed package does not
            pages["readme.md"] = README.read_text("utf-8").replace("](kg/docs/", "](")
    return pages
