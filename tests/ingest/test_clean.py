"""Text → blocks: what is the article's stays, what is the page's goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.clean import Page, clean

BODY = (
    "Presiden Prabowo bertemu dengan Perdana Menteri Anwar Ibrahim di Kuala Lumpur pada Senin.",
    "Ia meminta warga baca juga naskah perjanjian itu sebelum menilainya.",
    "Anggota parlemen menyimak juga penjelasan menteri dalam sidang tertutup.",
    "Rusia dan Ukraina saling menuduh melanggar gencatan senjata selama perundingan.",
    '"Kami tidak akan menyerah," kata juru bicara itu kepada wartawan di Jenewa.',
    "Komentar menteri itu mengundang kecaman dari Teheran dan Ankara.",
    "The minister read also the letter that the president had sent to Tehran.",
    "The two leaders will share this burden, the spokesman told reporters in Geneva.",
    "Like Biden, he posted on X that the United States supports Taiwan and its people.",
    "Subscribers of the state newspaper were told nothing about the visit to Beijing.",
    "Foto pertemuan itu beredar setelah Xi Jinping menerima Putin di Beijing, Rabu malam.",
    "You are receiving these weapons because Russia attacked, the minister told Ukraine's parliament.",
    "Anda menerima bantuan ini karena gempa itu, kata Presiden kepada warga di Palu.",
    "Bagikan bantuan itu secara adil, kata Menteri Sosial di Palu, Sulawesi Tengah.",
)
FURNITURE = (
    "Baca berita tanpa iklan. Gabung Contoh.com+",
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "Simak juga Video 'Detik-detik Ledakan di Beirut':",
    'Tonton juga video "Suasana di Kyiv" di sini:',
    "[Gambas:Video 20detik]",
    "Dapatkan update berita pilihan setiap hari dari Contoh.com.",
    'Mari bergabung di Grup Telegram "Contoh News", caranya klik link https://t.me/contoh.',
    "Ikuti saluran WhatsApp kami untuk kabar terbaru.",
    "Cek Berita dan Artikel yang lain di Google News",
    "Foto: Presiden di Istana Merdeka. (Dok. Setpres)",
    "Pasukan di Kharkiv, Jumat. (REUTERS/Budi Contoh)",
    "Halaman 1 2 3 Selanjutnya",
    "Editor: Siti Aminah",
    "Copyright © 2024 Contoh.com. All rights reserved.",
    "Log in to comment",
    "Login untuk memberi komentar",
    "Sign up for our newsletter to get the news in your inbox.",
    "We use cookies to improve your visit.",
    "Share this article",
    "Salin Tautan",
    "(abc/def)",
    "Reporting by Jane Roe in Geneva; Editing by John Doe",
    "Lengkapi Profil",
    "3 min read",
    "- Advertisement -",
    "Bagikan ke WhatsApp",
    "Sumber: Contoh.com",
    "Laporan wartawan Contoh.com, Budi Santoso",
    "Saksikan juga Sosok: Kisah Guru di Pedalaman",
    "AP writers John Doe in Cairo and Jane Roe in Beirut contributed.",
    "Image source, Getty Images",
    "Jangan lewatkan update berita terbaru",
    "Artikel ini telah tayang di Contoh.com dengan judul yang sama.",
    "View this email in your browser",
    "View in browser | Forward to a friend",
    "Unsubscribe | Manage preferences",
    "You are receiving this email because you signed up for our daily newsletter.",
    "This newsletter was sent to you because you subscribed at example.org",
    "Lihat surel ini di peramban",
    "Anda menerima email ini karena terdaftar sebagai pelanggan nawala kami.",
    "Berhenti berlangganan",
)
RELATED = (
    "Baca juga: Perundingan Damai Kembali Digelar di Jenewa",
    "BACA JUGA: Menteri Pertahanan Kunjungi Ankara",
    "Lihat Juga : Lima Fakta tentang Selat Hormuz",
    "Baca Juga Menteri Luar Negeri Kunjungi Teheran",
    "Read also: What the Geneva talks mean",
    "READ MORE: Who wins from the truce?",
)


def texts(text: str, language: str = "id", **known: str) -> tuple[Page, list[str]]:
    """Return the page of a text and the texts of its blocks."""
    page = clean(text, language, **known)
    return page, [text[start:end] for start, end in page.blocks]


@pytest.mark.parametrize("sentence", BODY)
def test_sentences_of_articles_survive(sentence: str) -> None:
    assert texts(f"{BODY[0]}\n\n{sentence}\n\n{BODY[3]}")[1] == [BODY[0], sentence, BODY[3]]


@pytest.mark.parametrize("line", [*FURNITURE, *RELATED])
def test_furniture_goes(line: str) -> None:
    assert texts(f"{BODY[0]}\n\n{line}\n\n{BODY[3]}")[1] == [BODY[0], BODY[3]]


@pytest.mark.parametrize("line", RELATED)
def test_related_headlines_are_kept_as_links(line: str) -> None:
    page, _ = texts(f"{BODY[0]}\n\n{line}\n\n{BODY[3]}")
    assert len(page.related) == 1
    assert line.endswith(page.related[0])
    assert "aca" not in page.related[0][:4]


TAILS = (*RELATED[:3], *RELATED[4:], "Simak juga Video: Ledakan di Beirut", "(abc/def)", FURNITURE[6])


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("glue", [" ", ""])
def test_furniture_glued_to_a_paragraph_is_cut(tail: str, glue: str) -> None:
    assert texts(f"{BODY[0]}{glue}{tail}\n\n{BODY[3]}")[1] == [BODY[0], BODY[3]]


def test_advertising_in_mid_line_splits_it() -> None:
    assert texts(f"{BODY[0]} SCROLL TO CONTINUE WITH CONTENT {BODY[3]}")[1] == [BODY[0], BODY[3]]
    assert texts(f"{BODY[0]}[Gambas:Video 20detik]{BODY[3]}")[1] == [BODY[0], BODY[3]]


def test_an_article_in_one_line_loses_one_sentence_to_a_related_headline_and_no_more() -> None:
    text = f"{BODY[0]} {BODY[3]} Baca juga: Perundingan Digelar di Jenewa {BODY[4]} {BODY[5]} {BODY[3]} {BODY[0]}"
    blocks = texts(text)[1]
    assert blocks[0] == f"{BODY[0]} {BODY[3]}"
    assert blocks[1].endswith(f"{BODY[5]} {BODY[3]} {BODY[0]}")
    assert not any("Baca juga" in block for block in blocks)


def test_a_page_whose_line_breaks_became_blanks_is_read_by_its_gaps() -> None:
    parts = [BODY[0], BODY[3], RELATED[0], BODY[4], BODY[5], "Komentar", BODY[3]]
    assert texts("  ".join(parts))[1] == [BODY[0], BODY[3], BODY[4], BODY[5]]


def test_everything_after_an_end_marker_is_furniture() -> None:
    text = "\n".join([*BODY[:6], "Video rekomendasi", "Budi S", "Semoga perang ini segera selesai dan semua damai."])
    assert texts(text)[1] == list(BODY[:6])


def test_a_share_button_above_the_article_ends_nothing() -> None:
    assert texts("\n".join(["Komentar", "Bagikan artikel ini", *BODY[:4]]))[1] == list(BODY[:4])


def test_a_box_of_other_articles_in_the_middle_ends_nothing() -> None:
    box = "Artikel Terkait\nPerundingan Digelar di Jenewa\nLima Fakta Selat Hormuz"
    text = "\n\n".join([*BODY[:4], box, *BODY[4:8]])
    page, blocks = texts(text)
    assert blocks == list(BODY[:8])
    assert page.related == ["Perundingan Digelar di Jenewa", "Lima Fakta Selat Hormuz"]


def test_the_list_under_most_read_is_not_related() -> None:
    page, blocks = texts("\n".join([*BODY[:4], "Terpopuler", "Resep Soto Ayam dari Lamongan", "Jadwal Bola Malam Ini"]))
    assert (blocks, page.related) == (list(BODY[:4]), [])


HEADER = """Beranda
Internasional
Prabowo Temui Anwar di Kuala Lumpur
Contoh.com - 06/10/2020, 14:06 WIB
Danur Prasetyo

