"""What is one token in Indonesian news."""

import pytest
import spacy

from kg.nlp.components import id_sentences, lemma_of
from kg.nlp.language import NewsIndonesian  # noqa: F401  (registers kg_id)

NLP = spacy.blank("kg_id")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("kedua-duanya, ke-19", "kedua-duanya | , | ke-19"),
        ("konflik Armenia-Azerbaijan", "konflik | Armenia | - | Azerbaijan"),
        ("kelompok anti-AS, Al-Sisi dan al-Assad", "kelompok | anti-AS | , | Al-Sisi | dan | al-Assad"),
        ("Selasa (6/10/2020).", "Selasa | ( | 6/10/2020 | ) | ."),
        ("Serikat (AS), Senin(5/10)", "Serikat | ( | AS | ) | , | Senin | ( | 5/10 | )"),
        ("detikcom - 20/10/2025, 13:34 WIB", "detikcom | - | 20/10/2025 | , | 13:34 | WIB"),
        ("Rp10 miliar, Rp. 5.000", "Rp | 10 | miliar | , | Rp. | 5.000"),
        ("Jend. Prof. Dr. H. Amin", "Jend. | Prof. | Dr. | H. | Amin"),
        ("katanya,Senin pulang.Lalu", "katanya | , | Senin | pulang | . | Lalu"),
        ("\"Ya,\" “Ok” 'Siap'.", "\" | Ya | , | \" | “ | Ok | ” | ' | Siap | ' | ."),
        ('Oslandia,"tulis Roe', 'Oslandia | , | " | tulis | Roe'),
        ("kunjungannya -- dan/atau", "kunjungannya | -- | dan | / | atau"),
    ],
)
def test_tokens(text, tokens):
    assert " | ".join(t.text for t in NLP(text)) == tokens


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Kunjungannya", "kunjungan"),
        ("katanya", "kata"),
        ("apakah", "apa"),
        ("adalah", "adalah"),
        ("buku", "buku"),
        ("masalah", "masalah"),
        ("negaraku", "negara"),
        ("bertanya", "bertanya"),
        ("sebelumnya", "sebelumnya"),
        ("langkah-langkah", "langkah-langkah"),
        ("bertemu", "bertemu"),
        ("2020", "2020"),
    ],
)
def test_lemma_loses_its_clitic(word, lemma):
    assert lemma_of(word) == lemma


def test_sentences_begin_after_a_stop_and_never_after_an_abbreviation():
    doc = id_sentences(NLP('Prof. Dr. Amin pulang. "Saya lelah," katanya. Ia tidur.'))
    assert [t.text for t in doc if t.is_sent_start] == ["Prof.", '"', "Ia"]
    assert all(t.is_sent_start is False for t in doc if t.text in ("Dr.", "Amin", "katanya"))
