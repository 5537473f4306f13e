"""What nobody reads of a text is left out of what is cleaned and parsed; offsets stay those of the text."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.bare import bare, marks, whole
from kg.ingest import read
from kg.ingest.clean import clean
from kg.model import Article

READ = {
    "Ze\u00adlen\u00adskyy met Jo\u200bko.": "Zelenskyy met Joko.",
    "\ufeffAB\u200eC\u2060\u202aD\u202c": "ABCD",
    "[Joko Widodo](https://a.example/p_(politician)) met [him](/x 'Title').": "Joko Widodo met him.",
    "![Foto](a.jpg)Teks [![x](/i.png) Judul](https://b.example).": "Teks  Judul.",
    "He met [Anwar][1] and [Prabowo][].\n\n[1]: https://a.example\n[prabowo]: <b> 'x'": (
        "He met Anwar and Prabowo.\n\n\n"
    ),
    "[1]: /a (see [him](/x))\n[Anwar]: We met [him](/x).\n[Kompas]:\n\nThey spoke.": (
        "[1]: /a (see him)\n[Anwar]: We met him.\n[Kompas]:\n\nThey spoke."
    ),
    '[1]: https://a.example \r\n\n"He met [Anwar][1]."': '\n\n"He met Anwar."',
    "**Joko Widodo** met _Volodymyr_ and ***all***.": "Joko Widodo met Volodymyr and all.",
    "**[Joko](https://a.example)** said": "Joko said",
}
KEPT = (
    "He said [sic](he meant it) and [Iran] (the state) [1].",
    "a * b * c, snake_case_name, 2*3*4, *) catatan kaki, and ** nothing **",
    "see [this][that], where nothing is defined",
    "5_000 and a__b__c",
)


@pytest.mark.parametrize("text", READ)
def test_marks_are_left_out(text: str) -> None:
    left, places = bare(text)
    assert left == READ[text]
    assert "".join(text[place] for place in places) == left


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert marks(text) == ()
    assert bare(text) == (text, list(range(len(text))))


def test_a_quotation_of_a_link_has_both_its_brackets() -> None:
    text = "On Monday. [Joko](https://a.example) met [him](/x)"
    assert whole(text, text.index("Joko"), text.index("him") + 3) == (11, len(text))
    assert whole(text, 0, 9) == (0, 9)


def test_twice_the_marks_take_about_twice_as_long() -> None:
    def spent(count: int) -> float:
        text = "[a\u00ad](/b) *c* " * count
        marks.cache_clear()
        began = time.process_time()
        assert len(marks(text)) == 4 * count
        return time.process_time() - began

    assert min(spent(20_000) for _ in range(3)) < 10 * min(spent(5_000) for _ in range(3))  # if quadratic, 16


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab [](!)*_/#:\n\u00ad\u200b"), max_size=60))
def test_any_text_keeps_its_order(text: str) -> None:
    spans = marks(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    left, places = bare(text)
    assert places == sorted(set(places)) and left == "".join(text[place] for place in places)


HEAD = "Prabowo Temui An\u00adwar di Kuala Lumpur"
BODY = (
    "KUALA LUM\u00adPUR, KOM\u200bPAS.com – Pre\u00adsiden [Pra\u00adbowo Subianto](https://a.example/p) bertemu "
    "dengan Perdana Menteri **Anwar Ibrahim** di Kuala Lumpur pada Senin."
)


def test_a_page_is_cleaned_without_them() -> None:
    text = f"{HEAD}\nContoh.com - 06/10/2020, 14:06 WIB\n\n{BODY}\n\nBaca juga: [Perundingan Damai di Jenewa](/y)\n"
    page = clean(text, "id")
    assert (page.about.headline, page.dateline) == ("Prabowo Temui Anwar di Kuala Lumpur", "KUALA LUMPUR")
    assert page.related == ["Perundingan Damai di Jenewa"]
    first, second = (text[slice(*block)] for block in page.blocks)
    assert first == HEAD and second.startswith("Pre\u00adsiden [Pra") and second.endswith("Senin.")


@pytest.mark.weights
def test_names_are_whole_and_offsets_are_of_the_text_as_read(tmp_path: Path) -> None:
    import kg

    path = tmp_path / "a.md"
    path.write_text(f"{BODY}\n", encoding="utf-8")
    (article,) = read([path])
    assert isinstance(article, Article) and "\u00ad" in article.text
    ((_, found),) = kg.statements([path])
    meeting = next(statement for statement in found if statement.relation == "meets")
    assert {meeting.subject.name, meeting.object.name} == {"Prabowo Subianto", "Anwar Ibrahim"}
    (evidence,) = meeting.evidence
    assert article.text[evidence.start : evidence.end] == evidence.sentence
    assert evidence.sentence.startswith("Pre\u00adsiden [Pra\u00adbowo Subianto](https")
    assert evidence.subject and bare(article.text[slice(*evidence.subject)])[0] in meeting.subject.names
