"""What comes out of the tables: names, dates, other names, what a list makes possible; nothing can break a file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import fields
from typing import get_args

import pyoxigraph as ox
import pytest
import rdflib
from owlrl import DeductiveClosure, RDFS_Semantics
from rdflib.namespace import RDF, RDFS, SKOS

from ontology import extents, names
from ontology.disagreements import KINDS
from ontology.model import Basis, Extent, Level, Matter
from ontology.rdf.bodies import issuer
from ontology.rdf.facts import Facts
from ontology.rdf.iris import PREFIXES, VOCABULARY, concept, thing
from ontology.rdf.mapping import triples
from ontology.rdf.vocabulary import vocabulary
from tests.ontology.rdf.conftest import written
from tests.ontology.rdf.small import small_facts

RICO, PROV, ORG = (rdflib.Namespace(PREFIXES[name]) for name in ("rico", "prov", "org"))
HOSO = rdflib.Namespace(VOCABULARY)


def graph(facts: Facts) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(facts), format="nt")


def one(prefix: str, identifier: str) -> rdflib.URIRef:
    return rdflib.URIRef(thing(prefix, identifier))


def test_an_id_becomes_a_name_that_people_can_read() -> None:
    assert thing("event", "1656/NQ-UBTVQH15#3") == "https://w3id.org/hoso/event/1656/NQ-UBTVQH15%233"
    assert thing("act", "107/2003/NĐ-CP") == "https://w3id.org/hoso/act/107/2003/NĐ-CP"
    assert thing("name", 'a <b> "c"\n') == "https://w3id.org/hoso/name/a%20%3Cb%3E%20%22c%22%0A"
    assert concept("type", "thị trấn") == "https://w3id.org/hoso/type/thi-tran"


def test_one_name_in_nfc_and_nfd_is_one_thing() -> None:
    written_apart = unicodedata.normalize("NFD", "Nghị định")
    assert written_apart != "Nghị định"
    assert thing("act", written_apart) == thing("act", "Nghị định")


def test_ids_have_different_names(whole: Facts) -> None:
    for prefix, identifiers in (("version", whole.units), ("event", whole.events)):
        assert len({thing(prefix, each) for each in identifiers}) == len(identifiers)


def test_the_same_facts_give_the_same_bytes() -> None:
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
        assert written(small_facts(), form) == written(small_facts(), form)


@pytest.mark.parametrize(
    "form", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD], ids=str
)
def test_a_text_with_quotes_lines_and_tags_comes_back_as_it_was(form: ox.RdfFormat) -> None:
    found = {quad.object for quad in ox.parse(written(small_facts(), form), format=form)}
    assert ox.Literal('Xã Chín "cũ"\n<b>') in found


def test_what_no_xml_can_hold_is_a_blank() -> None:
    from ontology.rdf.terms import text

    assert text("a\x00b\ud800").value == "a b "


def test_dates_are_typed_by_what_is_known() -> None:
    found = graph(small_facts())
    district, commune = one("version", "001@1978-12"), one("version", "00002@2000-01-01")
    assert found.value(district, HOSO.validFrom) == rdflib.Literal("1978-12", datatype=rdflib.XSD.gYearMonth)
    assert found.value(commune, HOSO.validFrom) == rdflib.Literal("2000-01-01", datatype=rdflib.XSD.date)
    assert found.value(commune, HOSO.validFromCertain) == rdflib.Literal(False)
    assert (one("version", "00002@2025-07-01"), HOSO.validTo, None) not in found


def test_a_code_that_passed_to_another_unit_is_no_identity() -> None:
    found = graph(small_facts())
    before, after = one("version", "00003@2010-01-01"), one("version", "00003@2025-07-01")
    assert found.value(before, HOSO.line) == found.value(after, HOSO.line) == one("line", "00003")
    assert found.value(before, HOSO.versionOf) == one("unit", "00003@2000-01-01")  # renamed, the same unit
    assert found.value(after, HOSO.versionOf) == one("unit", "00003@2025-07-01")


def test_a_list_that_names_no_taker_makes_possible_only() -> None:
    found = graph(small_facts())
    gone, taker = one("version", "00001@2000-01-01"), one("version", "00003@2010-01-01")
    transfers = list(found.subjects(HOSO.giver, gone))
    assert transfers
    assert {found.value(each, HOSO.inferred) for each in transfers} == {rdflib.Literal(True)}
    assert {found.value(each, HOSO.extent) for each in transfers} == {rdflib.URIRef(concept("extent", "possible"))}
    assert (gone, HOSO.mayBeSucceededBy, taker) in found
    assert not list(found.objects(gone, HOSO.succeededBy))
    event = one("event", "list:2010-01-01:001")
    assert list(found.objects(event, HOSO.mayHaveGivenTo)) == [one("version", "00002@2000-01-01")]
    assert list(found.objects(event, HOSO.gave)) == [taker]


def test_every_table_is_there(whole: Facts) -> None:
    kinds = Counter(triple.object for triple in triples(whole) if str(triple.predicate) == f"<{RDF.type}>")
    counts = {str(kind).strip("<>").removeprefix(VOCABULARY): n for kind, n in kinds.items()}
    assert counts["UnitVersion"] == len(whole.units)
    assert counts["ChangeEvent"] == len({part.event for part in whole.event_units})
    assert counts["Disagreement"] == len(whole.disagreements)
    assert counts["Transfer"] >= len(whole.edges)
    assert counts["Act"] == len({event.act for event in whole.events.values() if event.act})
    assert counts["OtherName"] == len({(alias.unit, alias.alias) for alias in whole.aliases})
    assert len(fields(Facts)) == 6


def test_taken_extents_are_those_of_the_transfers(whole: Facts) -> None:
    """``event_units`` repeats for what was taken the extent of its edges, which is why RDF leaves it out."""
    of_edges: dict[tuple[str, str], set[Extent]] = {}
    for edge in whole.edges:
        of_edges.setdefault((edge.event, edge.source), set()).add(edge.extent)
    told = [part for part in whole.event_units if part.extent and (part.event, part.unit) in of_edges]
    assert [part for part in told if part.extent not in of_edges[part.event, part.unit]] == []


# The vocabulary


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(data=vocabulary(), format="turtle")


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("levels", get_args(Level)), ("extents", get_args(Extent)), ("bases", get_args(Basis)),
        ("matters", get_args(Matter)), ("certainties", ("sure", "likely", "check")), ("disagreementKinds", KINDS),
        ("types", tuple(row["type"] for row in names.rows("unit_types.csv"))),
    ],
)  # fmt: skip
def test_closed_lists_are_those_of_the_program(terms: rdflib.Graph, scheme: str, values: tuple[str, ...]) -> None:
    found = {str(terms.value(each, SKOS.notation)): str(each) for each in terms.subjects(SKOS.inScheme, HOSO[scheme])}
    assert set(found) == set(values)
    (prefix,) = {iri.removeprefix("https://w3id.org/hoso/").partition("/")[0] for iri in found.values()}
    assert found == {value: concept(prefix, value) for value in values}


def test_extents_count_for_the_matters_for_which_the_program_counts_them(terms: rdflib.Graph) -> None:
    for extent in get_args(Extent):
        about = rdflib.URIRef(concept("extent", extent))
        for matter in get_args(Matter):
            said = rdflib.URIRef(concept("matter", matter))
            assert ((about, HOSO.countsFor, said) in terms) == extents.counts(extent, matter), (extent, matter)
            assert ((about, HOSO.isAllFor, said) in terms) == extents.is_all(extent, matter), (extent, matter)


def test_all_terms_that_are_written_are_defined(terms: rdflib.Graph) -> None:
    used = {term for triple in graph(small_facts()) for term in triple if str(term).startswith(VOCABULARY)}
    assert {term for term in used if (term, RDFS.label, None) not in terms} == set()


def test_the_standards_read_it_with_rdfs_alone() -> None:
    found = graph(small_facts())
    DeductiveClosure(RDFS_Semantics).expand(found)
    event, act = one("event", "1/NQ-UBTVQH15#1"), one("act", "1/NQ-UBTVQH15")
    before, after = one("version", "00002@2000-01-01"), one("version", "00002@2025-07-01")
    body = one("body", "uy-ban-thuong-vu-quoc-hoi")
    for triple in (
        (before, RDF.type, RICO.Place), (before, RDF.type, PROV.Entity), (event, RDF.type, RICO.Event),
        (event, RDF.type, PROV.Activity), (act, RDF.type, RICO.Rule), (act, RICO.issuedBy, body),
        (body, RDF.type, RICO.CorporateBody), (body, RDF.type, ORG.FormalOrganization),
        (event, RICO.affectsOrAffected, before), (event, RICO.resultsOrResultedIn, after), (event, PROV.used, before),
        (after, PROV.wasGeneratedBy, event), (before, PROV.wasInvalidatedBy, event),
        (before, RICO.isOrWasContainedBy, one("version", "001@1978-12")), (before, RICO.precedesInTime, after),
        (event, RICO.isOrWasRegulatedBy, act),
    ):  # fmt: skip
        assert triple in found, triple
    places = set(found.subjects(RDF.type, RICO.Place))
    agents = set(found.subjects(RDF.type, RICO.CorporateBody)) | set(found.subjects(RDF.type, ORG.FormalOrganization))
    assert not places & agents


def test_units_are_never_bodies() -> None:
    text = "\n".join(
        line for line in vocabulary().splitlines() if not line.lstrip().startswith(("#", '"', "skos:scopeNote"))
    )
    for term in ("rico:wasMergedInto", "rico:wasSplitInto", "rico:hasSuccessor", "org:originalOrganization"):
        assert term not in text


# Who issued an act


@pytest.mark.parametrize(
    ("act", "day", "body"),
    [
        ("1656/NQ-UBTVQH15", "2025-07-01", "uy-ban-thuong-vu-quoc-hoi"), ("22/2003/QH11", "2004-01-01", "quoc-hoi"),
        ("49-CP", "1979-02-17", "hoi-dong-chinh-phu"), ("101-HĐBT", "1985-01-01", "hoi-dong-bo-truong"),
        ("74-CP", "1996-11-22", "chinh-phu"), ("107/2003/NĐ-CP", "2003-11-06", "chinh-phu"),
        ("Nghị quyết Quốc hội khóa VI 29/12/1978 (không số)", "1978-12-29", "quoc-hoi"),
        ("Nghị định Chính phủ Cách mạng lâm thời CHMNVN 2/1976 (không rõ số)", "1976-02", "chinh-phu-cach-mang-lam-thoi"),
    ],
)  # fmt: skip
def test_issuers_by_symbol_and_time(act: str, day: str, body: str) -> None:
    found = issuer(act, day)
    assert found is not None
    assert found.id == body


def test_an_unknown_symbol_has_no_issuer() -> None:
    assert issuer("5/QĐ-UBND", "2020-01-01") is None
    assert issuer("a note", "2020-01-01") is None
