"""A Word document (.docx: ECMA-376, WordprocessingML) → a record: its paragraphs as they stand at last.

Of the parts of the format only text is wanted, which is a walk over one XML file; so no library of its own is needed.
What the file says of its making (a day, an author, a title) is as often the template's, and is not taken.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from kg.ingest.records import MAX_JSON_BYTES, Record, Skipped, record_id, told

MAIN = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted and moved-away text, and the copy of a text box for programs that know no text boxes.
LEFT_OUT = frozenset(
    (f"{WORD}del", f"{WORD}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)
SIGNS = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
NO_WORD = "no Word document that can be read ({}); save it again as .docx, or as .txt"
TOO_LARGE = f"its text unpacks to more than {MAX_JSON_BYTES / 1e6:.0f} MB; split it into one file per article"
EMPTY = "a Word document without a text; if it holds pictures of pages, read them by OCR first"


def record(data: bytes, source: str, id_: str | None, *, path: str | None = None) -> Record:
    """Return the record of a document; raise Skipped where it has no text. A paragraph styled Title is its title."""
    paragraphs, title = [], None
    for paragraph in _root(data).iter(f"{WORD}p"):
        if any(parent.tag in LEFT_OUT for parent in paragraph.iterancestors()):
            continue
        if not (text := re.sub(r"[ \t]+", " ", "".join(_walk(paragraph))).strip()):
            continue
        paragraphs.append(text)
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        if title is None and style is not None and style.get(f"{WORD}val") == "Title":
            title = text
    if not paragraphs:
        raise Skipped(EMPTY)
    text = "\n\n".join(paragraphs)
    return Record(id=record_id(id_, None, text), text=text, source=source, title=title, path=path)


def _root(data: bytes) -> Any:
    """Return the root of the document's main part; no entity is resolved, and nothing outside it is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(MAIN).file_size > MAX_JSON_BYTES:
                raise Skipped(TOO_LARGE)
            return etree.fromstring(archive.read(MAIN), parser)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError, RuntimeError, OSError) as error:
        raise Skipped(NO_WORD.format(told(error))) from error


def _walk(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in LEFT_OUT and child.tag not in {f"{WORD}p", f"{WORD}txbxContent", f"{WORD}pPr"}:
            yield from _walk(child)