Penulis

KUALA LUMPUR, CONTOH.com – """


def test_the_header_of_a_page() -> None:
    page, blocks = texts(HEADER + "\n\n".join(BODY[:4]))
    assert blocks == ["Prabowo Temui Anwar di Kuala Lumpur", *BODY[:4]]
    about = page.about
    assert about.headline == "Prabowo Temui Anwar di Kuala Lumpur"
    assert about.published is not None
    assert about.published.isoformat() == "2020-10-06T14:06:00+07:00"
    assert (about.publisher, about.authors, page.dateline) == ("Contoh.com", ["Danur Prasetyo"], "KUALA LUMPUR")


@pytest.mark.parametrize("byline", ["Tim detikcom - detikNews", "By Admin", "CNN Indonesia", "Oleh: Tim Redaksi"])
def test_a_byline_of_nobody_names_no_author(byline: str) -> None:
    page, blocks = texts(f"Prabowo Temui Anwar di Kuala Lumpur\n{byline}\nRabu, 03 Sep 2025 14:20 WIB\n\n{BODY[0]}")
    assert (blocks, page.about.authors) == (["Prabowo Temui Anwar di Kuala Lumpur", BODY[0]], [])


def test_a_first_sentence_is_no_headline() -> None:
    page, blocks = texts("\n\n".join(BODY[:3]))
    assert page.about.headline is None
    assert blocks == list(BODY[:3])


def test_a_date_in_the_body_is_not_the_publication() -> None:
    page, _ = texts(f"Aliyev tiba di Moskwa pada Selasa (6/10/2020).\n\n{BODY[0]}")
    assert page.about.published is None


@pytest.mark.parametrize(
    ("prefix", "place", "publisher", "agency"),
    [
        ("ANKARA, KOMPAS.com – ", "ANKARA", "KOMPAS.com", None),
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA", None),
        ("London (ANTARA/Reuters) - ", "London", "ANTARA", "Reuters"),
        ("BAKU (Reuters) -", "BAKU", "Reuters", None),
        ("BAKU, Oct 6 (Reuters) - ", "BAKU", "Reuters", None),
        ("BEIJING, March 10 (Xinhua) -- ", "BEIJING", "Xinhua", None),
        ("KYIV, Ukraine (AP) — ", "KYIV", "AP", None),
        ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia", None),
        ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com", None),
        ("TEMPO.CO, Jakarta - ", "Jakarta", "TEMPO.CO", None),
        ("Merdeka.com - ", None, "Merdeka.com", None),
        ("PORT-AU-PRINCE (AFP) – ", "PORT-AU-PRINCE", "AFP", None),
        ("JAKARTA – ", "JAKARTA", None, None),
        ("Jakarta - ", "Jakarta", None, None),
        ("NEW YORK — ", "NEW YORK", None, None),
        ("Jakarta, CNN Indonesia --\n", "Jakarta", "CNN Indonesia", None),
    ],
)
def test_datelines(prefix: str, place: str | None, publisher: str | None, agency: str | None) -> None:
    page, blocks = texts(f"{prefix}{BODY[0]}\n\n{BODY[4]}")
    assert blocks == [BODY[0], BODY[4]]
    assert (page.dateline, page.about.publisher, page.agency) == (place, publisher, agency)


@pytest.mark.parametrize(
    "sentence",
    [
        "Perdana Menteri Armenia (yang baru dilantik) - seorang wartawan - bertemu dengan Presiden Aliyev di Granada.",
        "Iran -- yang membantah tuduhan itu -- meminta Dewan Keamanan PBB bersidang pada Senin.",
        "Amerika Serikat (AS) - sekutu lama - mendukung Filipina dalam sengketa Laut China Selatan.",
        "Gerakan Non-Blok (GNB) didirikan di Beograd oleh Tito, Nehru, Sukarno dan pemimpin lain.",
    ],
)
def test_dashes_in_sentences_are_no_datelines(sentence: str) -> None:
    page, blocks = texts(f"{sentence}\n\n{BODY[0]}")
    assert blocks == [sentence, BODY[0]]
    assert page.dateline is None


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("Perang itu pecah lagi sebagaimana dilansir dari Anadolu Agency.", "Anadolu Agency"),
        ("Korban bertambah menjadi sepuluh orang, dilansir kantor berita AFP, Senin (7/7/2025).", "AFP"),
        ("Jumlahnya terus naik, seperti dilansirAFP, Jumat (17/10/2025).", "AFP"),
        ("Dilansir dalam Saudi Gazette (18/10/2025), sekolah di Gaza dibuka kembali.", "Saudi Gazette"),
        ("Mengutip Reuters, Presiden Macron akan tiba di Beirut pada Kamis.", "Reuters"),
        ("Menurut kantor berita Fars, Iran akan membalas serangan tersebut.", "Fars"),
        ("The two sides agreed to a truce, the Yonhap News Agency reported.", "Yonhap"),
        ("A spokesman told Reuters that the talks had ended without a deal.", "Reuters"),
        ("The army had left the town, according to the state news agency SANA.", "SANA"),
        ("Rusia menarik pasukannya dari Kherson. (ANTARA/Reuters)", "Reuters"),
        ("Sumber: Anadolu Agency", "Anadolu Agency"),
        ("Ia dikutip dari pernyataan Kementerian Pertahanan Rusia pada Senin.", None),
        ("Kata-kata itu dikutip Presiden Soekarno dalam pidatonya di Bandung.", None),
        ("The president reported to parliament that Russia had attacked Kyiv.", None),
    ],
)
def test_cited_agencies(sentence: str, agency: str | None) -> None:
    page, _ = texts(f"{BODY[0]}\n\n{sentence}", publisher="ANTARA")
    assert page.agency == agency


def test_the_publisher_is_not_its_own_agency() -> None:
    assert texts(f"{BODY[0]}\n\nDemikian dilansir Reuters.", publisher="Reuters")[0].agency is None


def test_hand_wrapped_lines_make_one_block_a_paragraph() -> None:
    first = "Leaders of Armenia and Azerbaijan met in Washington on Friday and"
    paragraph = f"{first}\nsigned a joint declaration in front of\nthe president."
    assert texts(f"{paragraph}\n\n{paragraph}\n", "en")[1] == [paragraph, paragraph]


WRAPPED = {
    "two lines": "Leaders of Armenia and Azerbaijan met in Washington on Friday and signed a joint\ndeclaration there.",
    "a name goes on": "The declaration was signed in Washington on Friday by the leaders of Armenia and\nAzerbaijan.",
    "sentences end at the column": "Pemimpin Armenia dan Azerbaijan bertemu di Washington pada hari Jumat kemarin.\n"
    "Mereka menandatangani sebuah deklarasi bersama di hadapan Presiden Amerika Serikat\nyang menjadi tuan rumah.",
    "an agency's narrow column": "MOSKWA (Reuters) - Leaders of Armenia, Georgia and\n"
    "Azerbaijan met in Washington on Friday and signed a\njoint declaration.",
}


@pytest.mark.parametrize("name", WRAPPED)
@pytest.mark.parametrize("after", ["", f"\n\n{BODY[3]}", "\n\n" + "\n".join(BODY[3:9])])
def test_one_paragraph_that_is_wrapped_is_one_block(name: str, after: str) -> None:
    text = f"{WRAPPED[name]}{after}"
    blocks = [" ".join(block.split()) for block in texts(text)[1]]
    assert blocks[0] == " ".join(WRAPPED[name].removeprefix("MOSKWA (Reuters) - ").split())
    assert blocks[1:] == after.split("\n")[2:]


@pytest.mark.parametrize(
    "lines",
    [
        ["Prabowo Temui Anwar di Kuala Lumpur untuk Bahas Perbatasan Negara", BODY[0]],
        ["Perundingan Damai Kembali Digelar di Jenewa Hari Ini", "Lima Fakta tentang Selat Hormuz yang Ditutup Iran"],
        [BODY[0], BODY[1], BODY[3]],
    ],
)
def test_lines_that_are_whole_stay_apart(lines: list[str]) -> None:
    assert texts("\n".join(lines))[1] == lines


LINES = st.lists(
    st.tuples(
        st.sampled_from(["body", "furniture", "related"]), st.integers(0, 99), st.sampled_from(["\n", "\n\n", "\r\n"])
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_blocks_are_ordered_apart_inside_the_text_and_hold_no_furniture(lines: list[tuple[str, int, str]]) -> None:
    kinds = {"body": BODY, "furniture": FURNITURE, "related": RELATED}
    text = "".join(kinds[kind][number % len(kinds[kind])] + gap for kind, number, gap in lines)
    page, blocks = texts(text)
    ends = 0
    for start, end in page.blocks:
        assert ends <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        ends = end
    joined = "\n".join(blocks)
    assert not [line for line in (*FURNITURE, *RELATED) if line in joined]
    assert set(blocks) <= set(BODY)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('abAB .,!?:()[]"“”–-\n\r\t\u200b\u2028é1/…#*') | st.characters(), max_size=300))
def test_any_text_gives_sound_blocks(text: str) -> None:
    ends = 0
    for start, end in clean(text, "en").blocks:
        assert ends <= start < end <= len(text)
        ends = end
