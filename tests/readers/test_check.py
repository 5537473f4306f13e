"""What a reader says passes the gate, or is rejected for the reason that fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Entity, Evidence, Statement
from kg.readers import Rejected, checked
from kg.readers.interface import REASONS
from readers.samples import FIRST, LUND, NORWAY, ORN, SECOND, TEXT, article, quoted, visit


def gate(*said: object) -> list[Statement | Rejected]:
    return list(checked(article(), said))  # type: ignore[arg-type]


def test_a_right_statement_passes_with_what_the_article_knows_of_it() -> None:
    (one,) = gate(visit(confidence=1, date="2031-03"))
    assert isinstance(one, Statement)
    assert (one.doc, one.language, one.confidence, one.date) == ("lund", "en", 1.0, "2031-03")
    assert one.object == Entity("Norway", "Country", ("Norway",), "NO")


def test_a_country_is_known_by_its_people_and_gets_its_usual_name() -> None:
    (one,) = gate(visit(subject=Entity("Estonian", "Country"), object=NORWAY))
    assert isinstance(one, Statement)
    assert (one.subject.name, one.subject.names, one.subject.iso) == ("Estonia", ("Estonian",), "EE")


def test_only_names_of_the_text_are_kept() -> None:
    (one,) = gate(visit(subject=Entity("Ada Maria Lund", "Person", ("Ada Maria Lund", "Lund", "Ada Lund", ""))))
    assert isinstance(one, Statement)
    assert (one.subject.name, one.subject.names) == ("Ada Lund", ("Ada Lund", "Lund"))


WRONG = {
    "relation": [visit(relation="marries"), visit(relation="")],
    "type": [
        visit(object=ORN),
        visit(relation="chairs"),
        visit(object=Entity("Norway", "Kingdom", ("Norway",))),
        visit(object=Entity("Bo Orn", "Country", ("Bo Orn",))),
        visit(place=ORN),
    ],
    "name": [
        visit(subject=Entity("Cy Ek", "Person", ("Cy Ek",))),
        visit(subject=Entity("da Lun", "Person")),
        visit(subject=Entity("", "Person")),
        visit(place=Entity("Bergen", "Place", ("Bergen",))),
        visit(attribution=(Entity("Reuters", "Organization", ("Reuters",)),)),
    ],
    "sentence": [
        visit(evidence=()),
        visit(evidence=(Evidence(FIRST, 0, len(FIRST)),)),
        visit(evidence=(replace(quoted(FIRST)[0], sentence=FIRST.replace("visited", "invaded")),)),
        visit(evidence=(Evidence("", 5, 5),)),
        visit(evidence=(replace(quoted(FIRST)[0], end=quoted(FIRST)[0].end - len(TEXT)),)),  # counted from behind
        visit(evidence=(*quoted(FIRST), Evidence("Ada Lund came.", 3, 17))),
        visit(evidence=(Evidence(TEXT[-20:], -20, len(TEXT)),)),
        visit(relation="attacks", object=ORN, evidence=quoted("Ada Lund attacked Bo Orn.")),  # furniture
        visit(evidence=(Evidence(TEXT, 0, len(TEXT)),)),
    ],
    "office": [
        visit(relation="holdsOffice", office="Queen"),
        visit(relation="holdsOffice"),
    ],
    "date": [visit(date="Monday"), visit(date="2031-02-30"), visit(date="2031-3-3"), visit(date=2031)],
    "factuality": [visit(factuality="certain"), visit(factuality=None)],
    "confidence": [visit(confidence=1.5), visit(confidence=float("nan")), visit(confidence="high")],
    "itself": [visit(relation="meets", object=LUND), visit(subject=Entity("Norwegian", "Country", ("Norway",)))],
    "form": [
        {"relation": "visits"},
        None,
        visit(subject=None),
        visit(subject=Entity("x", "Person", (3,))),
        visit(subject=Entity("Ada Lund", "Person", "a")),
    ],
}


def test_every_reason_is_tried() -> None:
    assert set(WRONG) == set(REASONS)


@pytest.mark.parametrize(("reason", "one"), [(reason, one) for reason, ones in WRONG.items() for one in ones])
def test_a_wrong_one_is_rejected_for_its_reason(reason: str, one: object) -> None:
    (found,) = gate(one)
    assert isinstance(found, Rejected)
    assert found.reason == reason, found.what
    assert "\n" not in found.what or reason == "sentence"


def test_what_is_rejected_keeps_nothing_else_back() -> None:
    found = gate(
        visit(relation="x"), Rejected("form", "its own"), visit(relation="meets", object=ORN, evidence=quoted(SECOND))
    )
    assert [type(one).__name__ for one in found] == ["Rejected", "Rejected", "Statement"]


def test_an_office_passes_with_its_title() -> None:
    (one,) = gate(visit(relation="holdsOffice", office="President", object=Entity("Estonia", "Country", ("Estonia",))))
    assert isinstance(one, Statement)
    assert one.office == "President"
