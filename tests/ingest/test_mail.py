"""Mails and saved pages: the text that was sent, by its subject, with the day it was sent."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.ingest import mail, read
from kg.model import Article

PLAIN = (
    "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to\n"
    "meet again in spring. Reporters were told nothing about the place of that meeting.\n"
)
PARAGRAPH = " ".join(PLAIN.split())
HTML = f"<html><body><article><h1>Talks in Prague</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"


def written(folder: Path, plain: str | None = None, html: str | None = None, **headers: str) -> Path:
    message = EmailMessage()
    message["From"], message["To"] = headers.pop("sender", "Jane Roe <jane@example.org>"), "list@example.org"
    message["Subject"] = headers.pop("subject", "Talks in Prague – a first")
    message["Date"] = "Tue, 06 Oct 2020 14:06:00 +0700"
    if plain is not None:
        message.set_content(plain, charset=headers.pop("charset", "utf-8"))
    if html is not None:
        (message.add_alternative if plain is not None else message.set_content)(html, subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    path = folder / "talks.eml"
    path.write_bytes(bytes(message))
    return path


def only(path: Path) -> Article:
    skipped: list[tuple[str, str]] = []
    (article,) = read([path], on_skip=lambda *what: skipped.append(what))
    assert not skipped
    return article


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-9"])
def test_a_mail_of_plain_text(charset: str, tmp_path: Path) -> None:
    article = only(written(tmp_path, PLAIN, HTML, charset=charset))
    assert (article.id, article.language, article.headline) == ("talks", "en", "Talks in Prague – a first")
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert article.text == f"Talks in Prague – a first\n\n{PLAIN}"
    assert [article.text[slice(*block)] for block in article.blocks] == ["Talks in Prague – a first", PLAIN.strip()]
    assert (article.publisher, article.authors) == (None, ())  # nobody's name is kept for having sent a mail


def test_a_known_medium_that_sends_is_the_publisher(tmp_path: Path) -> None:
    assert only(written(tmp_path, PLAIN, sender='"Reuters" <news@example.org>')).publisher == "Reuters"


def test_a_mail_of_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    article = only(written(tmp_path, None, HTML))
    assert PARAGRAPH in article.text and "<p>" not in article.text
    short = only(written(tmp_path, None, "<div>Armenia met Türkiye in Prague on Monday, it said.</div>"))
    assert short.text == "Talks in Prague – a first\n\nArmenia met Türkiye in Prague on Monday, it said."


def test_a_page_that_a_browser_saved(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    page = HTML.replace("ü", "=C3=BC")
    path.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/2020/talks\nSubject: Talks in Prague\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        f"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n--b--\n"
    )
    article = only(path)
    assert "Türkiye" in article.text
    assert article.url == "https://news.example/2020/talks"


def test_a_mail_without_a_text_is_refused(tmp_path: Path) -> None:
    skipped: list[tuple[str, str]] = []
    assert not list(read([written(tmp_path)], on_skip=lambda *what: skipped.append(what)))
    assert skipped == [(str(tmp_path / "talks.eml"), mail.NO_TEXT)]


@pytest.mark.parametrize("broken", [b"Date: Tue, 99 Foo 20\n", b"Subject: =?utf-8?b?////?=\n", b"From: <<>,;@\n"])
def test_broken_headers_lose_only_themselves(broken: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(broken + b"Message-ID: <1@x>\n\n" + PLAIN.encode())
    assert PLAIN in only(path).text


def test_a_mail_is_known_by_its_first_lines() -> None:
    assert mail.looks_like_mail("Return-Path: <a@b>\nReceived: from x\n by y\nSubject: z\n")
    assert not mail.looks_like_mail("JAKARTA: the minister said.\n\nMIME-Version: no")


SECOND = "The ministry in Yerevan said on Tuesday that the talks will go on in Vienna, and that both will send envoys."
NEWSLETTER = f"""<html><head><title></title></head><body>
<table width="600"><tr><td><a href="https://example.org/v?id=1">View in browser</a></td></tr>
<tr><td><table><tr><td><h1>Talks in Prague</h1><p>{PARAGRAPH}</p></td></tr><tr><td><p>{SECOND}</p></td></tr>
<tr><td><p>Read also: <a href="https://example.org/a">What the Geneva talks mean</a></p></td></tr></table></td></tr>
<tr><td><p>You are receiving this email because you signed up for our newsletter.</p><p>Unsubscribe</p></td></tr>
</table></body></html>"""


@pytest.mark.parametrize(
    "plain",
    [
        None,
        "Your program shows no pages. Open this mail in a browser to read it.\n",
        f"View in browser ( https://example.org/v )\n\n{PARAGRAPH}\n( https://example.org/1 )\n\n{SECOND}\n"
        "( https://example.org/2 )\n\nUnsubscribe ( https://example.org/3 )\n",
    ],
)
def test_a_newsletter_is_read_by_its_page_where_that_is_the_article(plain: str | None, tmp_path: Path) -> None:
    article = only(written(tmp_path, plain, NEWSLETTER, sender="Reuters <daily@example.org>"))
    assert [article.text[slice(*block)] for block in article.blocks] == ["Talks in Prague", PARAGRAPH, SECOND]
    assert article.related[0] == "What the Geneva talks mean"
    assert article.publisher == "Reuters"
    assert article.published is not None
    assert article.published.isoformat() == "2020-10-06T14:06:00+07:00"


def test_the_day_of_a_mail_is_the_day_it_was_sent(tmp_path: Path) -> None:
    dated = NEWSLETTER.replace("<title>", '<meta property="article:published_time" content="2019-01-01"><title>')
    article = only(written(tmp_path, None, dated))
    assert article.published is not None
    assert article.published.year == 2020
