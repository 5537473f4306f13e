"""What `kg watch` is given → the addresses of feeds: addresses themselves, and files that list them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import SourceError
from kg.ingest import opml, web


def addresses(given: Iterable[str]) -> list[str]:
    """Return each address once: those given, and those of files, an OPML list or one address a line.

    In such a file what stands behind # is a comment. Raises SourceError where a file cannot be read or lists none.
    """
    found: dict[str, None] = {}
    for source in given:
        listed = [source] if web.is_address(source) else _listed(Path(source))
        for address in listed:
            if not address.lower().startswith(("http://", "https://")):
                raise SourceError(f"{address}: no address of a feed; give http or https, or a file that lists such")
            found.setdefault(address)
    return list(found)


def _listed(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "give a feed's address, or a file that lists such"
        raise SourceError(f"{path}: cannot be opened ({error.strerror or error}); {remedy}") from error
    lines = (line.partition(" #")[0].strip() for line in data.decode("utf-8-sig", "replace").splitlines())
    found = opml.addresses(data) or [line for line in lines if line and not line.startswith(("#", "<"))]
    if not found:
        raise SourceError(f"{path}: lists no feed; put one address on each line, or give an OPML list")
    return found
