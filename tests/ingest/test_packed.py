""".gz of every format that is read, and .zip archives: members as files of a folder; bombs are refused."""

import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from kg.ingest import read, zips
from kg.ingest.streams import BOMB, FREE, is_bomb
from kg.model import Article

ONE = "Presiden Prabowo bertemu dengan Perdana Menteri Anwar Ibrahim di Kuala Lumpur pada Senin.\n"
TWO = "The president of Türkiye met the prime minister of Armenia in Prague, and both agreed to meet again.\n"
PAGE = f"<!doctype html><html><body><article><h1>Talks in Prague</h1><p>{TWO}</p><p>{TWO}</p></article></body></html>"
FEED = f"<rss version='2.0'><channel><item><title>Talks</title><description>{TWO}</description></item></channel></rss>"
MAIL = f"Subject: Talks\nMessage-ID: <1@example.org>\n\n{TWO}"
FORMS = {
    "a.txt": TWO, "a.md": TWO, "a.html": PAGE,
    "a.jsonl": json.dumps({"text": TWO}), "a.json": json.dumps({"text": TWO}),
    "a.csv": f'text\n"{TWO}"\n', "a.tsv": f"text\tid\n{TWO.strip()}\t1\n", "a.xml": FEED, "a.eml": MAIL,
    "a.mbox": f"From x@example.org Tue Oct  6 14:06:00 2020\n{MAIL}",
}  # fmt: skip


def gather(*sources: Path | str) -> tuple[list[Article], list[tuple[str, str]]]:
    skipped: list[tuple[str, str]] = []
    articles = list(read(sources, on_skip=lambda *what: skipped.append(what)))
    assert all("\n" not in reason for _, reason in skipped)
    return articles, skipped


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


class Pipe:
    """A standard input that cannot be rewound."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(Once(data))


class Once(io.RawIOBase):
    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self.data.readinto(buffer)


@pytest.mark.parametrize("name", FORMS)
def test_a_gzip_of_each_format_is_read_as_what_it_holds(name: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / name).write_text(FORMS[name])
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(FORMS[name].encode()))
    (plain,), no_skips = gather(tmp_path / "plain")
    (packed,), skipped = gather(tmp_path / f"{name}.gz")
    assert (packed.id, packed.text, packed.headline) == (plain.id, plain.text, plain.headline)
    assert (skipped, no_skips) == ([], [])


def test_a_gzip_without_a_name_is_told_by_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nothing.txt").write_bytes(gzip.compress(TWO.encode()))  # nor does its name matter
    assert gather(tmp_path / "nothing.txt")[0][0].text == TWO
    monkeypatch.setattr(sys, "stdin", Pipe(gzip.compress(FORMS["a.jsonl"].encode())))
    assert gather("-")[0][0].text == TWO


def test_a_gzip_that_breaks_off(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": f"{TWO} {n * 7919 % 1000}"}) + "\n" for n in range(500))
    for name, text in (("a.jsonl.gz", lines), ("b.txt.gz", lines)):
        data = gzip.compress(text.encode())
        (tmp_path / name).write_bytes(data[: len(data) // 2])
    articles, skipped = gather(tmp_path / "a.jsonl.gz")
    assert articles and "breaks off (it is cut off)" in skipped[-1][1]
    articles, skipped = gather(tmp_path / "b.txt.gz")  # half an article is none
    assert not articles and "breaks off (it is cut off)" in skipped[0][1]


def test_a_gzip_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 3 * FREE))
    assert "larger than 8 MB" in gather(tmp_path / "a.txt.gz")[1][0][1]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(FORMS["a.jsonl"].encode() + b"\n" + b" " * 3 * FREE))
    articles, skipped = gather(tmp_path / "a.jsonl.gz")
    assert len(articles) == 1 and "unpacks to more than 200 times its size" in skipped[-1][1]
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(gzip.compress(TWO.encode())))
    assert "binary file" in gather(tmp_path / "b.txt.gz")[1][0][1]  # one layer is unpacked, and no more


def test_the_members_of_an_archive_are_read_as_a_folder_is(tmp_path: Path) -> None:
    members = {
        "2024/kunjungan.txt": ONE, "talks.html": PAGE, "more.jsonl.gz": gzip.compress(FORMS["a.jsonl"].encode()),
        "notes.doc": b"\0\1", ".hidden.txt": ONE, "__MACOSX/._talks.html": b"\0", "empty.txt": "", "inner.zip": b"PK",
        "kunjungan.txt": TWO.replace("Prague", "Vienna"),
    }  # fmt: skip
    path = zipped(tmp_path / "news.zip", members)
    articles, skipped = gather(path)
    assert [article.path for article in articles] == [
        f"{path}/2024/kunjungan.txt", f"{path}/kunjungan.txt", f"{path}/more.jsonl.gz", f"{path}/talks.html"
    ]  # fmt: skip
    assert [article.id for article in articles][::3] == ["kunjungan", "talks"]
    assert articles[1].id == f"kunjungan-{articles[1].sha256[:8]}"
    assert [(source, reason.split(";")[0]) for source, reason in skipped] == [(f"{path}/empty.txt", "empty")]
    assert [article.id for article in gather(path)[0]] == [article.id for article in articles]


def test_an_archive_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(tmp_path / "news.zip", {"a.txt": TWO}).read_bytes()
    monkeypatch.setattr(sys, "stdin", Pipe(data))
    ((article,), skipped) = gather("-")
    assert (article.id, article.text, article.path, skipped) == ("a", TWO, None, [])


def test_zip_bombs_are_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "bomb.zip", {"a.txt": TWO, "b.jsonl": b" " * 3 * FREE})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("opened"))
    assert gather(path) == ([], [(str(path), BOMB)])


def test_a_member_that_is_a_bomb_among_others_that_pack_badly(tmp_path: Path) -> None:
    pictures = b"".join(bytes([n * n * 7919 % 251]) for n in range(400_000))
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:  # stored, so that the whole unpacks to little more than its size
        archive.writestr("a.txt", TWO)
        archive.writestr("map.png", pictures)
        archive.writestr("b.jsonl", b" " * 2 * FREE, zipfile.ZIP_DEFLATED)
    articles, skipped = gather(path)
    assert [article.id for article in articles] == ["a"]
    assert skipped == [(f"{path}/b.jsonl", BOMB)]


def test_what_a_text_packs_to_is_no_bomb() -> None:
    assert not is_bomb(FREE, 1)
    assert not is_bomb(40 * FREE, FREE)
    assert is_bomb(400 * FREE, FREE)


def test_a_broken_member_does_not_stop_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", {"a.txt": TWO * 3, "b.txt": ONE})
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15  # inside the first member's packed text
    path.write_bytes(data)
    articles, skipped = gather(path)
    assert [article.id for article in articles] == ["b"]
    assert skipped[0][0] == f"{path}/a.txt" and "cannot be read (error: " in skipped[0][1]


def test_a_locked_member(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", {"a.txt": TWO})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says so, in both headers
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    assert gather(path) == ([], [(f"{path}/a.txt", "locked by a password; unpack it first")])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + b"\0" * 90, "no archive that can be read"),
        (b"nothing of the kind", "no archive that can be read"),
        ({"a.exe": b"MZ"}, zips.NO_ARTICLES),
        ({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}, "a document of an office program"),
    ],
)
def test_what_is_no_archive_of_articles(data: bytes | dict, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data) if isinstance(data, bytes) else zipped(path, data)
    articles, skipped = gather(path)
    assert articles == []
    assert reason in skipped[0][1]
