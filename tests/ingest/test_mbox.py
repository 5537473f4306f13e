"""Mailboxes: a record for each mail, by its Message-ID; written by Python's own mailbox module."""

import mailbox
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.ingest import mbox, read
from kg.model import Article

ONE = "Presiden Prabowo bertemu dengan Perdana Menteri Anwar Ibrahim di Kuala Lumpur pada Senin.\n"
TWO = (
    "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to meet again.\n\n"
    "From Prague the president went on to Berlin, where he met the chancellor at 10:30 on Friday.\n"
)


def mail(subject: str, text: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Jane Roe <jane@example.org>", subject
    message["Date"] = "Tue, 06 Oct 2020 14:06:00 +0700"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def written(path: Path, *mails: EmailMessage) -> Path:
    box = mailbox.mbox(path)
    for message in mails:
        box.add(message)
    box.close()
    return path


def gather(path: Path | str) -> tuple[list[Article], list[tuple[str, str]]]:
    skipped: list[tuple[str, str]] = []
    return list(read([path], on_skip=lambda *what: skipped.append(what))), skipped


def test_the_mails_of_a_mailbox(tmp_path: Path) -> None:
    path = written(
        tmp_path / "letters.mbox",
        mail("Talks in Prague", TWO, Message_ID="<2020.1@example.org>"),
        mail("Nothing", "\n"),
        mail("Kunjungan", ONE),
    )
    (first, second), skipped = gather(path)
    assert (first.id, first.headline, first.text) == (
        "2020.1@example.org", "Talks in Prague", f"Talks in Prague\n\n{TWO}\n"
    )  # fmt: skip
    assert first.published is not None and first.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert (second.headline, second.language, second.path) == ("Kunjungan", "id", str(path))
    assert [reason.partition(":")[0] for _, reason in skipped] == ["mail 2"]
    assert [article.id for article in gather(path)[0]] == [first.id, second.id]


def test_a_mailbox_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "letters.mbox", mail("A", TWO), mail("B", ONE))
    with path.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert len(gather("-")[0]) == 2


def test_a_text_that_begins_with_from_is_none(tmp_path: Path) -> None:
    assert not mbox.looks_like_mbox(b"From Jakarta to Kyiv: how the talks of 14 May began\n")
    path = tmp_path / "a.mbox"
    path.write_text(TWO)
    assert gather(path) == ([], [(str(path), mbox.NO_MAILBOX)])


def test_a_mail_that_is_too_large_is_skipped_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "MAX_JSON_BYTES", 2_000)
    path = written(tmp_path / "a.mbox", mail("Long", TWO * 20), mail("Kunjungan", ONE))
    (article,), skipped = gather(path)
    assert article.headline == "Kunjungan"
    assert skipped == [(str(path), f"mail 1: {mbox.TOO_LARGE}")]
