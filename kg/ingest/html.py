"""An HTML page or fragment → a record: the article's text by trafilatura, with the page's own metadata."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from kg.ingest.furniture import cuts, is_line
from kg.ingest.header import same
from kg.ingest.lines import split
from kg.ingest.records import Record, Skipped

NO_ARTICLE = "HTML without an article; save the article's own page, or give its text as .txt"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BOXES = ("div", "section", "aside")
BLOCKS = frozenset(
    (*HEADINGS, *BOXES, "address", "article", "blockquote", "br", "dd", "dl", "dt", "figcaption", "hr", "li", "ol", "p",
     "pre", "table", "td", "tr", "ul")
)  # fmt: skip
HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe"))
MARKUP = re.compile(
    r"</?(?:p|div|br|span|a|strong|em|b|i|img|figure|h[1-6]|ul|ol|li|blockquote|table|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
PAGE = re.compile(r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # lxml refuses a decoded page that still names an encoding
# Names under which pages give the time of publication, the surest first.
TIME_META = (
    "article:published_time",
    "og:article:published_time",
    "content_publisheddate",
    "publisheddate",
    "publishdate",
    "dtk:publishdate",
    "pubdate",
    "datepublished",
    "date_published",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "date",
    "dc.date",
)
AUTHOR_META = ("content_author", "dable:author", "parsely-author", "sailthru.author", "article:author", "dc.creator")
SHORTEST = 80  # characters of extracted text under which a page has no article


def looks_like_page(head: str) -> bool:
    """Tell whether a text starts as an HTML page does."""
    return bool(PAGE.match(head[:4000].lstrip("\ufeff")))


def looks_like_fragment(text: str) -> bool:
    """Tell whether a text field holds markup."""
    return bool(MARKUP.search(text))


def declared(head: bytes) -> str | None:
    """Return the encoding that the first bytes of a page name."""
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", head, re.IGNORECASE)
    return match[1].decode("ascii", "replace") if match else None


def fragment_text(markup: str) -> str:
    """Return the text of an HTML fragment, one line for each of its blocks."""
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup
    text = "".join(_walk(root))
    return re.sub(r"[ \t\r\f\v]*\n\s*", "\n", re.sub(r"[ \t\r\f\v]+", " ", text)).strip()


def record(page: str, source: str, id_: str, *, url: str | None = None, path: str | None = None) -> Record:
    """Return the record of a page; raise Skipped where it has no article. The headline opens the text."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):  # what they grumble about is told by the reason of the skip
        logging.getLogger(name).setLevel(logging.CRITICAL)
    page = DECLARATION.sub("", page)
    found: Any = bare_extraction(
        page,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = (found.text or "").strip() if found else ""
    if len(text) < SHORTEST or not any(line.is_sentence for line in split(text)):  # a list of links has no sentences
        raise Skipped(NO_ARTICLE)
    tree = lxml_html.fromstring(page)
    title = (found.title or "").strip() or None
    if title and not same(text.split("\n", 1)[0], title):
        text = f"{title}\n\n{text}"
    address = found.url or url or None
    metas = _metas(tree)
    writer = found.author or next((metas[name] for name in AUTHOR_META if "://" not in metas.get(name, "://")), "")
    authors = tuple(name.strip() for name in writer.split(";") if name.strip())
    return Record(
        id=id_,
        text=text,
        source=source,
        title=title,
        published=_time(tree, metas) or found.date,
        authors=authors,
        publisher=found.sitename or None,
        related=tuple(dict.fromkeys(_related(tree, address))),
        url=address,
        path=path,
    )


def _walk(element: Any) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    block = tag in BLOCKS
    if block:
        yield "\n"
    if tag and tag not in HIDDEN:
        yield re.sub(r"\s+", " ", element.text or "")
        for child in element:
            yield from _walk(child)
            yield re.sub(r"\s+", " ", child.tail or "")
    if block:
        yield "\n"


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        found.setdefault(name, meta.get("content").strip())
    return found


def _time(tree: Any, metas: dict[str, str]) -> str | None:
    """Return the publication time that the page's metadata give: JSON-LD, then <meta>, then <time>."""
    for node in _linked_data(tree):
        if isinstance(value := node.get("datePublished"), str) and value.strip():
            return value
    for name in TIME_META:
        if metas.get(name):
            return metas[name]
    times = tree.xpath("//article//time[@datetime]/@datetime") or tree.xpath("//time[@datetime and @pubdate]/@datetime")
    return str(times[0]) if times else None


def linked_data(page: str) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a page's JSON-LD."""
    try:
        yield from _linked_data(lxml_html.fromstring(DECLARATION.sub("", page)))
    except (etree.ParserError, ValueError):
        return


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _nodes(script)


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    try:
        stack: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack += list(node.get("@graph", [])) if isinstance(node.get("@graph"), list) else []
        elif isinstance(node, list):
            stack += node


def _related(tree: Any, base: str | None) -> Iterator[str]:
    """Yield headline and address of the links that stand behind "Baca juga:" or under "Berita terkait"."""
    for element in tree.iter(*HEADINGS, *BOXES, "p", "li", "td", "strong", "b", "span"):
        own = " ".join((element.text or "" if element.tag in BOXES else "".join(element.itertext())).split())
        if not own or len(own) > 300:
            continue
        marked = next((cut for cut in cuts(own) if cut.headline or own.endswith((":", "："))), None)
        if not marked and not is_line(own.rstrip(" :"), "related_heading"):
            continue
        links = element.xpath(".//a[@href]") or _after(element)
        for link in links[:20]:
            headline = re.sub(r"\s+", " ", link.text_content()).strip()
            if len(headline.split()) >= 3:
                yield headline
                if address := _address(link.get("href").strip(), base):
                    yield address


def _address(href: str, base: str | None) -> str | None:
    try:
        address = urljoin(base, href) if base else href
    except ValueError:  # "http://["
        return None
    return address if address.startswith(("http://", "https://")) else None


def _after(element: Any) -> list[Any]:
    """Return the links below a heading, up to the next heading, or those of the small box that it heads."""
    links: list[Any] = []
    for other in element.itersiblings():
        if other.tag in HEADINGS:
            break
        links += other.xpath("descendant-or-self::a[@href]")
    box = element.getparent()
    if not links and box is not None and box.tag not in {"article", "main", "body", "html"}:
        links = box.xpath(".//a[@href]")
    return links
