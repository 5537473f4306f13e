"""Word documents and PDFs, written by python-docx and reportlab: their paragraphs, whole, in their order."""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from kg.ingest import docx as ours
from kg.ingest import pdf, read
from kg.model import Article

TITLE = "Leaders of Türkiye and Armenia meet in Prague for the first time in many years"
PLACES = (
    "Vienna",
    "Geneva",
    "Ankara",
    "Yerevan",
    "Tbilisi",
    "Baku",
    "Brussels",
    "Paris",
    "Rome",
    "Oslo",
    "Bern",
    "Riga",
)
BODY = [
    f"The president of Türkiye {told} in {place} on Monday that both of them had agreed to meet again in the "
    f"spring of next year, and that envoys would be sent to {other} before. Officials from {place} were told nothing "
    f"about the place of that meeting. “We shall see,” said the spokesman when asked about {other} in the evening."
    for told in ("told reporters", "let it be known")
    for place, other in zip(PLACES, PLACES[::-1], strict=True)
]


def gather(path: Path | str) -> tuple[list[Article], list[tuple[str, str]]]:
    skipped: list[tuple[str, str]] = []
    articles = list(read([path], on_skip=lambda *what: skipped.append(what)))
    assert all("\n" not in reason for _, reason in skipped)
    return articles, skipped


def blocks(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.blocks]


def worded() -> "docx.document.Document":
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for text in BODY[:3]:
        document.add_paragraph(text)
    return document


def saved(document: "docx.document.Document", path: Path) -> Path:
    document.save(str(path))
    return path


def test_a_word_document(tmp_path: Path) -> None:
    (article,), skipped = gather(saved(worded(), tmp_path / "siaran.docx"))
    assert (article.id, article.headline, article.language, skipped) == ("siaran", TITLE, "en", [])
    assert blocks(article) == [TITLE, *BODY[:3]]
    assert article.published is None and article.authors == ()  # python-docx's template was made in 2013


def test_a_word_document_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(worded(), tmp_path / "siaran.docx")
    with path.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert blocks(gather("-")[0][0])[0] == TITLE
    packed = tmp_path / "siaran.docx.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert gather(packed)[0][0].id == "siaran"
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "2024/siaran.docx")
    assert gather(tmp_path / "all.zip")[0][0].path == f"{tmp_path}/all.zip/2024/siaran.docx"


def test_runs_signs_tables_and_changes_of_a_word_document(tmp_path: Path) -> None:
    document = worded()
    paragraph = document.add_paragraph("The minister ")
    paragraph.add_run("met").bold = True
    paragraph.add_run("\tthe envoy of Armenia in Prague on Friday")
    words = f"<w:del {nsdecls('w')}><w:r><w:delText>never</w:delText><w:t> never</w:t></w:r></w:del>"
    paragraph._p.append(parse_xml(words))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>, as he said</w:t></w:r></w:ins>"))
    paragraph.add_run(" himself.")
    document.add_table(1, 1).cell(0, 0).text = BODY[4]
    (article,), _ = gather(saved(document, tmp_path / "a.docx"))
    expected = "The minister met the envoy of Armenia in Prague on Friday, as he said himself."
    assert blocks(article)[-2:] == [expected, BODY[4]]


def archived(path: Path, xml: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ours.MAIN, xml)
    return path


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<a><b></a>", "no Word document that can be read (XMLSyntaxError: "),
        (b"<a/>", ours.EMPTY),
        (b" " * (ours.MAX_JSON_BYTES + 1), ours.TOO_LARGE),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="%s"><w:p><w:r><w:t>&x;'
            b"</w:t></w:r></w:p></w:document>" % ours.WORD[1:-1].encode(),
            ours.EMPTY,
        ),
    ],
)
def test_word_documents_that_are_none(xml: bytes, reason: str, tmp_path: Path) -> None:
    articles, skipped = gather(archived(tmp_path / "a.docx", xml))
    assert articles == []
    assert skipped[0][1].startswith(reason)


def test_an_old_word_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "no Word document that can be read" in gather(tmp_path / "a.docx")[1][0][1]


