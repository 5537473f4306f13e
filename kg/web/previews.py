"""An actor on a small page, for the frames of tools that reconcile; its head alone for what they show in passing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from kg.export import StatementRow
from kg.reconcile.read import Actor
from kg.reconcile.words import also, counted, words
from kg.view.rows import web_link
from kg.vocab import WD, ontology

WIDTH, HEIGHT = 430, 300  # pixels of the frame
STATEMENTS = 3  # the newest ones that have room there
LONGEST = 170  # letters of a sentence: four lines
NAMES = 8


@cache
def _style() -> str:
    return (Path(__file__).parent / "pages" / "preview.css").read_text(encoding="utf-8")


def policy() -> str:
    """Return the content security policy: a style of its own, and any site may show it in a frame."""
    style = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def page(actor: Actor | None, statements: Iterable[StatementRow], language: str) -> str:
    """Return the page of an actor with some of its statements; or that nobody has the id."""
    told = words(language)
    title = actor.label[language] if actor else told["unknown"]
    body = flyout(actor, language) if actor else f"<p>{escape(title)}</p>"
    items = "".join(_statement(row) for row in statements)
    shown = f"<ul aria-label='{escape(told['newest'])}'>{items}</ul>" if items else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_style()}</style></head><body>{body}{shown}</body></html>"
    )


def flyout(actor: Actor, language: str) -> str:
    """Return who an actor is as a piece of HTML: name, type, other names, codes, how many articles name it."""
    facts = [ontology().label(actor.type, language), counted(actor.articles, language)]
    facts += [f"{words(language)['code']} {actor.iso}"] if actor.iso else []
    shown = [escape(fact) for fact in facts]
    if actor.wikidata:
        shown.append(
            f'<a href="{WD.iri}{quote(actor.wikidata)}" target="_blank" rel="noopener">{escape(actor.wikidata)}</a>'
        )
    others = ", ".join(also(actor, language)[:NAMES])
    return f"<h1>{escape(actor.label[language])}</h1><p>{' · '.join(shown)}</p>" + (
        f'<p class="also">{escape(words(language)["also"])}: {escape(others)}</p>' if others else ""
    )


def _statement(row: StatementRow) -> str:
    sentence = row.sentence if len(row.sentence) <= LONGEST else row.sentence[: LONGEST - 1].rstrip() + "…"
    source = ", ".join(filter(None, (row.article.publisher, (row.article.published or "")[:10])))
    source = source or row.article.headline or row.article.id
    link = web_link(row.article.url or "")
    told = f'<a href="{escape(link)}" target="_blank" rel="noopener">{escape(source)}</a>' if link else escape(source)
    return f'<li><q>{escape(sentence)}</q> <span class="from">{told}</span></li>'
