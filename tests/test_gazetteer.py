"""Countries, demonyms, capitals and regions by any name; what is no name stays none."""

from __future__ import annotations

import pytest

from kg.gazetteer import capital_name, country, country_label, fold, names, wikidata
from kg.specs import languages


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Perancis", "FR"), ("Prancis", "FR"), ("France", "FR"), ("Turki", "TR"), ("Türkiye", "TR"), ("Turkey", "TR"),
        ("Amerika Serikat", "US"), ("Belanda", "NL"), ("Korea Selatan", "KR"), ("South Korea", "KR"),
        ("Tiongkok", "CN"), ("Cina", "CN"), ("China", "CN"), ("Palestina", "PS"), ("Palestine", "PS"), ("Kosovo", "XK"),
        ("Uni Soviet", "SU"), ("Soviet Union", "SU"), ("Timor Leste", "TL"), ("East Timor", "TL"), ("Burma", "MM"),
        ("Pantai Gading", "CI"), ("Côte d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Ceko", "CZ"), ("Czechia", "CZ"),
        ("Taiwan", "TW"), ("Saudi", "SA"), ("Arab Saudi", "SA"), ("Vatikan", "VA"), ("Swiss", "CH"),
        ("Greenland", "GL"),
        # what states call themselves
        ("Slovak Republic", "SK"), ("Hellenic Republic", "GR"), ("Kingdom of the Netherlands", "NL"),
        ("Kingdom of Saudi Arabia", "SA"), ("Republic of the Philippines", "PH"), ("State of Qatar", "QA"),
        ("Republik Islam Iran", "IR"), ("Kerajaan Arab Saudi", "SA"), ("Republik Federal Jerman", "DE"),
        ("Kerajaan Thailand", "TH"), ("Republik Rakyat Bangladesh", "BD"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["id", "en"])
def test_countries_whatever_their_name(language: str, name: str, iso: str) -> None:
    found = names(language).get(fold(name))
    assert found is not None and (found.kind, found.iso) == ("country", iso)


@pytest.mark.parametrize(
    ("language", "name", "iso"),
    [
        ("id", "AS", "US"), ("id", "RI", "ID"), ("id", "UEA", "AE"), ("id", "Korsel", "KR"),
        ("en", "US", "US"), ("en", "U.S.", "US"), ("en", "UK", "GB"), ("en", "UAE", "AE"),
    ],
)  # fmt: skip
def test_short_names_belong_to_their_language(language: str, name: str, iso: str) -> None:
    assert names(language)[name].iso == iso
    if name.isalpha() and len(name) < 3:
        other = "en" if language == "id" else "id"
        assert name not in names(other)


