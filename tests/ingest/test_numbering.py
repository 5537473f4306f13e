"""Lists whose line breaks are lost: each item by itself, and numbers that are a name's own left alone."""

from __future__ import annotations

import pytest

from kg.ingest.clean import clean
from kg.ingest.numbering import items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Mira Osei2. Ken Adu3. Ana", ["1. Mira Osei", "2. Ken Adu", "3. Ana"]),
        ("Mereka: 1. Ketua DPRD OKU2. Ken (KA)3. Ana", ["Mereka: 1. Ketua DPRD OKU", "2. Ken (KA)", "3. Ana"]),
        ("Mira Osei2. Ken Adu3. Ana Berg4. Li", ["Mira Osei", "2. Ken Adu", "3. Ana Berg", "4. Li"]),  # no "1."
        ("They met at the G20. Then the M23. They left.", None),  # numbers not in a row
        ("1. They met at the G20. Then they left.", None),
        ("Mira said so.2. Ken", None),  # hangs on no word
        ("Osei2. Ken", None),  # one number and no "1." may be chance
    ],
)
def test_a_list_is_cut_before_its_numbers(text: str, expected: list[str] | None) -> None:
    assert [text[start:end] for start, end in items(text, (0, len(text)))] == (expected or [text])


def test_only_the_span_is_looked_at() -> None:
    text = "1. Mira Osei2. Ken Adu"
    assert items(text, (3, len(text))) == [(3, len(text))]


def test_cleaning_gives_a_block_to_each_item() -> None:
    text = "Rapat itu dihadiri pejabat berikut:\n\n1. Mira Osei selaku ketua2. Ken Adu selaku wakil ketua."
    blocks = [text[start:end] for start, end in clean(text, "id").blocks]
    assert blocks[-2:] == ["1. Mira Osei selaku ketua", "2. Ken Adu selaku wakil ketua."]
