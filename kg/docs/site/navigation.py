"""The order of the pages. A document that no group names stands under Reference, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kg.docs.site.words import words

HOME = "index.md"
FIRST = ("tutorial.md",)
THEN = ("cookbook.md", "ontology.md")
# Of interest to who changes kg.
PROJECT = ("design.md", "contributing.md", "annotation-guide.md", "changelog.md")


def ordered(uris: Collection[str], language: str) -> list[Any]:
    """Return the navigation over all pages, as `nav` of mkdocs.yml has it; titles are the pages' own, save Home."""

    def below(folder: str) -> list[str]:
        found = (uri for uri in uris if uri.startswith(f"{folder}/"))
        return sorted(found, key=lambda uri: (uri != f"{folder}/index.md", uri))

    def there(wanted: Collection[str]) -> list[str]:
        return [uri for uri in wanted if uri in uris]

    howto, commands = below("howto"), below("commands")
    project = there(PROJECT) + below("decisions")
    rest = sorted(set(uris).difference((HOME,), FIRST, THEN, howto, commands, project))
    nav: list[Any] = [
        {"home": HOME},
        *there(FIRST),
        {"howto": howto},
        *there(THEN),
        {"commands": commands},
        {"reference": rest},
        {"project": project},
    ]
    told = words(language)
    titled = [{told[name]: pages for name, pages in one.items()} if isinstance(one, dict) else one for one in nav]
    return [one for one in titled if not isinstance(one, dict) or any(one.values())]
