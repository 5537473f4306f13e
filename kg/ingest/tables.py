"""JSON Lines, JSON, CSV and TSV → records: the text field is found by its usual names, and the fields beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TextIO

from kg.ingest.html import fragment_text, looks_like_fragment
from kg.ingest.records import MAX_CHARS, Record, Skip, Skipped, record_id

TEXT = (
    "text", "teks", "isi", "body", "content", "konten", "article", "artikel", "berita", "naskah", "story", "maintext",
    "article_text", "article_body", "articlebody", "full_text", "fulltext", "isi_berita", "content_text",
    "content_html",
)  # fmt: skip
FIELDS = {
    "id": ("id", "_id", "doc", "doc_id", "article_id", "articleid", "uuid", "guid"),
    "title": ("title", "judul", "headline", "heading"),
    "published": ("published", "date", "tanggal", "published_at", "publish_date", "publishedat", "date_published",
                  "datepublished", "published_date", "pubdate", "pub_date", "datetime", "timestamp", "time", "waktu"),
    "authors": ("authors", "author", "penulis", "byline", "reporter", "pewarta"),
    "publisher": ("publisher", "source", "sumber", "media", "site", "sitename", "portal", "outlet", "penerbit"),
    "language": ("language", "lang", "bahasa"),
    "url": ("url", "link", "permalink", "canonical_url", "tautan", "alamat"),
    "related": ("related",),
}  # fmt: skip
LISTS = ("articles", "items", "data", "results", "docs", "records", "entries")
HOPELESS = 20  # lines without any article after which a file is given up, instead of a warning for each
NO_TEXT = f"no text field ({', '.join(TEXT[:7])} …); name the field with the article 'text'"


def json_lines(stream: TextIO, source: str, path: str | None, skip: Skip) -> Iterator[Record]:
    """Yield a record a line; a broken line is skipped by its number, and a file of nothing else is given up."""
    good = bad = number = 0
    while line := stream.readline(MAX_CHARS * 2):
        number += 1
        try:
            if len(line) >= MAX_CHARS * 2:
                while (rest := stream.readline(1 << 20)) and not rest.endswith("\n"):
                    pass
                raise Skipped("longer than any article; split it")
            if not line.strip(" \t\r\n\ufeff"):
                continue
            record = _from_json(line.strip("\ufeff"), source, path, f"line {number}: ")
        except Skipped as reason:
            bad += 1
            skip(source, f"line {number}: {reason}")
            if not good and bad >= HOPELESS:
                skip(source, f"no article in its first {number} lines; give one object with a 'text' field a line")
                return
            continue
        good += 1
        yield record


def json_file(text: str, source: str, stem: str, path: str | None, skip: Skip) -> Iterator[Record]:
    """Yield the records of a JSON file: one object, a list of them, or a list under "articles", "items", "data" …."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        if len(lines := text.strip().splitlines()) > 1 and lines[0].startswith("{") and lines[0].rstrip().endswith("}"):
            raise Skipped("JSON Lines under the name of JSON; rename it to .jsonl") from error
        raise Skipped(f"broken JSON ({error}); mend it") from error
    items = data
    if isinstance(data, dict):
        items = next((data[key] for key in LISTS if isinstance(data.get(key), list)), None)
        if items is None:
            yield _from_fields(data, source, path, stem)
            return
    if not isinstance(items, list):
        raise Skipped(f"JSON without an article; give an object with a text field ({NO_TEXT})")
    for number, item in enumerate(items, 1):
        try:
            yield _from_fields(item, source, path, where=f"item {number}: ")
        except Skipped as reason:
            skip(source, f"item {number}: {reason}")


def rows(stream: TextIO, source: str, path: str | None, skip: Skip, *, tabs: bool = False) -> Iterator[Record]:
    """Yield a record for each row of a table with a header line."""
    csv.field_size_limit(MAX_CHARS * 2)
    head = stream.readline(100_000)
    if not head.strip():
        raise Skipped("a table without a header line; name the columns, one of them 'text'")
    names = next(csv.reader([head], delimiter=(delimiter := _delimiter(head, tabs=tabs))))
    text_column([name.strip().lower() for name in names])
    table = csv.DictReader(stream, fieldnames=[name.strip().strip("\ufeff") for name in names], delimiter=delimiter)
    number = 0
    while True:
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            trouble = f"row {number + 1}: {error}, perhaps an open quote; the rows from here on are left out, mend it"
            raise Skipped(trouble) from error
        number += 1
        try:
            fields = {key: value for key, value in row.items() if key and value}
            yield _from_fields(fields, source, path, where=f"row {number}: ")
        except Skipped as reason:
            skip(source, f"row {number}: {reason}")


def text_column(names: list[str]) -> str:
    """Return which of some lower-case field names holds the article; raise Skipped where none or several may."""
    found = [name for name in TEXT if name in names]
    if not found:
        raise Skipped(NO_TEXT)
    if len(found) > 1 and found[0] not in {"text", "teks"}:
        raise Skipped(f"several text fields ({', '.join(found)}); name the one with the article 'text'")
    return found[0]


def _delimiter(head: str, *, tabs: bool) -> str:
    return "\t" if tabs else max(",;\t|", key=head.count)


def _from_json(line: str, source: str, path: str | None, where: str) -> Record:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Skipped(f"broken JSON ({error}); mend or delete the line") from error
    return _from_fields(item, source, path, where=where)


def _from_fields(item: Any, source: str, path: str | None, stem: str | None = None, where: str = "") -> Record:
    if not isinstance(item, dict):
        raise Skipped(f"{type(item).__name__} instead of an object; give an object with a 'text' field per article")
    fields = {str(key).strip().lower(): value for key, value in item.items() if value not in (None, "", [])}
    text = fields[text_column([key for key, value in fields.items() if isinstance(value, str)])]
    if not text.strip():
        raise Skipped("its text is empty; fill it or delete the record")
    if looks_like_fragment(text):
        text = fragment_text(text)
    value = {name: next((fields[key] for key in keys if key in fields), None) for name, keys in FIELDS.items()}
    url = _text(value["url"])
    return Record(
        id=record_id(value["id"] if isinstance(value["id"], str | int) else stem, url, text),
        text=text,
        source=source,
        where=where,
        title=_text(value["title"]),
        published=value["published"] if isinstance(value["published"], datetime) else _text(value["published"]),
        authors=_texts(value["authors"], ";"),
        publisher=_text(value["publisher"]),
        related=_texts(value["related"]),
        language=_text(value["language"]),
        url=url,
        path=path,
    )


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def _texts(value: Any, separator: str | None = None) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for item in value if (text := _text(item)))
    text = _text(value) or ""
    parts = text.split(separator) if separator else [text]
    return tuple(part.strip() for part in parts if part.strip())
