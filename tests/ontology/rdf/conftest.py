"""RDF for tests: the small country and the whole one, in the engines that read them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from ontology.rdf.facts import Facts, of_package
from ontology.rdf.iris import PREFIXES
from ontology.rdf.mapping import triples
from ontology.rdf.vocabulary import shapes, vocabulary_triples


def written(facts: Facts, form: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> bytes:
    """The facts with the vocabulary, as the export writes them."""
    done = ox.serialize([*vocabulary_triples(), *triples(facts)], format=form, prefixes=PREFIXES)
    assert done is not None
    return done


@pytest.fixture(scope="session")
def whole() -> Facts:
    """The package's facts."""
    return of_package()


@pytest.fixture(scope="session")
def whole_nt(whole: Facts) -> bytes:
    """The whole ontology as N-Triples."""
    return written(whole)


@pytest.fixture(scope="session")
def store(whole_nt: bytes) -> ox.Store:
    """The whole ontology in pyoxigraph."""
    loaded = ox.Store()
    loaded.bulk_load(whole_nt, format=ox.RdfFormat.N_TRIPLES)
    loaded.optimize()
    return loaded


@pytest.fixture(scope="session")
def shape_graph() -> rdflib.Graph:
    """The shapes in rdflib."""
    return rdflib.Graph().parse(data=shapes(), format="turtle")
