"""What MkDocs asks while it builds the site: generated pages, navigation, links, the other language.

The English site and its Indonesian part are two projects of one folder each (`mkdocs.yml`, `mkdocs.id.yml`); building
the first builds the second into its `id/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files

from kg.docs.site import navigation
from kg.docs.site.links import linked
from kg.docs.site.pages import generated

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

SITE = Path(__file__).parent
DOCS = SITE.parent
OTHER = {"en": ("id", "Bahasa Indonesia", "id/"), "id": ("en", "English", "../")}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, and order all there are."""
    language = str(config.theme["language"])
    for uri, text in generated(language).items():
        files.append(File.generated(config, uri, content=text))
    config.nav = navigation.ordered([file.src_uri for file in files.documentation_pages()], language)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make links of the documents that a page names."""
    return linked(markdown, page.file.src_uri, {file.src_uri for file in files.documentation_pages()})


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> None:
    """Let the choice of language lead to the same page, where the other language has it."""
    language = str(config.theme["language"])
    code, name, folder = OTHER[language]
    here = page.file.dest_uri
    there = here if page.file.src_uri in _pages(code) else "index.html"
    mine = {"en": "English", "id": "Bahasa Indonesia"}[language]
    config.extra["alternate"] = [
        {"name": mine, "link": here, "lang": language},
        {"name": name, "link": folder + there, "lang": code},
    ]


def _pages(language: str) -> set[str]:
    folder = DOCS / "id" if language == "id" else DOCS
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")} | set(generated(language))


def on_post_build(config: MkDocsConfig) -> None:
    """Build the Indonesian part after the English one, as strictly."""
    if config.theme["language"] != "en":
        return
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(
        load_config(str(SITE / "mkdocs.id.yml"), site_dir=str(Path(config.site_dir) / "id"), strict=config.strict),
    )
