"""A place through all its time."""

from __future__ import annotations

from kg.search.query import understand
from kg.search.widening import line, terms
from ontology.registry import load


def test_a_new_ward_reaches_the_communes_of_long_ago_step_by_step() -> None:
    ontology = load()
    (new,) = [found.unit for found in ontology.find("Phường Từ Liêm") if found.unit.valid_to is None]
    names = {ontology.units[ident].name for ident in line(new.id)}
    assert {"Phường Mỹ Đình 1", "Xã Mỹ Đình"} <= names


def test_an_old_commune_reaches_what_it_became() -> None:
    ontology = load()
    (old,) = {found.unit.id for found in ontology.find("Xã Mỹ Đình", at="1990-01-01")[:1]}
    names = {ontology.units[ident].name for ident in line(old)}
    assert {"Phường Mỹ Đình 1", "Phường Từ Liêm"} <= names


def test_a_province_has_no_line_which_would_bring_its_neighbours() -> None:
    (found,) = load().find("Thành phố Hà Nội")[:1]
    assert line(found.unit.id) == frozenset()


def test_the_words_of_the_query_stay_those_of_the_place() -> None:
    (place,) = terms(understand("sổ mục kê xã Mỹ Đình"))
    assert place.words == ("xa", "my", "dinh")
    assert {"Xã Mỹ Đình", "Phường Từ Liêm"} <= {load().units[ident].name for ident in place.units}
