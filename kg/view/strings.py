"""The page's own words, in English and Indonesian."""
from __future__ import annotations

STRINGS: dict[str, dict[str, str]] = {
    "en": {
        "1 statements": "statement", "1 actors": "actor", "1 articles": "article",
        "search": "Search actors and sentences", "statements": "statements", "actors": "actors", "articles": "articles",
        "evidence": "Evidence", "hint": "Click an actor or a line to read the sentences behind it.",
        "table": "All statements", "to_table": "Table", "fit": "Show all", "zoom_in": "Zoom in", "zoom_out": "Zoom out",
        "close": "Clear selection", "network": "Network of actors", "legend": "Legend", "subject": "Subject",
        "relation": "Relation", "object": "Object", "status": "Status", "date": "Date", "place": "Place",
        "source": "Source", "sentence": "Sentence", "article": "Article", "published": "published", "office": "Office",
        "asserted": "reported", "planned": "planned", "negated": "denied", "disputed": "disputed", "more": "more",
        "according": "according to", "no_match": "No statement matches.", "empty": "This graph holds no statements.",
        "also": "Also", "untitled": "Untitled article", "Person": "Person", "Country": "Country",
        "Organization": "Organization", "Place": "Place", "skip": "Skip to the table of statements",
        "noscript": "The drawing needs JavaScript; the table below holds every statement.",
    },
    "id": {
        "1 statements": "pernyataan", "1 actors": "pelaku", "1 articles": "artikel",
        "search": "Cari pelaku dan kalimat", "statements": "pernyataan", "actors": "pelaku", "articles": "artikel",
        "evidence": "Bukti", "hint": "Klik pelaku atau garis untuk membaca kalimat di baliknya.",
        "table": "Semua pernyataan", "to_table": "Tabel", "fit": "Tampilkan semua", "zoom_in": "Perbesar",
        "zoom_out": "Perkecil", "close": "Hapus pilihan", "network": "Jaringan pelaku", "legend": "Keterangan",
        "subject": "Subjek", "relation": "Relasi", "object": "Objek", "status": "Status", "date": "Tanggal",
        "place": "Tempat", "source": "Sumber", "sentence": "Kalimat", "article": "Artikel", "published": "terbit",
        "office": "Jabatan", "asserted": "dilaporkan", "planned": "direncanakan", "negated": "dibantah",
        "disputed": "diperselisihkan", "more": "lagi", "according": "menurut", "no_match": "Tidak ada yang cocok.",
        "empty": "Graf ini tidak berisi pernyataan.", "also": "Juga", "untitled": "Artikel tanpa judul",
        "Person": "Orang", "Country": "Negara", "Organization": "Organisasi", "Place": "Tempat",
        "skip": "Langsung ke tabel pernyataan",
        "noscript": "Gambar memerlukan JavaScript; tabel di bawah memuat semua pernyataan.",
    },
}
