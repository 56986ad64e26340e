"""docs/rdf.md shows every query as its file has it, with the answers that the package gives today, and an example that
the export writes."""

from __future__ import annotations

import re

import pyoxigraph as ox

from ontology.rdf import queries
from ontology.rdf.iris import PREFIXES
from tests.ontology.rdf.docs import PAGE, filled, shown


def test_the_page_has_every_query_with_its_answer(store: ox.Store) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(shown(page)) == queries.names()
    assert page == filled(page, store), "python -m tests.ontology.rdf.docs writes it anew"


def test_the_example_is_in_the_export(store: ox.Store) -> None:
    (example,) = re.findall(r"```turtle\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    head = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())
    triples = list(ox.parse(f"{head}\n{example}", format=ox.RdfFormat.TURTLE))
    assert len(triples) > 20
    assert [quad for quad in triples if quad not in store] == []
