"""A PDF → a record: its lines, by where they stand on the page, joined to the paragraphs that they were.

pypdf (the extra `documents`) tells the text and the place of each line. Its day of making is that of the file, which
may have been printed years later, and is not taken.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import Any

from kg.ingest.paragraphs import Printed, joined
from kg.ingest.records import MAX_CHARS, Record, Skipped, record_id, told

MARK = b"%PDF-"
NO_READER = "PDF is read by pypdf; install it: pip install 'newskg[documents]'"
LOCKED = "locked by a password; save a copy without one"
NO_TEXT = "a PDF without a text; if it holds pictures of pages, read them by OCR first (ocrmypdf)"
BROKEN = "no PDF that can be read ({}); save it again, or give its text as .txt"
EDGE = 2  # lines at the top and the bottom of a page among which a running head, a foot and its number stand

NUMBER = re.compile(r"\W*\d{1,4}\W*")  # of a page


def record(data: bytes, source: str, id_: str | None, *, path: str | None = None) -> Record:
    """Return the record of a PDF; raise Skipped where pypdf is not there, and where the file has no text."""
    try:
        import pypdf
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise Skipped(NO_READER) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it grumbles about is told by the reason of the skip
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Skipped(LOCKED)
        pages, size = [], 0
        for page in reader.pages:
            pages.append(_lines(page))
            size += sum(len(line.text) for line in pages[-1])
            if size > MAX_CHARS:  # what is longer is refused, with its reason, where all articles are
                break
    except DependencyError as error:  # AES, without the package that the extra brings for it
        raise Skipped(NO_READER) from error
    except PyPdfError as error:
        raise Skipped(BROKEN.format(told(error))) from error
    text = "\n\n".join(joined([line for page in _without_edges(pages) for line in page]))
    if not text.strip():
        raise Skipped(NO_TEXT)
    return Record(id=record_id(id_, None, text), text=text, source=source, path=path)


def _lines(page: Any) -> list[Printed]:
    """Return a page's lines in the order of its content, which is that of its columns."""
    found: list[Printed] = []
    parts: list[tuple[str, float]] = []
    place = (0.0, 0.0)

    def visit(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        nonlocal place
        for piece in re.findall(r"[^\n]+|\n", text):
            if piece == "\n":
                _finish()
                continue
            if not parts and piece.strip():
                place = _at(outer, inner)
            if parts or piece.strip():
                parts.append((piece, abs(size * _scale(outer, inner))))

    def _finish() -> None:
        if parts:
            size = max(parts, key=lambda part: len(part[0]))[1]  # a bullet before a line has another font
            found.append(Printed(re.sub(r"\s+", " ", "".join(part for part, _ in parts)).strip(), *place, size))
            parts.clear()

    page.extract_text(visitor_text=visit)
    _finish()
    return found


def _at(outer: list[float], inner: list[float]) -> tuple[float, float]:
    """Return where a text begins, in points from the page's left and foot: its own matrix within the page's."""
    x, y = inner[4], inner[5]
    return outer[0] * x + outer[2] * y + outer[4], outer[1] * x + outer[3] * y + outer[5]


def _scale(outer: list[float], inner: list[float]) -> float:
    """Return by what the two matrices enlarge a font's height."""
    return float(outer[1] * inner[2] + outer[3] * inner[3])


def _without_edges(pages: list[list[Printed]]) -> list[list[Printed]]:
    """Return the pages without their numbers and what else most pages have at their edges, whatever its numbers."""
    edges = [_edges(page) for page in pages]
    times = Counter(shape for page in edges for shape in {_shape(line) for line in page})
    running = {shape for shape, count in times.items() if count > 1 and count > len(pages) / 2}
    gone = [{line for line in edge if _shape(line) in running or NUMBER.fullmatch(line.text)} for edge in edges]
    return [[line for line in page if line not in out] for page, out in zip(pages, gone, strict=True)]


def _edges(page: list[Printed]) -> list[Printed]:
    down = sorted(page, key=lambda line: -line.y)
    return down[:EDGE] + down[-EDGE:]


def _shape(line: Printed) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y)
