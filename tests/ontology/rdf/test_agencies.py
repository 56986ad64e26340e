"""Agencies as RDF: what is written of Ha Noi's keeps the shapes, each rule is broken once and seen, and RiC-O reads it."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from owlrl import DeductiveClosure, RDFS_Semantics
from rdflib.namespace import RDF, RDFS, SH, SKOS

from ontology.agencies.bodies import bodies
from ontology.agencies.in_time import agencies
from ontology.model import Unit
from ontology.rdf.agencies import agency_shapes, agency_triples, agency_vocabulary
from ontology.rdf.iris import BASE, PREFIXES, VOCABULARY, concept, thing
from ontology.rdf.vocabulary import vocabulary
from ontology.registry import load

RICO = rdflib.Namespace(PREFIXES["rico"])
HOSO = rdflib.Namespace(VOCABULARY)
SHAPE = f"{BASE}shape/"
UNITS = (
    "006@1996-11-22", "006@1978-12", "00073@1981-01-03", "00076@1981-01-03", "00082@1981-01-03", "00082@2025-07-01",
    "00070@2025-07-01", "13690@2007-12-17", "019@1975", "019@2013-12-27", "021@2013-12-27", "01@2008-08-01",
)  # fmt: skip


KINDS = [bodies()[each] for each in ("ubhc", "ubnd", "hdnd", "p.ldtbxh", "p.noi-vu", "p.noi-vu.2025", "p.tnmt", "p.nnptnt",
    "p.nnmt", "p.noi-vu-ldtbxh", "s.vhttdl", "s.vhtt", "s.du-lich")]  # fmt: skip


def units() -> list[Unit]:
    return [load().units[each] for each in UNITS]


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    """The agencies of some units, the vocabularies, and that the units are units."""
    triples = ox.serialize(agency_triples(agencies(), units(), KINDS), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=triples or b"", format="nt")
    graph.parse(data=vocabulary(), format="turtle").parse(data=agency_vocabulary(), format="turtle")
    for version in set(graph.objects(None, HOSO.ofUnit)):
        graph.add((version, RDF.type, HOSO.UnitVersion))
    return graph


@pytest.fixture(scope="module")
def small() -> rdflib.Graph:
    """Two committees, and of the vocabularies what is an instance of what: a validation costs by the triple."""
    few = [load().units[each] for each in ("00073@1981-01-03", "00082@2025-07-01")]
    written = ox.serialize(agency_triples(agencies(), few, KINDS[:2]), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=written or b"", format="nt")
    terms = rdflib.Graph().parse(data=vocabulary(), format="turtle").parse(data=agency_vocabulary(), format="turtle")
    for triple in terms.triples((None, RDF.type, None)):
        if not str(triple[0]).startswith(VOCABULARY):
            graph.add(triple)
    for version in set(graph.objects(None, HOSO.ofUnit)):
        graph.add((version, RDF.type, HOSO.UnitVersion))
    assert violations(graph) == set()
    return graph


def violations(data: rdflib.Graph) -> set[str]:
    """The shapes that pySHACL reports, by their local names."""
    shapes = rdflib.Graph().parse(data=agency_shapes(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, rdflib.Graph)
    found = [*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)]
    return {str(each).removeprefix(SHAPE) for each in found if isinstance(each, rdflib.URIRef)}


def one(identifier: str) -> rdflib.URIRef:
    return rdflib.URIRef(thing("agency", identifier))


OLD, NEW = "ubnd:00073@1981-01-03", "ubnd:00082@2025-07-01"


def test_what_is_written_keeps_the_shapes(data: rdflib.Graph) -> None:
    assert violations(data) == set()


def test_the_same_units_give_the_same_triples() -> None:
    assert list(agency_triples(agencies(), units(), KINDS)) == list(agency_triples(agencies(), units(), KINDS))


def test_bodies_merge_and_split_and_lists_make_possible_only(data: rdflib.Graph) -> None:
    assert (one(OLD), RICO.wasSplitInto, one(NEW)) in data
    assert (one("ubnd:00082@1981-01-03"), RICO.wasMergedInto, one(NEW)) in data
    possible = set(data.objects(one("ubnd:019@1975"), HOSO.mayHaveAgencySuccessor))
    assert possible == {one("ubnd:019@2013-12-27"), one("ubnd:021@2013-12-27")}
    assert not list(data.objects(one("ubnd:019@1975"), HOSO.hasAgencySuccessor))
    labour, staff = one("p.ldtbxh:006@1996-11-22"), one("p.noi-vu.2025:006@1996-11-22")
    assert (labour, RICO.wasMergedInto, staff) in data
    land, nature = one("p.tnmt:006@1996-11-22"), one("p.nnmt:006@1996-11-22")
    assert (land, HOSO.hasAgencySuccessor, nature) in data  # alone in a quận: no office of agriculture to merge with
    assert not list(data.objects(land, RICO.wasMergedInto))
    both = one("p.noi-vu-ldtbxh:006@1996-11-22")
    assert set(data.objects(both, RICO.wasSplitInto)) == {labour, one("p.noi-vu:006@1996-11-22")}
    culture = (
        one("s.vhttdl:01@2008-08-01")
        if (one("s.vhttdl:01@2008-08-01"), None, None) in data
        else one("s.vhttdl:01@1991-08-12")
    )
    assert len(set(data.objects(culture, RICO.wasSplitInto))) == 2
    renamed = one("ubhc:006@1978-12")
    assert (renamed, HOSO.hasAgencySuccessor, one("ubnd:006@1978-12")) in data
    assert not list(data.objects(renamed, RICO.wasMergedInto))


def test_a_council_that_came_back_was_not_split(data: rdflib.Graph) -> None:
    ward = one("hdnd:00073@1981-01-03")
    assert (ward, HOSO.hasAgencySuccessor, one("hdnd:00082@2025-07-01")) in data
    assert not list(data.objects(ward, RICO.wasSplitInto))
    assert [str(act) for act in data.objects(ward, HOSO.closedAct)] == ["Nghị quyết 97/2019/QH14"]


def test_acts_and_the_days_around_an_end_are_written(data: rdflib.Graph) -> None:
    district, elsewhere = one("ubnd:006@1981-01-03"), one("ubnd:13690@2007-12-17")
    assert [str(act) for act in data.objects(district, HOSO.closedAct)] == ["Điều 51 khoản 3, Luật 72/2025/QH15"]
    assert [str(day) for day in data.objects(elsewhere, HOSO.closedLatest)] == ["2025-08-15"]
    assert [str(day) for day in data.objects(elsewhere, HOSO.openedNotBefore)] == ["1976-07"]


@pytest.mark.parametrize(
    ("shape", "update"),
    [
        ("agency-label", "DELETE { ?a rdfs:label ?x } WHERE { ?a rdfs:label ?x }"),
        ("agency-id", 'INSERT { ?a dct:identifier "x" } WHERE { ?a a hoso:Agency }'),
        ("agency-kind", "DELETE { ?a hoso:agencyKind ?x } WHERE { ?a hoso:agencyKind ?x }"),
        ("agency-unit", "DELETE { ?a hoso:ofUnit ?x } WHERE { ?a hoso:ofUnit ?x }"),
        ("agency-bloc", 'INSERT { ?a hoso:bloc "army" } WHERE { ?a a hoso:Agency }'),
        ("agency-exact", "DELETE { ?a hoso:openedExact ?x } WHERE { ?a hoso:openedExact ?x }"),
        ("agency-opened", 'INSERT { ?a hoso:opened "soon" } WHERE { ?a a hoso:Agency }'),
        ("agency-closed-act", 'INSERT { ?a hoso:closedAct "Act"@en } WHERE { ?a a hoso:Agency }'),
        ("agency-opened-act", 'INSERT { ?a hoso:openedAct ""@vi } WHERE { ?a a hoso:Agency }'),
        ("agency-latest", 'INSERT { ?a hoso:closedLatest "soon" } WHERE { ?a a hoso:Agency }'),
        ("agency-not-before", 'INSERT { ?a hoso:openedNotBefore "soon" } WHERE { ?a a hoso:Agency }'),
        ("agency-merged", "INSERT { ?a rico:wasMergedInto ?u } WHERE { ?a hoso:ofUnit ?u }"),
        ("agency-split", "INSERT { ?a rico:wasSplitInto ?u } WHERE { ?a hoso:ofUnit ?u }"),
        ("agency-successor", "INSERT { ?a hoso:hasAgencySuccessor ?u } WHERE { ?a hoso:ofUnit ?u }"),
        ("Agency", "DELETE { ?a hoso:closedBy ?x } WHERE { ?a hoso:closedBy ?x }"),
        ("Agency", "INSERT { ?a a hoso:UnitVersion } WHERE { ?a a hoso:Agency }"),
        (
            "agency-opens-before-it-closes",
            'DELETE { ?a hoso:closed ?x } INSERT { ?a hoso:closed "1900-01-01"^^xsd:date } WHERE { ?a hoso:closed ?x }',
        ),
    ],
)
def test_each_rule_is_seen_when_it_is_broken(small: rdflib.Graph, shape: str, update: str) -> None:
    broken = rdflib.Graph()
    for triple in small:
        broken.add(triple)
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    broken.update(f"{prefixes}\n{update.replace('WHERE {', f'WHERE {{ BIND (<{one(OLD)}> AS ?a) ')}")
    assert set(broken) != set(small)
    assert shape in violations(broken)


def test_ric_o_reads_bodies_and_their_places(data: rdflib.Graph) -> None:
    found = rdflib.Graph()
    for triple in data:
        found.add(triple)
    DeductiveClosure(RDFS_Semantics).expand(found)
    place = rdflib.URIRef(thing("version", "00073@1981-01-03"))
    assert (one(OLD), RDF.type, RICO.CorporateBody) in found
    assert (one(OLD), RICO.hasOrHadJurisdiction, place) in found
    assert (place, RDF.type, RICO.Place) in found
    assert (one(OLD), RICO.hasSuccessor, one(NEW)) in found
    bodies_found = set(found.subjects(RDF.type, RICO.CorporateBody))
    assert not bodies_found & set(found.subjects(RDF.type, RICO.Place))


def test_the_kinds_are_those_of_the_tables_and_every_term_is_told_in_two_languages() -> None:
    terms = rdflib.Graph().parse(data=agency_vocabulary(), format="turtle")
    kinds = {str(terms.value(each, SKOS.notation)): str(each) for each in terms.subjects(RDF.type, HOSO.AgencyKind)}
    assert kinds == {body.kind: concept("agency-kind", body.kind) for body in bodies().values()}
    for each in {about for about in terms.subjects() if str(about).startswith(VOCABULARY)}:
        for said in (RDFS.label, RDFS.comment):
            assert {getattr(told, "language", None) for told in terms.objects(each, said)} == {"vi", "en"}, each


def test_every_term_that_is_written_is_defined(data: rdflib.Graph) -> None:
    used = {
        term for triple in agency_triples(agencies(), units(), KINDS) for term in (triple.predicate, triple.object)
    }
    names = {str(term).strip("<>") for term in used if str(term).startswith(f"<{VOCABULARY}")}
    assert not [name for name in names if (rdflib.URIRef(name), RDFS.label, None) not in data]