@pytest.mark.parametrize(
    "word", ["as", "us", "turkey", "chad", "jordan", "mali", "may", "Europe", "UN", "EU", "NATO", ""]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_names_of_countries(language: str, word: str) -> None:
    assert word not in names(language)


@pytest.mark.parametrize(
    ("demonym", "iso"),
    [
        ("Turkish", "TR"),
        ("British", "GB"),
        ("Dutch", "NL"),
        ("Iraqis", "IQ"),
        ("Frenchmen", "FR"),
        ("Palestinians", "PS"),
    ],
)
def test_english_demonyms_and_their_plurals(demonym: str, iso: str) -> None:
    assert names("en")[demonym].kind == "demonym" and names("en")[demonym].iso == iso
    assert demonym not in names("id")


@pytest.mark.parametrize(
    ("name", "kind", "iso"),
    [
        ("Washington", "capital", "US"), ("Moskwa", "capital", "RU"), ("Moscow", "capital", "RU"),
        ("Kiev", "capital", "UA"), ("Kyiv", "capital", "UA"), ("Birmingham", "city", "GB"), ("Texas", "region", "US"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["id", "en"])
def test_places(language: str, name: str, kind: str, iso: str) -> None:
    found = names(language)[name]
    assert (found.kind, found.iso) == (kind, iso)


def test_regions_of_the_languages_home() -> None:
    assert names("id")["Jawa Barat"].kind == "region" and names("id")["Jawa Barat"].iso == "ID"


def test_folding_keeps_case() -> None:
    assert fold("Çavuşoğlu, Côte d’Ivoire, Diyarbakır") == "Cavusoglu, Cote d'Ivoire, Diyarbakir"
    assert fold("AS") == "AS" and fold("") == ""


@pytest.mark.parametrize(
    ("iso", "indonesian", "english", "qid"),
    [
        ("US", "Amerika Serikat", "United States", "Q30"), ("TR", "Turki", "Turkey", "Q43"),
        ("GB", "Inggris", "United Kingdom", "Q145"), ("XK", "Kosovo", "Kosovo", "Q1246"),
        ("PS", "Palestina", "Palestine", "Q219060"), ("SU", "Uni Soviet", "Soviet Union", "Q15180"),
        ("TW", "Taiwan", "Taiwan", "Q865"), ("TL", "Timor Leste", "Timor-Leste", "Q574"),
    ],
)  # fmt: skip
def test_labels_and_wikidata(iso: str, indonesian: str, english: str, qid: str) -> None:
    assert country_label(iso, "id") == indonesian and country_label(iso, "en") == english
    assert wikidata(iso) == qid


def test_every_country_has_a_label_in_every_language_and_an_id() -> None:
    codes = {name.iso for language in languages() for name in names(language).values() if name.kind == "country"}
    assert len(codes) > 240
    for iso in codes:
        assert wikidata(iso), iso
        for language in languages():
            assert country_label(iso, language) not in ("", iso), (iso, language)


def test_an_unknown_code_is_its_own_label() -> None:
    assert country_label("AB", "id") == "AB" and wikidata("AB") is None


@pytest.mark.parametrize("language", languages())
def test_names_are_folded_and_codes_are_codes(language: str) -> None:
    for surface, name in names(language).items():
        assert surface == fold(surface)
        assert name.iso.isupper() and len(name.iso) == 2
        assert name.kind in ("country", "demonym", "capital", "region", "city")


def test_names_have_no_space_around_them() -> None:
    assert not [surface for surface in names("en") if surface != surface.strip()]


@pytest.mark.parametrize(
    ("iso", "indonesian", "english"),
    [
        ("US", "Washington", "Washington"), ("ER", "Asmara", "Asmara"), ("NO", "Oslo", "Oslo"),
        ("UA", "Kiev", "Kyiv"), ("CN", "Beijing", "Beijing"), ("ID", "Jakarta", "Jakarta"),
    ],
)  # fmt: skip
def test_capitals(iso: str, indonesian: str, english: str) -> None:
    assert capital_name(iso, "id") == indonesian and capital_name(iso, "en") == english


@pytest.mark.parametrize("iso", ["SU", "AB", "", "AQ"])
def test_no_capitals(iso: str) -> None:
    assert capital_name(iso, "en") is None


@pytest.mark.parametrize("language", languages())
def test_a_capitals_name_is_known_as_its_countrys_capital(language: str) -> None:
    """What `capital_name` says, `names` reads back: else "the Eritrean capital" and "Asmara" would be two places."""
    table = names(language)
    codes = {name.iso for name in table.values() if name.kind == "country"}
    named = {iso: name for iso in codes if (name := capital_name(iso, language))}
    assert len(named) > 200
    for iso, name in named.items():
        assert name == name.strip()
        # a city-state's capital is the state; two states share a name ("Kingston")
        found = table[fold(name)]
        shared = found.kind == "capital" and capital_name(found.iso, language) == name
        assert shared or (found.kind, found.iso) in {("capital", iso), ("country", iso)}, (iso, name, found)


def test_a_country_is_asked_for_with_its_article_too() -> None:
    assert country("the Kingdom of the Netherlands") == country("The Netherlands") == "NL"
    assert country("Republic of China") is None
