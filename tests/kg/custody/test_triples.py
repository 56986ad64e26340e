"""Custody as RDF: rules, fonds and papers keep the shapes, each rule is broken once and seen, and RiC-O reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from owlrl import DeductiveClosure, RDFS_Semantics
from rdflib.namespace import RDF, SH

from kg.custody.lists import keep
from kg.custody.loading import read_list
from kg.custody.rows import Defaults
from kg.custody.triples import custody_triples
from kg.workspace import open_workspace
from ontology.custody import rules
from ontology.rdf.custody import custody_shapes, custody_vocabulary
from ontology.rdf.iris import BASE, PREFIXES, VOCABULARY
from ontology.rdf.vocabulary import vocabulary
from tests.kg.custody.making import ASSIGNED, ASSIGNMENTS, HANDED_OVER, HANDOVERS, list_csv
from tests.kg.questions.conftest import store_folder  # noqa: F401

HOSO = rdflib.Namespace(VOCABULARY)
RICO = rdflib.Namespace(PREFIXES["rico"])
WHOLE = ("2", "Phân công", "F3", "Tất cả", "UBND phường Hoàn Kiếm", "4455/QĐ-UBND", "30/09/2025", ASSIGNED[-1])
SHAPE = f"{BASE}shape/"


@pytest.fixture(scope="module")
def written(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:  # noqa: F811
    """A store with an assignment and a hand-over, as N-Triples."""
    folder = tmp_path_factory.mktemp("rdf")
    shutil.copytree(store_folder, folder / "store")
    with open_workspace(f"sqlite:///{folder / 'store' / 'h.db'}") as workspace:
        read = [
            read_list(list_csv(folder, ASSIGNMENTS, ASSIGNED, WHOLE)),
            read_list(list_csv(folder, HANDOVERS, HANDED_OVER, name="b.csv"), defaults=Defaults("handover")),
        ]
        keep(workspace.store, read)
        triples = list(custody_triples(workspace.store))
        assert triples == list(custody_triples(workspace.store))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


@pytest.fixture(scope="module")
def data(written: bytes) -> rdflib.Graph:
    """With what is an instance of what in the vocabularies."""
    graph = rdflib.Graph().parse(data=written, format="nt")
    terms = rdflib.Graph().parse(data=vocabulary(), format="turtle").parse(data=custody_vocabulary(), format="turtle")
    for triple in terms.triples((None, RDF.type, None)):
        if not str(triple[0]).startswith(VOCABULARY):
            graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def small(data: rdflib.Graph) -> rdflib.Graph:
    """Two rules, a fonds and the papers: a validation costs by the triple."""
    kept = ("rule/district_permanent", "rule/district_fixed", "fonds/F2")
    graph = rdflib.Graph()
    for subject, predicate, object_ in data:
        local = str(subject).removeprefix(BASE)
        if local in kept or not local.startswith(("rule/", "fonds/")):
            graph.add((subject, predicate, object_))
    assert violations(graph) == set()
    return graph


def violations(data: rdflib.Graph) -> set[str]:
    """The shapes that pySHACL reports, by their local names."""
    shapes = rdflib.Graph().parse(data=custody_shapes(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    found = [*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)]
    return {str(each).removeprefix(SHAPE) for each in found if isinstance(each, rdflib.URIRef)}


def test_what_is_written_keeps_the_shapes(data: rdflib.Graph) -> None:
    assert violations(data) == set()
    assert len(set(data.subjects(RDF.type, HOSO.CustodyRule))) == len(rules())
    assert len(set(data.subjects(RDF.type, HOSO.Fonds))) == 4
    part, whole = sorted(data.subjects(RDF.type, HOSO.Assignment))
    assert (whole, HOSO.assigns, rdflib.URIRef(f"{BASE}fonds/F3")) in data
    assert (part, HOSO.partOf, rdflib.URIRef(f"{BASE}fonds/F2")) in data
    assert (part, HOSO.forRetention, rdflib.URIRef(f"{BASE}retention/fixed")) in data
    (holding,) = data.subjects(RDF.type, HOSO.Holding)
    assert (holding, HOSO.partOf, rdflib.URIRef(f"{BASE}fonds/F1")) in data
    assert (holding, HOSO.ofFile, rdflib.Literal("02")) in data
    assert (holding, HOSO.fromBody, rdflib.Literal("UBND phường Hàng Bạc")) in data
    for paper in (part, holding):
        assert {(paper, HOSO.assigns, None), (paper, HOSO.holds, None)}.isdisjoint(
            {(paper, predicate, None) for predicate in data.predicates(paper)}
        )
    fixed = rdflib.URIRef(f"{BASE}rule/district_fixed")
    assert (rdflib.URIRef(f"{BASE}fonds/F2"), HOSO.regulatedBy, fixed) in data


RULE, FONDS = "rule:district_permanent", "fonds:F2"


@pytest.mark.parametrize(
    ("update", "shape"),
    [
        (f"DELETE WHERE {{ {RULE} dct:identifier ?x }}", "rule-id"),
        (f"DELETE WHERE {{ {RULE} hoso:order ?x }}", "rule-order"),
        (
            f"DELETE {{ {RULE} hoso:custodyCertainty ?x }} INSERT {{ {RULE} hoso:custodyCertainty custody:fact }} WHERE {{ {RULE} hoso:custodyCertainty ?x }}",
            "rule-certainty",
        ),
        (f"INSERT DATA {{ {RULE} hoso:forLevel level:village }}", "rule-level"),
        (f"INSERT DATA {{ {RULE} hoso:forChange change:lost }}", "rule-change"),
        (f"INSERT DATA {{ {RULE} hoso:forRetention retention:long }}", "rule-retention"),
        (f"INSERT DATA {{ {RULE} hoso:lawFrom 'soon' }}", "rule-from"),
        (f"INSERT DATA {{ {RULE} hoso:lawTo '2020-01-01'^^xsd:date }}", "rule-law-begins-before-it-ends"),
        (f"INSERT DATA {{ {RULE} hoso:due 'soon' }}", "rule-due"),
        (f"DELETE WHERE {{ {RULE} hoso:destination ?x }}", "CustodyRule"),
        (f"DELETE WHERE {{ {RULE} hoso:basisText ?x }}", "CustodyRule"),
        ("INSERT DATA { rule:district_fixed hoso:destination 'Kho' }", "CustodyRule"),
        (f"DELETE WHERE {{ {FONDS} dct:identifier ?x }}", "fonds-id"),
        (f"INSERT DATA {{ {FONDS} hoso:regulatedBy rule:made_up }}", "fonds-rule"),
        ("DELETE WHERE { ?paper hoso:byPaper ?x }", "paper-cited"),
        ("DELETE WHERE { ?paper hoso:since ?x }", "paper-since"),
        ("DELETE WHERE { ?paper hoso:toBody ?x }", "Paper"),
        ("INSERT { ?paper hoso:assigns ?fonds } WHERE { ?paper hoso:partOf ?fonds }", "Paper"),
        ("INSERT { ?paper hoso:forRetention retention:long } WHERE { ?paper a hoso:Holding }", "paper-retention"),
    ],
)
def test_each_shape_sees_what_breaks_it(small: rdflib.Graph, update: str, shape: str) -> None:
    broken = rdflib.Graph()
    broken += small
    head = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    broken.update(f"{head}\n{update}")
    assert set(broken) != set(small)
    assert shape in violations(broken)


def test_every_term_that_is_written_is_in_a_vocabulary(written: bytes) -> None:
    terms = rdflib.Graph().parse(data=vocabulary(), format="turtle").parse(data=custody_vocabulary(), format="turtle")
    data = rdflib.Graph().parse(data=written, format="nt")
    used = {term for triple in data for term in triple if isinstance(term, rdflib.URIRef)}
    own = {term for term in used if str(term).startswith(VOCABULARY)}
    assert own
    assert {term for term in own if (term, RDF.type, None) not in terms} == set()


def test_ric_o_reads_rules_mandates_and_record_sets(data: rdflib.Graph) -> None:
    read = rdflib.Graph()
    read += data
    read.parse(data=custody_vocabulary(), format="turtle")
    DeductiveClosure(RDFS_Semantics).expand(read)
    rule, fonds = rdflib.URIRef(f"{BASE}rule/district_permanent"), rdflib.URIRef(f"{BASE}fonds/F2")
    assert (rule, RDF.type, RICO.Rule) in read
    assert (fonds, RDF.type, RICO.RecordSet) in read
    assert (fonds, RICO.isOrWasRegulatedBy, rule) in read
    for assignment in data.subjects(RDF.type, HOSO.Assignment):
        assert (assignment, RDF.type, RICO.Mandate) in read
        assert (assignment, RDF.type, HOSO.CustodyRule) not in read
