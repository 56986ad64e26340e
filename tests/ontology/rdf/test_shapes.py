"""The shapes: good data pass, each rule is broken once and seen, and the whole ontology keeps them."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from ontology.rdf.iris import BASE, PREFIXES
from tests.ontology.rdf.conftest import written
from tests.ontology.rdf.small import small_facts

CASES = list(csv.DictReader((Path(__file__).parent / "broken.csv").open(encoding="utf-8")))
SHAPE = f"{BASE}shape/"


def violations(data: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """The shapes (for SPARQL constraints, the constraints) that pySHACL reports, by their local names."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, rdflib.Graph)
    found = [*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)]
    return {str(each).removeprefix(SHAPE) for each in found if isinstance(each, rdflib.URIRef)}


def small_nt() -> bytes:
    """The small country with the vocabulary."""
    return written(small_facts())


def in_oxigraph(triples: bytes) -> ox.Store:
    """N-Triples in a store."""
    store = ox.Store()
    store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES)
    return store


def in_rdflib(store: ox.Store) -> rdflib.Graph:
    """The store's default graph in rdflib, which pySHACL reads."""
    triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return rdflib.Graph().parse(data=triples or b"", format="nt")


def broken(case: dict[str, str]) -> ox.Store:
    """The small country after the case's update, which must change something."""
    store = in_oxigraph(small_nt())
    before = set(store)
    store.update("\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + f"\n{case['update']}")
    assert set(store) != before
    return store


def sparql_rules(shapes: rdflib.Graph) -> dict[str, str]:
    """Each SPARQL constraint as one query over all things of its class: name → query."""
    rules = {}
    for shape, rule in shapes.subject_objects(SH.sparql):
        target, select = shapes.value(shape, SH.targetClass), str(shapes.value(rule, SH.select))
        head = "SELECT $this WHERE {"
        assert head in select
        rules[str(rule).removeprefix(SHAPE)] = select.replace(head, f"{head} $this a <{target}> .")
    return rules


def test_the_shapes_are_shapes(shape_graph: rdflib.Graph) -> None:
    conforms, _, told = pyshacl.validate(shape_graph, meta_shacl=True, shacl_graph=shape_graph)
    assert conforms, told


def test_the_small_country_keeps_them(shape_graph: rdflib.Graph) -> None:
    assert violations(in_rdflib(in_oxigraph(small_nt())), shape_graph) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shape"])
def test_each_rule_is_seen_when_it_is_broken(case: dict[str, str], shape_graph: rdflib.Graph) -> None:
    assert case["shape"] in violations(in_rdflib(broken(case)), shape_graph)


def test_every_rule_has_a_case(shape_graph: rdflib.Graph) -> None:
    """Each shape that says in a message what is wrong, and each class of things."""
    told = set(shape_graph.subjects(SH.message, None)) - {rdflib.URIRef(f"{SHAPE}some-act")}
    rules = {str(each).removeprefix(SHAPE) for each in told}
    rules |= {
        str(each).removeprefix(SHAPE)
        for each in shape_graph.subjects(RDF.type, SH.NodeShape)
        if (each, SH.targetClass, None) in shape_graph and ((each, SH["or"], None) in shape_graph)
    }
    assert rules == {case["shape"] for case in CASES}


@pytest.mark.long
def test_the_whole_ontology_keeps_them(whole_nt: bytes, shape_graph: rdflib.Graph) -> None:
    """All shapes but the SPARQL constraints, of which pySHACL would run one query a thing: see the next test."""
    core = rdflib.Graph() + shape_graph
    core.remove((None, SH.sparql, None))
    whole = rdflib.Graph().parse(data=whole_nt, format="nt")
    assert violations(whole, core) == set()


def test_the_whole_ontology_keeps_the_sparql_constraints(store: ox.Store, shape_graph: rdflib.Graph) -> None:
    rules = sparql_rules(shape_graph)
    assert len(rules) == 5
    for name, rule in rules.items():
        found = store.query(rule, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        assert (name, [str(each["this"]) for each in found]) == (name, [])


def test_a_sparql_constraint_over_all_sees_what_pyshacl_sees(shape_graph: rdflib.Graph) -> None:
    rules = sparql_rules(shape_graph)
    cases = {case["shape"]: case for case in CASES if case["shape"] in rules}
    assert cases.keys() == rules.keys()
    for name, case in cases.items():
        assert list(in_oxigraph(small_nt()).query(rules[name], prefixes=PREFIXES)) == []
        assert list(broken(case).query(rules[name], prefixes=PREFIXES)) != [], name