@pytest.mark.parametrize(
    ("name", "begins", "what"),
    [
        ("a.rtf", b"{\\rtf1\\ansi Norway accused Russia of spying.}", "Rich Text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Norway accused Russia. " * 20, "an old Office file"),
        ("a.txt", b"%!PS-Adobe-3.0 Norway accused Russia of spying.", "PostScript"),
    ],
)
def test_other_formats_of_texts_are_refused_by_name(tmp_path: Path, name: str, begins: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(begins)
    read, ((_, why),) = gather(tmp_path / name)
    assert not read and why.startswith(what) and "save it as" in why


def printed(path: Path, body: list[str] = BODY, columns: int = 1, encrypt: object = None, **style: float) -> Path:
    """Write a PDF with a headline, a running head and numbers of pages."""

    def edges(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(72, 800, "Example World")  # type: ignore[attr-defined]
        canvas.drawString(280, 30, f"– {document.page} –")  # type: ignore[attr-defined]

    document = BaseDocTemplate(str(path), encrypt=encrypt)
    width = (document.width - 12 * (columns - 1)) / columns
    frames = [
        Frame(document.leftMargin + n * (width + 12), document.bottomMargin, width, document.height)
        for n in range(columns)
    ]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=edges))
    text = ParagraphStyle("text", fontSize=10, leading=12, **style)
    heading = ParagraphStyle("heading", fontSize=18, leading=22, alignment=1)
    document.build([Paragraph(TITLE, heading), *(Paragraph(paragraph, text) for paragraph in body)])
    return path


SHOWN = [TITLE, *BODY[:4]]  # below the head, which on a page alone cannot be told
LOOKS = {
    "gaps": {"spaceBefore": 6},
    "justified": {"spaceBefore": 6, "alignment": 4},
    "indents": {"firstLineIndent": 14},
    "columns": {"spaceBefore": 6, "columns": 2},
    "columns with indents": {"firstLineIndent": 14, "alignment": 4, "columns": 2},
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_pdf(look: str, tmp_path: Path) -> None:
    path = printed(tmp_path / "siaran.pdf", BODY, **LOOKS[look])  # type: ignore[arg-type]
    assert len(pypdf.PdfReader(path).pages) == 2
    (article,), skipped = gather(path)
    assert (article.id, article.headline, article.language, skipped) == ("siaran", TITLE, "en", [])
    assert blocks(article) == [TITLE, *BODY]


def test_a_pdf_without_gaps_and_indents_is_parted_by_its_short_lines(tmp_path: Path) -> None:
    body = ["PRAGUE, 6 October 2022", *(text.removesuffix(" in the evening.") + " then." for text in BODY[:12])]
    (article,), _ = gather(printed(tmp_path / "a.pdf", body))
    assert article.published is not None and article.published.isoformat()[:10] == "2022-10-06"
    assert sum(block in BODY or block in body for block in blocks(article)) >= 10


def test_pdfs_that_are_locked(tmp_path: Path) -> None:
    assert gather(printed(tmp_path / "a.pdf", encrypt=StandardEncryption("secret")))[1][0][1] == pdf.LOCKED
    assert (
        blocks(
            gather(printed(tmp_path / "b.pdf", BODY[:4], spaceBefore=6, encrypt=StandardEncryption("", "owner")))[0][0]
        )[1:]
        == SHOWN
    )
    writer = pypdf.PdfWriter(clone_from=printed(tmp_path / "c.pdf", BODY[:4], spaceBefore=6))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(tmp_path / "d.pdf")
    assert blocks(gather(tmp_path / "d.pdf")[0][0])[1:] == SHOWN


def test_pdfs_that_are_none(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    (tmp_path / "broken.pdf").write_bytes(printed(tmp_path / "a.pdf").read_bytes()[:900])
    (tmp_path / "a.pdf").unlink()
    articles, skipped = gather(tmp_path)
    assert articles == []
    assert skipped[0][1].startswith("no PDF that can be read (Pdf") or "cannot be read" in skipped[0][1]
    assert skipped[1] == (str(tmp_path / "scan.pdf"), pdf.NO_TEXT)


def test_without_pypdf_its_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = printed(tmp_path / "a.pdf")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert gather(path) == ([], [(str(path), pdf.NO_READER)])
    assert "newskg[documents]" in pdf.NO_READER


def test_a_pdf_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = printed(tmp_path / "a.pdf", BODY[:4], spaceBefore=6).read_bytes()
    monkeypatch.setattr(sys, "stdin", type("Pipe", (), {"buffer": io.BytesIO(data)}))
    assert blocks(gather("-")[0][0])[1:] == SHOWN
