"""Bytes → text: every encoding that news files come in, and the refusal of what is no text."""

import logging

import pytest

from kg.ingest.decode import decode
from kg.ingest.records import Skipped

TEXT = "Presiden Prancis, “Émmanuel” Macron, bertemu dengan Presiden Türkiye – di Paris.\r\nIa menyambut baik.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_text_with_its_newlines(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_latin_1_keeps_its_letters_and_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kg.ingest"):
        assert decode("José Ramos-Horta".encode("latin-1"), "a.txt") == "José Ramos-Horta"
    assert "a.txt: not valid UTF-8" in caplog.text


def test_mixed_encodings_are_repaired() -> None:
    assert decode("Türkiye dan ".encode() + "Curaçao".encode("latin-1")) == "Türkiye dan Curaçao"


def test_an_encoding_that_the_page_declares_is_used() -> None:
    assert decode("Президент".encode("windows-1251"), declared="windows-1251") == "Президент"
    assert decode("Türkiye".encode(), declared="iso-8859-1") == "Türkiye"  # it is valid UTF-8, whatever is declared
    assert decode("Jos\xe9".encode("latin-1"), declared="no-such-code") == "José"


@pytest.mark.parametrize("data", [b"", b"   \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(Skipped, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"PK\x03\x04" + b"\x01\x02\x07" * 300, b"MZ\x00\x00text"]
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Skipped, match="binary file"):
        decode(data)
