"""What is known of a source by its name, and that the page on formats tells of each."""

import re
from pathlib import Path

import pytest

from kg.ingest.formats import PIECEMEAL, WHOLE
from kg.ingest.kinds import KINDS, LIMITS, kind_of, stem_of
from kg.ingest.readers import HOLDERS

PAGE = (Path(__file__).parents[2] / "kg" / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind", "stem"),
    [
        ("2024/Kunjungan.TXT", "text", "Kunjungan"),
        ("a.b.jsonl.gz", "jsonl", "a.b"),
        ("a.warc.GZ", "warc", "a"),
        ("a.gz", "", "a"),
        ("a.tar.gz", "", "a"),
        ("a", "", "a"),
    ],
)
def test_a_name_tells_kind_and_id(name: str, kind: str, stem: str) -> None:
    assert (kind_of(name), stem_of(name)) == (kind, stem)


def test_each_kind_has_one_reader_and_what_is_read_whole_a_limit() -> None:
    assert {*KINDS.values(), "sitemap"} == {*PIECEMEAL, *WHOLE, *HOLDERS}
    assert len(PIECEMEAL) + len(WHOLE) + len(HOLDERS) == len({*PIECEMEAL, *WHOLE, *HOLDERS})
    assert set(LIMITS) == {*WHOLE, *HOLDERS}


def test_the_page_on_formats_names_what_is_read() -> None:
    assert set(re.findall(r"`(\.\w+)`", PAGE)) == {*KINDS, ".gz"}
